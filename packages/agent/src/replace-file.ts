// Files that are there whole or not at all, whatever crashes: written beside, flushed, renamed, and the folder flushed.

import { closeSync, fsyncSync, openSync, renameSync, writeSync } from "node:fs";
import { dirname } from "node:path";

/** @throws the system's error; the file is then the old one */
export function replaceFile(file: string, text: string): void {
  const handle = openSync(`${file}.new`, "w", 0o600);
  try {
    writeSync(handle, text);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
  renameSync(`${file}.new`, file);
  flushFolder(dirname(file));
}

/** Makes names that were made or removed in a folder survive a power cut. */
export function flushFolder(folder: string): void {
  const handle = openSync(folder, "r");
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}
