// Who is in a run and who answers for it: joining the run that is there already, handing it over, taking it over.
// None of this permits or revokes anything: open approvals stay open under their own rules, and an alarm does not keep people from it.
import { type Refusal, refuse } from "../../errors.ts";
import { hasRole, isHuman } from "../../trust/actor.ts";
import type { HandOverCommand, TakeOverCommand } from "../commands.ts";
import { accepted, currentStep, type DecideContext, type Decision, emitter, isTerminal, refuseUnlessRole } from "../decision.ts";
import type { ExecutionState } from "../types.ts";

/** @returns execution.joined, once per person and machine, or FORBIDDEN, EXECUTION_STATE_CONFLICT when the run is over */
export function decideJoin(state: ExecutionState, context: DecideContext): Decision {
  const refusal = refuseUnlessRole(context, "operator") ?? refuseOver(state);
  if (refusal !== null) return refusal;
  const { id } = context.actor;
  if (state.joinedIds.includes(id)) return accepted();
  return accepted(emitter(state.id, context)("execution.joined", null, { joined_by: id, alert_id: state.alertId }));
}

/** @returns execution.handed_over, or HUMAN_REQUIRED, FORBIDDEN, VALIDATION_FAILED (that member may not), EXECUTION_STATE_CONFLICT */
export function decideHandOver(state: ExecutionState, command: HandOverCommand, context: DecideContext): Decision {
  const refusal = refuseUnlessPerson(context) ?? refuseOver(state);
  if (refusal !== null) return refusal;
  if (state.inChargeId !== context.actor.id && !hasRole(context.roles, "admin"))
    return refuse("FORBIDDEN", "Only who is in charge hands a run over. Another operator can take it over.");
  if (!hasRole(command.toRoles, "operator"))
    return refuse("VALIDATION_FAILED", "That member cannot decide about a run: it takes an operator.");
  if (command.to === state.inChargeId) return refuse("VALIDATION_FAILED", "That member is in charge already.");
  return accepted(handedOver(state, command.to, false, command.note, context));
}

/** @returns execution.handed_over, or HUMAN_REQUIRED, FORBIDDEN, EXECUTION_STATE_CONFLICT (over, or in charge already) */
export function decideTakeOver(state: ExecutionState, command: TakeOverCommand, context: DecideContext): Decision {
  const refusal = refuseUnlessPerson(context) ?? refuseOver(state);
  if (refusal !== null) return refusal;
  if (state.inChargeId === context.actor.id) return refuse("EXECUTION_STATE_CONFLICT", "You are in charge already.");
  return accepted(handedOver(state, context.actor.id, true, command.note, context));
}

function handedOver(state: ExecutionState, to: string, taken: boolean, note: string | null, context: DecideContext) {
  return emitter(state.id, context)("execution.handed_over", null, {
    from: state.inChargeId,
    to,
    taken,
    note,
    status: state.status,
    step_execution: currentStep(state)?.stepExecutionId ?? null,
  });
}

/** As for a decision, but without asking whether an alarm is on: who is in charge matters most then. */
function refuseUnlessPerson(context: DecideContext): Refusal | null {
  return isHuman(context.actor) ? refuseUnlessRole(context, "operator") : refuse("HUMAN_REQUIRED");
}

const refuseOver = (state: ExecutionState): Refusal | null =>
  isTerminal(state) ? refuse("EXECUTION_STATE_CONFLICT", `The execution is ${state.status}.`) : null;
