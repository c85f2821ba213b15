// Processes of a step whose agent died, frozen or ended by the agent that came after it.
// In: an unfinished step from the journal. Out: what would not die. It must never signal a process that neither carries the step's
// marker, nor is one the journal names (same pid, start time and boot), nor descends from such a one.

import type { Freezable } from "./freeze-together.ts";
import { createProcessGroups, type ProcessGroups } from "./process-groups.ts";
import { isAlive } from "./process-table.ts";
import type { SpawnedProcess } from "./spawn-pipeline.ts";

/** What the journal knows of a step; `UnfinishedStep` fits. */
export interface StrandedStep {
  readonly stepExecutionId: string;
  readonly processes: readonly SpawnedProcess[];
}

function groupsOf(step: StrandedStep): ProcessGroups {
  return createProcessGroups(step.stepExecutionId, step.processes.filter(isAlive));
}

/** Pids of the step that are alive now. */
export function findSurvivors(step: StrandedStep): readonly number[] {
  return groupsOf(step).remaining();
}

/** SIGTERM, SIGKILL after `graceMs`; resolves with the pids that are still alive. */
export function stopSurvivors(step: StrandedStep, graceMs: number): Promise<readonly number[]> {
  return groupsOf(step).terminate(graceMs);
}

/** All that is left of a step, for a panic. */
export function survivorsOf(step: StrandedStep): Freezable {
  return groupsOf(step);
}

/** SIGCONT to all that is left of a step. */
export function thawSurvivors(step: StrandedStep): void {
  groupsOf(step).thaw();
}
