// The engine takes the next step, or finishes the run. Called by the server after every accepted command while `wantsAdvance` says so.
// One step at a time, in order; a step that waits for a human or an agent is never passed over.
import { refuse } from "../../errors.ts";
import { assertNever } from "../../invariant.ts";
import {
  accepted,
  type DecideContext,
  type Decision,
  type EngineRules,
  emitter,
  isLookUp,
  refuseUnderAlarm,
  refuseUnlessGoesOn,
} from "../decision.ts";
import { countSteps } from "../count-steps.ts";
import { mttrOf } from "../mttr.ts";
import type { ExecutionState, StepState } from "../types.ts";
import { takeBranch } from "./branch.ts";
import { gateEvents, gateNow, requirePrepared } from "./gate-step.ts";
import { looksByItself, lookFirst, takeLook } from "./look-first.ts";

/** @returns the gate's answer as events, execution.completed, or STEP_IN_FLIGHT, STEP_STATE_CONFLICT, AGENT_OFFLINE, PANIC_ACTIVE, ... */
export function decideAdvance(state: ExecutionState, context: DecideContext, rules: EngineRules): Decision {
  const move = rules.nextMove(state);
  const refusal = refuseUnlessGoesOn(state, move.kind === "take" ? move.step : null) ?? refuseUnderAlarm(context);
  if (refusal !== null) return refusal;
  switch (move.kind) {
    case "in_flight":
      return refuse("STEP_IN_FLIGHT");
    case "waits_for_human":
      return refuse("STEP_STATE_CONFLICT", "A human has to decide about the current step first.");
    case "finish":
      return complete(state, context);
    case "ask":
      return takeBranch(state, move.branch, move.step, context);
    case "take":
      return takeStep(state, move.step, context, rules);
    default:
      return assertNever(move, "advance");
  }
}

function takeStep(state: ExecutionState, step: StepState, context: DecideContext, rules: EngineRules): Decision {
  if (isLookUp(step)) return takeLook(state, step, context, rules);
  if (step.command === null) {
    return accepted(emitter(state.id, context)("step.manual_requested", step.stepExecutionId, { description: step.description }));
  }
  const prepared = requirePrepared(state, step, context);
  const gated = gateNow(state, step, prepared, context, rules);
  // Not recorded as an automatic step that nobody can receive: the server advances again when the agent is back.
  if (gated.gate === "auto" && prepared.digest !== null && !context.agentOnline) return refuse("AGENT_OFFLINE");
  if (looksByItself(state, step, prepared, gated.gate, context, rules)) return lookFirst(state, step, prepared, context, rules);
  return accepted(...gateEvents(state, prepared, gated, context));
}

function complete(state: ExecutionState, context: DecideContext): Decision {
  const { executed, skipped, failed } = countSteps(state.steps);
  const status = failed === 0 ? "completed" : "failed";
  return accepted(
    emitter(state.id, context)("execution.completed", null, {
      status,
      duration_ms: context.nowMs - (state.startedAtMs ?? state.createdAtMs),
      mttr_seconds: mttrOf({ ...state, status, completedAtMs: context.nowMs })?.seconds ?? null,
      steps_executed: executed,
      steps_skipped: skipped,
      steps_failed: failed,
    }),
  );
}
