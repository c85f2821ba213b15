// What the server sends to an agent about an execution, built from the state alone: the plan, an amendment, a dispatch.
// In: state (after the events). Out: payloads to sign and send. Signing and sending are the server's.
import { invariant } from "../invariant.ts";
import { strictest } from "../risk.ts";
import type { GovernanceMode } from "../trust/policy.ts";
import type { Dispatch } from "./admit.ts";
import type { Amendment, AnnouncedStep, Announcement } from "./announcement.ts";
import { findStep } from "./decision.ts";
import { isPlanned } from "./is-planned.ts";
import type { Grant } from "./grant.ts";
import type { ExecutionState, PreparedStep, StepState } from "./types.ts";

/**
 * The plan as it is announced once, when the preflight is confirmed.
 * @param prepared first renderings of the steps whose variables are all known; they fix the digest, the others only the highest risk
 */
export function announcementOf(
  state: ExecutionState,
  prepared: readonly PreparedStep[],
  governanceMode: GovernanceMode,
  nowMs: number,
): Announcement {
  const { agentId, trustLevel } = state;
  invariant(agentId !== null && trustLevel !== null, "only a started execution is announced");
  return {
    kind: "dd0c.announcement.v1",
    tenant: state.tenantId,
    agent: agentId,
    execution: state.id,
    runbook: state.runbookId,
    version: state.versionId,
    trust_level: trustLevel,
    governance_mode: governanceMode,
    issued_at: nowMs,
    steps: state.steps.flatMap((step) => announcedStep(step, prepared)),
  };
}

function announcedStep(step: StepState, prepared: readonly PreparedStep[]): readonly AnnouncedStep[] {
  if (!isPlanned(step) || step.templateHash === null || step.templateRisk === null) return [];
  const first = prepared.find((each) => each.stepExecutionId === step.stepExecutionId && each.attempt === 1);
  const max_risk = first === undefined ? step.templateRisk : strictest(step.templateRisk, first.risk);
  return [{ step_execution: step.stepExecutionId, digest: first?.digest ?? null, template_hash: step.templateHash, max_risk }];
}

/** The amendment for the step's latest attempt, which names the human (or the parent step) behind it. */
export function amendmentOf(state: ExecutionState, stepExecutionId: string, nowMs: number): Amendment {
  const { step, prepared, digest, agentId } = dispatched(state, stepExecutionId);
  return {
    kind: "dd0c.amendment.v1",
    tenant: state.tenantId,
    agent: agentId,
    execution: state.id,
    step_execution: step.stepExecutionId,
    attempt: prepared.attempt,
    digest,
    max_risk: prepared.risk,
    reason: amendmentReason(step),
    by: step.grant?.approver ?? state.lastHumanId,
    parent_step_execution: step.parentStepExecutionId,
    issued_at: nowMs,
  };
}

function amendmentReason(step: StepState): Amendment["reason"] {
  // A text that somebody rewrote is judged as such by the agent, whatever it was first.
  if (step.wasModified) return "edit";
  if (step.origin !== "runbook") return step.origin;
  return isPlanned(step) ? "rerender" : "retry";
}

/** Everything an agent is sent for one attempt. `grant` is to be signed as it stands (`grantBytes`). */
export interface StepDispatch extends Dispatch {
  readonly agentId: string;
  readonly command: string;
  readonly run: PreparedStep["run"];
  readonly patternVersion: string;
  readonly grant: Grant | null;
}

/** The dispatch of a step that is in flight. */
export function dispatchOf(state: ExecutionState, stepExecutionId: string): StepDispatch {
  const { step, prepared, digest, agentId } = dispatched(state, stepExecutionId);
  invariant(step.notAfterMs !== null && state.trustLevel !== null, "only a dispatched step is sent");
  return {
    executionId: state.id,
    stepExecutionId: step.stepExecutionId,
    attempt: prepared.attempt,
    digest,
    risk: prepared.risk,
    trustLevel: state.trustLevel,
    notAfterMs: step.notAfterMs,
    environmentNames: prepared.run.environment.map(([name]) => name),
    agentId,
    command: prepared.command,
    run: prepared.run,
    patternVersion: prepared.patternVersion,
    grant: step.grant,
  };
}

function dispatched(state: ExecutionState, stepExecutionId: string) {
  const step = findStep(state, stepExecutionId);
  const digest = step?.prepared?.digest ?? null;
  invariant(step?.prepared != null && digest !== null && state.agentId !== null, "the step has no plan to send");
  return { step, prepared: step.prepared, digest, agentId: state.agentId };
}
