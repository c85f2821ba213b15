// One dispatched step, at most once: the journal knows before the kernel does.
// In: a journal, an executor, a run request. Out: a running handle or a refusal, both recorded. It must never spawn an id that the journal
// has seen started, in this life of the agent or an earlier one.

import type { Executor } from "./executor.ts";
import type { Journal } from "./journal.ts";
import type { RunRefusal } from "./prepare-plan.ts";
import { type RunHandle, runPlan, type RunRequest, type RunResult } from "./run-plan.ts";

export type StepRefusal = RunRefusal | { readonly kind: "refused"; readonly code: "DUPLICATE_STEP"; readonly message: string };

/**
 * Runs a step and journals it: `spawning` is on the disk before the first process exists, `spawned` names each process, `finished` precedes
 * the result. A refusal of the plan is journalled as `refused`; a duplicate is not, because its first record stands.
 * The result rejects as runPlan's does, also when the journal cannot be written (the step then stays unfinished: outcome unknown).
 */
export async function executeStep(journal: Journal, executor: Executor, request: RunRequest): Promise<RunHandle | StepRefusal> {
  const { stepExecutionId } = request;
  if (!journal.claim(stepExecutionId))
    return { kind: "refused", code: "DUPLICATE_STEP", message: "this step was started or refused before" };
  const started = runPlan(executor, {
    ...request,
    onSpawning: async () => {
      await request.onSpawning?.();
      await journal.append({ type: "spawning", stepExecutionId });
    },
    onSpawned: async (processes) => {
      await journal.append({ type: "spawned", stepExecutionId, processes });
      await request.onSpawned?.(processes);
    },
  });
  if (started.kind === "refused") {
    await journal.append({ type: "refused", stepExecutionId, code: started.code });
    return started;
  }
  const record = async (result: RunResult): Promise<RunResult> => {
    await journal.append({ type: "finished", stepExecutionId, result });
    return result;
  };
  return { ...started, result: started.result.then(record) };
}
