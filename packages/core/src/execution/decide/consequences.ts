// What follows when a run does not go well: the pause in which a human looks, the lapse of open approvals, the bad run.
// Used by the deciders of results and halts. Never resumes anything.
import { type DecideContext, emitter, isAdded, isLookUp } from "../decision.ts";
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

const notBegun: readonly StepState["status"][] = ["pending", "awaiting_approval", "blocked"];

type Cause = ExecutionEventData["step.approval_revoked"]["cause"];

/**
 * Open approval requests of the runbook's own steps lapse. What a person added keeps its place: it does not wait for the runbook.
 * Look-ups that have not begun are dropped: whoever goes on later looks afresh.
 */
export function revokeEvents(state: ExecutionState, cause: Cause, context: DecideContext): readonly ExecutionEvent[] {
  const emit = emitter(state.id, context);
  const revoked = state.steps
    .filter((step) => step.status === "awaiting_approval" && !isAdded(step) && !isLookUp(step))
    .map((step) => emit("step.approval_revoked", step.stepExecutionId, { attempt: step.attempt, cause }));
  const dropped = state.steps
    .filter((step) => isLookUp(step) && notBegun.includes(step.status))
    .map((step) =>
      emit("step.skipped", step.stepExecutionId, { skipped_by: context.actor.id, reason: "The run was halted or went another way." }),
    );
  return [...revoked, ...dropped];
}

/** What a person added and nobody approved yet is dropped: after a halt, or when another step back failed, it is asked for again. */
export function dropAddedEvents(state: ExecutionState, reason: string, context: DecideContext): readonly ExecutionEvent[] {
  const emit = emitter(state.id, context);
  return state.steps
    .filter((step) => isAdded(step) && notBegun.includes(step.status))
    .map((step) => emit("step.skipped", step.stepExecutionId, { skipped_by: context.actor.id, reason }));
}

/** A way back counts as a change whatever its text: when it fails, nobody knows where the system stands. */
export const changesState = (step: StepState): boolean =>
  step.origin === "rollback" || (step.prepared !== null && step.prepared.risk !== "safe");

interface AddedEnd {
  readonly exitCode: number | null;
  readonly succeeded: boolean;
  readonly observedBy: ExecutionEventData["step.unlisted_action"]["observed_by"];
}

/** What the end of an added step means: the parent is undone or not, an action outside the runbook is on the record. */
export function addedEndEvents(state: ExecutionState, step: StepState, end: AddedEnd, context: DecideContext): readonly ExecutionEvent[] {
  const emit = emitter(state.id, context);
  const command = step.prepared?.command ?? "";
  if (step.origin === "unlisted") return [emit("step.unlisted_action", step.stepExecutionId, { command, observed_by: end.observedBy })];
  if (step.origin !== "rollback") return [];
  const rolledBack = emit("step.rolled_back", step.parentStepExecutionId, {
    rollback_command: command,
    rollback_exit_code: end.exitCode,
    rollback_step_execution: step.stepExecutionId,
    succeeded: end.succeeded,
  });
  if (end.succeeded) return [rolledBack, ...pauseEvents(state, "rollback", context)];
  return [rolledBack, ...dropAddedEvents(state, "A step back before it failed.", context)];
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
