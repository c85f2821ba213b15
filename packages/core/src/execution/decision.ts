// What a decision is made of: the context that comes in beside state and command, and the two answers that can come out.
// Shared by the deciders, one file per group of commands. Nothing here reads a clock or makes an id.
import type { ErrorCode, Refusal } from "../errors.ts";
import { refuse } from "../errors.ts";
import { type Actor, hasRole, isHuman, type Role } from "../trust/actor.ts";
import type { Gate, TrustLevel } from "../trust/gate.ts";
import type { RollbackGate } from "../trust/rollback-gate.ts";
import type { VersionFacts } from "../trust/approval-rules.ts";
import type { EffectivePolicy } from "../trust/policy.ts";
import type { lapses } from "./blast-radius/lapses.ts";
import type { LastOutput } from "./branch/declared-check.ts";
import { openBranch } from "./branch/open-branch.ts";
import type { CheckApproval } from "./check-approval.ts";
import type { ExecutionEvent, ExecutionEventData, ExecutionEventType } from "./events.ts";
import type { CheckGrant } from "./grant.ts";
import type { CheckLook } from "./look/look-up.ts";
import type { BranchState, ExecutionState, PreparedStep, StepState, StepStatus } from "./types.ts";

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
  /** Ids for look-ups that may join the run in this decision; `maxLookUps` of them. */
  readonly lookIds: readonly string[];
  /** What the step before the current one printed; read by `advance` at a condition with a declared check. */
  readonly lastOutput?: LastOutput;
}

/** A twin and a capture. */
export const maxLookUps = 2;

/** What the engine decides by. Tests put a broken rule in to see the properties fail; the product uses `engineRules`. */
export interface EngineRules {
  readonly gate: Gate;
  readonly rollbackGate: RollbackGate;
  readonly checkApproval: CheckApproval;
  readonly checkGrant: CheckGrant;
  readonly checkLook: CheckLook;
  readonly lapses: typeof lapses;
  readonly nextMove: (state: ExecutionState) => NextMove;
}

/** What the engine may do next: nothing while a step is in flight or waits for a human, take a step, or finish. */
export type NextMove =
  | { readonly kind: "in_flight" | "waits_for_human" | "finish" }
  | { readonly kind: "take"; readonly step: StepState }
  /** The step hangs on a condition that nobody was asked yet. */
  | { readonly kind: "ask"; readonly step: StepState; readonly branch: BranchState };

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
  if (isGrantedLook(step)) return { kind: "take", step };
  if (step.status !== "pending") return { kind: "waits_for_human" };
  const branch = openBranch(state, step);
  if (branch === null) return { kind: "take", step };
  return branch.askedBefore === null ? { kind: "ask", step, branch } : { kind: "waits_for_human" };
}

/** A look-up that a human allowed and that has not begun. */
const isGrantedLook = (step: StepState): boolean => isLookUp(step) && step.status === "awaiting_approval" && step.grant !== null;

/** A read that goes before another step. It is no step of the runbook and counts as none. */
export const isLookUp = (step: Pick<StepState, "origin">): boolean => step.origin === "capture";

export const isSettled = (step: StepState): boolean => settledStatuses.includes(step.status);

/** True for steps that a person added to the run: ways back and typed commands. */
export const isAdded = (step: Pick<StepState, "origin">): boolean => step.origin === "rollback" || step.origin === "unlisted";

/**
 * Whether this step may go on in the run as it is. Steps of the runbook need a run that is running. What a person added goes on while
 * the runbook waits, and a way back even when the run is over: it stays over, and can still be undone.
 */
export function mayGoOn(state: ExecutionState, step: Pick<StepState, "origin" | "parentStepExecutionId">): boolean {
  if (state.status === "running") return true;
  // A look-up goes on where the step goes on that it looks for.
  const { origin } = (isLookUp(step) ? findStep(state, step.parentStepExecutionId ?? "") : null) ?? step;
  if (!isAdded({ origin })) return false;
  if (state.status === "paused" || state.status === "stalled") return true;
  return origin === "rollback" && isTerminal(state);
}

/** Null if the step may go on; otherwise the code that says best why not. */
export function refuseUnlessGoesOn(
  state: ExecutionState,
  step: Pick<StepState, "origin" | "parentStepExecutionId"> | null,
): Refusal | null {
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
