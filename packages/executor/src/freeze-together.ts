// Everything that runs stands still: the groups of all steps first, at once, and only then a search for what left its group.
// In: the steps of this host, running or left over. Out: how many escapees each had. A step never waits for the search on behalf of another.

import { type ProcessWalk, walkProcesses } from "./process-table.ts";

/** A process that forked while the first round walked /proc is caught by the next. */
const ROUNDS = 3;

/** The processes of one step, as something that can be stopped. */
export interface Freezable {
  /** SIGSTOP to every group; costs no more than the signals. */
  stopGroups(): void;
  /** SIGSTOP to what this walk finds of the step outside its groups. Returns whom it reached. */
  stopEscaped(walk: ProcessWalk): readonly number[];
}

/** @returns per step, in order, how many processes outside its groups were stopped */
export function freezeTogether(steps: readonly Freezable[], look: () => ProcessWalk = walkProcesses): readonly number[] {
  for (const step of steps) step.stopGroups();
  const escaped = steps.map(() => new Set<number>());
  for (let round = 0; round < ROUNDS && steps.length > 0; round++) {
    const walk = look();
    for (const [at, step] of steps.entries()) for (const pid of step.stopEscaped(walk)) escaped[at]?.add(pid);
  }
  return escaped.map(({ size }) => size);
}
