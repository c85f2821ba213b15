// Governance in numbers: counts from the audit log, the weekly reports, the notices. In: a tenant's transaction. What numbers mean is core's.
import type { GovernanceCounts } from "@dd0c/core";
import { sql } from "kysely";
import { toJsonColumn } from "../json-columns.ts";
import type { TenantTx } from "../tenancy.ts";

export type GovernanceReport = { weekStart: Date; counts: GovernanceCounts };
export type NoticeStatus = "open" | "withdrawn" | "downgraded" | "restored";
export type GovernanceNotice = {
  id: string;
  givenAt: Date;
  dueAt: Date;
  counts: GovernanceCounts;
  maxSharePercent: number;
  status: NoticeStatus;
  settledAt: Date | null;
};

/** One replica at a time, until the transaction ends. */
export async function lockGovernance(tx: TenantTx): Promise<void> {
  await sql`SELECT pg_advisory_xact_lock(hashtextextended(${`governance ${tx.tenantId}`}, 0))`.execute(tx.query);
}

type CountRow = { [K in keyof GovernanceCounts]: string };

/** What was recorded from `from` until before `to`. */
export async function countGovernance(tx: TenantTx, from: Date, to: Date): Promise<GovernanceCounts> {
  const { rows } = await sql<CountRow>`
    SELECT count(*) FILTER (WHERE event_type = 'step.auto_executed') AS auto,
      count(*) FILTER (WHERE event_type = 'step.approved' AND event_data #>> '{grant,method}' IS DISTINCT FROM 'typed') AS approved,
      count(*) FILTER (WHERE event_type = 'step.approved' AND event_data #>> '{grant,method}' = 'typed') AS typed,
      count(*) FILTER (WHERE event_type = 'step.rejected') AS rejected,
      count(*) FILTER (WHERE event_type = 'step.refused') AS "refusedByAgent",
      count(*) FILTER (WHERE event_type = 'step.blocked') AS blocked,
      count(*) FILTER (WHERE event_type = 'runbook.trust_downgraded') AS downgrades,
      count(*) FILTER (WHERE event_type = 'policy.changed'
        OR (event_type = 'runbook.updated' AND event_data -> 'changed' ?| ARRAY['governanceOverride', 'policyLock'])) AS overrides
    FROM run.audit_events
    WHERE tenant_id = ${tx.tenantId} AND recorded_at >= ${from} AND recorded_at < ${to}
      AND event_type IN ('step.auto_executed', 'step.approved', 'step.rejected', 'step.refused', 'step.blocked',
        'runbook.trust_downgraded', 'policy.changed', 'runbook.updated')
  `.execute(tx.query);
  const [row] = rows;
  if (row === undefined) throw new Error("a row was promised");
  return Object.fromEntries(Object.entries(row).map(([name, count]) => [name, Number(count)])) as unknown as GovernanceCounts;
}

/** False when that week was reported before. */
export async function insertGovernanceReport(tx: TenantTx, { weekStart, counts }: GovernanceReport, at: Date): Promise<boolean> {
  const written = await tx.query
    .insertInto("governance_reports")
    .values({ tenant_id: tx.tenantId, week_start: weekStart, counts: toJsonColumn(counts), created_at: at })
    .onConflict((conflict) => conflict.columns(["tenant_id", "week_start"]).doNothing())
    .executeTakeFirst();
  return written.numInsertedOrUpdatedRows === 1n;
}

/** Newest first. */
export async function listGovernanceReports(tx: TenantTx, limit: number): Promise<GovernanceReport[]> {
  const rows = await tx.query
    .selectFrom("governance_reports")
    .select(["week_start", "counts"])
    .where("tenant_id", "=", tx.tenantId)
    .orderBy("week_start", "desc")
    .limit(limit)
    .execute();
  return rows.map((row) => ({ weekStart: row.week_start, counts: row.counts as GovernanceCounts }));
}

export async function insertNotice(tx: TenantTx, notice: Omit<GovernanceNotice, "status" | "settledAt">): Promise<void> {
  await tx.query
    .insertInto("governance_notices")
    .values({
      id: notice.id,
      tenant_id: tx.tenantId,
      given_at: notice.givenAt,
      due_at: notice.dueAt,
      counts: toJsonColumn(notice.counts),
      max_share_percent: notice.maxSharePercent,
      status: "open",
      settled_at: null,
      settled_by: null,
    })
    .execute();
}

/** The one given last, whatever became of it. */
export async function latestNotice(tx: TenantTx): Promise<GovernanceNotice | undefined> {
  const row = await tx.query
    .selectFrom("governance_notices")
    .selectAll()
    .where("tenant_id", "=", tx.tenantId)
    .orderBy("given_at", "desc")
    .limit(1)
    .executeTakeFirst();
  if (row === undefined) return undefined;
  return {
    id: row.id,
    givenAt: row.given_at,
    dueAt: row.due_at,
    counts: row.counts as GovernanceCounts,
    maxSharePercent: row.max_share_percent,
    status: row.status as NoticeStatus,
    settledAt: row.settled_at,
  };
}

/** False when it was no longer in the state that it is moved from. */
export async function settleNotice(
  tx: TenantTx,
  id: string,
  move: { from: NoticeStatus; to: NoticeStatus; by: string; at: Date },
): Promise<boolean> {
  const settled = await tx.query
    .updateTable("governance_notices")
    .set({ status: move.to, settled_at: move.at, settled_by: move.by })
    .where("tenant_id", "=", tx.tenantId)
    .where("id", "=", id)
    .where("status", "=", move.from)
    .executeTakeFirst();
  return settled.numUpdatedRows === 1n;
}
