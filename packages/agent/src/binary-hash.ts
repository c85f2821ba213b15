// What program this is, as one SHA-256: the single-file executable itself, or the folder that a bundle runs from.
// Shows drift (another release, a changed file), not malice: whoever runs another program can also say another hash.

import { dirname } from "node:path";
import { isSea } from "node:sea";
import { fileURLToPath } from "node:url";
import { fileHash, folderHash } from "@dd0c/protocol/agent";

let known: string | undefined;

/** Lower-case hexadecimal; read once, at the first call. */
export function binaryHash(): string {
  known ??= isSea() ? fileHash(process.execPath) : folderHash(dirname(fileURLToPath(import.meta.url)));
  return known;
}
