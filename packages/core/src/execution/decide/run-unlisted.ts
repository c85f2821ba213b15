// A human types a command that is not in the runbook, between two steps. It becomes a step of this run: scanned, gated, approved, recorded.
// Only while no step is in flight. Nothing of the runbook speaks for it: it has its own opinions, and the gate table is the answer.
import type { RunUnlistedCommand } from "../commands.ts";
import { accepted, type DecideContext, type Decision, isSettled, refuseUnlessHuman, refuseUnlessStatus } from "../decision.ts";
import type { ExecutionState } from "../types.ts";
import { addedTemplate, addEvents, refuseUnlessFree } from "./add-step.ts";

/** What such a step says about itself when the person gave no reason. */
export const unlistedDescription = "A command that is not in the runbook.";

/** @returns step.added, or HUMAN_REQUIRED, FORBIDDEN, EXECUTION_STATE_CONFLICT, STEP_IN_FLIGHT, STEP_STATE_CONFLICT, ... */
export function decideRunUnlisted(state: ExecutionState, command: RunUnlistedCommand, context: DecideContext): Decision {
  const refusal =
    refuseUnlessHuman(context, "operator") ?? refuseUnlessStatus(state, "running", "paused", "stalled") ?? refuseUnlessFree(state);
  if (refusal !== null) return refusal;
  const number = state.steps.filter((step) => step.origin === "unlisted").length + 1;
  const before = state.steps.findLast(isSettled);
  const template = addedTemplate({
    stepExecutionId: command.newStepExecutionId,
    order: before?.order ?? 1,
    sub: before?.sub ?? 0,
    label: `typed-${number}`,
    origin: "unlisted",
    parentStepExecutionId: null,
    description: command.reason ?? unlistedDescription,
    command: command.command,
    timeoutMs: null,
  });
  return accepted(...addEvents(state, [template], context));
}
