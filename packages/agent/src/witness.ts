// The agent as a witness of its tenant's audit chain: keeps every checkpoint that the server hands it in a file that only grows.
// In: signed checkpoints. Out: what it keeps, and an alarm when one contradicts what was kept. It never forgets a head to please a server.

import {
  closeSync,
  existsSync,
  fstatSync,
  fsyncSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  readFileSync,
  readSync,
  truncateSync,
  writeSync,
} from "node:fs";
import { join } from "node:path";
import { type Checkpoint, readCheckpoint, readCheckpointLine, signedLine } from "@dd0c/core";
import type { SignedDocument } from "@dd0c/protocol/agent";
import type { Log } from "./log.ts";
import type { ReadSigned } from "./signed-documents.ts";

/**
 * lower_count: the chain is shorter than it was, or was begun anew. other_hash: another event stands where one was seen. not_signed: not by a key of
 * ours, or not about our tenant. not_kept: the file cannot be read or written.
 */
export type WitnessAlarm = "lower_count" | "other_hash" | "not_signed" | "not_kept";

export interface WitnessOptions {
  /** The agent's data folder; holds `witness.jsonl` and, after a contradiction, `witness-alarms.jsonl`. */
  readonly folder: string;
  readonly tenantId: string;
  readonly readSigned: ReadSigned;
  readonly log: Log;
}

export interface WitnessedHead {
  readonly count: number;
  readonly head: string;
  readonly alarm: string;
  /** As it was signed; undefined before the first. */
  readonly newest: SignedDocument | undefined;
}

export interface Witness {
  offer(document: SignedDocument): void;
  /** What goes into heartbeats; undefined before the first checkpoint. */
  state(): WitnessedHead | undefined;
  /** When the newest kept checkpoint was taken, by the server that signed it; 0 before the first. */
  newestMs(): number;
}

type KeptHead = Pick<Checkpoint, "count" | "head">;
type Kept = { readonly checkpoint: Checkpoint; readonly document: SignedDocument };

/** Opens the files. Reads the newest head; never throws: a witness that cannot write says so and the agent works on. */
export function openWitness({ folder, tenantId, readSigned, log }: WitnessOptions): Witness {
  const file = join(folder, "witness.jsonl");
  const alarmFile = join(folder, "witness-alarms.jsonl");
  const seen = new Set<string>();
  let alarm: WitnessAlarm | "" = "";
  let last: Kept | undefined;

  const raise = (what: WitnessAlarm, offered?: Checkpoint): void => {
    alarm = what;
    const line = JSON.stringify({ alarm: what, offered: offered ?? null, kept: last?.checkpoint ?? null });
    if (seen.has(line)) return;
    seen.add(line);
    log("error", "witness_alarm", { alarm: what, offeredCount: offered?.count ?? 0, keptCount: last?.checkpoint.count ?? 0 });
    try {
      appendLine(alarmFile, line);
    } catch {
      log("error", "witness_alarm_not_kept", { alarm: what });
    }
  };
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    alarm = earlierAlarm(alarmFile);
    last = newestKept(file, tenantId);
  } catch {
    raise("not_kept");
  }
  return {
    offer(document) {
      const text = readSigned(document);
      const offered = text === null ? null : readCheckpoint(text);
      if (offered === null || offered.chain !== tenantId) return raise("not_signed");
      const contradiction = last === undefined || offered.count > last.checkpoint.count ? null : contradictionOf(offered, last.checkpoint);
      if (contradiction !== null) return raise(contradiction, offered);
      if (offered.count === last?.checkpoint.count) return;
      try {
        appendLine(file, signedLine(offered, Buffer.from(document.signature).toString("base64")));
        last = { checkpoint: offered, document };
      } catch {
        raise("not_kept", offered);
      }
    },
    newestMs: () => (last === undefined ? 0 : Date.parse(last.checkpoint.taken_at)),
    state: () => {
      if (last === undefined) return alarm === "" ? undefined : { count: 0, head: "", alarm, newest: undefined };
      return { count: last.checkpoint.count, head: last.checkpoint.head, alarm, newest: last.document };
    },
  };
}

/** For a head that is not beyond the newest one. Null: it is the newest one. */
function contradictionOf(offered: KeptHead, last: KeptHead): WitnessAlarm | null {
  if (offered.count < last.count) return "lower_count";
  return offered.head === last.head ? null : "other_hash";
}

const tailBytes = 64 * 1024;

/**
 * The newest head of a file of any size. A last line without its end was cut by a crash before anybody relied on it: it is removed.
 * @throws when what is there is none
 */
function newestKept(file: string, tenantId: string): Kept | undefined {
  if (!existsSync(file)) return undefined;
  const { text, start } = tailOf(file);
  const end = text.lastIndexOf("\n") + 1;
  if (end < text.length) truncateSync(file, start + end);
  const line = text.slice(0, end).split("\n").at(-2);
  if (line === undefined) return undefined;
  const kept = readCheckpointLine(line);
  if (kept?.statement.chain !== tenantId) throw new Error("the witness file is damaged");
  const { statement, signature } = kept;
  const document = { payload: Buffer.from(kept.text), signature: Buffer.from(signature, "base64"), keyId: statement.key_id };
  return { checkpoint: statement, document };
}

/** The last bytes as text and where they start; all that is written there is ASCII. */
function tailOf(file: string): { readonly text: string; readonly start: number } {
  const handle = openSync(file, "r");
  try {
    const start = Math.max(0, fstatSync(handle).size - tailBytes);
    const buffer = Buffer.alloc(tailBytes);
    return { text: buffer.toString("latin1", 0, readSync(handle, buffer, 0, tailBytes, start)), start };
  } finally {
    closeSync(handle);
  }
}

const alarms: readonly WitnessAlarm[] = ["lower_count", "other_hash", "not_signed", "not_kept"];

/** The newest alarm that no person has put away. */
function earlierAlarm(file: string): WitnessAlarm | "" {
  if (!existsSync(file)) return "";
  const newest = readFileSync(file, "utf8").trimEnd().split("\n").at(-1) ?? "";
  return alarms.find((each) => newest.startsWith(`{"alarm":"${each}"`)) ?? "not_kept";
}

/** The whole line or nothing: a disk without room takes half of one without a word, and what came after it would be lost with it. */
function appendLine(file: string, line: string): void {
  const bytes = Buffer.from(`${line}\n`);
  const handle = openSync(file, "a", 0o600);
  const before = fstatSync(handle).size;
  try {
    if (writeSync(handle, bytes) < bytes.length) throw new Error("there is no room for the line");
    fsyncSync(handle);
  } catch (error) {
    ftruncateSync(handle, before);
    throw error;
  } finally {
    closeSync(handle);
  }
}
