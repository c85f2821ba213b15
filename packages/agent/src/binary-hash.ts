// What program this is, as one SHA-256: the released executable itself, or the folder that a bundle runs from.
// Shows drift (another release, a changed file), not malice: whoever runs another program can also say another hash.

import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { folderHash } from "@dd0c/protocol/agent";
import { ownBinary } from "./release/own-binary.ts";

let known: string | undefined;

/** Lower-case hexadecimal; read once, at the first call. */
export function binaryHash(): string {
  known ??= ownBinary()?.sha256 ?? folderHash(dirname(fileURLToPath(import.meta.url)));
  return known;
}
