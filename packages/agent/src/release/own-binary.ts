// The file that this program is, where it is a release: one executable that ends with a signature over everything in front of it.
// In: the running executable. Out: its SHA-256, or a refusal to start. A program that runs from its sources has no such file.
// It finds what was changed by accident or after the release; whoever can also replace the key in the file is found by its hash, which the
// server knows from the release (docs/release.md).

import { createHash, createPublicKey, verify } from "node:crypto";
import { closeSync, fstatSync, openSync, readSync } from "node:fs";
import { getAsset, isSea } from "node:sea";
import { AppError } from "@dd0c/core";
import { patternVersion } from "@dd0c/scanner";
import { agentVersion } from "../version.ts";
import { releaseMark, releaseStatement, signatureBytes } from "./release-trailer.ts";

export interface OwnBinary {
  /** Of the whole file, signature included, in lower-case hexadecimal. */
  readonly sha256: string;
}

const blockBytes = 1 << 20;

/** Linux says which file this process runs, whatever name it was started under and whatever lies there now. */
const selfFile = "/proc/self/exe";

let known: OwnBinary | undefined;

/**
 * Checks the file this program runs from, once.
 * @returns undefined where it is no release
 * @throws AppError BINARY_INTEGRITY_FAILED
 */
export function ownBinary(): OwnBinary | undefined {
  if (!isSea()) return undefined;
  known ??= checkBinary(selfFile, getAsset("release-key", "utf8"));
  return known;
}

/** @param keyPem the public key of the release, PEM @throws AppError BINARY_INTEGRITY_FAILED */
export function checkBinary(file: string, keyPem: string): OwnBinary {
  const handle = openSync(file, "r");
  try {
    const trailerBytes = releaseMark.length + signatureBytes;
    const contentBytes = fstatSync(handle).size - trailerBytes;
    const trailer = Buffer.alloc(trailerBytes);
    const read = contentBytes > 0 ? readSync(handle, trailer, 0, trailerBytes, contentBytes) : 0;
    const hash = createHash("sha256");
    hashUpTo(handle, contentBytes, hash);
    const content = hash.copy().digest("hex");
    const signature = trailer.subarray(releaseMark.length);
    const isSigned =
      read === trailerBytes &&
      trailer.subarray(0, releaseMark.length).equals(releaseMark) &&
      verify(null, releaseStatement(content), createPublicKey(keyPem), signature);
    if (!isSigned) throw new AppError("BINARY_INTEGRITY_FAILED", "This file is not as it was released. Install the agent again.");
    return { sha256: hash.update(trailer).digest("hex") };
  } finally {
    closeSync(handle);
  }
}

function hashUpTo(handle: number, end: number, hash: ReturnType<typeof createHash>): void {
  const block = Buffer.alloc(blockBytes);
  for (let at = 0; at < end; ) {
    const read = readSync(handle, block, 0, Math.min(blockBytes, end - at), at);
    if (read === 0) return;
    hash.update(block.subarray(0, read));
    at += read;
  }
}

/** The SQL parser, where it travels inside the executable. */
export function bundledSqlParser(): Uint8Array | undefined {
  return isSea() ? new Uint8Array(getAsset("libpg-query.wasm")) : undefined;
}

/** What `--version` prints. */
export function describeBinary(binary: OwnBinary | undefined): string {
  return `dd0c-agent ${agentVersion}\npatterns ${patternVersion}\nsha256 ${binary?.sha256 ?? "none: not a release"}\n`;
}
