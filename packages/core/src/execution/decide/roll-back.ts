// A human wants a finished step undone, or the whole run. Its way back, recorded before it ran, becomes a step of its own.
// Nothing is undone by itself and nothing in bulk: each way back has its own scan, gate, approval and grant. What comes after it waits.
import { type Refusal, refuse } from "../../errors.ts";
import { invariant } from "../../invariant.ts";
import type { RollbackCommand, UnwindCommand } from "../commands.ts";
import { accepted, type DecideContext, type Decision, findStep, isSettled, refuseUnlessHuman, refuseUnlessStatus } from "../decision.ts";
import type { ExecutionState, StepState, StepStatus, StepTemplate } from "../types.ts";
import { addedTemplate, addEvents, refuseUnlessFree } from "./add-step.ts";
import { changesState, pauseEvents } from "./consequences.ts";

/** Statuses of a step that ran, or may have. */
const mayHaveRun: readonly StepStatus[] = ["completed", "failed", "timed_out", "outcome_unknown"];

/** Null if this step can be undone now, as far as the step itself is concerned. */
export function refuseUnlessUndoable(state: ExecutionState, step: StepState): Refusal | null {
  if (step.origin === "rollback" || step.origin === "capture" || !mayHaveRun.includes(step.status))
    return refuse("STEP_STATE_CONFLICT", `The step is ${step.status}: there is nothing to undo.`);
  if (!changesState(step)) return refuse("ROLLBACK_UNAVAILABLE", "The step changed nothing that is known.");
  if (step.prepared?.rollbackCommand == null) return refuse("ROLLBACK_UNAVAILABLE");
  const before = rollbacksOf(state, step).at(-1);
  if (before === undefined) return null;
  if (before.status === "outcome_unknown" || !isSettled(before))
    return refuse("STEP_STATE_CONFLICT", "It is being undone already: decide about that step first.");
  return null;
}

/** The ways back of this step that joined the run, oldest first. */
export const rollbacksOf = (state: ExecutionState, step: Pick<StepState, "stepExecutionId">): readonly StepState[] =>
  state.steps.filter((each) => each.origin === "rollback" && each.parentStepExecutionId === step.stepExecutionId);

/** A run that has begun, an interactive person, nothing else under way. */
function refuseUnlessTimely(state: ExecutionState, context: DecideContext): Refusal | null {
  return (
    refuseUnlessHuman(context, "operator") ??
    refuseUnlessStatus(state, "running", "paused", "stalled", "completed", "failed", "aborted") ??
    refuseUnlessFree(state)
  );
}

function rollbackTemplate(state: ExecutionState, step: StepState, stepExecutionId: string): StepTemplate {
  invariant(step.prepared?.rollbackCommand != null, "only a recorded way back is gone");
  const again = rollbacksOf(state, step).length;
  return addedTemplate({
    stepExecutionId,
    order: step.order,
    sub: step.sub,
    label: `${step.label}-undo${again === 0 ? "" : again + 1}`,
    origin: "rollback",
    parentStepExecutionId: step.stepExecutionId,
    description: `Undo step ${step.label}: ${step.description}`,
    command: step.prepared.rollbackCommand,
    timeoutMs: step.timeoutMs,
  });
}

/** @returns step.added (and the pause of what comes after it), or HUMAN_REQUIRED, STEP_NOT_FOUND, STEP_IN_FLIGHT, ROLLBACK_UNAVAILABLE, ... */
export function decideRollback(state: ExecutionState, command: RollbackCommand, context: DecideContext): Decision {
  const refusal = refuseUnlessTimely(state, context);
  if (refusal !== null) return refusal;
  const step = findStep(state, command.stepExecutionId);
  if (step === null) return refuse("STEP_NOT_FOUND");
  const denied = refuseUnlessUndoable(state, step);
  if (denied !== null) return denied;
  const template = rollbackTemplate(state, step, command.newStepExecutionId);
  return accepted(...addEvents(state, [template], context), ...pauseEvents(state, "rollback", context));
}

/** @returns one step.added per step that can be undone, last first; they are asked for one after the other, and the first failure ends it */
export function decideUnwind(state: ExecutionState, command: UnwindCommand, context: DecideContext): Decision {
  const refusal = refuseUnlessTimely(state, context);
  if (refusal !== null) return refusal;
  const undoable = state.steps.filter((step) => refuseUnlessUndoable(state, step) === null).reverse();
  if (undoable.length === 0) return refuse("ROLLBACK_UNAVAILABLE", "No step of this run is left that can be undone.");
  const templates = undoable.map((step, index) => {
    const id = command.newStepExecutionIds[index];
    invariant(id !== undefined, "an id for every step that joins");
    return rollbackTemplate(state, step, id);
  });
  return accepted(...addEvents(state, templates, context), ...pauseEvents(state, "rollback", context));
}
