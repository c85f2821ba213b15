// An execution's steps in, what is past, what is now, what comes out. Pure, so that the screen's order can be tested.
import type { WireExecution, WireStepExecution } from "@dd0c/protocol/http";
import { isRunning } from "./step-facts.ts";

export interface ArrangedSteps {
  readonly past: readonly WireStepExecution[];
  readonly current: WireStepExecution | null;
  readonly next: readonly WireStepExecution[];
}

/** A settled step that only asks whether to go on gives way to one that is still running (or frozen). */
const asksNow = (steps: readonly WireStepExecution[]): number => {
  const inFlight = steps.some(isRunning);
  return steps.findIndex((step) => step.actions.length > 0 && !(inFlight && step.actions.every((action) => action === "continue")));
};

/**
 * A step that waits for a person comes first (a run may be paused at a step that is already settled), then the one the server
 * calls current. Steps before it are past even where nothing ran; they show their own status.
 */
export const arrangeSteps = (execution: Pick<WireExecution, "steps" | "current_step_id">): ArrangedSteps => {
  const { steps } = execution;
  const asking = asksNow(steps);
  const named = asking >= 0 ? asking : steps.findIndex((step) => step.id === execution.current_step_id);
  if (named >= 0) return { past: steps.slice(0, named), current: steps[named] ?? null, next: steps.slice(named + 1) };
  const open = steps.findIndex((step) => step.status === "pending");
  return open === -1 ? { past: steps, current: null, next: [] } : { past: steps.slice(0, open), current: null, next: steps.slice(open) };
};

const PAST_WORDS: readonly (readonly [WireStepExecution["status"], string])[] = [
  ["completed", "done"],
  ["skipped", "skipped"],
  ["failed", "failed"],
  ["timed_out", "timed out"],
  ["blocked", "blocked"],
  ["outcome_unknown", "outcome unknown"],
  ["rolled_back", "rolled back"],
];

/** "5 done, 1 skipped": statuses that occur, in a fixed order; anything unusual is counted as "other". */
export const summarizePast = (past: readonly WireStepExecution[]): string => {
  const known = PAST_WORDS.map(([status, word]) => [past.filter((step) => step.status === status).length, word] as const);
  const other = past.length - known.reduce((sum, [count]) => sum + count, 0);
  return [...known, [other, "other"] as const]
    .filter(([count]) => count > 0)
    .map(([count, word]) => `${count} ${word}`)
    .join(", ");
};

/** "1" or "1 to 4a". */
export const labelRange = (steps: readonly WireStepExecution[]): string => {
  const first = steps[0]?.label ?? "";
  const last = steps.at(-1)?.label ?? "";
  return first === last ? first : `${first} to ${last}`;
};

/** Only when every past step is known to have done its work does the fold carry a tick. */
export const allVerified = (past: readonly WireStepExecution[]): boolean =>
  past.every((step) => step.status === "completed" && (step.outcome === "ok" || step.outcome === "answer"));

export const totalDuration = (steps: readonly WireStepExecution[]): number => steps.reduce((sum, step) => sum + (step.duration_ms ?? 0), 0);
