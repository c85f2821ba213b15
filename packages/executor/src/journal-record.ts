// One line of the journal: a record, its place in the chain, its hash.
// In: records or lines. Out: lines or records. Pure but for the hash; a line that does not carry the right hash is never a record.

import { createHash } from "node:crypto";
import type { RunResult } from "./run-plan.ts";
import type { SpawnedProcess } from "./spawn-pipeline.ts";

/** What may be written, about one step or about the server. Facts of the caller (digest, grant hash, ...) travel in `detail`: never command text. */
export type JournalEntry =
  | { readonly type: "received"; readonly stepExecutionId: string; readonly detail: Readonly<Record<string, string>> }
  | { readonly type: "refused"; readonly stepExecutionId: string; readonly code: string }
  | { readonly type: "spawning"; readonly stepExecutionId: string }
  | { readonly type: "spawned"; readonly stepExecutionId: string; readonly processes: readonly SpawnedProcess[] }
  /** Output up to here (masked bytes) has been stored or sent. */
  | { readonly type: "output"; readonly stepExecutionId: string; readonly stdoutBytes: number; readonly stderrBytes: number }
  | { readonly type: "finished"; readonly stepExecutionId: string; readonly result: RunResult }
  /** The agent died while the step ran, and nothing of it is alive: nobody knows how it ended. */
  | { readonly type: "outcome_unknown"; readonly stepExecutionId: string }
  /** The server has everything about this step up to `upTo` (a sequence number). */
  | { readonly type: "acknowledged"; readonly stepExecutionId: string; readonly upTo: number }
  /** Something that the server said and that was not believed, or could not be checked. */
  | { readonly type: "noted"; readonly note: string; readonly detail: Readonly<Record<string, string>> };

/** What the journal writes about itself. */
export type JournalNote =
  | { readonly type: "opened"; readonly journalId: string; readonly format: 1 }
  | { readonly type: "tail_cut"; readonly cutBytes: number; readonly cutSha256: string };

export type JournalRecord = (JournalEntry | JournalNote) & {
  /** 1 for the first record, then without a gap. */
  readonly seq: number;
  /** ISO 8601, the agent's clock. */
  readonly at: string;
};

export interface JournalLine {
  readonly record: JournalRecord;
  readonly hash: string;
}

/** `prev` of the first record. */
export const FIRST_HASH = "0".repeat(64);

const HASH_SUFFIX = /,"hash":"([0-9a-f]{64})"\}$/;

function hashOf(prev: string, body: string): string {
  return createHash("sha256").update(prev).update(body).digest("hex");
}

/** The line without its newline, and the hash that the next one continues. */
export function writeLine(record: JournalRecord, prev: string): { readonly line: string; readonly hash: string } {
  const body = JSON.stringify(record);
  const hash = hashOf(prev, body);
  return { line: `${body.slice(0, -1)},"hash":"${hash}"}`, hash };
}

/** "torn": not a whole line of ours. "broken": a whole line, but not what was written here. */
export function readLine(line: string, prev: string, seq: number): JournalLine | "torn" | "broken" {
  const hash = HASH_SUFFIX.exec(line)?.[1];
  if (hash === undefined) return "torn";
  // The hash covers the bytes as they were written, so that reading does not depend on how JSON is spelt.
  const body = line.replace(HASH_SUFFIX, "}");
  if (hashOf(prev, body) !== hash) return "broken";
  const record = JSON.parse(body) as JournalRecord;
  return record.seq === seq ? { record, hash } : "broken";
}

/** The step a record is about; a note is about none. */
export function stepOf(record: JournalRecord): string | undefined {
  return "stepExecutionId" in record ? record.stepExecutionId : undefined;
}
