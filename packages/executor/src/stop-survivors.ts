// Processes of a step whose agent died, ended by the agent that came after it.
// In: a step id. Out: what would not die. It must never signal a process that does not carry the step's marker or descend from one that does.

import { createProcessGroups } from "./process-groups.ts";

/** SIGTERM, SIGKILL after `graceMs`; resolves with the pids that are still alive. */
export function stopSurvivors(stepExecutionId: string, graceMs: number): Promise<readonly number[]> {
  return createProcessGroups(stepExecutionId).terminate(graceMs);
}

/** SIGSTOP to all that is left of a step (panic); returns how many were stopped. */
export function freezeSurvivors(stepExecutionId: string): number {
  return createProcessGroups(stepExecutionId).freeze();
}

/** SIGCONT to all that is left of a step. */
export function thawSurvivors(stepExecutionId: string): void {
  createProcessGroups(stepExecutionId).thaw();
}
