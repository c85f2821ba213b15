// The HOME of commands: empty but for what the host's owner puts there, with folders in which clients may keep copies and scratch files.
// In: its path and the account of the commands. Out: the folders. With an account of their own, commands can write to those folders alone,
// so that none leaves a start file for the next. It must never follow a link that a command may have left: it runs with root's rights then.

import { chmodSync, chownSync, lstatSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ExecutorError } from "./executor-error.ts";

export const TEMPORARY_FOLDER = ".dd0c-tmp";

/** Below HOME; in the sandbox each is empty, writable and gone afterwards. */
export const SCRATCH_FOLDERS: readonly string[] = [".cache", ".kube/cache", ".aws/cli/cache", TEMPORARY_FOLDER];

/** Empty: curl falls back to other places when CURL_HOME has none. */
export const START_FILE = ".curlrc";

export interface HomeOwner {
  readonly uid: number;
  readonly gid: number;
}

/**
 * Makes the folder. What the host's owner put there stays.
 * @param owner the account of the commands, where it is another than ours
 * @throws EXECUTOR_SETUP_FAILED
 */
export function prepareHome(home: string, owner?: HomeOwner): void {
  try {
    const ours = process.getuid?.() ?? 0;
    mkdirSync(home, { recursive: true, mode: 0o700 });
    // First the folder itself: from here on nobody else can put a link in the way.
    if (owner !== undefined) give(home, ours, owner.gid, 0o750);
    rmSync(join(home, START_FILE), { force: true });
    writeFileSync(join(home, START_FILE), "", { mode: 0o600, flag: "wx" });
    if (owner !== undefined) give(join(home, START_FILE), ours, owner.gid, 0o640);
    for (const path of SCRATCH_FOLDERS) makeScratch(home, path, ours, owner);
  } catch (error) {
    throw new ExecutorError("EXECUTOR_SETUP_FAILED", "the private home folder cannot be prepared", error);
  }
}

/** The last folder of the path belongs to the commands, those on the way to it do not. */
function makeScratch(home: string, path: string, ours: number, owner: HomeOwner | undefined): void {
  const names = path.split("/");
  names.forEach((_, index) => {
    const folder = join(home, ...names.slice(0, index + 1));
    makeFolder(folder);
    if (owner === undefined) return;
    if (index === names.length - 1) give(folder, owner.uid, owner.gid, 0o700);
    else give(folder, ours, owner.gid, 0o750);
  });
}

function makeFolder(folder: string): void {
  if (lstatSync(folder, { throwIfNoEntry: false }) === undefined) mkdirSync(folder, { mode: 0o700 });
  if (!lstatSync(folder).isDirectory()) throw new Error("not a folder");
}

function give(path: string, uid: number, gid: number, mode: number): void {
  chownSync(path, uid, gid);
  chmodSync(path, mode);
}
