// What a person changes about a run that is under way, without deciding about a step: a deadline, a variable's value, what was done elsewhere.
// Nothing here permits anything: what a deadline or a value changes is rendered, scanned and gated afresh.
import { type Refusal, refuse } from "../../errors.ts";
import { isHuman } from "../../trust/actor.ts";
import type { DeclareActionCommand, SetTimeoutCommand, SetVariableCommand } from "../commands.ts";
import {
  accepted,
  type DecideContext,
  type Decision,
  emitter,
  findStep,
  inFlightStep,
  refuseUnlessHuman,
  refuseUnlessRole,
  refuseUnlessStatus,
} from "../decision.ts";
import type { ExecutionEventData } from "../events.ts";
import type { ExecutionState, StepStatus } from "../types.ts";
import { fillsByItself } from "../variable-value.ts";
import { revokeEvents } from "./consequences.ts";

const notTaken: readonly StepStatus[] = ["pending", "awaiting_approval", "suggested", "blocked"];
const minTimeoutMs = 1_000;
const maxTimeoutMs = 3_600_000;

/** A person, no alarm, a run that has begun and is not over, nothing in flight. */
const refuseUnlessBetween = (state: ExecutionState, context: DecideContext): Refusal | null =>
  refuseUnlessHuman(context, "operator") ??
  refuseUnlessStatus(state, "running", "paused", "stalled") ??
  (inFlightStep(state) === null ? null : refuse("STEP_IN_FLIGHT"));

/** @returns step.timeout_set, or HUMAN_REQUIRED, STEP_NOT_FOUND, STEP_STATE_CONFLICT (taken already), STEP_IN_FLIGHT, VALIDATION_FAILED, ... */
export function decideSetTimeout(state: ExecutionState, command: SetTimeoutCommand, context: DecideContext): Decision {
  const refusal = refuseUnlessBetween(state, context);
  if (refusal !== null) return refusal;
  const step = findStep(state, command.stepExecutionId);
  if (step === null) return refuse("STEP_NOT_FOUND");
  if (step.command === null || !notTaken.includes(step.status)) return refuse("STEP_STATE_CONFLICT", `The step is ${step.status}.`);
  const { timeoutMs, note } = command;
  if (!Number.isInteger(timeoutMs) || timeoutMs < minTimeoutMs || timeoutMs > maxTimeoutMs)
    return refuse("VALIDATION_FAILED", "A deadline is between one second and one hour.");
  const set = emitter(state.id, context)("step.timeout_set", step.stepExecutionId, {
    timeout_ms: timeoutMs,
    set_by: context.actor.id,
    note,
  });
  return accepted(...revokeEvents(state, "superseded", context), set);
}

/**
 * A value that was copied from an output counts as shown by the system: only a plain word fills in (ruling 23); anything else a person types.
 * @returns execution.variable_set, or HUMAN_REQUIRED, VALIDATION_FAILED, VARIABLE_UNSAFE, STEP_NOT_FOUND, STEP_IN_FLIGHT, ...
 */
export function decideSetVariable(state: ExecutionState, command: SetVariableCommand, context: DecideContext): Decision {
  const refusal = refuseUnlessBetween(state, context);
  if (refusal !== null) return refusal;
  const { name, value, copiedFrom } = command;
  if (![...state.requiredVariables, ...state.laterVariables].includes(name) || value === "")
    return refuse("VALIDATION_FAILED", "Give a value to a variable of this runbook.");
  const origin = copiedFrom === null ? null : copied(state, copiedFrom);
  if (origin !== null && "ok" in origin) return origin;
  const source = origin === null ? "manual" : "runtime";
  if (!fillsByItself({ name, value, source })) return refuse("VARIABLE_UNSAFE", `A person has to type the value of ${name}.`);
  const set = emitter(state.id, context)("execution.variable_set", null, {
    name,
    value,
    source,
    set_by: context.actor.id,
    copied_from: origin,
  });
  return accepted(...revokeEvents(state, "superseded", context), set);
}

type Copied = NonNullable<ExecutionEventData["execution.variable_set"]["copied_from"]>;

function copied(state: ExecutionState, stepExecutionId: string): Copied | Refusal {
  const step = findStep(state, stepExecutionId);
  if (step === null) return refuse("STEP_NOT_FOUND");
  if (step.result === null) return refuse("STEP_STATE_CONFLICT", "That step printed nothing that was seen.");
  return { step_execution: step.stepExecutionId, attempt: step.attempt, stdout_hash: step.result.stdoutHash };
}

/** How far a person's clock may be ahead of ours, and how long before the run an action may lie. */
const aheadMs = 60_000;
const beforeMs = 86_400_000;

/**
 * The record of something that nobody of ours saw; under an alarm and after the end of the run too.
 * @returns step.unlisted_action, or HUMAN_REQUIRED, FORBIDDEN, VALIDATION_FAILED (a time that cannot be), EXECUTION_STATE_CONFLICT
 */
export function decideDeclareAction(state: ExecutionState, command: DeclareActionCommand, context: DecideContext): Decision {
  if (!isHuman(context.actor)) return refuse("HUMAN_REQUIRED");
  const refusal = refuseUnlessRole(context, "operator");
  if (refusal !== null) return refusal;
  if (state.startedAtMs === null) return refuse("EXECUTION_STATE_CONFLICT", "The run has not begun.");
  const { kind, text, doneAtMs, note } = command;
  if (text.trim() === "") return refuse("VALIDATION_FAILED", "Say what was done.");
  if (doneAtMs > context.nowMs + aheadMs || doneAtMs < state.createdAtMs - beforeMs)
    return refuse("VALIDATION_FAILED", "That time is in the future, or more than a day before the run.");
  return accepted(
    emitter(state.id, context)("step.unlisted_action", null, {
      command: text,
      observed_by: "declared",
      declared: { kind, by: context.actor.id, done_at_ms: doneAtMs, note },
    }),
  );
}
