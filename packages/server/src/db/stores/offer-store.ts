// Offers: a runbook for an alert, or for several of one kind that came together. Written by matching, posted at a bounded pace, decided by people.
import type { Match } from "@dd0c/core";
import { sql } from "kysely";
import { toJsonColumn, toTextColumn } from "../json-columns.ts";
import type { TenantTx } from "../tenancy.ts";

export type OfferStatus = "open" | "started" | "dismissed" | "lapsed";

export type OfferRecord = {
  id: string;
  groupKey: string;
  /** The first alert: its values fill the runbook. */
  alertId: string;
  /** Of the best match. */
  runbookId: string;
  /** Best first. */
  matches: readonly Match[];
  status: OfferStatus;
  /** The run that waits for somebody to start it, or was started; null until the offer is posted. */
  executionId: string | null;
  createdAt: Date;
  postedAt: Date | null;
  decidedBy: string | null;
  decidedAt: Date | null;
  decideReason: string | null;
};

const columns = [
  "id",
  "group_key",
  "alert_id",
  "runbook_id",
  "matches",
  "status",
  "execution_id",
  "created_at",
  "posted_at",
  "decided_by",
  "decided_at",
  "decide_reason",
] as const;

const selectOffers = (tx: TenantTx) => tx.query.selectFrom("alert_offers").select(columns).where("tenant_id", "=", tx.tenantId);
type Row = Awaited<ReturnType<ReturnType<typeof selectOffers>["execute"]>>[number];

const record = (row: Row): OfferRecord => ({
  id: row.id,
  groupKey: row.group_key,
  alertId: row.alert_id,
  runbookId: row.runbook_id,
  matches: row.matches as readonly Match[],
  status: row.status as OfferStatus,
  executionId: row.execution_id,
  createdAt: row.created_at,
  postedAt: row.posted_at,
  decidedBy: row.decided_by,
  decidedAt: row.decided_at,
  decideReason: row.decide_reason,
});

/** Open offers for these kinds of alerts that are not older than `since`. */
export async function openOffersFor(tx: TenantTx, groupKeys: readonly string[], since: Date): Promise<OfferRecord[]> {
  if (groupKeys.length === 0) return [];
  const rows = await selectOffers(tx)
    .where("status", "=", "open")
    .where("group_key", "in", groupKeys)
    .where("created_at", ">", since)
    .execute();
  return rows.map(record);
}

export async function insertOffers(tx: TenantTx, offers: readonly OfferRecord[]): Promise<void> {
  if (offers.length === 0) return;
  const rows = offers.map((offer) => ({
    id: offer.id,
    tenant_id: tx.tenantId,
    group_key: offer.groupKey,
    alert_id: offer.alertId,
    runbook_id: offer.runbookId,
    matches: toJsonColumn(offer.matches),
    status: offer.status,
    execution_id: offer.executionId,
    created_at: offer.createdAt,
    posted_at: offer.postedAt,
    decided_by: offer.decidedBy,
    decided_at: offer.decidedAt,
    decide_reason: offer.decideReason,
  }));
  await tx.query.insertInto("alert_offers").values(rows).execute();
}

export async function findOffer(tx: TenantTx, id: string): Promise<OfferRecord | undefined> {
  return (await selectOffers(tx).where("id", "=", id).execute()).map(record)[0];
}

export async function findOffers(tx: TenantTx, ids: readonly string[]): Promise<OfferRecord[]> {
  return ids.length === 0 ? [] : (await selectOffers(tx).where("id", "in", ids).execute()).map(record);
}

/** Locked until the transaction ends. */
export async function lockOffer(tx: TenantTx, id: string): Promise<OfferRecord | undefined> {
  return (await selectOffers(tx).where("id", "=", id).forUpdate().execute()).map(record)[0];
}

export async function markPosted(tx: TenantTx, id: string, executionId: string, at: Date): Promise<void> {
  await update(tx, id).set({ posted_at: at, execution_id: executionId }).execute();
}

export async function decideOffer(
  tx: TenantTx,
  id: string,
  decision: { status: OfferStatus; by: string; at: Date; reason: string | null; executionId?: string },
): Promise<void> {
  await update(tx, id)
    .set({
      status: decision.status,
      decided_by: decision.by,
      decided_at: decision.at,
      decide_reason: toTextColumn(decision.reason),
      ...(decision.executionId === undefined ? {} : { execution_id: decision.executionId }),
    })
    .execute();
}

const update = (tx: TenantTx, id: string) => tx.query.updateTable("alert_offers").where("tenant_id", "=", tx.tenantId).where("id", "=", id);

/** When the oldest of the last `limit` postings since then was; undefined where there were fewer. */
export async function postedBefore(tx: TenantTx, since: Date, limit: number): Promise<Date | undefined> {
  const row = await tx.query
    .selectFrom("alert_offers")
    .select("posted_at")
    .where("tenant_id", "=", tx.tenantId)
    .where("posted_at", ">", since)
    .orderBy("posted_at", "desc")
    .offset(limit - 1)
    .limit(1)
    .executeTakeFirst();
  return row?.posted_at ?? undefined;
}

export type UsedBeforeRow = { alertKey: string; runbookId: string; used: number; dismissed: number };

/** What became of alerts of the same kind: runs that somebody started and that went through, and offers that somebody dismissed. */
export async function usedBefore(tx: TenantTx, alertKeys: readonly string[]): Promise<UsedBeforeRow[]> {
  if (alertKeys.length === 0) return [];
  const { rows } = await sql<{ alert_key: string; runbook_id: string; used: string; dismissed: string }>`
    SELECT alert_key, runbook_id, sum(used) AS used, sum(dismissed) AS dismissed FROM (
      SELECT a.alert_key, e.runbook_id, 1 AS used, 0 AS dismissed FROM run.alerts a
        JOIN run.executions e ON e.tenant_id = a.tenant_id AND e.alert_id = a.id::text
        WHERE a.tenant_id = ${tx.tenantId} AND a.alert_key = ANY (${[...alertKeys]}::text[]) AND e.status = 'completed'
      UNION ALL
      SELECT a.alert_key, o.runbook_id, 0, 1 FROM run.alert_offers o JOIN run.alerts a ON a.id = o.alert_id
        WHERE o.tenant_id = ${tx.tenantId} AND a.alert_key = ANY (${[...alertKeys]}::text[]) AND o.status = 'dismissed'
    ) AS seen GROUP BY alert_key, runbook_id
  `.execute(tx.query);
  return rows.map((row) => ({
    alertKey: row.alert_key,
    runbookId: row.runbook_id,
    used: Number(row.used),
    dismissed: Number(row.dismissed),
  }));
}
