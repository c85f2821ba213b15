// A chain and an old month go in; the events of the chain up to that month's last one, which no archive has yet, become one Parquet file in the object
// store. It is verified while it is written, read back from the store and verified again, and only then on record. Repeating it makes the same file.
import {
  AppError,
  type ArchiveStatement,
  type AuditDraft,
  archiveLine,
  archiveText,
  type ChainHead,
  exportLine,
  keyLine,
  signedLine,
  verifyNext,
} from "@dd0c/core";
import { join } from "node:path";
import { appendEvents, insertArchive, latestArchive, type StoredArchive } from "../db/index.ts";
import { verifyArchiveFile, writeArchiveFile } from "./archive-file.ts";
import { type AuditKeys, readAuditKeys, statementOf } from "./audit-keys.ts";
import { type ChainRecord, chainRecords } from "./chain-records.ts";
import { type AppContext, sha256 } from "./context.ts";
import { fetchArchive, makeScratchFolder, removeScratchFolder } from "./fetch-archive.ts";
import { takeCheckpoints } from "./take-checkpoints.ts";

export type ArchiveContext = Pick<AppContext, "db" | "clock" | "engineKey" | "objects">;

interface Place {
  readonly head: ChainHead;
  readonly checkpoints: number;
}

const brokenAt = (chain: string, seq: number, reason: string): AppError =>
  new AppError("AUDIT_CHAIN_BROKEN", "The audit chain does not verify; it was not archived.", { chain, seq, reason });

function advance(place: Place, record: ChainRecord, keys: AuditKeys): Place {
  const { head } = place;
  if (record.kind === "checkpoint") {
    if (record.stored.hash !== head.hash) throw brokenAt(head.chain, record.stored.seq, "other_head");
    if (!keys.isSigned(record.stored)) throw brokenAt(head.chain, record.stored.seq, "forged_checkpoint");
    return { head, checkpoints: place.checkpoints + 1 };
  }
  const step = verifyNext(head, record.stored.event, record.stored.hash, sha256);
  if (!step.ok) throw brokenAt(head.chain, step.expectedSeq, step.fault);
  return { ...place, head: step.head };
}

const lineOf = ({ kind, stored }: ChainRecord): string =>
  kind === "event" ? exportLine(stored.event, stored.hash) : signedLine(statementOf(stored), stored.signature);

async function* archiveLines(app: ArchiveContext, from: ChainHead, upTo: number): AsyncGenerator<string> {
  const keys = await readAuditKeys(app);
  for (const key of keys.list) yield keyLine(key);
  let place: Place = { head: from, checkpoints: 0 };
  for await (const record of chainRecords(app, from.chain, { after: from.seq, upTo })) {
    place = advance(place, record, keys);
    yield lineOf(record);
  }
  if (place.head.seq !== upTo) throw brokenAt(from.chain, place.head.seq + 1, "cut_tail");
  const statement: ArchiveStatement = {
    kind: "dd0c.audit-archive.v1",
    chain: from.chain,
    first: from.seq + 1,
    prev: from.hash,
    count: upTo,
    head: place.head.hash,
    checkpoints: place.checkpoints,
    key_id: app.engineKey.id,
  };
  yield archiveLine(statement, app.engineKey.sign(Buffer.from(archiveText(statement))).signature.toString("base64"));
}

/** Stores the file, reads it back from the store, and verifies what came back. */
async function store(app: ArchiveContext, from: ChainHead, upTo: number, month: string): Promise<StoredArchive> {
  const folder = await makeScratchFolder();
  try {
    const file = join(folder, "written.parquet");
    await writeArchiveFile(file, archiveLines(app, from, upTo));
    const objectKey = await app.objects.put(`archive/${from.chain}/${month.slice(0, 7)}/`, "parquet", { file });
    const fetched = await fetchArchive(app, objectKey, folder);
    const { inner, start } = fetched === undefined ? { inner: null, start: null } : await verifyArchiveFile(fetched);
    if (inner?.head?.seq !== upTo || start?.hash !== from.hash || start.seq !== from.seq) {
      throw new AppError("OBJECT_DAMAGED", "What came back from the object store is not what was stored.", { key: objectKey });
    }
    return { chain: from.chain, firstSeq: from.seq + 1, lastSeq: upTo, month, prevHash: from.hash, hash: inner.head.hash, objectKey };
  } finally {
    await removeScratchFolder(folder);
  }
}

/** On the system's chain: archives are made for all tenants at once. */
export function archiveDraft(type: "audit.archived" | "audit.partition_dropped", data: AuditDraft["data"], nowMs: number): AuditDraft {
  const time = new Date(nowMs).toISOString();
  return {
    type,
    schema_version: 1,
    tenant: null,
    execution: null,
    step_execution: null,
    runbook: null,
    actor: { type: "scheduler", id: "archive", via: "scheduler" },
    occurred_at: time,
    recorded_at: time,
    late: false,
    source_ip: null,
    data,
  };
}

/**
 * @param month first day of a month that is over, "YYYY-MM-DD". @param upTo number of its last event
 * Errors: AUDIT_CHAIN_BROKEN, OBJECT_DAMAGED, OBJECT_STORE_UNAVAILABLE; nothing is on record then
 */
export async function archiveChain(app: ArchiveContext, chain: string, month: string, upTo: number, nowMs: number): Promise<void> {
  const last = await app.db.withSystem("archive", (tx) => latestArchive(tx, chain));
  const from = { chain, seq: last?.lastSeq ?? 0, hash: last?.hash ?? "0".repeat(64) };
  if (upTo <= from.seq) return;
  // Checkpoints of history that was never signed; a signed chain is left as it is.
  await takeCheckpoints(app, chain, true);
  const archive = await store(app, from, upTo, month);
  await app.db.withSystem("archive", async (tx) => {
    await insertArchive(tx, archive, new Date(nowMs));
    const { firstSeq: first, lastSeq, hash: head, objectKey: object } = archive;
    await appendEvents(tx, [archiveDraft("audit.archived", { chain, month, first, last: lastSeq, head, object }, nowMs)]);
  });
}
