// How many steps of a run failed and were not made good: the one count that lists, snapshots and the closing event give.
// In: the steps of an execution. Out: a number. A step and its later tries count once; a try that was skipped or has not ended made nothing good.
// A look-up is no step of the run.
import { isLookUp } from "./decision.ts";
import type { StepState } from "./types.ts";

const failed: readonly StepState["status"][] = ["failed", "timed_out", "outcome_unknown"];
const ended: readonly StepState["status"][] = [...failed, "completed", "rolled_back"];

export function countFailedSteps(steps: readonly StepState[]): number {
  // The later try speaks for the earlier one as soon as it has an end of its own.
  const spokenFor = new Set(
    steps.filter(({ origin, status }) => origin === "runbook" && ended.includes(status)).map((step) => step.parentStepExecutionId),
  );
  return steps.filter((step) => failed.includes(step.status) && !isLookUp(step) && !spokenFor.has(step.stepExecutionId)).length;
}
