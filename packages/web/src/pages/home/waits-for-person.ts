// Does an execution stand still until a person acts? Preflight, paused and stalled do; a running one does when one of its steps
// offers an action or a condition waits for its answer.
import type { WireExecution, WireExecutionSummary } from "@dd0c/protocol/http";

const STANDING: ReadonlySet<WireExecution["status"]> = new Set(["pending", "preflight", "paused", "stalled"]);

export const waitsForPerson = (execution: WireExecution | WireExecutionSummary): boolean => {
  if (STANDING.has(execution.status)) return true;
  if (execution.status !== "running" || !("steps" in execution)) return false;
  return execution.question !== null || execution.steps.some((step) => step.actions.length > 0);
};
