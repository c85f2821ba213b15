// Real kernel pipes. Node hands its children socket pairs, and a socket whose reader left answers a blocked writer with
// ECONNRESET where a pipe sends SIGPIPE: `yes | head -1` would look like a failure. A FIFO that is opened twice and unlinked is a pipe.
// In: a count. Out: file descriptors, closed on exec. It must never leave a named FIFO that a process could open.

import { spawn } from "node:child_process";
import { closeSync, constants, fchownSync, mkdirSync, mkdtempSync, openSync, readdirSync, unlinkSync } from "node:fs";
import { join } from "node:path";
import { ExecutorError } from "./executor-error.ts";
import { readProcess } from "./process-table.ts";
import { removeFolder } from "./remove-folder.ts";

const READY_AHEAD = 64;
/** New ones are made when a step has long been started: starting mkfifo takes as long as starting the step. */
const REFILL_DELAY_MS = 200;

/** Two ends of one pipe; the one that stays with us does not block, so that the event loop can wait on it. */
export interface OsPipe {
  readonly readFd: number;
  readonly writeFd: number;
}

/** Which end we keep; "none" is a pipe between two children. */
export type OwnEnd = "read" | "write" | "none";

export interface PipeFactory {
  /** Reserves pipes; opening them is synchronous, so that a pipeline can be spawned without a pause. */
  take(count: number): Promise<readonly ((own: OwnEnd) => OsPipe)[]>;
  close(): void;
}

/** A command that opens /dev/stdout opens the pipe once more, by its owner's right. */
export interface PipeOwner {
  readonly uid: number;
  readonly gid: number;
}

function openPipe(path: string, own: OwnEnd, owner: PipeOwner | undefined): OsPipe {
  const { O_RDWR, O_RDONLY, O_WRONLY, O_NONBLOCK } = constants;
  // Holding it open for both directions lets each end be opened without waiting for the other.
  const holder = openSync(path, O_RDWR | O_NONBLOCK);
  const readFd = openSync(path, O_RDONLY | (own === "read" ? O_NONBLOCK : 0));
  const writeFd = openSync(path, O_WRONLY | (own === "write" ? O_NONBLOCK : 0));
  if (owner !== undefined) fchownSync(holder, owner.uid, owner.gid);
  closeSync(holder);
  unlinkSync(path);
  return { readFd, writeFd };
}

function makeFifos(mkfifo: string, paths: readonly string[]): Promise<void> {
  return new Promise((resolve, reject) => {
    const failed = (cause: unknown): void => reject(new ExecutorError("EXECUTOR_SETUP_FAILED", "mkfifo could not make pipes", cause));
    const child = spawn(mkfifo, ["-m", "600", "--", ...paths], { stdio: "ignore", env: {} });
    child.on("error", failed);
    child.on("exit", (code) => (code === 0 ? resolve() : failed(code)));
  });
}

/** A folder of our own below `parent`, named after this process; what dead ones left there goes. */
function makeFolder(parent: string): string {
  mkdirSync(parent, { recursive: true, mode: 0o700 });
  for (const name of readdirSync(parent)) {
    const [pid, startTime] = name.split("-").map(Number);
    if (readProcess(pid ?? 0)?.startTime !== startTime) removeFolder(join(parent, name));
  }
  return mkdtempSync(join(parent, `${process.pid}-${readProcess(process.pid)?.startTime ?? 0}-`));
}

function openFolder(parent: string): string {
  try {
    return makeFolder(parent);
  } catch (error) {
    throw new ExecutorError("EXECUTOR_SETUP_FAILED", "the folder for pipes cannot be made", error);
  }
}

/**
 * Opens a factory with a private folder. A few FIFOs are made ahead, so that a spawn does not wait for mkfifo.
 * @param mkfifo absolute path of the program
 * @param parent holds the folder; not /tmp, whose cleaners would take the FIFOs of an agent that had nothing to do for days
 * @param owner the account of the commands, where it is another than ours
 * @throws EXECUTOR_SETUP_FAILED when the folder cannot be made; from `take`, when mkfifo fails
 */
export function openPipeFactory(mkfifo: string, parent: string, owner?: PipeOwner): PipeFactory {
  const folder = openFolder(parent);
  const ready: string[] = [];
  let made = 0;
  let closed = false;
  const make = async (count: number): Promise<void> => {
    const paths = Array.from({ length: count }, () => join(folder, String(made++)));
    await makeFifos(mkfifo, paths);
    ready.push(...paths);
  };
  let refill: NodeJS.Timeout | undefined;
  const makeAhead = (delayMs: number): void => {
    if (closed || refill !== undefined || ready.length >= READY_AHEAD / 2) return;
    refill = setTimeout(() => {
      refill = undefined;
      // A failure here shows again, loudly, at the next take.
      if (!closed) make(READY_AHEAD).catch(() => undefined);
    }, delayMs).unref();
  };
  makeAhead(0);
  return {
    take: async (count) => {
      while (ready.length < count) await make(Math.max(count, READY_AHEAD));
      const taken = ready.splice(0, count);
      makeAhead(REFILL_DELAY_MS);
      return taken.map((path) => (own: OwnEnd) => openPipe(path, own, owner));
    },
    close: () => {
      closed = true;
      clearTimeout(refill);
      removeFolder(folder);
    },
  };
}
