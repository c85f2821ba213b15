// What can be undone and tried again in an execution, as every face shows it: state and step in, the fields of the contract out.
// Said by the same questions that the engine asks when somebody presses the button; offers nothing that it would refuse.
import {
  isTerminal,
  refuseUnlessFree,
  refuseUnlessRetryable,
  refuseUnlessUndoable,
  rollbacksOf,
  type ExecutionState,
  type StepState,
} from "@dd0c/core";
import type { WireStepExecution } from "@dd0c/protocol/http";

interface RunView {
  readonly state: ExecutionState;
  readonly panic: boolean;
}

type WireWayBack = WireStepExecution["way_back"];

const noWayBack = { command: null, risk: null, gate: null, available: false, step_id: null } as const;

/** What undoes this step: recorded before it ran, and said in the same place when there is nothing. */
export function wireWayBack(view: RunView, step: StepState): WireWayBack {
  const { prepared } = step;
  if (step.origin === "rollback" || step.command === null || (prepared?.risk ?? step.templateRisk) === "safe")
    return { kind: "none_needed", ...noWayBack };
  const command = prepared === null ? step.rollbackCommand : prepared.rollbackCommand;
  if (command === null) return { kind: "irreversible", ...noWayBack };
  const gate = prepared?.rollback?.gate;
  return {
    kind: "recorded",
    command,
    risk: prepared?.rollback?.risk ?? null,
    gate: gate === "ask" || gate === "typed" ? gate : null,
    available: isFree(view) && refuseUnlessUndoable(view.state, step) === null,
    step_id: rollbacksOf(view.state, step).at(-1)?.stepExecutionId ?? null,
  };
}

/** Nothing is under way and nothing is halted: something can be added to the run. */
export const isFree = ({ state, panic }: RunView): boolean =>
  !panic && state.status !== "pending" && state.status !== "preflight" && refuseUnlessFree(state) === null;

export function wireRetry(view: RunView, step: StepState): WireStepExecution["retry"] {
  const { state } = view;
  const halted = state.pause?.reason === "panic" || state.pause?.reason === "party";
  if (halted || !isFree(view) || isTerminal(state) || refuseUnlessRetryable(state, step) !== null) return "no";
  return step.status === "outcome_unknown" ? "needs_word" : "yes";
}
