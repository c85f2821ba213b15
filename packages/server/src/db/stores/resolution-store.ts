// What runs that were started for alerts came to: those of one alert, and how long incidents of one kind lasted. Reads only.
import type { ExecutionStatus } from "@dd0c/core";
import { sql } from "kysely";
import type { TenantTx } from "../tenancy.ts";
import type { AlertRecord } from "./alert-store.ts";

export type RunOfAlert = { id: string; status: ExecutionStatus };

const mostRuns = 10;

/** Runs that are over, for this alert or for the offer that it shares with others of its kind; the one that ended last comes first. */
export async function endedRunsOf(tx: TenantTx, { id, offerId }: Pick<AlertRecord, "id" | "offerId">): Promise<RunOfAlert[]> {
  const rows = await tx.query
    .selectFrom("executions as e")
    .select(["e.id", "e.status"])
    .where("e.tenant_id", "=", tx.tenantId)
    .where("e.completed_at", "is not", null)
    .where((each) =>
      each.or([
        each("e.alert_id", "=", id),
        each("e.id", "in", (offers) =>
          offers
            .selectFrom("alert_offers as o")
            .select("o.execution_id")
            .where("o.tenant_id", "=", tx.tenantId)
            .where("o.id", "=", offerId),
        ),
      ]),
    )
    .orderBy("e.completed_at", "desc")
    .limit(mostRuns)
    .execute();
  return rows.map((row) => ({ id: row.id, status: row.status as ExecutionStatus }));
}

export type ResolutionStats = { runs: number; medianSeconds: number | null };

/** Completed runs since then for alerts of this kind. */
export async function resolutionStats(tx: TenantTx, alertKey: string, since: Date): Promise<ResolutionStats> {
  const { rows } = await sql<{ runs: string; median: number | null }>`
    SELECT count(*) AS runs, percentile_cont(0.5) WITHIN GROUP (ORDER BY e.mttr_seconds) AS median FROM run.executions e
      JOIN run.alerts a ON a.tenant_id = e.tenant_id AND a.id::text = e.alert_id
      WHERE e.tenant_id = ${tx.tenantId} AND a.alert_key = ${alertKey} AND e.status = 'completed'
        AND e.mttr_seconds IS NOT NULL AND e.completed_at >= ${since}
  `.execute(tx.query);
  const [row] = rows;
  return { runs: Number(row?.runs ?? 0), medianSeconds: row?.median == null ? null : Math.round(row.median) };
}
