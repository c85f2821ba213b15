// What can be undone and tried again in an execution, as every face shows it: state and step in, the fields of the contract out.
// Said by the same questions that the engine asks when somebody presses the button; offers nothing that it would refuse.
import {
  isTerminal,
  refuseUnlessFree,
  refuseUnlessRetryable,
  refuseUnlessUndoable,
  rollbacksOf,
  type ExecutionState,
  type PreparedRollback,
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
  if (isHarmless(step)) return { kind: "none_needed", ...noWayBack };
  const { prepared } = step;
  if (prepared === null) return { kind: "not_recorded_yet", ...noWayBack, command: step.rollbackCommand };
  if (prepared.rollbackCommand === null) return { kind: "irreversible", ...noWayBack };
  return {
    kind: "recorded",
    command: prepared.rollbackCommand,
    ...recordedGate(prepared.rollback),
    available: isFree(view) && refuseUnlessUndoable(view.state, step) === null,
    step_id: rollbacksOf(view.state, step).at(-1)?.stepExecutionId ?? null,
  };
}

/** It is itself a way back, has no command, or changes nothing. */
const isHarmless = ({ origin, command, prepared, templateRisk }: StepState): boolean =>
  origin === "rollback" || command === null || (prepared?.risk ?? templateRisk) === "safe";

function recordedGate(rollback: PreparedRollback | null): Pick<WireWayBack, "risk" | "gate"> {
  if (rollback === null) return { risk: null, gate: null };
  return { risk: rollback.risk, gate: rollback.gate === "typed" ? "typed" : "ask" };
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
