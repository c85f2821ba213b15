// The audit envelope: what every recorded event looks like and how it is hashed. Fixed from the first migration, because the chain hashes it.
// A draft and the chain's head go in; the sealed event with its hash, and the new head, come out. Fields are only ever added.
import { canonicalJson } from "../canonical-json.ts";
import type { Actor } from "../trust/actor.ts";
import { type Sha256, utf8Bytes } from "../utf8.ts";
import type { AuditEventType } from "./event-types.ts";

/** What the caller knows. Times are ISO 8601 in UTC with milliseconds. */
export interface AuditDraft {
  readonly type: AuditEventType;
  /** Version of the shape of `data` for this type. */
  readonly schema_version: number;
  /** Null on the system chain. */
  readonly tenant: string | null;
  readonly execution: string | null;
  readonly step_execution: string | null;
  readonly runbook: string | null;
  readonly actor: Actor;
  readonly occurred_at: string;
  readonly recorded_at: string;
  /** Recorded after the fact, from an agent's journal or after a panic. */
  readonly late: boolean;
  readonly source_ip: string | null;
  /** Plain JSON; hashed as plain text, encrypted at rest by whoever stores it. */
  readonly data: Readonly<Record<string, unknown>>;
}

/** As it stands in the chain. */
export interface AuditEvent extends AuditDraft {
  readonly hash_version: 1;
  /** The tenant's id, or "system". */
  readonly chain: string;
  /** 1, 2, 3, ... per chain without gaps. */
  readonly seq: number;
  /** Hash of the event before; 64 zeros for the first. */
  readonly prev_hash: string;
}

/** The end of a chain. */
export interface ChainHead {
  readonly chain: string;
  /** Number of events so far. */
  readonly seq: number;
  readonly hash: string;
}

/** The head of a chain without events. */
export function emptyHead(chain: string): ChainHead {
  return { chain, seq: 0, hash: "0".repeat(64) };
}

/** Appends a draft to a chain. The caller stores event and hash and holds the lock on the head. */
export function sealEvent(
  draft: AuditDraft,
  head: ChainHead,
  sha256: Sha256,
): { readonly event: AuditEvent; readonly hash: string; readonly head: ChainHead } {
  const event: AuditEvent = { ...draft, hash_version: 1, chain: head.chain, seq: head.seq + 1, prev_hash: head.hash };
  const hash = hashEvent(event, sha256);
  return { event, hash, head: { chain: head.chain, seq: event.seq, hash } };
}

/** sha256(prev_hash || canonical(event)), over every field that the event has, also those that this reader does not know. */
export function hashEvent(event: AuditEvent, sha256: Sha256): string {
  return hashCanonical(event.prev_hash, canonicalJson(event), sha256);
}

/** The same hash where the canonical text is already at hand. */
export function hashCanonical(prevHash: string, canonical: string, sha256: Sha256): string {
  return sha256(utf8Bytes(prevHash + canonical));
}
