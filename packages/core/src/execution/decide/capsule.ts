// Recovery codes: a person gets one for a run, and what was done with it at the agent's host is taken in afterwards.
// In: state, command, context. Out: events. What was done elsewhere is decided again here, marked, and laid over the run as it is now.
import { type Refusal, refuse } from "../../errors.ts";
import { invariant } from "../../invariant.ts";
import type { Capsule } from "../capsule/capsule.ts";
import { type DecideContinued, replayContinuation } from "../capsule/continuation.ts";
import { markContinued } from "../capsule/continued-event.ts";
import type { ContinueCommand, IssueCapsuleCommand } from "../commands.ts";
import { accepted, type DecideContext, type Decision, emitter, isTerminal, refuseUnlessHuman, refuseUnlessStatus } from "../decision.ts";
import type { ExecutionEvent } from "../events.ts";
import { evolve } from "../evolve.ts";
import type { ExecutionState } from "../types.ts";

/** A code lives at most twelve hours. */
const maxCapsuleLifeMs = 43_200_000;
/** Codes of one run. */
const maxCapsules = 20;

/** @returns execution.capsule_issued, or HUMAN_REQUIRED, FORBIDDEN, EXECUTION_STATE_CONFLICT, AGENT_OFFLINE */
export function decideIssueCapsule(state: ExecutionState, command: IssueCapsuleCommand, context: DecideContext): Decision {
  const refusal = refuseUnlessHuman(context, "operator") ?? refuseUnlessStatus(state, "running", "paused", "stalled");
  if (refusal !== null) return refusal;
  // Only an agent that is there can be given what the code opens.
  if (!context.agentOnline) return refuse("AGENT_OFFLINE");
  if ((state.capsules ?? []).length >= maxCapsules)
    return refuse("EXECUTION_STATE_CONFLICT", "Too many recovery codes were made for this run.");
  const { capsuleId, holderKey, expiresAtMs } = command;
  const lifeMs = expiresAtMs - context.nowMs;
  invariant(lifeMs > 0 && lifeMs <= maxCapsuleLifeMs, "a recovery code has a bounded life");
  const role = (["admin", "approver", "operator"] as const).find((each) => context.roles.includes(each));
  invariant(role !== undefined, "who may operate has a role that says so");
  return accepted(
    emitter(state.id, context)("execution.capsule_issued", null, {
      capsule_id: capsuleId,
      issued_to: context.actor.id,
      role,
      holder_key: holderKey,
      expires_at_ms: expiresAtMs,
    }),
  );
}

/** The capsule must be one that this run had issued, word for word in what it permits. Null if so. */
function refuseForeign(state: ExecutionState, capsule: Capsule, context: DecideContext): Refusal | null {
  if (context.actor.type !== "agent" || context.actor.id !== state.agentId)
    return refuse("FORBIDDEN", "Only the agent of this execution may hand over what was done there.");
  const issued = state.capsules?.find(({ id }) => id === capsule.id);
  const isSame =
    issued !== undefined &&
    [capsule.tenant, capsule.agent, capsule.execution].join() === [state.tenantId, state.agentId, state.id].join() &&
    [capsule.holder, capsule.role, capsule.holder_key].join() === [issued.holderId, issued.role, issued.holderKey].join() &&
    capsule.expires_at === issued.expiresAtMs;
  return isSame ? null : refuse("CAPSULE_INVALID");
}

/** The same step of the same attempt said the same: the agent's report was stored before the server was lost. */
const keyOf = ({ type, stepExecutionId, data }: ExecutionEvent): string => {
  const about = data as { readonly attempt?: number; readonly prepared?: { readonly attempt: number } };
  return `${type}/${stepExecutionId ?? ""}/${about.attempt ?? about.prepared?.attempt ?? ""}`;
};

const isAboutStep = ({ type }: ExecutionEvent): boolean => type.startsWith("step.");

/** @returns execution.continued and what was done, marked; nothing for a capsule that was taken in before; CAPSULE_INVALID, ... */
export function decideContinue(
  state: ExecutionState,
  { capsule, capsuleHash, records, since }: ContinueCommand,
  context: DecideContext,
  decide: DecideContinued,
): Decision {
  const foreign = refuseForeign(state, capsule, context);
  if (foreign !== null) return foreign;
  if (state.capsules?.some(({ id, usedAtMs }) => id === capsule.id && usedAtMs !== null)) return accepted();
  const done = replayContinuation(decide, capsule, records);
  if (!done.ok) return done;
  const known = new Set(since.filter(isAboutStep).map(keyOf));
  const wasOver = isTerminal(state);
  // A run that ended here stays ended; what became of its steps is true all the same.
  const news = done.events.filter((event) => (isAboutStep(event) ? !known.has(keyOf(event)) : !wasOver));
  const continued = emitter(state.id, context)("execution.continued", null, {
    capsule_id: capsule.id,
    capsule_hash: capsuleHash,
    continued_by: capsule.holder,
    from_ms: records[0]?.at ?? capsule.issued_at,
    to_ms: records.at(-1)?.at ?? capsule.issued_at,
    records: records.length,
    was_over: wasOver,
  });
  const marked = news.map((event) => markContinued(event, capsule.id));
  return accepted(continued, ...marked, ...stillWaiting(state, [continued, ...marked], context));
}

/** A run that waited here for a person goes on waiting, unless it was brought to its end. */
function stillWaiting(state: ExecutionState, events: readonly ExecutionEvent[], context: DecideContext): readonly ExecutionEvent[] {
  const after = events.reduce<ExecutionState>(evolve, state);
  if (state.status === "running" || after.status !== "running") return [];
  const note = "It went on at the agent's host meanwhile.";
  return [emitter(state.id, context)("execution.paused", null, { reason: state.pause?.reason ?? "agent_lost", note })];
}
