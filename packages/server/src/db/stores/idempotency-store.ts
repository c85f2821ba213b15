// Idempotency-Key: remembers the first request under a key and its answer. The row is written before the work starts, so that of two
// requests at once only one works.
import { toJsonColumn } from "../json-columns.ts";
import type { SystemTx, TenantTx } from "../tenancy.ts";

export type RequestKey = { actorId: string; key: string };

/** `begun`: nobody used the key, do the work. `conflict`: it was used with another request. */
export type BeginResult =
  | { outcome: "begun" }
  | { outcome: "in_progress" }
  | { outcome: "conflict" }
  | { outcome: "answered"; status: number; body: unknown };

/** Claims a key for a request. An expired key counts as unused. `requestHash`: SHA-256 over method, path and body. */
export async function beginRequest(
  tx: TenantTx,
  request: RequestKey & { requestHash: string },
  at: Date,
  expiresAt: Date,
): Promise<BeginResult> {
  await tx.query
    .deleteFrom("idempotency_keys")
    .where("tenant_id", "=", tx.tenantId)
    .where("actor_id", "=", request.actorId)
    .where("key", "=", request.key)
    .where("expires_at", "<=", at)
    .execute();
  const inserted = await tx.query
    .insertInto("idempotency_keys")
    .values({
      tenant_id: tx.tenantId,
      actor_id: request.actorId,
      key: request.key,
      request_hash: request.requestHash,
      status: null,
      response: null,
      expires_at: expiresAt,
    })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  return inserted.numInsertedOrUpdatedRows === 1n ? { outcome: "begun" } : await earlierRequest(tx, request);
}

async function earlierRequest(tx: TenantTx, request: RequestKey & { requestHash: string }): Promise<BeginResult> {
  const row = await selectKey(tx, request).executeTakeFirst();
  if (row === undefined || row.request_hash !== request.requestHash) return { outcome: "conflict" };
  return row.status === null ? { outcome: "in_progress" } : { outcome: "answered", status: row.status, body: row.response };
}

const selectKey = (tx: TenantTx, { actorId, key }: RequestKey) =>
  tx.query
    .selectFrom("idempotency_keys")
    .select(["request_hash", "status", "response"])
    .where("tenant_id", "=", tx.tenantId)
    .where("actor_id", "=", actorId)
    .where("key", "=", key);

/** Stores the answer of a begun request. */
export async function finishRequest(tx: TenantTx, { actorId, key }: RequestKey, status: number, body: unknown): Promise<void> {
  await tx.query
    .updateTable("idempotency_keys")
    .set({ status, response: body === undefined ? null : toJsonColumn(body) })
    .where("tenant_id", "=", tx.tenantId)
    .where("actor_id", "=", actorId)
    .where("key", "=", key)
    .execute();
}

/** Frees the key of a begun request that did nothing. */
export async function forgetRequest(tx: TenantTx, { actorId, key }: RequestKey): Promise<void> {
  await tx.query
    .deleteFrom("idempotency_keys")
    .where("tenant_id", "=", tx.tenantId)
    .where("actor_id", "=", actorId)
    .where("key", "=", key)
    .where("status", "is", null)
    .execute();
}

/** Removes expired keys of all tenants. Returns how many. */
export async function purgeExpiredKeys(tx: SystemTx, at: Date): Promise<number> {
  const result = await tx.query.deleteFrom("idempotency_keys").where("expires_at", "<=", at).executeTakeFirst();
  return Number(result.numDeletedRows);
}
