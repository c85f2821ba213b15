// Verifies a signed export one line at a time in constant memory: keys, events with the checkpoints among them, and the closing statement.
// Also the unsigned record of a walk in a terminal. Out: the next state, or what is broken and at which event. Trusts the keys that the export names: whose they are is the caller's question.
import { checkpointEvery, readCheckpointLine, readKeyLine, readStatementLine } from "./checkpoint.ts";
import type { ChainHead } from "./envelope.ts";
import { type ChainFault, readExportLine, verifyRead } from "./verify-chain.ts";

/**
 * Beside the faults of a chain. unsigned: no key before the first event of a server's chain. key_invalid: a key is none, or not of its id. unknown_key: signed by a
 * key that the export does not name. forged_checkpoint, forged_statement: the signature is not of these words. other_head: signed for another hash.
 * misplaced_checkpoint: signed for another number of events. missing_checkpoint: one that must be there is not. cut_tail: the end is missing.
 * after_end: lines follow the closing statement.
 */
export type ExportFault =
  | ChainFault
  | "unsigned"
  | "key_invalid"
  | "unknown_key"
  | "forged_checkpoint"
  | "forged_statement"
  | "other_head"
  | "misplaced_checkpoint"
  | "missing_checkpoint"
  | "cut_tail"
  | "after_end";

/** The world's part: hashes and signatures. */
export interface ExportTools {
  /** SHA-256 of a text's UTF-8 bytes, lower-case hexadecimal. */
  readonly sha256Text: (text: string) => string;
  /** Id of an Ed25519 public key (SPKI DER, base64), or null for what is none. */
  readonly keyIdOf: (publicKey: string) => string | null;
  /** True only if `signature` (base64) is of exactly this text by this key. */
  readonly isSignedBy: (publicKey: string, text: string, signature: string) => boolean;
}

export interface ExportState {
  /** Null before the first event. */
  readonly head: ChainHead | null;
  /** Id -> public key. */
  readonly keys: ReadonlyMap<string, string>;
  readonly checkpoints: number;
  /** Number of events that the last checkpoint covers. */
  readonly covered: number;
  /** The closing statement was read and agrees. */
  readonly closed: boolean;
}

interface Broken {
  readonly ok: false;
  readonly fault: ExportFault;
  readonly expectedSeq: number;
  readonly foundSeq: number | null;
}

export type ExportStep = { readonly ok: true; readonly state: ExportState } | Broken;

export const emptyExport: ExportState = { head: null, keys: new Map(), checkpoints: 0, covered: 0, closed: false };

const maxKeys = 100;

/** The chain of a walk in a terminal: its record is signed by nobody. A server's chains are named after tenants, whose ids are UUIDs. */
export const localChain = "local";

/** A record may end anywhere and has no checkpoints: its chain shows changes inside it, nothing more. */
const isLocalRecord = ({ head, keys }: ExportState): boolean => keys.size === 0 && head?.chain === localChain;

const seqOf = (state: ExportState): number => state.head?.seq ?? 0;

const broken = (fault: ExportFault, expectedSeq: number, foundSeq: number | null = null): Broken => ({
  ok: false,
  fault,
  expectedSeq,
  foundSeq,
});

/** A checkpoint is due here and has not come: whatever else comes next, it is missing. */
const lacksCheckpoint = (state: ExportState): boolean => {
  const seq = seqOf(state);
  return seq > 0 && seq % checkpointEvery === 0 && state.covered !== seq && !isLocalRecord(state);
};

/** Checks the line that comes next; without its newline. */
export function verifyExportLine(state: ExportState, line: string, tools: ExportTools): ExportStep {
  if (state.closed) return broken("after_end", seqOf(state) + 1);
  if (line.startsWith('{"checkpoint":')) return takeCheckpoint(state, line, tools);
  if (lacksCheckpoint(state)) return broken("missing_checkpoint", seqOf(state));
  if (line.startsWith('{"export":')) return takeStatement(state, line, tools);
  if (line.startsWith('{"key":')) return takeKey(state, line, tools);
  return takeEvent(state, line, tools);
}

/** Whether the export may end here. */
export function verifyExportEnd(state: ExportState): ExportStep {
  if (state.closed || isLocalRecord(state)) return { ok: true, state };
  if (lacksCheckpoint(state)) return broken("missing_checkpoint", seqOf(state));
  return broken("cut_tail", seqOf(state) + 1);
}

function takeEvent(state: ExportState, line: string, tools: ExportTools): ExportStep {
  const read = readExportLine(line);
  if (read === null) return broken("malformed", seqOf(state) + 1);
  if (state.keys.size === 0 && read.event.chain !== localChain) return broken("unsigned", seqOf(state) + 1);
  const step = verifyRead(state.head, read, tools.sha256Text);
  return step.ok ? { ok: true, state: { ...state, head: step.head } } : step;
}

function takeKey(state: ExportState, line: string, tools: ExportTools): ExportStep {
  const key = readKeyLine(line);
  if (key === null || state.head !== null) return broken("malformed", seqOf(state) + 1);
  if (state.keys.size >= maxKeys || state.keys.has(key.id) || tools.keyIdOf(key.public_key) !== key.id) return broken("key_invalid", 1);
  return { ok: true, state: { ...state, keys: new Map([...state.keys, [key.id, key.public_key]]) } };
}

interface Signed {
  readonly statement: { readonly chain: string; readonly count: number; readonly head: string; readonly key_id: string };
  readonly text: string;
  readonly signature: string;
}

/** Whose words these are, and whether they are about this chain. */
function signatureFault(state: ExportState, signed: Signed, forged: ExportFault, tools: ExportTools): ExportFault | null {
  const key = state.keys.get(signed.statement.key_id);
  if (key === undefined) return "unknown_key";
  if (!tools.isSignedBy(key, signed.text, signed.signature)) return forged;
  return state.head === null || signed.statement.chain === state.head.chain ? null : "foreign_chain";
}

function takeCheckpoint(state: ExportState, line: string, tools: ExportTools): ExportStep {
  const signed = readCheckpointLine(line);
  const seq = seqOf(state);
  if (signed === null) return broken("malformed", seq + 1);
  const { count, head } = signed.statement;
  const fault = signatureFault(state, signed, "forged_checkpoint", tools);
  if (fault !== null) return broken(fault, seq, count);
  if (count !== seq || count === state.covered) return broken("misplaced_checkpoint", seq, count);
  if (head !== state.head?.hash) return broken("other_head", seq, count);
  return { ok: true, state: { ...state, checkpoints: state.checkpoints + 1, covered: count } };
}

function takeStatement(state: ExportState, line: string, tools: ExportTools): ExportStep {
  const signed = readStatementLine(line);
  const seq = seqOf(state);
  if (signed === null) return broken("malformed", seq + 1);
  const { count, head, checkpoints } = signed.statement;
  const fault = signatureFault(state, signed, "forged_statement", tools);
  if (fault !== null) return broken(fault, seq, count);
  if (count !== seq) return broken(count > seq ? "cut_tail" : "forged_statement", seq + 1, count);
  if (head !== state.head?.hash) return broken("other_head", seq, count);
  if (checkpoints !== state.checkpoints || state.covered !== count) return broken("missing_checkpoint", seq);
  return { ok: true, state: { ...state, closed: true } };
}
