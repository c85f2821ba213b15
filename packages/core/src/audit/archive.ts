// An archive holds one stretch of a chain, as the lines of an export: keys, events with their checkpoints, and a signed statement that says where
// it begins and ends. Lines go in, a verdict comes out; and the columns that stand beside each line, so that an archive can be searched.
// An archive that was cut, joined or changed anywhere does not verify; one that follows another begins at that one's head.
import { isCount, isHash, isOneOf, isText, readSigned, type Shape } from "../execution/signed-shape.ts";
import { canonicalJson } from "../canonical-json.ts";
import { isKeyId, readCheckpointLine, type SignedStatement, splitLine } from "./checkpoint.ts";
import type { ChainHead } from "./envelope.ts";
import { emptyExport, type ExportFault, type ExportState, type ExportTools, verifyExportLine } from "./verify-export.ts";
import { readExportLine } from "./verify-chain.ts";

/** The last line of an archive. */
export interface ArchiveStatement {
  readonly kind: "dd0c.audit-archive.v1";
  readonly chain: string;
  /** Number of the first event. */
  readonly first: number;
  /** Hash of the event before it; 64 zeros for event 1. */
  readonly prev: string;
  /** Number of the last event. */
  readonly count: number;
  readonly head: string;
  /** Number of checkpoints in the archive. */
  readonly checkpoints: number;
  readonly key_id: string;
}

const statementShape: Shape<ArchiveStatement> = {
  kind: isOneOf("dd0c.audit-archive.v1"),
  chain: isText,
  first: isCount,
  prev: isHash,
  count: isCount,
  head: isHash,
  checkpoints: isCount,
  key_id: isKeyId,
};

/** The text that is signed. */
export function archiveText(statement: ArchiveStatement): string {
  return canonicalJson(statement);
}

/** @param signature base64 of 64 bytes */
export function archiveLine(statement: ArchiveStatement, signature: string): string {
  return `{"archive":${archiveText(statement)},"signature":"${signature}"}`;
}

function readArchiveLine(line: string): SignedStatement<ArchiveStatement> | null {
  const split = splitLine(line, "archive");
  const statement = split === null ? null : readSigned(split.text, statementShape);
  return split === null || statement === null ? null : { statement, ...split };
}

export interface ArchiveState {
  readonly inner: ExportState;
  /** The head that the first event follows; null before it. */
  readonly start: ChainHead | null;
  readonly closed: boolean;
}

export const emptyArchive: ArchiveState = { inner: emptyExport, start: null, closed: false };

interface Broken {
  readonly ok: false;
  readonly fault: ExportFault;
  readonly expectedSeq: number;
  readonly foundSeq: number | null;
}

export type ArchiveStep = { readonly ok: true; readonly state: ArchiveState } | Broken;

const seqOf = ({ inner }: ArchiveState): number => inner.head?.seq ?? 0;

const broken = (fault: ExportFault, expectedSeq: number, foundSeq: number | null = null): Broken => ({
  ok: false,
  fault,
  expectedSeq,
  foundSeq,
});

/** Checks the line that comes next; without its newline. */
export function verifyArchiveLine(state: ArchiveState, line: string, tools: ExportTools): ArchiveStep {
  if (state.closed) return broken("after_end", seqOf(state) + 1);
  if (line.startsWith('{"archive":')) return takeStatement(state, line, tools);
  if (line.startsWith('{"export":')) return broken("malformed", seqOf(state) + 1);
  const opened = state.start === null ? opening(state, line) : state;
  const step = verifyExportLine(opened.inner, line, tools);
  return step.ok ? { ok: true, state: { ...opened, inner: step.state } } : step;
}

/** The first event says what it follows; the closing statement must say the same. */
function opening(state: ArchiveState, line: string): ArchiveState {
  const event = readExportLine(line)?.event;
  if (event === undefined) return state;
  const start = { chain: event.chain, seq: event.seq - 1, hash: event.prev_hash };
  return { ...state, start, inner: { ...state.inner, head: start, covered: start.seq } };
}

function takeStatement(state: ArchiveState, line: string, tools: ExportTools): ArchiveStep {
  const signed = readArchiveLine(line);
  const seq = seqOf(state);
  if (signed === null || state.start === null) return broken("malformed", seq + 1);
  const key = state.inner.keys.get(signed.statement.key_id);
  if (key === undefined) return broken("unknown_key", seq);
  if (!tools.isSignedBy(key, signed.text, signed.signature)) return broken("forged_statement", seq);
  const fault = statementFault(signed.statement, state, state.start);
  return fault === null ? { ok: true, state: { ...state, closed: true } } : broken(fault, seq, signed.statement.count);
}

function statementFault({ chain, first, prev, ...end }: ArchiveStatement, { inner }: ArchiveState, start: ChainHead): ExportFault | null {
  if (chain !== start.chain) return "foreign_chain";
  if (first !== start.seq + 1) return "gap";
  if (prev !== start.hash || (first === 1 && prev !== "0".repeat(64))) return "wrong_prev_hash";
  if (end.count !== inner.head?.seq) return "cut_tail";
  if (end.head !== inner.head.hash) return "other_head";
  return end.checkpoints === inner.checkpoints ? null : "missing_checkpoint";
}

/** Whether the archive may end here. */
export function verifyArchiveEnd(state: ArchiveState): ArchiveStep {
  return state.closed ? { ok: true, state } : broken("cut_tail", seqOf(state) + 1);
}

/** One row of an archive: a line, and what it is about. */
export interface ArchiveRow {
  readonly kind: "key" | "event" | "checkpoint" | "archive";
  /** Number of the event, or of events that a checkpoint covers; 0 for others. */
  readonly seq: number;
  readonly event_type: string | null;
  readonly recorded_at: string | null;
  readonly execution_id: string | null;
  readonly runbook_id: string | null;
  readonly actor_id: string | null;
  readonly line: string;
}

const nothingElse = { event_type: null, recorded_at: null, execution_id: null, runbook_id: null, actor_id: null };

/** What the columns beside a line must say; nothing about whether the line holds. */
export function archiveRow(line: string): ArchiveRow {
  const event = readExportLine(line)?.event;
  if (event !== undefined) {
    const { seq, type, recorded_at, execution, runbook, actor } = event;
    return { kind: "event", seq, event_type: type, recorded_at, execution_id: execution, runbook_id: runbook, actor_id: actor.id, line };
  }
  const checkpoint = readCheckpointLine(line)?.statement;
  if (checkpoint !== undefined)
    return { ...nothingElse, kind: "checkpoint", seq: checkpoint.count, recorded_at: checkpoint.taken_at, line };
  return { ...nothingElse, kind: line.startsWith('{"key":') ? "key" : "archive", seq: 0, line };
}
