// How many steps of a run were done, skipped, and failed, as its end says it: a step that was tried once more is judged by its last try, and what a
// person did by hand and reported was done.
import { isLookUp } from "./decision.ts";
import { countFailedSteps } from "./failed-steps.ts";
import type { StepState } from "./types.ts";

export interface StepCounts {
  readonly executed: number;
  readonly skipped: number;
  readonly failed: number;
}

export function countSteps(steps: readonly StepState[]): StepCounts {
  const tried = new Set(steps.filter((step) => step.origin === "runbook").map((step) => step.parentStepExecutionId));
  const last = steps.filter((step) => !tried.has(step.stepExecutionId) && !isLookUp(step));
  const count = (...statuses: readonly StepState["status"][]): number => last.filter((step) => statuses.includes(step.status)).length;
  return { executed: count("completed", "rolled_back"), skipped: count("skipped"), failed: countFailedSteps(steps) };
}
