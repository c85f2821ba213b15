// Which condition has to be answered before a step may be taken. In: the state and the step. Out: the branch, or null.
// Steps that somebody added to the run hang on no condition; those of the runbook do until it is answered.
import { isPlanned } from "../is-planned.ts";
import type { BranchState, ExecutionState, StepState } from "../types.ts";

export const governs = (branch: Pick<BranchState, "skipIfYes" | "skipIfNo">, step: Pick<StepState, "order">): boolean =>
  branch.skipIfYes.includes(step.order) || branch.skipIfNo.includes(step.order);

/** The first unanswered condition that decides about this step. */
export function openBranch(state: ExecutionState, step: StepState): BranchState | null {
  if (!isPlanned(step)) return null;
  return state.branches.find((branch) => branch.answer === null && governs(branch, step)) ?? null;
}
