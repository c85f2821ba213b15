// One owner per journal folder, held by the kernel: the lock ends with the process that holds it, however it dies.
// In: a folder. Out: an open lock file. It must never guess from a pid in a file whether the owner is alive.

import { spawnSync } from "node:child_process";
import { closeSync, openSync } from "node:fs";
import { join } from "node:path";
import { ExecutorError } from "./executor-error.ts";
import { resolveProgram } from "./resolve-program.ts";

const HELD_BY_ANOTHER = 1;

/**
 * Takes the lock without waiting. flock(1) locks the open file that it shares with us, so that the lock stays ours when it exits.
 * @returns a function that gives the lock back
 * @throws JOURNAL_LOCKED: another process owns the folder; JOURNAL_LOCK_UNAVAILABLE: no flock(1) here, or the file cannot be locked
 */
export function lockJournal(folder: string): () => void {
  const flock = resolveProgram("flock", ["/usr/bin", "/bin"]);
  if (flock.kind === "refused")
    throw new ExecutorError("JOURNAL_LOCK_UNAVAILABLE", "flock (util-linux or busybox) is needed to lock the journal");
  const fd = openSync(join(folder, "lock"), "a", 0o600);
  const { status } = spawnSync(flock.path, ["-x", "-n", "3"], { stdio: ["ignore", "ignore", "ignore", fd], env: {} });
  if (status === 0) return () => closeSync(fd);
  closeSync(fd);
  if (status === HELD_BY_ANOTHER) throw new ExecutorError("JOURNAL_LOCKED", "another process owns this journal");
  throw new ExecutorError("JOURNAL_LOCK_UNAVAILABLE", "the journal's lock file cannot be locked");
}
