// The end of a look-up: what it told goes on record beside its step. After a recheck the approved step leaves, or its approval lapses.
// Doubt lapses. Nothing here asks or permits anew: a lapsed step goes back to the queue and needs a fresh rendering and approval.
import { invariant } from "../../invariant.ts";
import { type DecideContext, type EngineRules, emitter, findStep, mayGoOn } from "../decision.ts";
import { dispatchEvent } from "../dispatch.ts";
import type { ExecutionEvent, ExecutionEventData } from "../events.ts";
import { expectationOf } from "../grant.ts";
import { knownRadius, type Lapse, type LookResult, type LookUp } from "../look/look-up.ts";
import type { LookReading } from "../look/read-look.ts";
import type { ExecutionState, PreparedStep, StepState } from "../types.ts";
import { gateNow } from "./gate-step.ts";

/** @param step the look-up that ended, was refused or is given up */
export function lookEndEvents(
  state: ExecutionState,
  step: StepState,
  read: LookReading,
  context: DecideContext,
  rules: EngineRules,
): readonly ExecutionEvent[] {
  const { look } = step;
  const parent = findStep(state, step.parentStepExecutionId ?? "");
  invariant(look !== undefined && parent !== null, "a look-up belongs to a step");
  const recheck = look.purpose === "recheck";
  const result: LookResult = {
    purpose: look.purpose === "capture" ? "capture" : "twin",
    stepExecutionId: step.stepExecutionId,
    command: look.command,
    digest: look.digest,
    atMs: context.nowMs,
    ...read,
  };
  const looked = emitter(state.id, context)("step.looked", parent.stepExecutionId, { result, recheck });
  return recheck ? [looked, ...afterRecheck(state, parent, result, context, rules)] : [looked];
}

/** The twin once more between approval and run; null where there is no number to compare with, or nothing proven to count by. */
export function recheckOf(prepared: PreparedStep, rules: EngineRules): LookUp | null {
  const twin = prepared.looks?.find(({ purpose }) => purpose === "twin");
  if (twin === undefined || knownRadius(prepared) === null || !rules.checkLook(twin)) return null;
  return { ...twin, purpose: "recheck" };
}

type Revoked = Pick<ExecutionEventData["step.approval_revoked"], "cause" | "lapse">;

/** Only what still waits under its grant is sent: a halt or an edit in between has taken that away already. */
function afterRecheck(
  state: ExecutionState,
  step: StepState,
  result: LookResult,
  context: DecideContext,
  rules: EngineRules,
): readonly ExecutionEvent[] {
  const { prepared, grant } = step;
  if (step.status !== "awaiting_approval" || prepared === null || grant === null) return [];
  const revoked =
    setLapse(prepared, result, rules) ?? haltLapse(state, step, context) ?? permissionLapse(state, step, prepared, context, rules);
  if (revoked === null) return [dispatchEvent(state, prepared, grant, context)];
  return [emitter(state.id, context)("step.approval_revoked", step.stepExecutionId, { attempt: step.attempt, ...revoked })];
}

function setLapse(prepared: PreparedStep, { radius }: LookResult, rules: EngineRules): Revoked | null {
  const before = knownRadius(prepared);
  invariant(before !== null, "a recheck has something to compare with");
  if (!rules.lapses(before, radius)) return null;
  const cause: Lapse["cause"] = radius === null ? "set_unknown" : "set_changed";
  return { cause, lapse: { cause, before, now: radius } };
}

function haltLapse(state: ExecutionState, step: StepState, context: DecideContext): Revoked | null {
  if (context.party) return { cause: "party" };
  if (context.panic) return { cause: "panic" };
  return mayGoOn(state, step) ? null : { cause: "paused" };
}

/** Policy may have become stricter, or the grant too old, while the set was counted. */
function permissionLapse(
  state: ExecutionState,
  step: StepState,
  prepared: PreparedStep,
  context: DecideContext,
  rules: EngineRules,
): Revoked | null {
  const { grant } = step;
  const { gate } = gateNow(state, step, prepared, context, rules);
  const enough = gate === "auto" || gate === "ask" || (gate === "typed" && grant?.method === "typed");
  const valid = grant !== null && rules.checkGrant(grant, expectationOf(state, prepared), context.nowMs).ok;
  return enough && valid ? null : { cause: "not_permitted" };
}
