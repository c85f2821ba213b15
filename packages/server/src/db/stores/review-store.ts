// Who reviewed which runbook version: rows that are written once. In: a tenant's transaction. Out: reviews, newest first.
import type { ActorVia } from "@dd0c/core";
import { toTextColumn } from "../json-columns.ts";
import type { TenantTx } from "../tenancy.ts";

export type ReviewRecord = {
  versionId: string;
  by: string;
  via: ActorVia;
  /** Lower-case hexadecimal SHA-256 of what was reviewed. */
  versionHash: string;
  note: string | null;
  at: Date;
};

/** False when this member has reviewed this version before. */
export async function insertReview(tx: TenantTx, review: ReviewRecord): Promise<boolean> {
  const written = await tx.query
    .insertInto("runbook_reviews")
    .values({
      tenant_id: tx.tenantId,
      version_id: review.versionId,
      reviewed_by: review.by,
      reviewed_via: review.via,
      version_hash: review.versionHash,
      note: toTextColumn(review.note),
      reviewed_at: review.at,
    })
    .onConflict((conflict) => conflict.columns(["tenant_id", "version_id", "reviewed_by"]).doNothing())
    .executeTakeFirst();
  return written.numInsertedOrUpdatedRows === 1n;
}

export async function listReviews(tx: TenantTx, versionIds: readonly string[]): Promise<ReviewRecord[]> {
  if (versionIds.length === 0) return [];
  const rows = await tx.query
    .selectFrom("runbook_reviews")
    .selectAll()
    .where("tenant_id", "=", tx.tenantId)
    .where("version_id", "in", versionIds)
    .orderBy("reviewed_at", "desc")
    .orderBy("reviewed_by")
    .execute();
  return rows.map((row) => ({
    versionId: row.version_id,
    by: row.reviewed_by,
    via: row.reviewed_via as ActorVia,
    versionHash: row.version_hash,
    note: row.note,
    at: row.reviewed_at,
  }));
}
