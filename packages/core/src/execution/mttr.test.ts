// What a time to resolution is counted from, and which clocks are believed.
import { describe, expect, it } from "vitest";
import { Run, startMs } from "../test/engine-fixture.ts";
import { replay } from "./evolve.ts";
import { type Mttr, mttrOf, timeToEnd } from "./mttr.ts";
import type { AlertBeginning, ExecutionStatus } from "./types.ts";

const second = 1_000;
const day = 24 * 3_600 * second;
const receivedAtMs = startMs - 60 * second;

const ended = (alertBegan: AlertBeginning | undefined, status: ExecutionStatus = "completed") => ({
  status,
  startedAtMs: startMs,
  completedAtMs: startMs + 167 * second,
  ...(alertBegan === undefined ? {} : { alertBegan }),
});

describe("the time to resolution", () => {
  it.each<[string, AlertBeginning | undefined, Partial<Mttr>]>([
    ["no alert", undefined, { seconds: 167, since: "run_start", sinceMs: startMs, doubt: null }],
    ["a sender without a time", { startedAtMs: null, receivedAtMs }, { seconds: 227, since: "alert_received", sinceMs: receivedAtMs }],
    [
      "the sender's own time",
      { startedAtMs: receivedAtMs - 90 * second, receivedAtMs },
      { seconds: 317, since: "alert_start", doubt: null },
    ],
    [
      "clocks that differ a little",
      { startedAtMs: receivedAtMs + 59 * second, receivedAtMs },
      { seconds: 227, since: "alert_received", doubt: null },
    ],
    [
      "a start to come",
      { startedAtMs: receivedAtMs + 61 * second, receivedAtMs },
      { seconds: 227, since: "alert_received", doubt: "starts_in_the_future" },
    ],
    ["a week ago", { startedAtMs: receivedAtMs - 7 * day, receivedAtMs }, { since: "alert_start", doubt: null }],
    [
      "longer ago",
      { startedAtMs: receivedAtMs - 7 * day - 1, receivedAtMs },
      { seconds: 227, since: "alert_received", doubt: "starts_too_early" },
    ],
    ["1970", { startedAtMs: 0, receivedAtMs }, { seconds: 227, since: "alert_received", doubt: "starts_too_early" }],
    ["our own clock set back since", { startedAtMs: null, receivedAtMs: startMs + day }, { seconds: 0, since: "alert_received" }],
  ])("counts from: %s", (_name, began, expected) => {
    expect(mttrOf(ended(began))).toMatchObject(expected);
  });

  it.each<ExecutionStatus>(["failed", "aborted", "timed_out"])("is none for a run that %s; the time to its end is", (status) => {
    const state = ended({ startedAtMs: null, receivedAtMs }, status);
    expect(mttrOf(state)).toBeNull();
    expect(timeToEnd(state)?.seconds).toBe(227);
  });

  it("is none while it runs, or where nobody started it", () => {
    expect(mttrOf({ ...ended(undefined), status: "running", completedAtMs: null })).toBeNull();
    expect(timeToEnd({ startedAtMs: null, completedAtMs: startMs })).toBeNull();
  });
});

describe("a run of an alert", () => {
  it("keeps when the alert began through its whole history, and its last event says the same", () => {
    const run = new Run(["safe"], { alertId: "a1", alertBegan: { startedAtMs: receivedAtMs - 30 * second, receivedAtMs } }).begin();
    run.advance();
    run.result("s1", 0);
    run.advance({ nowMs: startMs + 10 * second });
    expect(run.state.status).toBe("completed");
    expect(run.history.at(-1)?.data).toMatchObject({ duration_ms: 10 * second, mttr_seconds: 100 });
    expect(mttrOf(run.state)).toMatchObject({ seconds: 100, since: "alert_start" });
    expect(replay(JSON.parse(JSON.stringify(run.history)))).toEqual(run.state);
  });

  it("of an earlier release has no times, and replays without the field", () => {
    const run = new Run(["safe"], { alertId: "a1" });
    expect("alertBegan" in replay(run.history)).toBe(false);
  });
});
