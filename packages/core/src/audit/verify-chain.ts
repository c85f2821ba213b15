// Verifies a chain one event at a time in constant memory. In: cursor and the next event with its stored hash (or an export line).
// Out: the next cursor, or the sequence number at which the chain is broken and how. Used by the nightly check and by `dd0c verify-audit`.
import { canonicalJson } from "../canonical-json.ts";
import { type Sha256, utf8Bytes } from "../utf8.ts";
import { type AuditEvent, type ChainHead, emptyHead, hashCanonical } from "./envelope.ts";

/**
 * malformed: no event, or not in canonical form. changed: its content does not give its hash. foreign_chain: of another chain.
 * gap: events before it are missing. duplicated: the event before once more. reordered: it belongs further up.
 * wrong_prev_hash: it follows another event than the one before it.
 */
export type ChainFault =
  | "malformed"
  | "unsupported_version"
  | "changed"
  | "foreign_chain"
  | "gap"
  | "duplicated"
  | "reordered"
  | "wrong_prev_hash";

export type ChainStep =
  | { readonly ok: true; readonly head: ChainHead }
  | {
      readonly ok: false;
      readonly fault: ChainFault /** The sequence number that was due. */;
      readonly expectedSeq: number;
      readonly foundSeq: number | null;
    };

/**
 * Checks the event that comes next.
 * @param head where the chain stands: `emptyHead(chain)` for a whole chain, or a head known from a checkpoint
 */
export function verifyNext(head: ChainHead, event: AuditEvent, hash: string, sha256: Sha256): ChainStep {
  return verifyCanonical(head, event, hashCanonical(event.prev_hash, canonicalJson(event), sha256), hash);
}

function verifyCanonical(head: ChainHead, event: AuditEvent, computed: string, hash: string): ChainStep {
  const expectedSeq = head.seq + 1;
  const fault = versionFault(event) ?? (computed === hash ? null : "changed") ?? orderFault(head, event);
  return fault === null
    ? { ok: true, head: { chain: head.chain, seq: event.seq, hash } }
    : { ok: false, fault, expectedSeq, foundSeq: event.seq };
}

function versionFault(event: AuditEvent): ChainFault | null {
  const version: number = event.hash_version;
  return version === 1 ? null : "unsupported_version";
}

function orderFault(head: ChainHead, event: AuditEvent): ChainFault | null {
  if (event.chain !== head.chain) return "foreign_chain";
  if (event.seq > head.seq + 1) return "gap";
  if (event.seq === head.seq) return "duplicated";
  if (event.seq < head.seq) return "reordered";
  return event.prev_hash === head.hash ? null : "wrong_prev_hash";
}

const linePrefix = '{"event":';
const hashPrefix = ',"hash":"';
const hashSuffix = '"}';
const hashLength = 64;
const suffixLength = hashPrefix.length + hashLength + hashSuffix.length;

/** One line of an export, without its newline. Canonical, so that a line has one spelling. */
export function exportLine(event: AuditEvent, hash: string): string {
  return `${linePrefix}${canonicalJson(event)},"hash":"${hash}"}`;
}

/**
 * Checks the export line that comes next. The hash is taken over the characters of the line as they stand: they must be the canonical ones.
 * @param head null before the first line of an export: the line then names the chain, which must start with event 1
 */
export function verifyLine(head: ChainHead | null, line: string, sha256: Sha256): ChainStep {
  const read = readExportLine(line);
  if (read === null) return { ok: false, fault: "malformed", expectedSeq: (head?.seq ?? 0) + 1, foundSeq: null };
  return verifyRead(head, read, (text) => sha256(utf8Bytes(text)));
}

/** A line of an export, taken apart. */
export interface ExportedEvent {
  readonly event: AuditEvent;
  /** The characters that are hashed. */
  readonly canonical: string;
  readonly hash: string;
}

/** The same for a line that was read already. @param sha256Text the hash over a text's UTF-8 bytes: whoever has it natively saves a copy */
export function verifyRead(head: ChainHead | null, read: ExportedEvent, sha256Text: (text: string) => string): ChainStep {
  const { event, canonical, hash } = read;
  return verifyCanonical(head ?? emptyHead(event.chain), event, sha256Text(event.prev_hash + canonical), hash);
}

/** The event, the characters that are hashed and the stored hash, or null if the line is none. Says nothing about their truth. */
export function readExportLine(line: string): ExportedEvent | null {
  const end = line.length - suffixLength;
  if (!line.startsWith(linePrefix) || !line.startsWith(hashPrefix, end) || !line.endsWith(hashSuffix)) return null;
  const canonical = line.slice(linePrefix.length, end);
  const event = parseEvent(canonical);
  return event === null ? null : { event, canonical, hash: line.slice(-hashLength - hashSuffix.length, -hashSuffix.length) };
}

function parseEvent(text: string): AuditEvent | null {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return null;
  }
  return isEvent(value) ? value : null;
}

/** The fields that order and hash an event; the others are the reader's business. */
function isEvent(value: unknown): value is AuditEvent {
  if (typeof value !== "object" || value === null) return false;
  const { chain, seq, prev_hash } = value as Partial<Readonly<Record<keyof AuditEvent, unknown>>>;
  return typeof chain === "string" && Number.isSafeInteger(seq) && typeof prev_hash === "string";
}
