// What follows when a run does not go well: the pause in which a human looks, the lapse of open approvals, the bad run.
// Used by the deciders of results and halts. Never resumes anything.
import { type DecideContext, emitter } from "../decision.ts";
import type { ExecutionEvent, ExecutionEventData, ExecutionEventType } from "../events.ts";
import type { ExecutionState, PauseReason, StepState } from "../types.ts";

/** A pause, unless the execution is halted or over already. */
export function pauseEvents(
  state: ExecutionState,
  reason: PauseReason,
  context: DecideContext,
  note: string | null = null,
): readonly ExecutionEvent[] {
  if (state.status !== "running" && state.status !== "stalled") return [];
  return [emitter(state.id, context)("execution.paused", null, { reason, note })];
}

type Cause = ExecutionEventData["step.approval_revoked"]["cause"];

/** Open approval requests lapse. */
export function revokeEvents(state: ExecutionState, cause: Cause, context: DecideContext): readonly ExecutionEvent[] {
  const emit = emitter(state.id, context);
  return state.steps
    .filter((step) => step.status === "awaiting_approval")
    .map((step) => emit("step.approval_revoked", step.stepExecutionId, { attempt: step.attempt, cause }));
}

/** The runbook's trust falls to 0, once per run. */
export function badRunEvents(
  state: ExecutionState,
  step: StepState,
  trigger: ExecutionEventType,
  context: DecideContext,
): readonly ExecutionEvent[] {
  const { trustLevel } = state;
  if (state.badRun || trustLevel === null || trustLevel === 0) return [];
  return [
    emitter(state.id, context)("runbook.trust_downgraded", step.stepExecutionId, {
      old_level: trustLevel,
      new_level: 0,
      trigger_event: trigger,
    }),
  ];
}
