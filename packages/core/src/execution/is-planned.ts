// Which steps of a run are those of its runbook. A question on its own, because conditions and the engine both ask it.
import type { StepState } from "./types.ts";

/** True for the steps of the runbook as they are announced at the start; one that is tried once more is another step execution. */
export const isPlanned = (step: Pick<StepState, "origin" | "parentStepExecutionId">): boolean =>
  step.origin === "runbook" && step.parentStepExecutionId === null;
