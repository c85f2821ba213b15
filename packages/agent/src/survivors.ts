// Processes of steps that an earlier life of this agent started and that still run: watched until they are gone, named to the server,
// ended when a person says so. In: what the journal knows of them. Out: an end per step, exactly one. It never starts anything.

import { findSurvivors, type StrandedStep, stopSurvivors } from "@dd0c/executor";
import type { StepRef, SurvivingStep } from "@dd0c/protocol/agent";
import type { Log } from "./log.ts";

export interface SurvivorsOptions {
  readonly graceMs: number;
  readonly log: Log;
  /** Ends the watching; what still runs then is found again by the next life of the agent. */
  readonly signal: AbortSignal;
  /** Called when the last process of a step is gone. */
  readonly onGone: (step: StepRef) => Promise<void>;
}

export interface Survivors {
  watch(step: StepRef, processes: StrandedStep): void;
  /** Steps with processes, and how many each has. */
  alive(): readonly SurvivingStep[];
  /** SIGTERM, then SIGKILL. @returns undefined where nothing of this step is watched here */
  terminate(step: StepRef | undefined): Promise<void> | undefined;
}

interface Watched {
  readonly step: StepRef;
  readonly stranded: StrandedStep;
  processes: number;
}

const pollMs = 1_000;

export function watchSurvivors({ graceMs, log, signal, onGone }: SurvivorsOptions): Survivors {
  const watched = new Map<string, Watched>();
  const count = (entry: Watched): number => {
    entry.processes = findSurvivors(entry.stranded).length;
    return entry.processes;
  };
  const follow = async (entry: Watched): Promise<void> => {
    const { stepExecutionId } = entry.step;
    if (entry.processes > 0) log("warn", "step_still_running", { step: stepExecutionId, processes: entry.processes });
    while (count(entry) > 0) {
      if (signal.aborted) return;
      await new Promise((resolve) => setTimeout(resolve, pollMs).unref());
    }
    watched.delete(stepExecutionId);
    await onGone(entry.step);
  };
  return {
    watch(step, stranded) {
      const entry = { step, stranded, processes: findSurvivors(stranded).length };
      watched.set(step.stepExecutionId, entry);
      void follow(entry);
    },
    alive: () => [...watched.values()].filter(({ processes }) => processes > 0).map(({ step, processes }) => ({ step, processes })),
    terminate(step) {
      const entry = step === undefined ? undefined : watched.get(step.stepExecutionId);
      if (entry === undefined || entry.step.executionId !== step?.executionId) return undefined;
      log("warn", "survivors_terminated", { step: entry.step.stepExecutionId });
      return stopSurvivors(entry.stranded, graceMs).then(() => undefined);
    },
  };
}
