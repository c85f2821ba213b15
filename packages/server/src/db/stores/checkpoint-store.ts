// Signed statements about a chain ("so many events, this head, at this time"). Written every so often, never changed; copies go to the
// tenant's agents, which makes a cut tail visible. A second signature for the same number of events is not kept.
import { sql } from "kysely";
import { safeInteger } from "../safe-integer.ts";
import type { SystemTx, TenantTx } from "../tenancy.ts";

export type StoredCheckpoint = {
  chain: string;
  seq: number;
  hash: string;
  takenAt: Date;
  keyId: string;
  /** Base64 Ed25519 signature. */
  signature: string;
};

type AnyTx = TenantTx | SystemTx;

export async function insertCheckpoints(tx: AnyTx, checkpoints: readonly StoredCheckpoint[]): Promise<void> {
  if (checkpoints.length === 0) return;
  const rows = checkpoints.map(({ chain, seq, hash, takenAt, keyId, signature }) => ({
    chain,
    tenant_id: chain === "system" ? null : chain,
    seq,
    hash,
    taken_at: takenAt,
    key_id: keyId,
    signature,
  }));
  await tx.query
    .insertInto("audit_checkpoints")
    .values(rows)
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/** Checkpoints of a chain over more than `after` and at most `upTo` events, oldest first. */
export async function listCheckpoints(tx: AnyTx, chain: string, after: number, upTo: number): Promise<StoredCheckpoint[]> {
  const rows = await selectCheckpoints(tx, chain)
    .where("seq", ">", String(after))
    .where("seq", "<=", String(upTo))
    .orderBy("seq", "asc")
    .execute();
  return rows.map(storedCheckpoint);
}

/** The one over the most events. */
export async function latestCheckpoint(tx: AnyTx, chain: string): Promise<StoredCheckpoint | undefined> {
  const row = await selectCheckpoints(tx, chain).orderBy("seq", "desc").limit(1).executeTakeFirst();
  return row === undefined ? undefined : storedCheckpoint(row);
}

export type UncoveredChain = { chain: string; seq: number; covered: number; takenAt: Date | null };

/** Chains with events that no checkpoint covers. */
export async function listUncoveredChains(tx: SystemTx): Promise<UncoveredChain[]> {
  const { rows } = await sql<{ chain: string; seq: string; covered: string; taken_at: Date | null }>`
    SELECT h.chain, h.seq, coalesce(c.seq, 0) AS covered, c.taken_at
    FROM run.audit_heads h
    LEFT JOIN LATERAL (SELECT seq, taken_at FROM run.audit_checkpoints WHERE chain = h.chain ORDER BY seq DESC LIMIT 1) c ON true
    WHERE h.seq > coalesce(c.seq, 0)`.execute(tx.query);
  return rows.map((row) => ({ chain: row.chain, seq: safeInteger(row.seq), covered: safeInteger(row.covered), takenAt: row.taken_at }));
}

/** Every chain that has events. */
export async function listChains(tx: SystemTx): Promise<string[]> {
  const rows = await tx.query.selectFrom("audit_heads").select("chain").orderBy("chain").execute();
  return rows.map(({ chain }) => chain);
}

export type UncopiedChain = { chain: string; copied: number; newest: number };

/** Chains with checkpoints that are not in the object store yet. */
export async function listUncopiedChains(tx: SystemTx): Promise<UncopiedChain[]> {
  const { rows } = await sql<{ chain: string; copied: string; newest: string }>`
    SELECT h.chain, coalesce(k.seq, 0) AS copied, c.seq AS newest
    FROM run.audit_heads h
    JOIN LATERAL (SELECT seq FROM run.audit_checkpoints WHERE chain = h.chain ORDER BY seq DESC LIMIT 1) c ON true
    LEFT JOIN run.checkpoint_copies k ON k.chain = h.chain
    WHERE c.seq > coalesce(k.seq, 0)`.execute(tx.query);
  return rows.map((row) => ({ chain: row.chain, copied: safeInteger(row.copied), newest: safeInteger(row.newest) }));
}

/** Notes that the checkpoints of a chain up to this number are in the object store. */
export async function noteCopied(tx: SystemTx, chain: string, seq: number, at: Date): Promise<void> {
  await tx.query
    .insertInto("checkpoint_copies")
    .values({ chain, tenant_id: chain === "system" ? null : chain, seq, copied_at: at })
    .onConflict((conflict) => conflict.column("chain").doUpdateSet({ seq, copied_at: at }))
    .execute();
}

/** Number of events -> hash of the last of them, as the chain has it; archived events by their checkpoint. Absent: the chain has no such event. */
export async function hashesAt(tx: SystemTx, chain: string, counts: readonly number[]): Promise<Map<number, string>> {
  const numbers = counts.map(String);
  const { rows } = await sql<{ seq: string; hash: string }>`
    SELECT seq, hash FROM run.audit_events WHERE chain = ${chain} AND seq = ANY(${numbers}::bigint[])
    UNION
    SELECT seq, hash FROM run.audit_checkpoints WHERE chain = ${chain} AND seq = ANY(${numbers}::bigint[])
      AND seq <= (SELECT max(last_seq) FROM run.audit_archives WHERE chain = ${chain})`.execute(tx.query);
  return new Map(rows.map(({ seq, hash }) => [safeInteger(seq), hash]));
}

const selectCheckpoints = (tx: AnyTx, chain: string) => tx.query.selectFrom("audit_checkpoints").selectAll().where("chain", "=", chain);

type CheckpointRow = { chain: string; seq: string; hash: string; taken_at: Date; key_id: string; signature: string };

const storedCheckpoint = (row: CheckpointRow): StoredCheckpoint => ({
  chain: row.chain,
  seq: safeInteger(row.seq),
  hash: row.hash,
  takenAt: row.taken_at,
  keyId: row.key_id,
  signature: row.signature,
});
