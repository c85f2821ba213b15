// The switches of one running plan: deadline, stop, freeze, thaw.
// In: the plan's process groups and its limits. Out: whether the next pipeline may start. It must never let a frozen or ended plan spawn.

import { startDeadline } from "./deadline.ts";
import type { Freezable } from "./freeze-together.ts";
import type { ProcessGroups } from "./process-groups.ts";

export type HaltReason = "stopped" | "timed_out";

export interface RunControl extends Freezable {
  readonly haltedBy: HaltReason | undefined;
  /** Processes that survived SIGKILL, known once an ended plan has been waited for. */
  readonly halting: Promise<readonly number[]> | undefined;
  /** Waits while frozen; false once the plan has been ended. */
  mayContinue(): Promise<boolean>;
  halt(reason: HaltReason): Promise<readonly number[]>;
  thaw(): void;
  /** The plan is over: no deadline, no more signals. */
  finish(): void;
}

export function createRunControl(groups: ProcessGroups, timeoutMs: number, graceMs: number): RunControl {
  let haltedBy: HaltReason | undefined;
  let halting: Promise<readonly number[]> | undefined;
  let finished = false;
  let frozen: { readonly thawed: Promise<void>; readonly release: () => void } | undefined;

  const release = (): void => {
    frozen?.release();
    frozen = undefined;
  };
  const halt = (reason: HaltReason): Promise<readonly number[]> => {
    if (finished) return Promise.resolve([]);
    haltedBy ??= reason;
    deadline.cancel();
    halting ??= groups.terminate(graceMs);
    release();
    return halting;
  };
  const deadline = startDeadline(timeoutMs, () => void halt("timed_out"));

  return {
    get haltedBy() {
      return haltedBy;
    },
    get halting() {
      return halting;
    },
    mayContinue: async () => {
      while (frozen !== undefined) await frozen.thawed;
      return haltedBy === undefined;
    },
    halt,
    stopGroups: () => {
      if (finished || haltedBy !== undefined) return;
      deadline.pause();
      if (frozen === undefined) {
        const { promise, resolve } = newSignal();
        frozen = { thawed: promise, release: resolve };
      }
      groups.stopGroups();
    },
    stopEscaped: (walk) => (finished || haltedBy !== undefined ? [] : groups.stopEscaped(walk)),
    thaw: () => {
      if (finished || frozen === undefined) return;
      groups.thaw();
      release();
      deadline.resume();
    },
    finish: () => {
      finished = true;
      deadline.cancel();
      release();
    },
  };
}

function newSignal(): { promise: Promise<void>; resolve: () => void } {
  let resolve: () => void = () => undefined;
  const promise = new Promise<void>((done) => {
    resolve = done;
  });
  return { promise, resolve };
}
