// How far each target has been told of its tenant's audit chain. The chain is what webhooks leave from: writing it costs a run nothing more.
import { sql } from "kysely";
import { safeInteger } from "../safe-integer.ts";
import type { SystemTx, TenantTx } from "../tenancy.ts";
import { readHead } from "./audit-store.ts";
import type { OutboundKind } from "./outbound-store.ts";

export type OutboundCursor = { readonly targetId: string; readonly kind: OutboundKind; readonly seq: number };

/** From here on the target hears of what is added to the tenant's chain. */
export async function listenFromNow(tx: TenantTx, kind: OutboundKind, targetId: string): Promise<void> {
  const { seq } = await readHead(tx, tx.tenantId);
  await tx.query
    .insertInto("outbound_cursors")
    .values({ target_id: targetId, tenant_id: tx.tenantId, kind, seq })
    .onConflict((conflict) => conflict.column("target_id").doNothing())
    .execute();
}

export async function stopListening(tx: TenantTx, targetId: string): Promise<void> {
  await tx.query.deleteFrom("outbound_cursors").where("tenant_id", "=", tx.tenantId).where("target_id", "=", targetId).execute();
}

/** Tenants of which a target has not been told everything. */
export async function tenantsToTell(tx: SystemTx): Promise<string[]> {
  const rows = await tx.query
    .selectFrom("outbound_cursors as c")
    .innerJoin("audit_heads as h", (join) => join.on(sql<boolean>`h.chain = c.tenant_id::text`))
    .select("c.tenant_id")
    .distinct()
    .whereRef("h.seq", ">", "c.seq")
    .execute();
  return rows.map((row) => row.tenant_id);
}

/** Targets of a tenant that somebody is not telling just now, locked until the transaction ends. */
export async function lockCursors(tx: TenantTx): Promise<OutboundCursor[]> {
  const rows = await tx.query
    .selectFrom("outbound_cursors")
    .select(["target_id", "kind", "seq"])
    .where("tenant_id", "=", tx.tenantId)
    .orderBy("target_id")
    .forUpdate()
    .skipLocked()
    .execute();
  return rows.map((row) => ({ targetId: row.target_id, kind: row.kind as OutboundKind, seq: safeInteger(row.seq) }));
}

export async function moveCursor(tx: TenantTx, targetId: string, seq: number): Promise<void> {
  await tx.query
    .updateTable("outbound_cursors")
    .set({ seq })
    .where("tenant_id", "=", tx.tenantId)
    .where("target_id", "=", targetId)
    .execute();
}
