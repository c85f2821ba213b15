// A human wants a step that did not go well tried once more: scanned, gated and approved afresh, as another step execution of the same step,
// because an id that once started never starts again. A step whose outcome nobody knows needs the human's word that it may run twice.
import { type Refusal, refuse } from "../../errors.ts";
import type { RetryCommand } from "../commands.ts";
import { accepted, type DecideContext, type Decision, emitter, findStep, refuseUnlessHuman, refuseUnlessStatus } from "../decision.ts";
import { succeeded } from "../judge-result.ts";
import type { ExecutionState, StepState, StepTemplate } from "../types.ts";
import { addEvents, refuseUnlessFree } from "./add-step.ts";

/** Null if the step itself can be tried again now. Typed commands and ways back are asked for again instead. */
export function refuseUnlessRetryable(state: ExecutionState, step: StepState): Refusal | null {
  if (step.origin !== "runbook" || step.command === null || !wentWrong(step))
    return refuse("STEP_STATE_CONFLICT", `The step is ${step.status}: there is nothing to try again.`);
  return triesOf(state, step).length > 0 ? refuse("STEP_STATE_CONFLICT", "It was tried again already: look at its last try.") : null;
}

const triesOf = (state: ExecutionState, step: StepState): readonly StepState[] =>
  state.steps.filter((each) => each.origin === "runbook" && each.parentStepExecutionId === step.stepExecutionId);

function wentWrong({ status, prepared, result }: StepState): boolean {
  if (status !== "completed") return ["failed", "timed_out", "outcome_unknown", "rolled_back"].includes(status);
  return prepared !== null && result !== null && !succeeded(prepared, result);
}

/** @returns step.retry_requested, step.added and the end of the pause, or HUMAN_REQUIRED, RETRY_UNACKNOWLEDGED, STEP_IN_FLIGHT, ... */
export function decideRetry(state: ExecutionState, command: RetryCommand, context: DecideContext): Decision {
  const refusal = refuseUnlessHuman(context, "operator") ?? refuseUnlessOpen(state) ?? refuseUnlessFree(state);
  if (refusal !== null) return refusal;
  const step = findStep(state, command.stepExecutionId);
  if (step === null) return refuse("STEP_NOT_FOUND");
  const denied = refuseUnlessRetryable(state, step) ?? refuseUnlessSaid(step, command);
  return denied ?? tryAgain(state, step, command, context);
}

function refuseUnlessSaid(step: StepState, command: RetryCommand): Refusal | null {
  return step.status === "outcome_unknown" && !command.acknowledgedUnknownOutcome ? refuse("RETRY_UNACKNOWLEDGED") : null;
}

function tryAgain(state: ExecutionState, step: StepState, command: RetryCommand, context: DecideContext): Decision {
  const emit = emitter(state.id, context);
  const asked = emit("step.retry_requested", step.stepExecutionId, {
    attempt: step.attempt,
    requested_by: context.actor.id,
    note: command.note,
    outcome_was_unknown: step.status === "outcome_unknown",
  });
  const added = addEvents(state, [retryTemplate(step, command.newStepExecutionId)], context);
  if (state.status === "running") return accepted(asked, ...added);
  const after = state.pause?.reason ?? "stalled";
  return accepted(asked, ...added, emit("execution.resumed", null, { resumed_by: context.actor.id, after, note: command.note }));
}

/** The template once more; where somebody had rewritten it, that text, for which nothing of the template speaks. */
function retryTemplate(step: StepState, stepExecutionId: string): StepTemplate {
  const { stepId, order, sub, label, origin, kind, description, command, expectedOutput, rollbackCommand, timeoutMs } = step;
  const text = step.wasModified && step.prepared !== null ? step.prepared.command : command;
  const { templateRisk, templateHash } = text === command ? step : { templateRisk: null, templateHash: null };
  return {
    ...{
      stepExecutionId,
      stepId,
      order,
      sub,
      label: nextLabel(label),
      origin,
      parentStepExecutionId: step.stepExecutionId,
      kind,
      description,
    },
    ...{ command: text, expectedOutput, rollbackCommand, templateRisk, templateHash, timeoutMs },
  };
}

/** "4-try2", then "4-try3". */
function nextLabel(label: string): string {
  const [base = label, number = "1"] = label.split("-try");
  return `${base}-try${Number(number) + 1}`;
}

/** A run that was halted is resumed by its own command, so that nobody lifts a halt by the way. */
function refuseUnlessOpen(state: ExecutionState): Refusal | null {
  if (state.pause?.reason === "panic" || state.pause?.reason === "party")
    return refuse("EXECUTION_STATE_CONFLICT", "Everything was halted: resume the execution first.");
  return refuseUnlessStatus(state, "running", "paused", "stalled");
}
