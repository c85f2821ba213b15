// Admitted steps as processes: started once, watched, frozen by panic, reported to the end. In: a dispatch that admission let through.
// Out: frames in the outbox. Nothing here decides whether a step may run, and nothing starts before the journal has it.

import { errorTable } from "@dd0c/core";
import {
  executeStep,
  type Executor,
  freezeTogether,
  type Journal,
  type RunHandle,
  type StrandedStep,
  survivorsOf,
  thawSurvivors,
} from "@dd0c/executor";
import type { StepRef } from "@dd0c/protocol/agent";
import type { Log } from "./log.ts";
import type { Outbox } from "./outbox.ts";
import type { ReadDispatch } from "./own-reading.ts";
import { tableCode } from "./refusal-codes.ts";
import type { SecretResolver } from "./resolve-secrets.ts";
import { outputFrames, pipelineSizes, refusedFrame, resultFrame, unknownOutcomeFrame } from "./step-frames.ts";

export interface StepRunnerOptions {
  readonly journal: Journal;
  readonly resolveSecrets: SecretResolver;
  readonly executor: Executor;
  readonly outbox: Outbox;
  readonly log: Log;
  readonly now: () => number;
  /** Steps of an earlier life of the agent whose processes may still run. */
  readonly stranded: readonly StrandedStep[];
  /** Panic is on. */
  readonly isPanic: () => boolean;
  /** Asked before each further pipeline of a plan. */
  readonly mayContinue: () => boolean;
}

export interface StepRunner {
  /** Resolves when the step has ended and its last frame is in the outbox. Never rejects. @param readOnly it is proven to only read */
  run(read: ReadDispatch, cwd: string, readOnly: boolean): Promise<void>;
  /** Stops every process at once, those of an earlier life of the agent too. @returns the number of steps that had any */
  freeze(): number;
  thaw(): number;
  /** Ends one step; its result says so. Nothing of another step. */
  terminate(step: StepRef | undefined): void;
  /** Ends everything and waits for the results. */
  stop(): Promise<void>;
  running(): number;
}

export function stepRunner(options: StepRunnerOptions): StepRunner {
  const { journal, outbox } = options;
  const handles = new Map<string, RunHandle>();
  const ends = new Set<Promise<void>>();

  const start = async (read: ReadDispatch, cwd: string, readOnly: boolean): Promise<void> => {
    const { step, plan } = read;
    if (plan === null) {
      await journal.append({ type: "refused", stepExecutionId: step.stepExecutionId, code: "STEP_NOT_RUNNABLE" }).catch(() => undefined);
      return outbox.finish(step, refusedFrame("STEP_NOT_RUNNABLE", errorTable.STEP_NOT_RUNNABLE.meaning, seenBy(read)));
    }
    const resolved = options.resolveSecrets(plan, { risk: read.own.risk, targets: read.targets });
    if ("ok" in resolved) {
      // The store changed since admission.
      await journal.append({ type: "refused", stepExecutionId: step.stepExecutionId, code: resolved.code }).catch(() => undefined);
      return refused(read, resolved.code);
    }
    // Output can be here before the journal has written who produces it.
    let isStarted = false;
    const started = () => {
      if (!isStarted) outbox.push(step, { $case: "stepStarted", value: { startedAtMs: options.now() } });
      isStarted = true;
    };
    try {
      const handle = await executeStep(journal, options.executor, {
        stepExecutionId: step.stepExecutionId,
        plan: resolved.plan,
        secrets: resolved.secrets,
        answerCodes: read.answerCodes,
        cwd,
        env: Object.fromEntries(read.settings.environment),
        timeoutMs: read.settings.timeoutMs,
        readOnly,
        onOutput: async (piece) => {
          started();
          await outbox.room();
          for (const frame of outputFrames(piece)) outbox.push(step, frame);
        },
        onSpawned: async () => started(),
        mayContinue: options.mayContinue,
      });
      if (handle.kind === "refused") return refused(read, handle.code);
      handles.set(step.stepExecutionId, handle);
      // A panic that came while the handle was being made has not seen it.
      if (options.isPanic()) handle.freeze();
      const result = await handle.result;
      outbox.finish(step, resultFrame(result, pipelineSizes(plan), options.now()));
      options.log("info", "step_ended", { step: step.stepExecutionId, outcome: result.outcome });
    } catch (error) {
      await failed(read, error);
    } finally {
      handles.delete(step.stepExecutionId);
    }
  };
  const refused = (read: ReadDispatch, code: string) => {
    const known = tableCode(code);
    outbox.finish(read.step, refusedFrame(known, errorTable[known].meaning, seenBy(read)));
    options.log("warn", "step_refused", { step: read.step.stepExecutionId, code: known });
  };
  /** Something broke around the step. Only what never reached the journal as spawning is certain not to have run. */
  const failed = async (read: ReadDispatch, error: unknown) => {
    const { step } = read;
    options.log("error", "step_failed", { step: step.stepExecutionId, code: codeOf(error) });
    if (!journal.recordsOf(step.stepExecutionId).some(({ type }) => type === "spawning")) {
      outbox.finish(step, refusedFrame("JOURNAL_UNAVAILABLE", errorTable.JOURNAL_UNAVAILABLE.meaning, seenBy(read)));
      return;
    }
    await recordUnknown(journal, step);
    outbox.finish(step, unknownOutcomeFrame("The agent lost hold of the step while it ran."));
  };
  return {
    run(read, cwd, readOnly) {
      const end: Promise<void> = start(read, cwd, readOnly).finally(() => ends.delete(end));
      ends.add(end);
      return end;
    },
    freeze() {
      const running = [...handles.values()];
      const stopped = freezeTogether([...running, ...options.stranded.map(survivorsOf)]);
      // A step of an earlier life counts when something of it was still there to stop.
      return running.length + stopped.slice(running.length).filter((processes) => processes > 0).length;
    },
    thaw() {
      for (const handle of handles.values()) handle.thaw();
      for (const step of options.stranded) thawSurvivors(step);
      return handles.size;
    },
    terminate(step) {
      const handle = step === undefined ? undefined : handles.get(step.stepExecutionId);
      options.log("warn", "step_terminated", { step: step?.stepExecutionId ?? "", running: handle !== undefined });
      void handle?.stop();
    },
    async stop() {
      await Promise.all([...handles.values()].map((handle) => handle.stop()));
      await Promise.all(ends);
    },
    running: () => handles.size,
  };
}

/** What the agent's own scan said, for a refusal. */
export function seenBy(read: ReadDispatch): { readonly risk: string; readonly patternVersion: string } {
  return { risk: read.own.risk, patternVersion: read.patternVersion };
}

/** A journal that cannot be written must not keep the server from hearing that the outcome is unknown. */
export async function recordUnknown(journal: Journal, step: StepRef): Promise<void> {
  await journal.append({ type: "outcome_unknown", stepExecutionId: step.stepExecutionId }).catch(() => undefined);
}

function codeOf(error: unknown): string {
  return error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : "INTERNAL_ERROR";
}
