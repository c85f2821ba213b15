// One SHA-256 for a program that is a folder of files: the agent says it of itself, the server knows it of the agent that it ships with.
// Read in pieces: a program may be larger than an agent may be in memory.

import { createHash, type Hash } from "node:crypto";
import { closeSync, openSync, readdirSync, readSync, statSync } from "node:fs";
import { join } from "node:path";

const pieceBytes = 64 << 10;

/** Code, what V8 made of it, and what travels with it; tests beside sources are no part of a program. */
const isPart = (name: string): boolean => /\.(?:[cm]?js|compiled|ts|wasm)$/.test(name) && !name.endsWith(".test.ts");

function addFile(hash: Hash, file: string): void {
  const handle = openSync(file, "r");
  const piece = Buffer.alloc(pieceBytes);
  try {
    for (let read = readSync(handle, piece); read > 0; read = readSync(handle, piece)) hash.update(piece.subarray(0, read));
  } finally {
    closeSync(handle);
  }
}

/** SHA-256, lower-case hexadecimal, over names and contents of the parts of a folder, in the order of their names; folders in it do not count. */
export function folderHash(folder: string): string {
  const hash = createHash("sha256");
  for (const name of readdirSync(folder).filter(isPart).sort()) {
    const file = join(folder, name);
    hash.update(`${name}\0${statSync(file).size}\0`);
    addFile(hash, file);
  }
  return hash.digest("hex");
}
