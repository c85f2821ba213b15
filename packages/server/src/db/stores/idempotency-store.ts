// Idempotency-Key: remembers the first request under a key and its answer. The row is written before the work starts, so that of two
// requests at once only one works.
import { sql } from "kysely";
import { toJsonColumn } from "../json-columns.ts";
import type { SystemTx, TenantTx } from "../tenancy.ts";

const longestRequest = "1 minute";

export type RequestKey = { actorId: string; key: string };

/** `begun`: nobody used the key, do the work. `conflict`: it was used with another request. `isOld`: begun longer ago than any request takes. */
export type BeginResult =
  | { outcome: "begun" }
  | { outcome: "in_progress"; isOld: boolean }
  | { outcome: "conflict" }
  | { outcome: "answered"; status: number; body: unknown };

/** Claims a key for a request. An expired key counts as unused. `requestHash`: SHA-256 over method, path and body. */
export async function beginRequest(
  tx: TenantTx,
  request: RequestKey & { requestHash: string },
  at: Date,
  expiresAt: Date,
): Promise<BeginResult> {
  const row = { request_hash: request.requestHash, status: null, response: null, expires_at: expiresAt };
  const begun = await tx.query
    .insertInto("idempotency_keys")
    .values({ tenant_id: tx.tenantId, actor_id: request.actorId, key: request.key, ...row })
    .onConflict((conflict) =>
      conflict
        .columns(["tenant_id", "actor_id", "key"])
        .doUpdateSet({ ...row, created_at: sql<Date>`now()` })
        .where("idempotency_keys.expires_at", "<=", at),
    )
    .executeTakeFirst();
  return begun.numInsertedOrUpdatedRows === 1n ? { outcome: "begun" } : await earlierRequest(tx, request);
}

async function earlierRequest(tx: TenantTx, request: RequestKey & { requestHash: string }): Promise<BeginResult> {
  const row = await selectKey(tx, request).executeTakeFirst();
  if (row === undefined || row.request_hash !== request.requestHash) return { outcome: "conflict" };
  return row.status === null
    ? { outcome: "in_progress", isOld: row.is_old }
    : { outcome: "answered", status: row.status, body: row.response };
}

const selectKey = (tx: TenantTx, { actorId, key }: RequestKey) =>
  tx.query
    .selectFrom("idempotency_keys")
    // By the database's own clock, which every server shares.
    .select(["request_hash", "status", "response", sql<boolean>`created_at < now() - ${longestRequest}::interval`.as("is_old")])
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
