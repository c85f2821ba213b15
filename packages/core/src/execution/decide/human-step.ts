// What a signed-in person decides about the current step: approve, edit, skip, report.
// Machines are refused in each of them. One step per command: there is no way to decide two at once.
import { type Refusal, refuse } from "../../errors.ts";
import { invariant } from "../../invariant.ts";
import type { GateDecision } from "../../trust/gate.ts";
import { stricterGate } from "../../trust/gate-inputs.ts";
import type { ApprovalAttempt } from "../check-approval.ts";
import type { ApproveCommand, ModifyCommand, ReportCommand, SkipCommand } from "../commands.ts";
import {
  accepted,
  currentStep,
  type DecideContext,
  type Decision,
  type EngineRules,
  emitter,
  findStep,
  inFlightStep,
  isAdded,
  mayGoOn,
  refuseUnlessHuman,
  refuseUnlessGoesOn,
  refuseUnlessStatus,
} from "../decision.ts";
import { dispatchEvent } from "../dispatch.ts";
import type { ExecutionEvent } from "../events.ts";
import { expectationOf, grantFor } from "../grant.ts";
import type { ExecutionState, PreparedStep, StepState, StepStatus } from "../types.ts";
import { addedEndEvents, badRunEvents, changesState, pauseEvents } from "./consequences.ts";
import { gateEvents, gateNow, isWayBack, requirePrepared } from "./gate-step.ts";
import { recheckOf } from "./look-ended.ts";
import { grantedLooks } from "./look-first.ts";

/** An approval that is open for longer lapses, whether or not the timer that says so has run. */
export const approvalLifetimeMs = 1_800_000;

/** The step if it is the current one and has one of the statuses. */
function openStep(state: ExecutionState, stepExecutionId: string, ...statuses: readonly StepStatus[]): StepState | Refusal {
  const step = findStep(state, stepExecutionId);
  if (step === null) return refuse("STEP_NOT_FOUND");
  if (!statuses.includes(step.status)) return refuse("STEP_STATE_CONFLICT", `The step is ${step.status}.`);
  return step;
}

/** A human answers for a step while its run goes on or waits; for a way back also when the run is over. */
function refuseUnlessWaits(state: ExecutionState, stepExecutionId: string): Refusal | null {
  const step = findStep(state, stepExecutionId);
  return step !== null && mayGoOn(state, step) ? null : refuseUnlessStatus(state, "running", "paused", "stalled");
}

const isRefusal = <T extends object>(value: T | Refusal): value is Refusal => "ok" in value;

/** @returns step.approved and step.dispatched, or what `checkApproval` and `checkGrant` refuse, APPROVAL_TIMEOUT, STEP_IN_FLIGHT, AGENT_OFFLINE, ... */
export function decideApprove(state: ExecutionState, command: ApproveCommand, context: DecideContext, rules: EngineRules): Decision {
  // Who may not decide at all hears that first, whatever the state.
  const refusal = refuseUnlessHuman(context, "operator") ?? refuseUnlessGoesOn(state, findStep(state, command.stepExecutionId));
  if (refusal !== null) return refusal;
  const request = openRequest(state, command.stepExecutionId);
  if (isRefusal(request)) return request;
  const { step, prepared, requestedAtMs } = request;
  if (context.nowMs - requestedAtMs > approvalLifetimeMs) return refuse("APPROVAL_TIMEOUT");
  const gate = stricterGate(request.gate, gateNow(state, step, prepared, context, rules).gate);
  const denied =
    refuseUnlessThisCard(step, command) ??
    rules.checkApproval(attemptOf(state, request, gate, command, context)) ??
    refuseUnlessSendable(state, context);
  return denied ?? grantStep(state, step, prepared, gate, command, context, rules);
}

/** The text is the same after a lapse, the numbers are not: then the card itself has to be named. */
function refuseUnlessThisCard(step: StepState, { attempt }: ApproveCommand): Refusal | null {
  const named = attempt ?? (step.lapse === undefined ? step.attempt : null);
  return named === step.attempt
    ? null
    : refuse("DIGEST_MISMATCH", "The step was asked for again with new numbers: look at its card afresh.");
}

function attemptOf(
  state: ExecutionState,
  { step, prepared }: ApprovalRequest,
  gate: GateDecision,
  { digest, confirmation, acknowledgedNoRollback }: ApproveCommand,
  { actor, roles, policy, version, nowMs }: DecideContext,
): ApprovalAttempt {
  const seen = { prepared, digest, confirmation, acknowledgedNoRollback };
  const { triggeredBy: starterId } = state;
  return { actor, roles, gate, origin: step.origin, wayBack: isWayBack(step), policy, version, starterId, nowMs, ...seen };
}

interface ApprovalRequest {
  readonly step: StepState;
  readonly prepared: PreparedStep;
  readonly gate: GateDecision;
  readonly requestedAtMs: number;
}

/** What a human was asked about this step, if it is still open. */
function openRequest(state: ExecutionState, stepExecutionId: string): ApprovalRequest | Refusal {
  const step = openStep(state, stepExecutionId, "awaiting_approval");
  if (isRefusal(step)) return isGatedOff(state, stepExecutionId) ? refuse("TRUST_LEVEL_EXCEEDED") : step;
  const { prepared, gate, requestedAtMs } = step;
  invariant(prepared !== null && gate !== null && requestedAtMs !== null, "a step that awaits approval was gated");
  return { step, prepared, gate, requestedAtMs };
}

/** The gate itself left nothing to approve (an agent's refusal is another matter). */
function isGatedOff(state: ExecutionState, stepExecutionId: string): boolean {
  const step = findStep(state, stepExecutionId);
  return (step?.status === "blocked" || step?.status === "suggested") && (step.gate === "blocked" || step.gate === "suggest");
}

/** Approved is sent at once: not while another step is in flight, nor to an agent that is away. */
function refuseUnlessSendable(state: ExecutionState, context: DecideContext): Refusal | null {
  if (inFlightStep(state) !== null) return refuse("STEP_IN_FLIGHT");
  return context.agentOnline ? null : refuse("AGENT_OFFLINE");
}

function grantStep(
  state: ExecutionState,
  step: StepState,
  prepared: PreparedStep,
  gate: GateDecision,
  command: ApproveCommand,
  context: DecideContext,
  rules: EngineRules,
): Decision {
  const { nowMs } = context;
  const grant = grantFor(state, prepared, { approver: context.actor.id, method: gate === "typed" ? "typed" : "click", nowMs });
  // The same check that the agent makes, so that nothing is recorded as approved that the agent must refuse.
  const checked = rules.checkGrant(grant, expectationOf(state, prepared), nowMs);
  if (!checked.ok) return checked;
  const approved = emitter(state.id, context)("step.approved", step.stepExecutionId, {
    command: prepared.command,
    risk_level: prepared.risk,
    approved_by: context.actor.id,
    was_modified: step.wasModified,
    original_command: step.originalCommand,
    note: command.note,
    acknowledged_no_rollback: command.acknowledgedNoRollback,
    grant,
  });
  // Counted once more before it leaves, where a number was on the card; the approval listed that read.
  const recheck = recheckOf(prepared, rules);
  if (recheck === null) return accepted(approved, dispatchEvent(state, prepared, grant, context));
  return accepted(approved, ...grantedLooks(state, step, [recheck], context, rules));
}

/** @returns step.modified and the gate's answer to the new text (never by itself: an edited text is looked at once), or a refusal */
export function decideModify(state: ExecutionState, command: ModifyCommand, context: DecideContext, rules: EngineRules): Decision {
  const refusal = refuseUnlessHuman(context, "operator") ?? refuseUnlessGoesOn(state, findStep(state, command.stepExecutionId));
  if (refusal !== null) return refusal;
  const step = openStep(state, command.stepExecutionId, "awaiting_approval", "suggested", "blocked");
  if (isRefusal(step)) return step;
  if (step.command === null || step.prepared === null) return refuse("STEP_STATE_CONFLICT", "The step has no command.");
  if (step.grant !== null && step.status === "awaiting_approval") return refuse("STEP_IN_FLIGHT");
  const prepared = requirePrepared(state, step, context);
  const modified = emitter(state.id, context)("step.modified", step.stepExecutionId, {
    attempt: prepared.attempt,
    command: prepared.command,
    original_command: step.originalCommand ?? step.prepared.command,
    modified_by: context.actor.id,
    note: command.note,
  });
  return accepted(modified, ...gateEvents(state, prepared, gateNow(state, step, prepared, context, rules, true), context));
}

/** @returns step.rejected (it awaited approval) or step.skipped, or a refusal */
export function decideSkip(state: ExecutionState, command: SkipCommand, context: DecideContext): Decision {
  const refusal = refuseUnlessHuman(context, "operator") ?? refuseUnlessWaits(state, command.stepExecutionId);
  if (refusal !== null) return refusal;
  const step = openStep(state, command.stepExecutionId, "pending", "awaiting_approval", "suggested", "blocked");
  if (isRefusal(step)) return step;
  if (currentStep(state)?.stepExecutionId !== step.stepExecutionId)
    return refuse("STEP_STATE_CONFLICT", "Only the current step can be skipped.");
  const emit = emitter(state.id, context);
  const by = context.actor.id;
  const answer =
    step.status === "awaiting_approval"
      ? emit("step.rejected", step.stepExecutionId, { rejected_by: by, reason: command.reason })
      : emit("step.skipped", step.stepExecutionId, { skipped_by: by, reason: command.reason });
  // Somebody is there again: the stall is over.
  if (state.status !== "stalled" || isAdded(step)) return accepted(answer);
  return accepted(answer, emit("execution.resumed", null, { resumed_by: by, after: "stalled", note: null }));
}

/** @returns step.reported (and a pause when it failed), or a refusal */
export function decideReport(state: ExecutionState, command: ReportCommand, context: DecideContext): Decision {
  const refusal = refuseUnlessHuman(context, "operator") ?? refuseUnlessWaits(state, command.stepExecutionId);
  if (refusal !== null) return refusal;
  const step = openStep(state, command.stepExecutionId, "suggested", "outcome_unknown", "manual_intervention");
  if (isRefusal(step)) return step;
  const reported: ExecutionEvent = emitter(state.id, context)("step.reported", step.stepExecutionId, {
    outcome: command.outcome,
    reported_by: context.actor.id,
    note: command.note,
  });
  const good = command.outcome === "succeeded";
  const ends = addedEndEvents(state, step, { exitCode: null, succeeded: good, observedBy: "declared" }, context);
  if (good) return accepted(reported, ...ends);
  const bad = changesState(step) ? badRunEvents(state, step, "step.reported", context) : [];
  return accepted(reported, ...ends, ...bad, ...pauseEvents(state, "step_failed", context));
}
