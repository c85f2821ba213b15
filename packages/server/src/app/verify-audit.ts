// A tenant goes in; every hash of its chain is computed again and every checkpoint compared, in constant memory. Broken: at which event, and how.
import { AppError, type ChainHead, checkpointEvery, emptyHead, verifyNext } from "@dd0c/core";
import { latestArchive, latestCheckpoint, readHead, type StoredCheckpoint } from "../db/index.ts";
import { type AuditKeys, readAuditKeys } from "./audit-keys.ts";
import { type ChainRecord, chainRecords } from "./chain-records.ts";
import { type AppContext, sha256 } from "./context.ts";

export interface ChainReport {
  readonly events: number;
  readonly headSeq: number;
  readonly headHash: string;
  readonly broken: { readonly seq: number; readonly reason: string } | null;
  readonly durationMs: number;
}

interface Cursor {
  readonly head: ChainHead;
  /** Number of events that the last checkpoint covers. */
  readonly covered: number;
  readonly broken: ChainReport["broken"];
}

type VerifyContext = Pick<AppContext, "db" | "clock" | "engineKey" | "objects">;

/** Breaks as "seq:reason" that are passed over: what follows is verified from what stands there. */
type KnownBreaks = ReadonlySet<string>;

const isKnown = (known: KnownBreaks, seq: number, reason: string): boolean => known.has(`${seq}:${reason}`);

function checkCheckpoint(cursor: Cursor, checkpoint: StoredCheckpoint, keys: AuditKeys, known: KnownBreaks): Cursor {
  const { seq, hash } = checkpoint;
  const due = (Math.floor(cursor.covered / checkpointEvery) + 1) * checkpointEvery;
  const fail = (at: number, reason: string): Cursor =>
    isKnown(known, at, reason) ? { ...cursor, covered: seq } : { ...cursor, broken: { seq: at, reason } };
  if (due < seq) return fail(due, "missing_checkpoint");
  if (!keys.isSigned(checkpoint)) return fail(seq, "forged_checkpoint");
  if (hash !== cursor.head.hash) return fail(seq, "other_head");
  return { ...cursor, covered: seq };
}

function check(cursor: Cursor, record: ChainRecord, keys: AuditKeys, known: KnownBreaks): Cursor {
  if (record.kind === "checkpoint") return checkCheckpoint(cursor, record.stored, keys, known);
  const { event, hash } = record.stored;
  const step = verifyNext(cursor.head, event, hash, sha256);
  if (step.ok) return { ...cursor, head: step.head };
  const broken = { seq: step.foundSeq ?? step.expectedSeq, reason: step.fault };
  if (isKnown(known, broken.seq, broken.reason)) return { ...cursor, head: { chain: event.chain, seq: event.seq, hash } };
  return { ...cursor, broken };
}

/** "since_archive": from the newest archive's end, which is what changes; the archives' own content cannot change without changing its name. */
export type Scope = "whole" | "since_archive";

/** A damaged archive is a break like any other: what it held can no longer be proved. */
async function checkRecords(app: VerifyContext, from: Cursor, keys: AuditKeys, known: KnownBreaks): Promise<Cursor> {
  let cursor = from;
  try {
    for await (const record of chainRecords(app, from.head.chain, { after: from.head.seq })) {
      cursor = check(cursor, record, keys, known);
      if (cursor.broken !== null) break;
    }
  } catch (error) {
    if (!(error instanceof AppError && error.code === "OBJECT_DAMAGED")) throw error;
    return { ...cursor, broken: { seq: cursor.head.seq + 1, reason: "archive_damaged" } };
  }
  return cursor;
}

/**
 * @param known - breaks that were reported and looked into before
 * Errors: OBJECT_STORE_UNAVAILABLE
 */
export async function verifyAudit(
  app: VerifyContext,
  tenantId: string,
  known: KnownBreaks = new Set(),
  scope: Scope = "whole",
): Promise<ChainReport> {
  const started = app.clock.monotonic();
  const { due, signed, archive } = await app.db.readTenant(tenantId, async (tx) => ({
    due: await readHead(tx, tenantId),
    signed: (await latestCheckpoint(tx, tenantId))?.seq ?? 0,
    archive: scope === "whole" ? undefined : await latestArchive(tx, tenantId),
  }));
  const keys = await readAuditKeys(app);
  const start = archive === undefined ? emptyHead(tenantId) : { chain: tenantId, seq: archive.lastSeq, hash: archive.hash };
  const cursor = await checkRecords(app, { head: start, covered: start.seq, broken: null }, keys, known);
  const { head } = cursor;
  // A chain that ends early has no broken link: only its recorded head and its checkpoints tell that the tail is missing.
  const isCut = head.seq < Math.max(due.seq, signed) && !isKnown(known, head.seq + 1, "cut_tail");
  const broken = cursor.broken ?? (isCut ? { seq: head.seq + 1, reason: "cut_tail" } : null);
  return { events: head.seq, headSeq: head.seq, headHash: head.hash, broken, durationMs: app.clock.monotonic() - started };
}
