// A plan executed: lists left to right, `&&` and `||` on the last member's status as bash does, never through a shell.
// In: an approved plan, limits, callbacks. Out: a handle whose result holds every member's status, hashes of the masked output and one word
// about the step. It must never start a later part of the plan once it has been stopped, and never call a failed part ok.

import { constants } from "node:os";
import { closeSync, openSync } from "node:fs";
import type { CommandGroup } from "./command-groups.ts";
import { disarmRepositories } from "./disarm-repository.ts";
import { ExecutorError } from "./executor-error.ts";
import type { Executor } from "./executor.ts";
import type { HostGuard } from "./host-guard.ts";
import { type ExecutedList, type ExecutedPipeline, judgePlan } from "./judge-plan.ts";
import { limitNote } from "./limit-note.ts";
import { type MemberResult, statusOf } from "./member-result.ts";
import { type PrepareInput, type PreparedList, type PreparedPipeline, preparePlan, type RunRefusal } from "./prepare-plan.ts";
import { createProcessGroups, type ProcessGroups } from "./process-groups.ts";
import { type Freezable, freezeTogether } from "./freeze-together.ts";
import { inTurn, type OutputCallback, readOutput } from "./read-output.ts";
import { outputTail } from "./output-tail.ts";
import { createRunControl, type HaltReason, type RunControl } from "./run-control.ts";
import { drainOutput } from "./drain-output.ts";
import { pipesNeeded, type SpawnedProcess, spawnPipeline, type StepStreams } from "./spawn-pipeline.ts";

export interface RunRequest extends PrepareInput {
  /** Milliseconds; time spent frozen does not count. */
  readonly timeoutMs: number;
  /** Awaited: the command waits with it. A rejection ends the plan. */
  readonly onOutput: OutputCallback;
  /** Awaited once, directly before the first process exists. A rejection means that nothing runs. */
  readonly onSpawning?: () => Promise<void>;
  /** Once per pipeline, directly after its processes exist. A rejection ends the plan. */
  readonly onSpawned?: (processes: readonly SpawnedProcess[]) => Promise<void>;
  /** Asked before every pipeline but the first; false ends the plan as stopped (no link to the server for too long, say). */
  readonly mayContinue?: () => boolean;
  /** Values in the plan that no output may show. */
  readonly secrets?: readonly string[];
}

/** `answer`: the last status is not 0, but an exit code by which this program answers. */
export type RunOutcome = "ok" | "answer" | "failed" | HaltReason;

export interface RunResult {
  /** The shell's status of the plan (128 + n for signals); null if nothing was started. */
  readonly exitCode: number | null;
  readonly outcome: RunOutcome;
  /** All members in order of appearance, also those that `&&` and `||` skipped. */
  readonly members: readonly MemberResult[];
  /** Over all masked bytes, hex. */
  readonly stdoutSha256: string;
  readonly stderrSha256: string;
  readonly stdoutBytes: number;
  readonly stderrBytes: number;
  readonly durationMs: number;
  /** Some output was left out of the chunks (never out of the hashes). */
  readonly truncated: boolean;
  /** Pids of the step that still run: daemons it started, or processes that would not die. */
  readonly leftRunning: readonly number[];
  /** Which limit of this host it seems to have met, in words; only of a plan that failed. */
  readonly note?: string;
}

export interface RunHandle extends Freezable {
  readonly kind: "running";
  /** Rejects with RUN_CALLBACK_FAILED, after all processes are gone, when a callback failed; with EXECUTOR_SETUP_FAILED without pipes. */
  readonly result: Promise<RunResult>;
  /** SIGTERM, then SIGKILL after the grace time; resolves when nothing of the step is left, or with what would not die. */
  stop(): Promise<readonly number[]>;
  /** This step alone; returns how many processes outside its groups were stopped too. Several at once: freezeTogether. */
  freeze(): number;
  thaw(): void;
  /** Pids of living processes of the step. */
  processes(): readonly number[];
}

interface Run {
  readonly executor: Executor;
  readonly request: RunRequest;
  readonly lists: readonly PreparedList[];
  readonly groups: ProcessGroups;
  readonly control: RunControl;
  readonly streams: StepStreams;
  readonly members: MemberResult[];
  readonly group: CommandGroup | undefined;
}

async function guarded<T>(work: () => Promise<T> | T): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw new ExecutorError("RUN_CALLBACK_FAILED", "a callback of the run failed", error);
  }
}

async function runPipeline(run: Run, pipeline: PreparedPipeline): Promise<ExecutedPipeline | undefined> {
  const { executor, request, groups, control } = run;
  const { bootId, guard } = executor;
  const { cwd, readOnly = false } = request;
  const prepared = readOnly ? await disarmRepositories(pipeline.members, cwd, executor) : pipeline.members;
  const pipes = await executor.pipes.take(pipesNeeded(prepared));
  if (!(await control.mayContinue())) return undefined;
  const running = spawnPipeline({ members: prepared, pipes, streams: run.streams, cwd, bootId, guard, group: run.group, readOnly });
  const spawned: SpawnedProcess[] = [];
  const ended = running.members.map(async (member, index) => {
    const { process: identity, argvSha256 } = member;
    if (identity === undefined) return member.ended;
    groups.add(identity.pid);
    spawned.push({ ...identity, member: pipeline.firstIndex + index, argvSha256 });
    const result = await member.ended;
    groups.remove(identity.pid);
    return result;
  });
  try {
    await guarded(() => request.onSpawned?.(spawned));
    const members = await Promise.all(ended);
    members.forEach((member, index) => {
      run.members[pipeline.firstIndex + index] = member;
    });
    return { members, answers: pipeline.answers };
  } finally {
    running.close();
  }
}

function isSkipped(op: PreparedPipeline["op"], status: number | null): boolean {
  return (op === "&&" && status !== 0) || (op === "||" && status === 0);
}

interface Executed {
  readonly lists: readonly ExecutedList[];
  readonly exitCode: number | null;
}

async function runLists(run: Run): Promise<Executed> {
  const lists: ExecutedPipeline[][] = [];
  let exitCode: number | null = null;
  for (const list of run.lists) {
    const executed: ExecutedPipeline[] = [];
    lists.push(executed);
    for (const pipeline of list) {
      if (isSkipped(pipeline.op, exitCode)) continue;
      if (exitCode !== null && !(await guarded(() => run.request.mayContinue?.() ?? true))) await run.control.halt("stopped");
      const done = await runPipeline(run, pipeline);
      if (done === undefined) return { lists, exitCode };
      executed.push(done);
      const last = done.members.at(-1);
      if (last !== undefined) exitCode = statusOf(last, constants.signals);
    }
  }
  return { lists, exitCode };
}

/** Everything of the plan up to the last exit, whatever went wrong: no process of it is left behind by a failure. */
async function runToEnd(run: Run): Promise<Executed> {
  try {
    await guarded(() => run.request.onSpawning?.());
    return await runLists(run);
  } catch (error) {
    await run.control.halt("stopped");
    throw error;
  }
}

async function execute(run: Omit<Run, "streams">): Promise<RunResult> {
  const { executor, request, groups, control } = run;
  const startedAt = performance.now();
  const [openOut, openErr] = await executor.pipes.take(2);
  if (openOut === undefined || openErr === undefined) throw new ExecutorError("EXECUTOR_SETUP_FAILED", "no pipes");
  const stdout = openOut("read");
  const stderr = openErr("read");
  const streams: StepStreams = { nullFd: openSync("/dev/null", "r+"), stdoutFd: stdout.writeFd, stderrFd: stderr.writeFd };
  const emit = inTurn(request.onOutput);
  const tail = outputTail(emit);
  const readers = [
    readOutput(stdout.readFd, "stdout", executor.maxStreamBytes, emit, request.secrets),
    readOutput(stderr.readFd, "stderr", executor.maxStreamBytes, tail.emit, request.secrets),
  ] as const;
  // Output that nobody takes ends the plan; the failure itself is reported by drainOutput.
  for (const reader of readers) reader.summary.catch(() => void control.halt("stopped"));
  let executed: Executed;
  try {
    executed = await runToEnd({ ...run, streams });
  } finally {
    closeSync(streams.nullFd);
    closeSync(streams.stdoutFd);
    closeSync(streams.stderrFd);
  }
  await control.halting;
  const { summaries, wasHeld } = await guarded(() => drainOutput(readers, executor.drainMs));
  const [out, err] = summaries;
  // Once more: the deadline may have passed while a daemon was still writing.
  const survivors = await control.halting;
  const outcome = control.haltedBy ?? judgePlan(executed.lists);
  return {
    exitCode: executed.exitCode,
    outcome,
    members: run.members,
    stdoutSha256: out.sha256,
    stderrSha256: err.sha256,
    stdoutBytes: out.totalBytes,
    stderrBytes: err.totalBytes,
    durationMs: Math.round(performance.now() - startedAt),
    truncated: out.truncated || err.truncated,
    leftRunning: survivors ?? (wasHeld || groups.hasOrphans() ? groups.remaining() : []),
    ...noted(run, outcome, tail.text()),
  };
}

/** What was stopped or ran out of time has its reason already. */
function noted(
  { executor, request, members, group }: Omit<Run, "streams">,
  outcome: RunOutcome,
  stderrTail: string,
): Pick<RunResult, "note"> {
  if (outcome !== "failed") return {};
  const note = limitNote({ members, stderrTail, guard: executor.guard, readOnly: request.readOnly ?? false, met: group?.met() });
  return note === undefined ? {} : { note };
}

/**
 * Starts a plan.
 * @returns a handle, or a refusal that has executed nothing: PROGRAM_NOT_FOUND, PROGRAM_PATH_RELATIVE, ENV_NAME_NOT_ALLOWED, ENV_INVALID,
 * CWD_NOT_FOUND, PLAN_INVALID, STEP_ID_INVALID
 */
export function runPlan(executor: Executor, request: RunRequest): RunHandle | RunRefusal {
  const lists = preparePlan(request, executor.policy);
  if ("kind" in lists) return lists;
  const groups = createProcessGroups(request.stepExecutionId);
  const control = createRunControl(groups, request.timeoutMs, executor.graceMs);
  const members = lists.flat().flatMap((pipeline) => pipeline.members.map((member) => unstarted(member.argv[0] ?? "")));
  const group = openGroup(executor.guard, request.stepExecutionId);
  const result = execute({ executor, request, lists, groups, control, members, group }).finally(() => {
    control.finish();
    group?.close();
  });
  return {
    kind: "running",
    result,
    stop: () => control.halt("stopped"),
    stopGroups: () => control.stopGroups(),
    stopEscaped: (walk) => control.stopEscaped(walk),
    freeze: () => freezeTogether([control])[0] ?? 0,
    thaw: () => control.thaw(),
    processes: () => groups.remaining(),
  };
}

/** The kernel may take no more groups: then prlimit alone holds the command. */
function openGroup({ groups }: HostGuard, name: string): CommandGroup | undefined {
  try {
    return groups?.open(name);
  } catch {
    return undefined;
  }
}

function unstarted(argv0: string): MemberResult {
  return { argv0, exitCode: null, signal: null, started: false };
}
