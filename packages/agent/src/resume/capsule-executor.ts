// Runs the steps of a run that goes on under its capsule: the very dispatch that a server would send, through the same admission, rate limit
// and journal. The capsule stands for the announcement, the holder's key for the engine's under a grant; neither opens anything else.

import {
  amendmentOf,
  announcementOf,
  dispatchOf,
  type ExecutionCommand,
  type ExecutionState,
  grantBytes,
  invariant,
  type PreparedStep,
  vouchedRendering,
} from "@dd0c/core";
import {
  type Aftermath,
  type Attempt,
  type Executor,
  findSurvivors,
  type Journal,
  type OutputChunk,
  stopSurvivors,
  type WalkExecutor,
  type WalkSession,
  type Watch,
} from "@dd0c/executor";
import { executeStepOf, OutputStream, type RecoveryKey, reportsOf, type StepOutput, type StepRef } from "@dd0c/protocol/agent";
import { admission } from "../admission.ts";
import type { AnnouncedPlans } from "../announced-plans.ts";
import type { AgentConfig } from "../config.ts";
import { dispatcher } from "../dispatcher.ts";
import type { Log } from "../log.ts";
import { notes } from "../notes.ts";
import type { StepFrame } from "../outbox.ts";
import { ownScanner } from "../own-scanner.ts";
import { rateLimiter } from "../rate-limiter.ts";
import { lastFrame } from "../recover.ts";
import { secretsOf } from "../resolve-secrets.ts";
import { signedDocuments } from "../signed-documents.ts";
import { rememberedStep } from "../step-memory.ts";
import { recordUnknown, stepRunner } from "../step-runner.ts";
import type { ContinuationLog } from "./continuation-log.ts";
import { localOutbox } from "./local-outbox.ts";

export interface CapsuleExecutorOptions {
  readonly config: AgentConfig;
  readonly capsule: ContinuationLog["capsule"];
  readonly key: RecoveryKey;
  readonly session: WalkSession;
  readonly journal: Journal;
  readonly executor: Executor;
  readonly log: Log;
  readonly say: (lines: readonly string[]) => Promise<void>;
}

export interface CapsuleExecutor extends WalkExecutor {
  /** Ends what runs; its result comes by `run`. */
  readonly stop: () => Promise<void>;
}

/** What the engine announced, by its signature under the capsule: the text of each step, at whatever attempt it is asked for. */
function plansOf({ capsule, session }: Pick<CapsuleExecutorOptions, "capsule" | "session">): AnnouncedPlans {
  const first = capsule.state.steps.flatMap((step): readonly PreparedStep[] => {
    const rendering = vouchedRendering(capsule, step);
    return rendering === null ? [] : [{ ...rendering, attempt: 1 }];
  });
  const announcement = announcementOf(capsule.state, first, capsule.policy.governanceMode, capsule.issued_at);
  const vouched = (state: ExecutionState) =>
    state.steps.filter(
      ({ stepExecutionId, prepared }) =>
        prepared?.digest != null && first.some((each) => each.stepExecutionId === stepExecutionId && each.digest === prepared.digest),
    );
  return {
    // No server speaks here.
    announce: () => "unsigned_announcement",
    amend: () => "unsigned_amendment",
    find: (executionId) => ({
      announcement: executionId === capsule.execution ? announcement : null,
      amendments: vouched(session.state).map(({ stepExecutionId }) => amendmentOf(session.state, stepExecutionId, capsule.issued_at)),
      forged: false,
    }),
  };
}

const chunkOf = ({ stream, offset, data, omittedBytes }: StepOutput): OutputChunk => {
  const named = stream === OutputStream.STDOUT ? "stdout" : "stderr";
  return omittedBytes > 0 ? { kind: "elided", stream: named, offset, omittedBytes } : { kind: "data", stream: named, offset, bytes: data };
};

const endings: readonly StepFrame["$case"][] = ["stepRefused", "stepResult", "outcomeUnknown"];

export function capsuleExecutor(options: CapsuleExecutorOptions): CapsuleExecutor {
  const { config, capsule, key, session, journal, executor, log, say } = options;
  const now = () => Date.now();
  let hear: (frame: StepFrame) => Promise<void> = () => Promise.resolve();
  const outbox = localOutbox((frame) => hear(frame));
  const stranded = journal.unfinished();
  const runner = stepRunner({
    journal,
    resolveSecrets: secretsOf(config),
    executor,
    outbox,
    stranded,
    log,
    now,
    isPanic: () => false,
    mayContinue: () => true,
  });
  const dispatch = dispatcher({
    agentId: capsule.agent,
    config,
    journal,
    outbox,
    scanner: ownScanner(log),
    judge: admission({
      tenantId: capsule.tenant,
      agentId: capsule.agent,
      config,
      plans: plansOf(options),
      readSigned: signedDocuments([{ id: key.id, spkiDer: key.spkiDer }]),
    }),
    limiter: rateLimiter(config.rateLimit),
    runner,
    note: notes(journal, log),
    log,
    moment: () => ({ panic: false, serverNowMs: now() }),
    monotonic: () => performance.now(),
  });
  const refOf = ({ stepExecutionId, attempt }: Attempt): StepRef => ({ executionId: capsule.execution, stepExecutionId, attempt });
  /** All but the last are put on record here; the walk does that with the last. */
  const report = async (step: Attempt, frame: StepFrame): Promise<ExecutionCommand> => {
    const commands = reportsOf(refOf(step), frame, now(), null);
    const last = commands.at(-1);
    invariant(last !== undefined, "an ending is reported");
    for (const command of commands.slice(0, -1)) await session.mustAsk({ by: "executor", command });
    return last;
  };
  const aftermath = async (step: Attempt): Promise<Aftermath> => {
    const { stepExecutionId } = step;
    const records = journal.recordsOf(stepExecutionId);
    const remembered = rememberedStep(records);
    const ended = remembered === undefined ? undefined : lastFrame(remembered, records);
    if (ended !== undefined) return { kind: "ended", command: await report(step, ended) };
    if (!records.some(({ type }) => type === "spawning")) {
      // From here on a late delivery of it is turned away.
      await journal.append({ type: "refused", stepExecutionId, code: "DISPATCH_LATE" });
      return { kind: "not_started" };
    }
    const left = journal.unfinished().find((each) => each.stepExecutionId === stepExecutionId);
    const pids = left === undefined ? [] : findSurvivors(left);
    if (pids.length > 0) return { kind: "running", pids };
    await recordUnknown(journal, refOf(step));
    return { kind: "ended", command: await report(step, { $case: "outcomeUnknown", value: { message: "" } }) };
  };
  const run = async (step: Attempt, watch: Watch): Promise<ExecutionCommand> => {
    let end: StepFrame | undefined;
    hear = async (frame) => {
      if (frame.$case === "stepStarted") await watch.onStarted();
      else if (frame.$case === "stepOutput") await watch.onOutput(chunkOf(frame.value));
      else if (frame.$case === "stepQueued") await say([`  starts in ${Math.ceil(frame.value.startsInMs / 1_000)} s (rate limit)`]);
      else if (endings.includes(frame.$case)) end = frame;
    };
    const ready = dispatchOf(session.state, step.stepExecutionId);
    const bytes = ready.grant === null ? undefined : Buffer.from(grantBytes(ready.grant));
    await dispatch.execute(executeStepOf(ready, bytes && { payload: bytes, signature: key.sign(bytes), keyId: key.id }));
    await outbox.heard();
    if (end !== undefined) return report(step, end);
    // The journal has it from before: it is not run again, and what it says is what there is to know.
    const before = await aftermath(step);
    return before.kind === "ended" ? before.command : report(step, { $case: "outcomeUnknown", value: { message: "" } });
  };
  return {
    run,
    aftermath,
    stop: () => runner.stop(),
    stopLeftOver: async ({ stepExecutionId }) => {
      const left = journal.unfinished().find((each) => each.stepExecutionId === stepExecutionId);
      if (left !== undefined) await stopSurvivors(left, executor.graceMs);
    },
  };
}
