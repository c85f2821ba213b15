// A human wants a step that did not go well tried once more: the same step, a new attempt, scanned, gated and approved afresh.
// A step whose outcome nobody knows is never tried again without the human's explicit word that it may run twice.
import { type Refusal, refuse } from "../../errors.ts";
import type { RetryCommand } from "../commands.ts";
import {
  accepted,
  type DecideContext,
  type Decision,
  emitter,
  findStep,
  isAdded,
  isSettled,
  mayGoOn,
  refuseUnlessHuman,
  refuseUnlessStatus,
} from "../decision.ts";
import { succeeded } from "../judge-result.ts";
import type { ExecutionState, StepState } from "../types.ts";
import { refuseUnlessFree } from "./add-step.ts";
import { revokeEvents } from "./consequences.ts";

/** Null if the step itself can be tried again now. */
export function refuseUnlessRetryable(state: ExecutionState, step: StepState): Refusal | null {
  if (step.command === null || step.prepared === null || !wentWrong(step))
    return refuse("STEP_STATE_CONFLICT", `The step is ${step.status}: there is nothing to try again.`);
  const later = state.steps.slice(state.steps.indexOf(step) + 1);
  const overtaken = later.some((each) => each.origin !== "rollback" && isSettled(each));
  return overtaken ? refuse("STEP_STATE_CONFLICT", "Later steps were decided already: enter the command by hand instead.") : null;
}

function wentWrong({ status, prepared, result }: StepState): boolean {
  if (status !== "completed") return ["failed", "timed_out", "outcome_unknown", "rolled_back"].includes(status);
  return prepared !== null && result !== null && !succeeded(prepared, result);
}

/** @returns step.retry_requested (and the end of the pause), or HUMAN_REQUIRED, RETRY_UNACKNOWLEDGED, STEP_IN_FLIGHT, STEP_STATE_CONFLICT, ... */
export function decideRetry(state: ExecutionState, command: RetryCommand, context: DecideContext): Decision {
  const step = findStep(state, command.stepExecutionId);
  const refusal = refuseUnlessHuman(context, "operator") ?? refuseUnlessOpen(state, step) ?? refuseUnlessFree(state);
  if (refusal !== null) return refusal;
  if (step === null) return refuse("STEP_NOT_FOUND");
  const unknown = step.status === "outcome_unknown";
  const denied =
    refuseUnlessRetryable(state, step) ?? (unknown && !command.acknowledgedUnknownOutcome ? refuse("RETRY_UNACKNOWLEDGED") : null);
  if (denied !== null) return denied;
  const emit = emitter(state.id, context);
  const asked = emit("step.retry_requested", step.stepExecutionId, {
    attempt: step.attempt,
    requested_by: context.actor.id,
    note: command.note,
    outcome_was_unknown: unknown,
  });
  if (state.status === "running" || isAdded(step)) return accepted(...revokeEvents(state, "superseded", context), asked);
  const after = state.pause?.reason ?? "stalled";
  return accepted(asked, emit("execution.resumed", null, { resumed_by: context.actor.id, after, note: command.note }));
}

/** A run that was halted is resumed by its own command, so that nobody lifts a halt by the way. */
function refuseUnlessOpen(state: ExecutionState, step: StepState | null): Refusal | null {
  if (state.pause?.reason === "panic" || state.pause?.reason === "party")
    return refuse("EXECUTION_STATE_CONFLICT", "Everything was halted: resume the execution first.");
  return step !== null && mayGoOn(state, step) ? null : refuseUnlessStatus(state, "running", "paused", "stalled");
}
