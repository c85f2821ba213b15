// What a decision is made of: the context that comes in beside state and command, and the two answers that can come out.
// Shared by the deciders, one file per group of commands. Nothing here reads a clock or makes an id.
import type { ErrorCode, Refusal } from "../errors.ts";
import { refuse } from "../errors.ts";
import { type Actor, hasRole, isHuman, type Role } from "../trust/actor.ts";
import type { Gate, TrustLevel } from "../trust/gate.ts";
import type { RollbackGate } from "../trust/rollback-gate.ts";
import type { VersionFacts } from "../trust/approval-rules.ts";
import type { EffectivePolicy } from "../trust/policy.ts";
import type { CheckApproval } from "./check-approval.ts";
import type { ExecutionEvent, ExecutionEventData, ExecutionEventType } from "./events.ts";
import type { CheckGrant } from "./grant.ts";
import type { ExecutionState, PreparedStep, StepState, StepStatus } from "./types.ts";

export interface DecideContext {
  readonly nowMs: number;
  readonly actor: Actor;
  /** Roles of the acting member in this tenant; empty for agents and timers. */
  readonly roles: readonly Role[];
  /** Effective for this runbook now, with the layer that decided each field. */
  readonly policy: EffectivePolicy;
  /** The version that the execution is pinned to. */
  readonly version: VersionFacts;
  readonly panic: boolean;
  readonly party: boolean;
  /** The runbook's level now; read by `start` only, later decisions use the pinned one. */
  readonly trustLevel: TrustLevel;
  /** The execution's agent has a live stream. */
  readonly agentOnline: boolean;
  /** Rendering of the step that the command is about; needed by `advance` (for command steps) and `modify`. */
  readonly prepared: PreparedStep | null;
}

/** What the engine decides by. Tests put a broken rule in to see the properties fail; the product uses `engineRules`. */
export interface EngineRules {
  readonly gate: Gate;
  readonly rollbackGate: RollbackGate;
  readonly checkApproval: CheckApproval;
  readonly checkGrant: CheckGrant;
  readonly nextMove: (state: ExecutionState) => NextMove;
}

/** What the engine may do next: nothing while a step is in flight or waits for a human, take a step, or finish. */
export type NextMove = { readonly kind: "in_flight" | "waits_for_human" | "finish" } | { readonly kind: "take"; readonly step: StepState };

/** Facts to record (none: the command was known already and changes nothing), or the reason why not. */
export type Decision = { readonly ok: true; readonly events: readonly ExecutionEvent[] } | Refusal;

export const accepted = (...events: readonly ExecutionEvent[]): Decision => ({ ok: true, events });

type Emit = <T extends ExecutionEventType>(type: T, stepExecutionId: string | null, data: ExecutionEventData[T]) => ExecutionEvent;

/** Builds events of one execution by the acting actor, now. */
export function emitter(executionId: string, context: Pick<DecideContext, "actor" | "nowMs">): Emit {
  return (type, stepExecutionId, data) =>
    ({ type, executionId, stepExecutionId, actor: context.actor, occurredAtMs: context.nowMs, data }) as ExecutionEvent;
}

const settledStatuses: readonly StepStatus[] = ["completed", "failed", "skipped", "timed_out", "outcome_unknown", "rolled_back"];
/** Sent to an agent that has not said yet how it ended. */
export const dispatchedStatuses: readonly StepStatus[] = ["auto_executing", "executing", "rolling_back"];
const inFlightStatuses: readonly StepStatus[] = [...dispatchedStatuses, "manual_intervention"];
const terminalStatuses: readonly ExecutionState["status"][] = ["completed", "failed", "aborted", "timed_out"];

export const isTerminal = (state: ExecutionState): boolean => terminalStatuses.includes(state.status);

/** The step that was dispatched and of which nobody said yet that it ended. */
export function inFlightStep(state: ExecutionState): StepState | null {
  return state.steps.find((step) => inFlightStatuses.includes(step.status)) ?? null;
}

/** The first step that is not settled: the one that a human looks at. Null when all are. */
export function currentStep(state: ExecutionState): StepState | null {
  return state.steps.find((step) => !settledStatuses.includes(step.status)) ?? null;
}

/** One step at a time, in order; a step that waits for a human or an agent is never passed over. */
export function nextMove(state: ExecutionState): NextMove {
  if (inFlightStep(state) !== null) return { kind: "in_flight" };
  const step = currentStep(state);
  if (step === null) return { kind: "finish" };
  return step.status === "pending" ? { kind: "take", step } : { kind: "waits_for_human" };
}

export const isSettled = (step: StepState): boolean => settledStatuses.includes(step.status);

/** True for the steps of the runbook as they are announced at the start; one that is tried once more is another step execution. */
export const isPlanned = (step: Pick<StepState, "origin" | "parentStepExecutionId">): boolean =>
  step.origin === "runbook" && step.parentStepExecutionId === null;

/** True for steps that a person added to the run: ways back and typed commands. */
export const isAdded = (step: Pick<StepState, "origin">): boolean => step.origin === "rollback" || step.origin === "unlisted";

/**
 * Whether this step may go on in the run as it is. Steps of the runbook need a run that is running. What a person added goes on while
 * the runbook waits, and a way back even when the run is over: it stays over, and can still be undone.
 */
export function mayGoOn(state: ExecutionState, step: Pick<StepState, "origin">): boolean {
  if (state.status === "running") return true;
  if (!isAdded(step)) return false;
  if (state.status === "paused" || state.status === "stalled") return true;
  return step.origin === "rollback" && isTerminal(state);
}

/** Null if the step may go on; otherwise the code that says best why not. */
export function refuseUnlessGoesOn(state: ExecutionState, step: Pick<StepState, "origin"> | null): Refusal | null {
  return step !== null && mayGoOn(state, step) ? null : refuseUnlessStatus(state, "running");
}

export function findStep(state: ExecutionState, stepExecutionId: string): StepState | null {
  return state.steps.find((step) => step.stepExecutionId === stepExecutionId) ?? null;
}

/** A signed-in person with the role, while no alarm is on. Null if so. */
export function refuseUnlessHuman(context: DecideContext, role: Role): Refusal | null {
  if (!isHuman(context.actor)) return refuse("HUMAN_REQUIRED");
  return refuseUnlessRole(context, role) ?? refuseUnderAlarm(context);
}

export function refuseUnlessRole(context: DecideContext, role: Role): Refusal | null {
  return hasRole(context.roles, role) ? null : refuse("FORBIDDEN", `This needs the role ${role}.`);
}

export function refuseUnderAlarm(context: DecideContext): Refusal | null {
  if (context.party) return refuse("PARTY_MODE_ACTIVE");
  return context.panic ? refuse("PANIC_ACTIVE") : null;
}

/** Null if the execution has one of the statuses; otherwise the code that says best why not. */
export function refuseUnlessStatus(state: ExecutionState, ...statuses: readonly ExecutionState["status"][]): Refusal | null {
  if (statuses.includes(state.status)) return null;
  if (state.status === "aborted") return refuse("EXECUTION_ABORTED");
  const code: ErrorCode = state.status === "stalled" ? "APPROVAL_TIMEOUT" : "EXECUTION_STATE_CONFLICT";
  return refuse(code, code === "APPROVAL_TIMEOUT" ? undefined : `The execution is ${state.status}.`);
}
