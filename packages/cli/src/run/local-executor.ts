// Runs what the engine dispatched, on this machine: plans, never a shell, each attempt at most once (the journal knows before the kernel).
// In: a dispatched step. Out: what the engine is to be told. It reads the command again itself and starts nothing whose identity differs
// from what was decided about.
import { type ExecutionCommand, invariant, stepDigest, type StepResult } from "@dd0c/core";
import {
  type Aftermath,
  type Attempt,
  executeStep,
  type Executor,
  findSurvivors,
  type Journal,
  openExecutor,
  openJournal,
  refusal,
  RunEnd,
  type RunHandle,
  type RunResult,
  stopSurvivors,
  type WalkExecutor,
  type Watch,
} from "@dd0c/executor";
import { type Plan, scan } from "@dd0c/scanner";
import { sha256 } from "./audit-file.ts";
import { localEnvironment } from "./local-environment.ts";
import type { RunFolder } from "./run-folder.ts";
import { loadSqlFor } from "./sound-scanner.ts";

/** One id per attempt: the journal never starts an id twice. */
const journalId = ({ stepExecutionId, attempt }: Attempt): string => `${stepExecutionId}.${attempt}`;

export class LocalExecutor implements WalkExecutor {
  private readonly journal: Journal;
  private readonly executor: Executor;
  private running: RunHandle | null = null;

  private constructor(journal: Journal, executor: Executor) {
    this.journal = journal;
    this.executor = executor;
  }

  /** Takes the lock of the run. @throws RunEnd */
  static async open(folder: RunFolder): Promise<LocalExecutor> {
    try {
      const journal = await openJournal(folder.journal);
      return new LocalExecutor(journal, openExecutor(localEnvironment(folder.home)));
    } catch (error) {
      const code = error instanceof Error && "code" in error ? String(error.code) : "unknown";
      if (code === "JOURNAL_LOCKED") throw new RunEnd("record", `This run is being walked in another terminal (${folder.path}).`);
      throw new RunEnd("record", `${folder.path} cannot be used (${code}).`);
    }
  }

  /** Runs a dispatched attempt to its end. */
  async run(step: Attempt, watch: Watch): Promise<ExecutionCommand> {
    const { prepared } = step;
    invariant(prepared !== null, "a dispatched step was prepared");
    const plan = await this.readAgain(prepared.command);
    if (plan === null || stepDigest(plan, prepared.run, sha256) !== prepared.digest) return refusal(step, "DIGEST_MISMATCH");
    let isStarted = false;
    const started = async () => {
      if (!isStarted) await watch.onStarted();
      isStarted = true;
    };
    try {
      const handle = await executeStep(this.journal, this.executor, {
        stepExecutionId: journalId(step),
        plan,
        answerCodes: prepared.answerCodes,
        cwd: prepared.run.workingDirectory ?? process.cwd(),
        timeoutMs: prepared.run.timeoutMs,
        onOutput: watch.onOutput,
        onSpawned: started,
      });
      if (handle.kind === "refused")
        return refusal(step, handle.code, "program" in handle ? `${handle.program} was not found.` : undefined);
      this.running = handle;
      return resultCommand(step, await handle.result, plan);
    } catch {
      return this.lost(step);
    } finally {
      this.running = null;
    }
  }

  /** Ends the running step; its result comes by `run`. False when nothing runs. */
  stop(): boolean {
    void this.running?.stop();
    return this.running !== null;
  }

  /** What became of an attempt that an earlier walk left in flight. Never starts it again. */
  async aftermath(step: Attempt): Promise<Aftermath> {
    const id = journalId(step);
    const records = this.journal.recordsOf(id);
    const finished = records.find((record) => record.type === "finished");
    if (finished?.type === "finished" && step.prepared !== null) {
      const plan = await this.readAgain(step.prepared.command);
      if (plan !== null) return { kind: "ended", command: resultCommand(step, finished.result, plan) };
    }
    if (!records.some(({ type }) => type === "spawning")) return { kind: "not_started" };
    const pids = this.survivors(id);
    if (pids.length > 0) return { kind: "running", pids };
    if (!records.some(({ type }) => type === "outcome_unknown"))
      await this.journal.append({ type: "outcome_unknown", stepExecutionId: id });
    return { kind: "ended", command: unknownOutcome(step) };
  }

  /** SIGTERM, then SIGKILL, to what an earlier walk left running. */
  async stopLeftOver(step: Attempt): Promise<void> {
    const stranded = this.strandedOf(journalId(step));
    if (stranded !== undefined) await stopSurvivors(stranded, this.executor.graceMs);
  }

  async close(): Promise<void> {
    this.executor.close();
    await this.journal.close();
  }

  private strandedOf(id: string) {
    return this.journal.unfinished().find(({ stepExecutionId }) => stepExecutionId === id);
  }

  private survivors(id: string): readonly number[] {
    const stranded = this.strandedOf(id);
    return stranded === undefined ? [] : findSurvivors(stranded);
  }

  private async readAgain(command: string): Promise<Plan | null> {
    await loadSqlFor([command]);
    return scan(command).plan ?? null;
  }

  /** Something broke around the step. Only what never reached the journal as spawning is certain not to have run. */
  private async lost(step: Attempt): Promise<ExecutionCommand> {
    const id = journalId(step);
    if (!this.journal.recordsOf(id).some(({ type }) => type === "spawning")) return refusal(step, "JOURNAL_UNAVAILABLE");
    await this.journal.append({ type: "outcome_unknown", stepExecutionId: id }).catch(() => undefined);
    return unknownOutcome(step);
  }
}

const unknownOutcome = ({ stepExecutionId, attempt }: Attempt): ExecutionCommand => ({
  type: "outcome-unknown",
  stepExecutionId,
  attempt,
  cause: "agent_reported",
});

const noticeOf = (result: RunResult): string | null => {
  // Ended from outside in the middle of a plan: what ran before must not make it a success.
  if (result.outcome === "stopped") return "It was stopped before its end.";
  return result.members.some(({ spawnError }) => spawnError !== undefined) ? "The operating system refused to start a program." : null;
};

const resultCommand = (step: Attempt, result: RunResult, plan: Plan): ExecutionCommand => {
  const pipelines = plan.lists.flatMap(({ first, rest }) => [first, ...rest.map(({ pipeline }) => pipeline)]);
  const places = pipelines.flatMap(({ members }, pipeline) => members.map((_, member) => ({ pipeline, member })));
  const stepResult: StepResult = {
    exitCode: result.exitCode,
    members: places.map((place, at) => ({
      ...place,
      exitCode: result.members[at]?.exitCode ?? null,
      signal: result.members[at]?.signal ?? null,
    })),
    durationMs: Math.round(result.durationMs),
    stdoutHash: result.stdoutSha256,
    stderrHash: result.stderrSha256,
    stdoutBytes: result.stdoutBytes,
    stderrBytes: result.stderrBytes,
    truncated: result.truncated,
    message: noticeOf(result),
  };
  const { stepExecutionId, attempt } = step;
  return { type: "agent-result", stepExecutionId, attempt, result: stepResult, timedOut: result.outcome === "timed_out" };
};
