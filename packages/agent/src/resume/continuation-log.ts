// The chain of what is done under a capsule, on this host's disk: each record signed with the holder's key and flushed before anybody acts
// on it. In: commands. Out: lines of a continuation file. An earlier walk's records are read again and must be one chain of the same key.

import { createHash, createPublicKey, verify } from "node:crypto";
import { appendFileSync, existsSync, fsyncSync, openSync, closeSync, readFileSync, truncateSync } from "node:fs";
import {
  AppError,
  capsuleBytes,
  type ContinuationRecord,
  continuationBytes,
  isOneChain,
  parseCapsule,
  parseContinuation,
} from "@dd0c/core";
import { readContinuationFile, type RecoveryKey, type SignedDocument, writeContinuationFile } from "@dd0c/protocol/agent";
import type { CapsuleStore, SignedCapsule } from "../capsule-store.ts";
import { replaceFile } from "../replace-file.ts";
import type { ReadSigned } from "../signed-documents.ts";

type Entry = Pick<ContinuationRecord, "at" | "by" | "command">;

export interface ContinuationLog {
  /** What the records stand on: the capsule that the first walk began with. */
  readonly capsule: SignedCapsule["capsule"];
  readonly known: readonly ContinuationRecord[];
  next(entry: Entry): ContinuationRecord;
  /** On the disk when it returns. */
  append(record: ContinuationRecord): void;
}

export const sha256 = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex");

interface Found {
  readonly capsule: SignedCapsule["capsule"];
  readonly records: readonly ContinuationRecord[];
}

function readFound(text: string, key: RecoveryKey, readSigned: ReadSigned): Found {
  const file = readContinuationFile(text);
  const signed = file === undefined ? null : readSigned(file.capsule);
  const capsule = signed === null ? null : parseCapsule(signed);
  const records = (file?.records ?? []).map((document) => readRecord(document, key));
  const whole = records.filter((record) => record !== null);
  if (capsule === null || whole.length !== records.length || !isOneChain(capsule, whole, sha256)) throw new AppError("CAPSULE_INVALID");
  return { capsule, records: whole };
}

function readRecord({ payload, signature }: SignedDocument, key: RecoveryKey): ContinuationRecord | null {
  const holder = createPublicKey({ key: key.spkiDer, format: "der", type: "spki" });
  return verify(null, payload, holder, signature) ? parseContinuation(Buffer.from(payload).toString("utf8")) : null;
}

/**
 * Opens what was done under this capsule so far, or begins.
 * @throws AppError CAPSULE_INVALID for records that are not one chain of this key
 */
export function openContinuationLog(store: CapsuleStore, signed: SignedCapsule, key: RecoveryKey, readSigned: ReadSigned): ContinuationLog {
  const file = store.continuationFile(signed.capsule.id);
  if (!existsSync(file)) replaceFile(file, writeContinuationFile([signed.document]));
  const text = readFileSync(file, "utf8");
  // A crash can have left half a line behind.
  truncateSync(file, Buffer.byteLength(text.slice(0, text.lastIndexOf("\n") + 1)));
  const { capsule, records: known } = readFound(text, key, readSigned);
  const hash = sha256(capsuleBytes(capsule));
  let { length } = known;
  const last = known.at(-1);
  let prev = last === undefined ? hash : sha256(continuationBytes(last));
  let at = last?.at ?? 0;
  return {
    capsule,
    known,
    // The clock of a host may step back; the order of what was done does not.
    next: (entry) => ({ kind: "dd0c.continuation.v1", capsule: hash, n: length + 1, prev, ...entry, at: Math.max(at, entry.at) }),
    append(record) {
      const payload = Buffer.from(continuationBytes(record));
      appendFlushed(file, writeContinuationFile([{ keyId: key.id, payload, signature: key.sign(payload) }]));
      length = record.n;
      prev = sha256(payload);
      at = record.at;
    },
  };
}

function appendFlushed(file: string, line: string): void {
  const handle = openSync(file, "a", 0o600);
  try {
    appendFileSync(handle, line);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}
