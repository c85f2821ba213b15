// An agent's journal as a witness: its file goes in, what it says about the server's work comes out. Every line must follow from the one before it;
// only the last may be cut, as a crash leaves it. What the journal means is core's to judge.
import type { AgentRecord, AttemptEnd, WitnessedAttempt, WitnessedNote } from "@dd0c/core";
import { FIRST_HASH, type JournalRecord, readJournalLine } from "@dd0c/executor";
import { lineBlocks } from "./line-blocks.ts";

/** Whether the first line of a file is the first of a journal. */
export const isJournalLine = (line: string): boolean => /^\{"seq":1,"at":"[^"]*","type":"opened",/.test(line);

/** What the records so far say. */
interface Reading {
  readonly attempts: Map<string, WitnessedAttempt>;
  /** Step -> key of its latest attempt: no two of one step are under way at a time. */
  readonly latest: Map<string, string>;
  readonly notes: WitnessedNote[];
}

/** Null for a file that is not what an agent wrote. Throws what the file system throws. */
export function readAgentJournal(file: string): AgentRecord | null {
  const reading: Reading = { attempts: new Map(), latest: new Map(), notes: [] };
  let last: { readonly record: { readonly seq: number; readonly at: string }; readonly hash: string } = {
    record: { seq: 0, at: "" },
    hash: FIRST_HASH,
  };
  let isCut = false;
  for (const lines of lineBlocks(file)) {
    for (const line of lines) {
      const read: ReturnType<typeof readJournalLine> = isCut ? "broken" : readJournalLine(line, last.hash, last.record.seq + 1);
      if (read === "broken") return null;
      isCut = read === "torn";
      if (read === "torn") continue;
      last = read;
      take(reading, read.record);
    }
  }
  return last.record.seq === 0 ? null : { attempts: [...reading.attempts.values()], notes: reading.notes, until: last.record.at };
}

function take({ attempts, latest, notes }: Reading, record: JournalRecord): void {
  if (record.type === "noted") {
    notes.push({ record: record.seq, at: record.at, note: record.note, detail: record.detail });
    return;
  }
  if (!("stepExecutionId" in record)) return;
  const step = record.stepExecutionId;
  if (record.type === "received") {
    const attempt = receivedAttempt(record);
    const key = JSON.stringify([step, attempt.execution, attempt.attempt]);
    latest.set(step, key);
    attempts.set(key, attempt);
    return;
  }
  const key = latest.get(step) ?? "";
  const attempt = attempts.get(key);
  if (attempt !== undefined) attempts.set(key, continued(attempt, record));
}

function continued(attempt: WitnessedAttempt, record: JournalRecord): WitnessedAttempt {
  if (record.type === "acknowledged") return { ...attempt, told: true };
  const end = endOf(record);
  return end === undefined ? attempt : { ...attempt, end, record: record.seq, at: record.at };
}

function receivedAttempt(record: Extract<JournalRecord, { readonly type: "received" }>): WitnessedAttempt {
  const { agent = null, grant = null, executionId = "", attempt = "", digest = "" } = record.detail;
  const { seq, at, stepExecutionId: step } = record;
  const end: AttemptEnd = { kind: "received" };
  return { record: seq, at, agent, execution: executionId, step, attempt: Number(attempt), digest, grant, end, told: false };
}

function endOf(record: JournalRecord): AttemptEnd | undefined {
  switch (record.type) {
    case "refused":
      return { kind: "refused", code: record.code };
    case "spawning":
      return { kind: "started" };
    case "finished": {
      const { exitCode, stdoutSha256, stderrSha256 } = record.result;
      return { kind: "finished", exitCode, stdoutSha256, stderrSha256 };
    }
    case "outcome_unknown":
      return { kind: "unknown" };
    default:
      return undefined;
  }
}
