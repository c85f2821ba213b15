// Signed statements about a chain ("so many events, this head, at this time"). Written every so often, never changed; copies go to the
// object store and to the tenant's agents, which makes a cut tail visible.
import { safeInteger } from "../safe-integer.ts";
import type { SystemTx, TenantTx } from "../tenancy.ts";

export type Checkpoint = {
  chain: string;
  seq: number;
  hash: string;
  takenAt: Date;
  keyId: string;
  /** Base64 Ed25519 signature. */
  signature: string;
};

export async function insertCheckpoint(tx: TenantTx | SystemTx, checkpoint: Checkpoint): Promise<void> {
  const { chain, seq, hash, takenAt, keyId, signature } = checkpoint;
  await tx.query
    .insertInto("audit_checkpoints")
    .values({ chain, tenant_id: chain === "system" ? null : chain, seq, hash, taken_at: takenAt, key_id: keyId, signature })
    .execute();
}

/** All checkpoints of a chain, oldest first. */
export async function listCheckpoints(tx: TenantTx | SystemTx, chain: string): Promise<Checkpoint[]> {
  const rows = await tx.query.selectFrom("audit_checkpoints").selectAll().where("chain", "=", chain).orderBy("seq").execute();
  return rows.map((row) => ({
    chain: row.chain,
    seq: safeInteger(row.seq),
    hash: row.hash,
    takenAt: row.taken_at,
    keyId: row.key_id,
    signature: row.signature,
  }));
}
