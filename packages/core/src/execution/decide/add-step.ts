// A step that the runbook does not have joins a run: a way back, or a command that a human typed. Where it stands, and when it may not.
// Used by roll-back.ts and run-unlisted.ts. Adding permits nothing: the step meets scan, gate and approval like any other.
import { type Refusal, refuse } from "../../errors.ts";
import { type DecideContext, emitter, inFlightStep, isAdded, isSettled } from "../decision.ts";
import type { ExecutionEvent } from "../events.ts";
import type { ExecutionState, StepTemplate } from "../types.ts";
import { revokeEvents } from "./consequences.ts";

/** One thing at a time: nothing joins while a step is in flight or something added waits for its decision. */
export function refuseUnlessFree(state: ExecutionState): Refusal | null {
  if (inFlightStep(state) !== null) return refuse("STEP_IN_FLIGHT");
  const waits = state.steps.some((step) => isAdded(step) && !isSettled(step));
  return waits ? refuse("STEP_STATE_CONFLICT", "Decide first about the step that was added before.") : null;
}

/** The steps join in front of everything that is still to come; what was open there is asked for afresh later. */
export function addEvents(state: ExecutionState, templates: readonly StepTemplate[], context: DecideContext): readonly ExecutionEvent[] {
  const emit = emitter(state.id, context);
  const open = state.steps.findIndex((step) => !isSettled(step));
  const position = open === -1 ? state.steps.length : open;
  return [
    ...revokeEvents(state, "superseded", context),
    ...templates.map((template, index) =>
      emit("step.added", template.stepExecutionId, { template, position: position + index, requested_by: context.actor.id }),
    ),
  ];
}

/** What every added step has in common: a text of its own, without anything decided about it yet. */
export const addedTemplate = (
  own: Pick<
    StepTemplate,
    "stepExecutionId" | "order" | "sub" | "label" | "origin" | "parentStepExecutionId" | "description" | "command" | "timeoutMs"
  >,
): StepTemplate => ({
  ...own,
  stepId: own.stepExecutionId,
  kind: "command",
  expectedOutput: null,
  rollbackCommand: null,
  templateRisk: null,
  templateHash: null,
});
