// The prepared text of a step meets the gate: what happens with it now. Used by advance and by modify.
// In: state, prepared step. Out: the gate's answer as events. Every answer is recorded with all its inputs.
import { invariant } from "../../invariant.ts";
import type { GateDecision, TrustLevel } from "../../trust/gate.ts";
import { countedTrust, gateAnswer, type GateInputs } from "../../trust/gate-inputs.ts";
import { policyRecord, policySourceRecord } from "../../trust/policy-record.ts";
import { approverRole } from "../check-approval.ts";
import { type DecideContext, type EngineRules, emitter } from "../decision.ts";
import { dispatchEvent } from "../dispatch.ts";
import type { ExecutionEvent, GatedStep } from "../events.ts";
import type { ExecutionState, PreparedStep, StepState } from "../types.ts";

/** The rendering must be the next one of this step for this execution's agent; anything else is a bug of the caller. */
export function requirePrepared(state: ExecutionState, step: StepState, context: DecideContext): PreparedStep {
  const { prepared } = context;
  invariant(prepared !== null, "the step was not prepared");
  invariant(prepared.stepExecutionId === step.stepExecutionId && prepared.attempt === step.attempt + 1, "another step was prepared");
  invariant(prepared.run.agentId === state.agentId, "the step was prepared for another agent");
  return prepared;
}

/** The answer and everything that it follows from. */
export interface Gated {
  readonly gate: GateDecision;
  readonly inputs: GateInputs;
}

/** A way back as it was recorded has a gate of its own; one that somebody rewrote is a command like any other. */
export const isWayBack = (step: Pick<StepState, "origin" | "wasModified">): boolean => step.origin === "rollback" && !step.wasModified;

/** The gate for this text, at the pinned trust level, under the policy of now. `edited`: a human wrote this text just now. */
export function gateNow(
  state: ExecutionState,
  step: Pick<StepState, "origin" | "wasModified" | "stepId" | "templateRisk" | "templateHash">,
  prepared: PreparedStep,
  context: DecideContext,
  rules: EngineRules,
  edited = false,
): Gated {
  const inputs: GateInputs = {
    table: isWayBack({ origin: step.origin, wasModified: edited || step.wasModified }) ? "rollback" : "step",
    risk: prepared.risk,
    pinned_trust_level: pinnedTrust(state),
    edited,
    panic: context.panic,
    party: context.party,
    policy: policyRecord(context.policy),
    policy_layers: policySourceRecord(context.policy),
    classification: {
      runbook_version: state.versionId,
      step_id: step.stepId,
      risk: edited ? null : step.templateRisk,
      sha256: edited ? null : step.templateHash,
      pattern_version: prepared.patternVersion,
    },
  };
  return { gate: gateAnswer(inputs, rules), inputs };
}

function pinnedTrust(state: ExecutionState): TrustLevel {
  invariant(state.trustLevel !== null, "trust is pinned before the first step");
  return state.trustLevel;
}

/** What every answer of the gate records. */
export const gatedStep = (prepared: PreparedStep, { gate, inputs }: Gated): GatedStep => ({
  command: prepared.command,
  risk_level: prepared.risk,
  gate,
  trust_level: countedTrust(inputs),
  governance_mode: inputs.policy.governance_mode,
  dangerous_steps: inputs.policy.dangerous_steps,
  digest: prepared.digest,
  inputs,
  prepared,
});

/** The events that follow from the gate's answer. */
export function gateEvents(
  state: ExecutionState,
  prepared: PreparedStep,
  { gate, inputs }: Gated,
  context: DecideContext,
): readonly ExecutionEvent[] {
  const emit = emitter(state.id, context);
  const id = prepared.stepExecutionId;
  const gated = gatedStep(prepared, { gate, inputs });
  if (gate === "blocked") return [emit("step.blocked", id, gated)];
  if (gate === "suggest") return [emit("step.suggested", id, { ...gated, cause: "trust_level", not_runnable: prepared.notRunnable })];
  if (prepared.digest === null)
    return [emit("step.suggested", id, { ...gated, cause: "not_runnable", not_runnable: prepared.notRunnable })];
  if (gate === "auto")
    return [emit("step.auto_executed", id, { ...gated, agent_id: prepared.run.agentId }), dispatchEvent(state, prepared, null, context)];
  return [emit("step.approval_requested", id, { ...gated, requested_from: approverRole(gate) })];
}
