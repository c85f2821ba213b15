// A command line of the runbook with all its tries in one run, read as one thing: what became of it and what ran in the end.
// In: the state of a run that is over. Out: one per planned step, in the order of the runbook.
import { isSettled } from "../execution/decision.ts";
import { isPlanned } from "../execution/is-planned.ts";
import { succeeded } from "../execution/judge-result.ts";
import type { ExecutionState, StepState, StepStatus } from "../execution/types.ts";

export interface TriedStep {
  readonly first: StepState;
  /** The last one that was not passed over; the first where every one was. */
  readonly last: StepState;
  readonly tries: readonly StepState[];
  readonly outcome: "ran" | "skipped" | "left_out" | "not_reached";
}

const underWay: readonly StepStatus[] = ["executing", "rolling_back", "manual_intervention"];

/** Something of it ran, or may have. */
export const wasTaken = (step: StepState): boolean => underWay.includes(step.status) || (isSettled(step) && step.status !== "skipped");

export function wentWell({ status, prepared, result }: StepState): boolean {
  if (status !== "completed") return false;
  return prepared === null || result === null || succeeded(prepared, result);
}

export function triedSteps(state: ExecutionState): readonly TriedStep[] {
  return state.steps.filter(isPlanned).map((first) => {
    const tries = triesOf(state, first);
    const last = tries.findLast(wasTaken) ?? first;
    return { first, last, tries, outcome: outcomeOf(state, last) };
  });
}

/** Each try names the one before it. */
function triesOf(state: ExecutionState, first: StepState): readonly StepState[] {
  const tries = [first];
  for (let last: StepState | undefined = first; last !== undefined; ) {
    const { stepExecutionId }: StepState = last;
    last = state.steps.find((each) => each.origin === "runbook" && each.parentStepExecutionId === stepExecutionId);
    if (last !== undefined) tries.push(last);
  }
  return tries;
}

function outcomeOf(state: ExecutionState, last: StepState): TriedStep["outcome"] {
  if (wasTaken(last)) return "ran";
  if (last.status !== "skipped") return "not_reached";
  return isLeftOut(state, last) ? "left_out" : "skipped";
}

const isLeftOut = ({ branches }: ExecutionState, { order }: StepState): boolean =>
  branches.some(({ answer, skipIfYes, skipIfNo }) => answer !== null && (answer === "yes" ? skipIfYes : skipIfNo).includes(order));

/** The text that a person changed and what they made of it; null where what ran was the runbook's own. */
export function editOf({ first, last, outcome }: TriedStep): { readonly original: string; readonly command: string } | null {
  if (outcome !== "ran" || last.prepared === null) return null;
  const isEdited = last.wasModified || last.command !== first.command;
  const original = first.originalCommand ?? last.originalCommand ?? first.prepared?.command;
  if (!isEdited || original === undefined || original === last.prepared.command) return null;
  return { original, command: last.prepared.command };
}
