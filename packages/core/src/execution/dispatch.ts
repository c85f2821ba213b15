// Turns a permission into the event that hands a step to the agent; the only place where step.dispatched is written.
// In: state, the prepared step and either the gate's "auto" or a grant. Out: the event. Must never be reached without one of the two.
import { invariant } from "../invariant.ts";
import { type DecideContext, emitter } from "./decision.ts";
import type { ExecutionEvent } from "./events.ts";
import type { Grant } from "./grant.ts";
import type { ExecutionState, PreparedStep } from "./types.ts";

/** An automatic dispatch is void after a minute. */
export const automaticLifetimeMs = 60_000;

/** @param grant null only where the gate said auto */
export function dispatchEvent(state: ExecutionState, prepared: PreparedStep, grant: Grant | null, context: DecideContext): ExecutionEvent {
  invariant(prepared.digest !== null, "a step without a plan cannot be dispatched");
  return emitter(state.id, context)("step.dispatched", prepared.stepExecutionId, {
    attempt: prepared.attempt,
    agent_id: prepared.run.agentId,
    digest: prepared.digest,
    risk_level: prepared.risk,
    granted: grant !== null,
    not_after_ms: grant === null ? context.nowMs + automaticLifetimeMs : grant.expires_at,
    timeout_ms: prepared.run.timeoutMs,
  });
}
