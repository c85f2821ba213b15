// Files that hold private keys: created whole or not at all, readable by the owner only, refused when others could have read them.

import {
  chmodSync,
  closeSync,
  existsSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readFileSync,
  rmSync,
  statSync,
  writeSync,
} from "node:fs";
import { dirname } from "node:path";
import { AppError } from "@dd0c/core";

/**
 * Reads a private file, or makes it with `create` when it is missing.
 * @param file absolute path; its folder is created 0700.
 * @param create gives the content of a new file.
 * @returns the content that is on disk, also when another process won the race to create it.
 * @throws AppError CONFIG_INVALID when group or others may access the file.
 */
export async function openPrivateFile(file: string, create: () => Promise<string>): Promise<string> {
  if (!existsSync(file)) writeOnce(file, await create());
  const mode = statSync(file).mode & 0o077;
  if (mode !== 0) throw new AppError("CONFIG_INVALID", `${file} is accessible to other users; make it mode 0600 and replace its keys.`);
  return readFileSync(file, "utf8");
}

/** A hard link fails when the name exists already: two creators cannot overwrite each other, and no reader sees half a file. */
function writeOnce(file: string, content: string): void {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  const temporary = `${file}.${process.pid}.new`;
  const handle = openSync(temporary, "w", 0o600);
  try {
    writeSync(handle, content);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
  chmodSync(temporary, 0o600);
  try {
    linkSync(temporary, file);
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "EEXIST")) throw error;
  } finally {
    rmSync(temporary, { force: true });
  }
}
