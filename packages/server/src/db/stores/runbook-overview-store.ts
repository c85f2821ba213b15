// Answers for lists and look-ups that no single runbook holds: risks and last run of many runbooks at once, one step by its stable id.
// In: a tenant's transaction. Out: records; a runbook that is not there has no entry.
import type { Classification, ParsedRunbook } from "@dd0c/core";
import type { Risk } from "@dd0c/scanner";
import { sql } from "kysely";
import type { TenantTx } from "../tenancy.ts";
import { classificationOf } from "./step-store.ts";

export type RunbookOverview = {
  /** Commands of the active version by risk; steps without a command under `manual`. */
  counts: Record<Risk | "manual", number>;
  lastRun: { executionId: string; status: string; at: Date } | null;
};

const noCounts = (): RunbookOverview["counts"] => ({ safe: 0, caution: 0, unknown: 0, dangerous: 0, manual: 0 });

/** Two statements for any number of runbooks. */
export async function overviewRunbooks(tx: TenantTx, runbookIds: readonly string[]): Promise<Map<string, RunbookOverview>> {
  const overviews = new Map<string, RunbookOverview>(runbookIds.map((id) => [id, { counts: noCounts(), lastRun: null }]));
  if (runbookIds.length === 0) return overviews;
  for (const { runbook_id, risk_level, n } of await countSteps(tx, runbookIds)) {
    const overview = overviews.get(runbook_id);
    if (overview !== undefined) overview.counts[(risk_level ?? "manual") as Risk | "manual"] += Number(n);
  }
  for (const run of await lastRuns(tx, runbookIds)) {
    const overview = overviews.get(run.runbook_id);
    if (overview !== undefined) overview.lastRun = { executionId: run.id, status: run.status, at: run.created_at };
  }
  return overviews;
}

const countSteps = (tx: TenantTx, runbookIds: readonly string[]) =>
  tx.query
    .selectFrom("runbooks as r")
    .innerJoin("runbook_versions as v", (join) =>
      join.onRef("v.runbook_id", "=", "r.id").onRef("v.version_number", "=", "r.active_version"),
    )
    .innerJoin("steps as s", "s.runbook_version_id", "v.id")
    .select(["v.runbook_id", "s.risk_level", ({ fn }) => fn.countAll<string>().as("n")])
    .where("r.tenant_id", "=", tx.tenantId)
    .where("r.id", "in", runbookIds)
    .groupBy(["v.runbook_id", "s.risk_level"])
    .execute();

const lastRuns = (tx: TenantTx, runbookIds: readonly string[]) =>
  tx.query
    .selectFrom("executions")
    .distinctOn("runbook_id")
    .select(["runbook_id", "id", "status", "created_at"])
    .where("tenant_id", "=", tx.tenantId)
    .where("runbook_id", "in", runbookIds)
    .orderBy("runbook_id")
    .orderBy("created_at", "desc")
    .execute();

export type StepClassification = {
  command: string;
  /** Spellings of the runbook's variables. */
  placeholders: string[];
  classification: Classification;
  classifiedAt: Date;
};

/** The latest classification of a step, in the newest version that has the step; undefined for manual steps and unknown ids. */
export async function findStepClassification(tx: TenantTx, stepId: string): Promise<StepClassification | undefined> {
  const row = await tx.query
    .selectFrom("steps as s")
    .innerJoin("runbook_versions as v", "v.id", "s.runbook_version_id")
    .innerJoin("runbooks as r", "r.id", "v.runbook_id")
    .innerJoin("classifications as c", "c.step_row_id", "s.id")
    .select(["s.step_order", "s.sub", "v.parsed_structure", "c.classified_at"])
    .select(["c.final_risk_level", "c.merge_rule_applied", "c.classifier_version", "c.scanner_result", "c.llm_result"])
    .where("s.tenant_id", "=", tx.tenantId)
    .where("s.step_id", "=", stepId)
    .where("r.deleted_at", "is", null)
    .orderBy("v.version_number", "desc")
    .orderBy("c.classified_at", "desc")
    .limit(1)
    .executeTakeFirst();
  if (row === undefined) return undefined;
  const classification = classificationOf(row);
  // The parsed structure has the exact text; the column beside it is for searching.
  const parsed = row.parsed_structure as ParsedRunbook;
  const command = parsed.steps[row.step_order - 1]?.commands[row.sub]?.text;
  if (classification === null || command === undefined) return undefined;
  const placeholders = parsed.variables.flatMap((variable) => variable.placeholders);
  return { command, placeholders, classification, classifiedAt: row.classified_at };
}

/** Runbooks whose first version came from this source ("template"), oldest first. */
export async function listRunbookIdsBySource(tx: TenantTx, changeSource: string): Promise<string[]> {
  const rows = await tx.query
    .selectFrom("runbooks as r")
    .innerJoin("runbook_versions as v", (join) => join.onRef("v.runbook_id", "=", "r.id").on("v.version_number", "=", sql.lit(1)))
    .select("r.id")
    .where("r.tenant_id", "=", tx.tenantId)
    .where("r.deleted_at", "is", null)
    .where("v.change_source", "=", changeSource)
    .orderBy("r.created_at")
    .execute();
  return rows.map(({ id }) => id);
}
