// How long an incident lasted, in words: the figure, and what it is counted from.
import type { WireExecution } from "@dd0c/protocol/http";
import { formatDuration } from "./format-time.ts";

export type WireMttr = NonNullable<WireExecution["mttr"]>;

const SINCE: Readonly<Record<WireMttr["since"], string>> = {
  alert_start: "from the alert’s own start to the end of the run",
  alert_received: "from the arrival of the alert to the end of the run",
  run_start: "from the start of the run to its end; no alert is known",
};

const DOUBT: Readonly<Record<NonNullable<WireMttr["doubt"]>, string>> = {
  starts_in_the_future: "The sender’s clock puts the start into the future, so it was not counted.",
  starts_too_early: "The sender puts the start more than a week before its alert came, so it was not counted.",
};

/** "3 min 47 s, from the alert’s own start to the end of the run." */
export const describeMttr = ({ seconds, since, doubt }: WireMttr): string =>
  `${formatDuration(seconds * 1_000)}, ${SINCE[since]}.${doubt === null ? "" : ` ${DOUBT[doubt]}`}`;

/** From the start of a run to its end; null while it is not over. */
export const runLength = ({ started_at: from, completed_at: to }: Pick<WireExecution, "started_at" | "completed_at">): string | null =>
  to === null ? null : formatDuration(Date.parse(to) - Date.parse(from));
