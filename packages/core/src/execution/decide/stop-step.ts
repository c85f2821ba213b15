// A person ends what a step runs, without ending the run. Stopping needs no alarm to be off and no run to be going: it only takes away.
// Nothing is concluded here about the step: the agent says how it ended, or that nobody can tell.
import { refuse } from "../../errors.ts";
import type { StopStepCommand } from "../commands.ts";
import { accepted, type DecideContext, type Decision, dispatchedStatuses, emitter, findStep, refuseUnlessHuman } from "../decision.ts";
import type { ExecutionState, StepState } from "../types.ts";

/** Sent to the agent and not ended as far as anybody knows; one whose deadline passed may still run. */
export const isStoppable = (state: ExecutionState, { status }: StepState): boolean =>
  state.agentId !== null && (dispatchedStatuses.includes(status) || status === "timed_out");

/** @returns step.stop_requested, or HUMAN_REQUIRED, FORBIDDEN, STEP_NOT_FOUND, STEP_STATE_CONFLICT (it does not run) */
export function decideStopStep(state: ExecutionState, command: StopStepCommand, context: DecideContext): Decision {
  const refusal = refuseUnlessHuman(context, "operator");
  if (refusal !== null) return refusal;
  const step = findStep(state, command.stepExecutionId);
  if (step === null) return refuse("STEP_NOT_FOUND");
  if (!isStoppable(state, step) || state.agentId === null)
    return refuse("STEP_STATE_CONFLICT", `The step is ${step.status}: nothing of it runs.`);
  const data = { attempt: step.attempt, agent_id: state.agentId, requested_by: context.actor.id, reason: command.reason };
  return accepted(emitter(state.id, context)("step.stop_requested", step.stepExecutionId, data));
}
