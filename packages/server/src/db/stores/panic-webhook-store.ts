// Webhooks that switch panic on. Secrets never come in, only their SHA-256; a revoked one is found no more.
import type { SystemTx, TenantTx } from "../tenancy.ts";

export type PanicWebhookRecord = { id: string; name: string; createdAt: Date; lastUsedAt: Date | null };

export type NewPanicWebhook = { id: string; name: string; secretHash: string; createdBy: string; createdAt: Date };

export async function insertPanicWebhook(tx: TenantTx, webhook: NewPanicWebhook): Promise<void> {
  await tx.query
    .insertInto("panic_webhooks")
    .values({
      id: webhook.id,
      tenant_id: tx.tenantId,
      name: webhook.name,
      secret_hash: webhook.secretHash,
      created_by: webhook.createdBy,
      created_at: webhook.createdAt,
      last_used_at: null,
      revoked_at: null,
    })
    .execute();
}

/** Those that work, oldest first. */
export async function listPanicWebhooks(tx: TenantTx): Promise<PanicWebhookRecord[]> {
  const rows = await tx.query
    .selectFrom("panic_webhooks")
    .select(["id", "name", "created_at", "last_used_at"])
    .where("tenant_id", "=", tx.tenantId)
    .where("revoked_at", "is", null)
    .orderBy("created_at")
    .execute();
  return rows.map((row) => ({ id: row.id, name: row.name, createdAt: row.created_at, lastUsedAt: row.last_used_at }));
}

/** Returns its name; undefined where there is none that works. */
export async function revokePanicWebhook(tx: TenantTx, id: string, at: Date): Promise<string | undefined> {
  const row = await tx.query
    .updateTable("panic_webhooks")
    .set({ revoked_at: at })
    .where("tenant_id", "=", tx.tenantId)
    .where("id", "=", id)
    .where("revoked_at", "is", null)
    .returning("name")
    .executeTakeFirst();
  return row?.name;
}

/** One that works, of any tenant: whoever calls it has nothing else to be known by. */
export async function findPanicWebhook(
  tx: SystemTx,
  id: string,
): Promise<{ tenantId: string; name: string; secretHash: string } | undefined> {
  const row = await tx.query
    .selectFrom("panic_webhooks")
    .select(["tenant_id", "name", "secret_hash"])
    .where("id", "=", id)
    .where("revoked_at", "is", null)
    .executeTakeFirst();
  return row === undefined ? undefined : { tenantId: row.tenant_id, name: row.name, secretHash: row.secret_hash };
}

export async function recordPanicWebhookUse(tx: TenantTx, id: string, at: Date): Promise<void> {
  await tx.query
    .updateTable("panic_webhooks")
    .set({ last_used_at: at })
    .where("tenant_id", "=", tx.tenantId)
    .where("id", "=", id)
    .execute();
}
