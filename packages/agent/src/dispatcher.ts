// From a dispatch on the wire to a running step or a refusal: read, remembered, judged, made to wait its turn, judged again, run.
// In: ExecuteStep frames. Out: exactly one last frame per attempt. Every path that is not "admitted" ends in a refusal that is reported.

import { basename } from "node:path";
import { type Admission, errorTable, invariant, planCommands, type Refusal, refuse } from "@dd0c/core";
import type { Journal } from "@dd0c/executor";
import type { ExecuteStep, StepRef } from "@dd0c/protocol/agent";
import { type Judge, type Moment, workingDirectory } from "./admission.ts";
import type { AgentConfig } from "./config.ts";
import type { Log } from "./log.ts";
import type { TakeNote } from "./notes.ts";
import type { Outbox } from "./outbox.ts";
import { type ReadDispatch, readDispatch } from "./own-reading.ts";
import type { OwnScanner } from "./own-scanner.ts";
import type { RateLimiter } from "./rate-limiter.ts";
import { acceptedFrame, refusedFrame } from "./step-frames.ts";
import { isRemembered, receivedEntry } from "./step-memory.ts";
import { seenBy, type StepRunner } from "./step-runner.ts";

export interface DispatcherOptions {
  readonly agentId: string;
  readonly config: AgentConfig;
  readonly journal: Journal;
  readonly outbox: Outbox;
  readonly scanner: OwnScanner;
  readonly judge: Judge;
  readonly limiter: RateLimiter;
  readonly runner: StepRunner;
  readonly note: TakeNote;
  readonly log: Log;
  readonly moment: () => Omit<Moment, "taken">;
  readonly monotonic: () => number;
}

export interface Dispatcher {
  /** Resolves when the step has ended or was refused. Never rejects. */
  execute(frame: ExecuteStep): Promise<void>;
  /** Steps that wait for their turn are judged now (panic, shutdown). */
  wakeQueued(): void;
  queued(): number;
}

/** False where the local file keeps one of its programs out of the sandbox. */
function mayBeBoxed({ own }: ReadDispatch, { sandboxExcept }: AgentConfig): boolean {
  const programs = own.plan === null ? [] : planCommands(own.plan).map(({ argv }) => basename(argv[0] ?? ""));
  return !programs.some((program) => sandboxExcept.includes(program));
}

export function dispatcher(options: DispatcherOptions): Dispatcher {
  const { journal, outbox, log } = options;
  const claimed = new Set<string>();
  const queue = new Set<() => void>();

  const judgeNow = (frame: ExecuteStep, read: ReadDispatch): Admission => options.judge(frame, read, { taken: false, ...options.moment() });
  const refuseStep = async (read: ReadDispatch, refusal: Refusal) => {
    log("warn", "step_refused", { step: read.step.stepExecutionId, code: refusal.code });
    await journal.append({ type: "refused", stepExecutionId: read.step.stepExecutionId, code: refusal.code }).catch(() => undefined);
    outbox.finish(read.step, refusedFrame(refusal.code, refusal.message, seenBy(read)));
  };
  const waitTurn = async (read: ReadDispatch): Promise<void> => {
    const waitMs = options.limiter.book(options.monotonic());
    if (waitMs <= 0) return;
    outbox.mention(read.step, { $case: "stepQueued", value: { startsInMs: Math.ceil(waitMs) } });
    await new Promise<void>((resolve) => {
      const wake = () => {
        clearTimeout(timer);
        queue.delete(wake);
        resolve();
      };
      const timer = setTimeout(wake, waitMs);
      queue.add(wake);
    });
  };
  const admitted = async (frame: ExecuteStep, read: ReadDispatch): Promise<Admission> => {
    const first = judgeNow(frame, read);
    if (!first.ok || !first.automatic) return first;
    await waitTurn(read);
    // Time has passed: panic, the end of the stream or of the dispatch's life may have come with it.
    return judgeNow(frame, read);
  };
  const unwritten = (read: ReadDispatch) => {
    log("error", "journal_unavailable", { step: read.step.stepExecutionId });
    outbox.finish(read.step, refusedFrame("JOURNAL_UNAVAILABLE", errorTable.JOURNAL_UNAVAILABLE.meaning, seenBy(read)));
  };
  const handle = async (frame: ExecuteStep, read: ReadDispatch): Promise<void> => {
    // Judged while the disk works: the journal keeps the order, so that `spawning` and all that follows it wait for this record too.
    const received = journal.append(receivedEntry(read)).then(
      () => true,
      () => false,
    );
    const answer = await admitted(frame, read);
    if (!answer.ok) return (await received) ? refuseStep(read, answer) : unwritten(read);
    const cwd = workingDirectory(read.settings.workingDirectory, options.config);
    invariant(cwd !== undefined, "an admitted step has a working directory");
    void received.then((isWritten) => {
      if (isWritten) outbox.push(read.step, acceptedFrame(read, answer.risk));
    });
    await options.runner.run(read, cwd, answer.risk === "safe" && mayBeBoxed(read, options.config));
  };
  /** Noted, not remembered: there is nothing in it that could be told apart from another such frame. */
  const refuseUnread = (step: StepRef) => {
    log("error", "dispatch_refused_unread", { step: step.stepExecutionId.slice(0, 100) });
    options.note("unreadable_dispatch", { step: step.stepExecutionId, execution: step.executionId });
    outbox.finish(step, refusedFrame("VALIDATION_FAILED", errorTable.VALIDATION_FAILED.meaning, { risk: "", patternVersion: "" }));
  };
  /** The scanner has failed a check: what it read is recorded and counts for nothing. */
  const refuseUnsound = async (read: ReadDispatch) => {
    const isWritten = await journal.append(receivedEntry(read)).then(
      () => true,
      () => false,
    );
    return isWritten ? refuseStep(read, refuse("PARTY_MODE_ACTIVE")) : unwritten(read);
  };
  return {
    async execute(frame) {
      const { step } = frame;
      if (step === undefined) {
        options.note("unreadable_dispatch");
        return log("error", "dispatch_unreadable");
      }
      if (claimed.has(step.stepExecutionId) || isRemembered(journal.recordsOf(step.stepExecutionId), step)) {
        log("warn", "duplicate_refused", { step: step.stepExecutionId });
        options.note("second_dispatch", { step: step.stepExecutionId, attempt: String(step.attempt) });
        const { meaning } = errorTable.DUPLICATE_DISPATCH;
        return outbox.mention(step, { $case: "duplicateRefused", value: { code: "DUPLICATE_DISPATCH", message: meaning } });
      }
      claimed.add(step.stepExecutionId);
      try {
        const isSound = await options.scanner.ready(frame.command);
        const read = readDispatch(frame, options.agentId);
        if (read === undefined) return refuseUnread(step);
        await (isSound ? handle(frame, read) : refuseUnsound(read));
      } finally {
        claimed.delete(step.stepExecutionId);
      }
    },
    wakeQueued() {
      for (const wake of [...queue]) wake();
    },
    queued: () => queue.size,
  };
}
