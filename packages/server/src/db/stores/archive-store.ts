// Archives of the audit log: which stretch of a chain lies in which object, which months are old enough, and the one way out of the database.
// A row is written once, after its object was read back and verified. Removing a month is the database's own decision (run.drop_archived_month).
import { sql } from "kysely";
import { safeInteger } from "../safe-integer.ts";
import type { SystemTx, TenantTx } from "../tenancy.ts";

export type StoredArchive = {
  chain: string;
  firstSeq: number;
  lastSeq: number;
  /** First day, "YYYY-MM-DD". */
  month: string;
  prevHash: string;
  hash: string;
  objectKey: string;
};

type AnyTx = TenantTx | SystemTx;

type ArchiveRecord = {
  chain: string;
  first_seq: string;
  last_seq: string;
  month: Date;
  prev_hash: string;
  hash: string;
  object_key: string;
};

const stored = (row: ArchiveRecord): StoredArchive => ({
  chain: row.chain,
  firstSeq: safeInteger(row.first_seq),
  lastSeq: safeInteger(row.last_seq),
  month: row.month.toISOString().slice(0, 10),
  prevHash: row.prev_hash,
  hash: row.hash,
  objectKey: row.object_key,
});

const select = (tx: AnyTx, chain: string) => tx.query.selectFrom("audit_archives").selectAll().where("chain", "=", chain);

/** The archive that holds this event. */
export async function findArchive(tx: AnyTx, chain: string, seq: number): Promise<StoredArchive | undefined> {
  const row = await select(tx, chain).where("first_seq", "<=", String(seq)).where("last_seq", ">=", String(seq)).executeTakeFirst();
  return row === undefined ? undefined : stored(row);
}

/** The newest archive of a chain. */
export async function latestArchive(tx: AnyTx, chain: string): Promise<StoredArchive | undefined> {
  const row = await select(tx, chain).orderBy("first_seq", "desc").limit(1).executeTakeFirst();
  return row === undefined ? undefined : stored(row);
}

/** All archives of a chain, newest first. */
export async function listArchives(tx: AnyTx, chain: string): Promise<StoredArchive[]> {
  return (await select(tx, chain).orderBy("first_seq", "desc").execute()).map(stored);
}

export async function insertArchive(tx: SystemTx, archive: StoredArchive, at: Date): Promise<void> {
  const { chain, firstSeq, lastSeq, month, prevHash, hash, objectKey } = archive;
  await tx.query
    .insertInto("audit_archives")
    .values({
      chain,
      tenant_id: chain === "system" ? null : chain,
      first_seq: firstSeq,
      last_seq: lastSeq,
      month,
      prev_hash: prevHash,
      hash,
      object_key: objectKey,
      archived_at: at,
    })
    .execute();
}

/** First days of the months that ended before this time and are still in the database, oldest first. */
export async function listOldMonths(tx: SystemTx, before: Date): Promise<string[]> {
  const { rows } = await sql<{ month: string }>`SELECT m::text AS month FROM run.old_audit_months(${before}) m`.execute(tx.query);
  return rows.map(({ month }) => month);
}

/** The last event of each chain that was recorded in this month. */
export async function lastOfMonth(tx: SystemTx, month: string): Promise<{ chain: string; seq: number }[]> {
  const { rows } = await sql<{ chain: string; seq: string }>`
    SELECT chain, max(seq) AS seq FROM run.audit_events
    WHERE recorded_at >= (${month}::timestamp AT TIME ZONE 'UTC') AND recorded_at < ((${month}::timestamp + interval '1 month') AT TIME ZONE 'UTC')
    GROUP BY chain ORDER BY chain`.execute(tx.query);
  return rows.map(({ chain, seq }) => ({ chain, seq: safeInteger(seq) }));
}

/** Refused (DDA03) unless every event of the month is in an archive and the month ended 90 days ago. Returns how many events went. */
export async function dropArchivedMonth(tx: SystemTx, month: string): Promise<number> {
  const { rows } = await sql<{ dropped: string }>`SELECT run.drop_archived_month(${month}::date) AS dropped`.execute(tx.query);
  return safeInteger(rows[0]?.dropped ?? "0");
}
