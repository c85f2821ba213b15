// Divergence reports of runs, and what people decided about suggestions. Rows are written once.
import type { Actor, DivergenceReport } from "@dd0c/core";
import { toJsonColumn, toTextColumn } from "../json-columns.ts";
import type { TenantTx } from "../tenancy.ts";

/** False: it is there already. */
export async function insertDivergence(tx: TenantTx, report: DivergenceReport, at: Date): Promise<boolean> {
  const result = await tx.query
    .insertInto("divergences")
    .values({
      tenant_id: tx.tenantId,
      execution_id: report.execution_id,
      runbook_id: report.runbook_id,
      report: toJsonColumn(report),
      detected_at: at,
    })
    .onConflict((conflict) => conflict.column("execution_id").doNothing())
    .executeTakeFirst();
  return result.numInsertedOrUpdatedRows === 1n;
}

export async function findDivergence(
  tx: TenantTx,
  executionId: string,
): Promise<{ readonly report: DivergenceReport; readonly detectedAt: Date } | undefined> {
  const row = await tx.query
    .selectFrom("divergences")
    .select(["report", "detected_at"])
    .where("tenant_id", "=", tx.tenantId)
    .where("execution_id", "=", executionId)
    .executeTakeFirst();
  return row === undefined ? undefined : { report: row.report as DivergenceReport, detectedAt: row.detected_at };
}

/** Of one runbook, newest first. */
export async function listDivergences(tx: TenantTx, runbookId: string, limit: number): Promise<DivergenceReport[]> {
  const rows = await tx.query
    .selectFrom("divergences")
    .select("report")
    .where("tenant_id", "=", tx.tenantId)
    .where("runbook_id", "=", runbookId)
    .orderBy("detected_at", "desc")
    .orderBy("execution_id")
    .limit(limit)
    .execute();
  return rows.map(({ report }) => report as DivergenceReport);
}

export type SuggestionDecision = {
  key: string;
  decision: "applied" | "dismissed";
  summary: string;
  /** Executions that it followed from. */
  runs: readonly string[];
  reason: string | null;
  /** The version that it made; null where it was dismissed. */
  version: number | null;
  decidedBy: Actor["id"];
  decidedAt: Date;
};

export async function insertSuggestionDecision(tx: TenantTx, runbookId: string, decision: SuggestionDecision): Promise<void> {
  await tx.query
    .insertInto("suggestion_decisions")
    .values({
      tenant_id: tx.tenantId,
      runbook_id: runbookId,
      key: decision.key,
      decision: decision.decision,
      summary: toTextColumn(decision.summary),
      runs: toJsonColumn(decision.runs),
      reason: toTextColumn(decision.reason),
      version_number: decision.version,
      decided_by: decision.decidedBy,
      decided_at: decision.decidedAt,
    })
    .execute();
}

/** Newest first. */
export async function listSuggestionDecisions(tx: TenantTx, runbookId: string): Promise<SuggestionDecision[]> {
  const rows = await tx.query
    .selectFrom("suggestion_decisions")
    .selectAll()
    .where("tenant_id", "=", tx.tenantId)
    .where("runbook_id", "=", runbookId)
    .orderBy("decided_at", "desc")
    .execute();
  return rows.map((row) => ({
    key: row.key,
    decision: row.decision as SuggestionDecision["decision"],
    summary: row.summary,
    runs: row.runs as readonly string[],
    reason: row.reason,
    version: row.version_number,
    decidedBy: row.decided_by,
    decidedAt: row.decided_at,
  }));
}
