// How long an incident lasted, as far as we can tell: from the beginning of its alert to the end of the run. The one place that says what MTTR is.
// In: the state of a run that is over. Out: seconds and what they are counted from; a sender's clock that cannot be right is not believed, and that is said.
import type { AlertBeginning, ExecutionState } from "./types.ts";

/** `alert_start`: the sender's own time. `alert_received`: ours. `run_start`: there is no alert, or an earlier release did not note its times. */
export type MttrSince = "alert_start" | "alert_received" | "run_start";

/** Why the sender's own time was not taken. */
export type AlertClockDoubt = "starts_in_the_future" | "starts_too_early";

export interface Mttr {
  readonly seconds: number;
  readonly since: MttrSince;
  readonly sinceMs: number;
  readonly doubt: AlertClockDoubt | null;
}

/** Clocks of two machines differ by that much without being wrong; the earlier of both times counts then. */
const clockToleranceMs = 60_000;
/** An alert that has burned for longer than this before anybody was told is a clock that is wrong, or no incident. */
const earliestMs = 7 * 24 * 3_600_000;

type Begun = Pick<Mttr, "since" | "sinceMs" | "doubt">;

function beginningOf({ startedAtMs, receivedAtMs }: AlertBeginning): Begun {
  const received = { since: "alert_received", sinceMs: receivedAtMs, doubt: null } as const;
  if (startedAtMs === null) return received;
  const earlierMs = receivedAtMs - startedAtMs;
  if (earlierMs < -clockToleranceMs) return { ...received, doubt: "starts_in_the_future" };
  if (earlierMs > earliestMs) return { ...received, doubt: "starts_too_early" };
  return earlierMs < 0 ? received : { since: "alert_start", sinceMs: startedAtMs, doubt: null };
}

/**
 * Time to the end of the run, however it ended; a time to *resolution* it is only where the run completed (`mttrOf`).
 * @returns null while the run is not over, or was never started
 */
export function timeToEnd({ alertBegan, startedAtMs, completedAtMs }: TimedState): Mttr | null {
  if (startedAtMs === null || completedAtMs === null) return null;
  const begun: Begun = alertBegan == null ? { since: "run_start", sinceMs: startedAtMs, doubt: null } : beginningOf(alertBegan);
  return { ...begun, seconds: Math.max(0, Math.round((completedAtMs - begun.sinceMs) / 1_000)) };
}

type TimedState = Pick<ExecutionState, "alertBegan" | "startedAtMs" | "completedAtMs">;

/** Null unless the run completed: one that failed, was aborted or timed out resolved nothing that we know of. */
export const mttrOf = (state: TimedState & Pick<ExecutionState, "status">): Mttr | null =>
  state.status === "completed" ? timeToEnd(state) : null;
