// How a runbook earns a suggestion: its finished runs go in, newest first, and the number of clean ones in a row at its present level comes out.
// Ten of them suggest the next level. A suggestion changes nothing: an admin decides (rulings 10 and 24).
import { maxTrustLevel, type TrustLevel } from "./gate.ts";

/** A run as far as trust asks about it. */
export interface JudgedRun {
  /** The level that it was pinned to. */
  readonly trustLevel: TrustLevel | null;
  readonly completed: boolean;
  /** A state-changing step or a way back failed, or an outcome is unknown. Known before the run is over. */
  readonly badRun: boolean;
  /** Steps that an agent started. */
  readonly stepsExecuted: number;
}

export const cleanRunsNeeded = 10;

/** Went through to its end, ran something, and nothing in it was bad. Refusals and skips do not count against it. */
const isClean = (run: JudgedRun): boolean => run.completed && !run.badRun && run.stepsExecuted > 0;

/** Clean runs since the last bad one and since the level last changed. What is neither clean nor bad is passed over. */
export function cleanRunsInARow(newestFirst: readonly JudgedRun[], level: TrustLevel): number {
  const counted = newestFirst.filter((run) => run.badRun || isClean(run));
  const end = counted.findIndex((run) => run.badRun || run.trustLevel !== level);
  return end === -1 ? counted.length : end;
}

/** The next level, once it is earned and where version and policy allow it; null otherwise. */
export function suggestedLevel(level: TrustLevel, cleanRuns: number, policyMaximum: TrustLevel): TrustLevel | null {
  const next = (level + 1) as TrustLevel;
  return cleanRuns >= cleanRunsNeeded && next <= Math.min(maxTrustLevel, policyMaximum) ? next : null;
}
