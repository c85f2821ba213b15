// The processes of one running step as something that can be frozen, thawed and ended.
// In: pids of group leaders as they are spawned and reaped. Out: signals. It must never signal a pid that may have been reused:
// a leader that is not reaped keeps its number; everything else is found again in /proc by the step's marker.

import { findStepProcesses, type ProcessFacts, type ProcessIdentity } from "./process-table.ts";

const POLL_MS = 25;
const FREEZE_ROUNDS = 3;
/** How long a killed process may take to disappear (uninterruptible I/O) before it is reported as left running. */
const KILL_WAIT_MS = 2000;

export interface ProcessGroups {
  add(pid: number): void;
  remove(pid: number): void;
  /** SIGSTOP to every group at once, then to escapees. Returns how many processes outside the groups were stopped. */
  freeze(): number;
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

  const find = (): readonly ProcessFacts[] => {
    const found = findStepProcesses(stepExecutionId, { leaders, reaped, seen });
    // Remembered: once its parent is gone nothing else may tie a process to the step.
    for (const { pid, startTime } of found) seen.set(pid, startTime);
    return found;
  };
  const outsiders = (): number[] =>
    find()
      .filter((facts) => !leaders.has(facts.group))
      .map((facts) => facts.pid);
  const signalAll = (signal: NodeJS.Signals): number[] => {
    // Consumers first: one that is still alive when its producer dies takes the end of its input for the whole of it.
    for (const pid of [...leaders].reverse()) send(-pid, signal);
    const escaped = outsiders();
    for (const pid of escaped) send(pid, signal);
    return escaped;
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
    freeze: () => {
      const stopped = new Set(signalAll("SIGSTOP"));
      // A process that forked while the first round walked /proc is caught by the next.
      for (let round = 1; round < FREEZE_ROUNDS; round++) {
        for (const pid of outsiders()) {
          if (send(pid, "SIGSTOP")) stopped.add(pid);
        }
      }
      return stopped.size;
    },
    thaw: () => {
      signalAll("SIGCONT");
    },
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
