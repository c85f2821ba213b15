// The runs by which a runbook's trust is judged, newest first. In: a tenant's transaction. Out: core's words for them; judging is core's.
import type { JudgedRun, TrustLevel } from "@dd0c/core";
import { sql } from "kysely";
import type { TenantTx } from "../tenancy.ts";

/** More than anybody needs for a suggestion, few enough for every finished run. */
const latest = 100;

/** Finished runs, and unfinished ones that are bad already. */
export async function listJudgedRuns(tx: TenantTx, runbookId: string): Promise<JudgedRun[]> {
  const rows = await tx.query
    .selectFrom("executions")
    .select(["status", "trust_level", "steps_executed", sql<boolean>`state ->> 'badRun' = 'true'`.as("bad_run")])
    .where("tenant_id", "=", tx.tenantId)
    .where("runbook_id", "=", runbookId)
    .where((row) => row.or([row("status", "=", "completed"), sql<boolean>`state ->> 'badRun' = 'true'`]))
    .orderBy(sql`coalesce(completed_at, created_at)`, "desc")
    .orderBy("id")
    .limit(latest)
    .execute();
  return rows.map((row) => ({
    trustLevel: row.trust_level as TrustLevel | null,
    completed: row.status === "completed",
    badRun: row.bad_run,
    stepsExecuted: row.steps_executed,
  }));
}
