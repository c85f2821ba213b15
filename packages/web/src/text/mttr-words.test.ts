// The figure of an incident in words.
import { expect, it } from "vitest";
import { describeMttr, runLength, type WireMttr } from "./mttr-words.ts";

const mttr = (more: Partial<WireMttr>): WireMttr => ({
  seconds: 227,
  since: "alert_start",
  since_at: "2026-02-28T03:17:00Z",
  doubt: null,
  ...more,
});

it.each<[Partial<WireMttr>, string]>([
  [{}, "3 min 47 s, from the alert’s own start to the end of the run."],
  [{ since: "run_start", seconds: 41 }, "41 s, from the start of the run to its end; no alert is known."],
  [
    { since: "alert_received", doubt: "starts_in_the_future" },
    "3 min 47 s, from the arrival of the alert to the end of the run. The sender’s clock puts the start into the future, so it was not counted.",
  ],
])("says what it is counted from: %j", (more, expected) => {
  expect(describeMttr(mttr(more))).toBe(expected);
});

it("gives the length of a run that is over", () => {
  expect(runLength({ started_at: "2026-02-28T03:17:00Z", completed_at: "2026-02-28T03:17:41Z" })).toBe("41 s");
  expect(runLength({ started_at: "2026-02-28T03:17:00Z", completed_at: null })).toBeNull();
});
