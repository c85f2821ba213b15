// How long the step has been running, and its limit.
import type { WireStepExecution } from "@dd0c/protocol/http";
import { formatDuration } from "../../text/format-time.ts";
import { useNow } from "../../ui/use-now.ts";

/** Whole seconds: a clock that redraws once a second knows no more. */
const elapsedWords = (ms: number): string => (ms < 60_000 ? `${Math.floor(ms / 1_000)} s` : formatDuration(ms));

export const RunningClock = ({ step }: { readonly step: WireStepExecution }) => {
  const now = useNow(1_000);
  return (
    <span className="text-ink-faint">
      {step.started_at !== null && ` for ${elapsedWords(Math.max(0, now - Date.parse(step.started_at)))}`}, limit{" "}
      {formatDuration(step.timeout_ms)}
    </span>
  );
};
