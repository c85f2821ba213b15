// The processes of one running step as something that can be frozen, thawed and ended.
// In: pids of group leaders as they are spawned and reaped. Out: signals. It must never signal a pid that may have been reused:
// a leader that is not reaped keeps its number; everything else is found again in /proc by the step's marker.

import { findStepProcesses, type ProcessFacts, type ProcessIdentity, type ProcessWalk } from "./process-table.ts";

const POLL_MS = 25;
/** How long a killed process may take to disappear (uninterruptible I/O) before it is reported as left running. */
const KILL_WAIT_MS = 2000;

export interface ProcessGroups {
  add(pid: number): void;
  remove(pid: number): void;
  /** SIGSTOP to every group at once; nothing is looked up first. */
  stopGroups(): void;
  /** SIGSTOP to what this walk finds of the step outside its groups. Returns whom it reached. */
  stopEscaped(walk: ProcessWalk): readonly number[];
  thaw(): void;
  /** SIGTERM, wake what is frozen, SIGKILL after `graceMs`; resolves when nothing is left, or with the pids that would not die. */
  terminate(graceMs: number): Promise<readonly number[]>;
  /** Living processes of the step. */
  remaining(): readonly number[];
  /** True if a group still has members although its leader has been reaped. */
  hasOrphans(): boolean;
}

function send(pid: number, signal: NodeJS.Signals | 0): boolean {
  try {
    process.kill(pid, signal);
    return true;
  } catch {
    return false;
  }
}

const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** @param known living processes of the step that somebody else spawned */
export function createProcessGroups(stepExecutionId: string, known: readonly ProcessIdentity[] = []): ProcessGroups {
  const leaders = new Set<number>();
  const reaped = new Set<number>();
  const seen = new Map(known.map(({ pid, startTime }) => [pid, startTime]));

  const find = (walk?: ProcessWalk): readonly ProcessFacts[] => {
    const found = findStepProcesses(stepExecutionId, { leaders, reaped, seen }, walk);
    // Remembered: once its parent is gone nothing else may tie a process to the step.
    for (const { pid, startTime } of found) seen.set(pid, startTime);
    return found;
  };
  const outsiders = (walk?: ProcessWalk): number[] =>
    find(walk)
      .filter((facts) => !leaders.has(facts.group))
      .map((facts) => facts.pid);
  // Consumers first: one that is still alive when its producer dies takes the end of its input for the whole of it.
  const signalGroups = (signal: NodeJS.Signals): void => {
    for (const pid of [...leaders].reverse()) send(-pid, signal);
  };
  const signalAll = (signal: NodeJS.Signals): void => {
    signalGroups(signal);
    for (const pid of outsiders()) send(pid, signal);
  };
  const remaining = (): number[] => find().map((facts) => facts.pid);
  const waitUntilGone = async (limitMs: number): Promise<readonly number[]> => {
    const endsAt = performance.now() + limitMs;
    for (;;) {
      // Walking /proc is worth it only once the leaders are gone.
      const left = leaders.size > 0 ? [...leaders] : remaining();
      if (left.length === 0 || performance.now() >= endsAt) return left;
      await sleep(POLL_MS);
    }
  };

  return {
    add: (pid) => {
      leaders.add(pid);
      reaped.delete(pid);
    },
    remove: (pid) => {
      leaders.delete(pid);
      reaped.add(pid);
    },
    stopGroups: () => signalGroups("SIGSTOP"),
    stopEscaped: (walk) => outsiders(walk).filter((pid) => send(pid, "SIGSTOP")),
    thaw: () => signalAll("SIGCONT"),
    terminate: async (graceMs) => {
      // The pending SIGTERM is what a frozen process sees first when SIGCONT wakes it.
      signalAll("SIGTERM");
      signalAll("SIGCONT");
      const left = await waitUntilGone(graceMs);
      if (left.length === 0) return left;
      signalAll("SIGKILL");
      const stubborn = await waitUntilGone(KILL_WAIT_MS);
      for (const pid of stubborn) send(pid, "SIGKILL");
      return stubborn;
    },
    remaining,
    hasOrphans: () => [...reaped].some((pid) => send(-pid, 0)),
  };
}
