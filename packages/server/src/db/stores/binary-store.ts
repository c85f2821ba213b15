// Programs that agents may run as, by SHA-256. In: a tenant's transaction. Out: records. A program that is not here, or is retired, gets no work.
import type { TenantTx } from "../tenancy.ts";

export type AgentBinary = { hash: string; name: string; registeredBy: string; registeredAt: Date; retiredAt: Date | null };

/** Registers a program, or takes a retired one back. False: it was registered before and is in use. */
export async function registerBinary(tx: TenantTx, binary: Omit<AgentBinary, "retiredAt">): Promise<boolean> {
  const { hash, name, registeredBy, registeredAt } = binary;
  const values = { name, registered_by: registeredBy, registered_at: registeredAt, retired_at: null };
  const result = await tx.query
    .insertInto("agent_binaries")
    .values({ tenant_id: tx.tenantId, hash, ...values })
    .onConflict((conflict) =>
      conflict.columns(["tenant_id", "hash"]).doUpdateSet(values).where("agent_binaries.retired_at", "is not", null),
    )
    .executeTakeFirst();
  return result.numInsertedOrUpdatedRows === 1n;
}

/** False: it is not registered, or retired already. */
export async function retireBinary(tx: TenantTx, hash: string, at: Date): Promise<boolean> {
  const result = await tx.query
    .updateTable("agent_binaries")
    .set({ retired_at: at })
    .where("tenant_id", "=", tx.tenantId)
    .where("hash", "=", hash)
    .where("retired_at", "is", null)
    .executeTakeFirst();
  return result.numUpdatedRows === 1n;
}

/** Newest first, retired ones too. */
export async function listBinaries(tx: TenantTx): Promise<AgentBinary[]> {
  const rows = await tx.query
    .selectFrom("agent_binaries")
    .selectAll()
    .where("tenant_id", "=", tx.tenantId)
    .orderBy("registered_at", "desc")
    .execute();
  return rows.map((row) => ({
    hash: row.hash,
    name: row.name,
    registeredBy: row.registered_by,
    registeredAt: row.registered_at,
    retiredAt: row.retired_at,
  }));
}
