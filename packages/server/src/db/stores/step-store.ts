// The steps of a runbook version, one row per command line, each with the classification that was decided for it.
// Rows are immutable; `stepId` is what stays the same across versions (the caller matches commands, the store keeps what it is given).
import type { Classification, StepKind } from "@dd0c/core";
import type { Risk } from "@dd0c/scanner";
import { sql } from "kysely";
import { toJsonColumn, toTextColumn } from "../json-columns.ts";
import type { TenantTx } from "../tenancy.ts";

export type StepRecord = {
  /** Of this row. */
  id: string;
  stepId: string;
  /** 1..n over document steps. */
  order: number;
  /** 0..n-1 over the commands of one document step. */
  sub: number;
  label: string;
  kind: StepKind;
  section: string | null;
  description: string;
  /** Null for manual steps and links. */
  command: string | null;
  expectedOutput: string | null;
  rollbackCommand: string | null;
  timeoutMs: number | null;
  /** Physical lines in the source, from 1. */
  line: number | null;
  endLine: number | null;
  /** Names of the variables that its command uses. */
  variables: readonly string[];
  /** Null exactly where there is no command. */
  classification: Classification | null;
};

/** Writes all steps of a version and their classifications. */
export async function insertSteps(tx: TenantTx, versionId: string, steps: readonly StepRecord[], classifiedAt: Date): Promise<void> {
  if (steps.length > 0)
    await tx.query
      .insertInto("steps")
      .values(steps.map((step) => stepRow(tx, versionId, step)))
      .execute();
  const classified = steps.flatMap((step) =>
    step.classification === null ? [] : [classificationRow(tx, step.id, step.classification, classifiedAt)],
  );
  if (classified.length > 0) await tx.query.insertInto("classifications").values(classified).execute();
}

function stepRow(tx: TenantTx, versionId: string, step: StepRecord) {
  return {
    id: step.id,
    tenant_id: tx.tenantId,
    runbook_version_id: versionId,
    step_id: step.stepId,
    step_order: step.order,
    sub: step.sub,
    label: step.label,
    kind: step.kind,
    section: toTextColumn(step.section),
    description: toTextColumn(step.description),
    command: toTextColumn(step.command),
    expected_output: toTextColumn(step.expectedOutput),
    rollback_command: toTextColumn(step.rollbackCommand),
    risk_level: step.classification?.risk ?? null,
    timeout_ms: step.timeoutMs,
    line: step.line,
    end_line: step.endLine,
    variables: toJsonColumn(step.variables),
    branch_logic: null,
    prerequisites: "[]",
    ambiguities: "[]",
  };
}

function classificationRow(tx: TenantTx, stepRowId: string, classification: Classification, classifiedAt: Date) {
  return {
    id: sql<string>`gen_random_uuid()`,
    tenant_id: tx.tenantId,
    step_row_id: stepRowId,
    scanner_result: toJsonColumn(classification.scanner),
    llm_result: toJsonColumn(classification.answers),
    final_risk_level: classification.risk,
    merge_rule_applied: classification.mergeRule,
    classifier_version: classification.classifierVersion,
    scanner_pattern_version: classification.scanner.patternVersion,
    llm_model: classification.answers.find((answer) => answer.model !== null)?.model ?? null,
    classified_at: classifiedAt,
  };
}

/** Steps of a version in order, each with its latest classification. */
export async function listSteps(tx: TenantTx, versionId: string): Promise<StepRecord[]> {
  const rows = await tx.query
    .selectFrom("steps as s")
    .leftJoinLateral(
      (of) =>
        of
          .selectFrom("classifications")
          .select(["final_risk_level", "merge_rule_applied", "classifier_version", "scanner_result", "llm_result"])
          .whereRef("step_row_id", "=", "s.id")
          .orderBy("classified_at", "desc")
          .limit(1)
          .as("c"),
      (join) => join.onTrue(),
    )
    .selectAll("s")
    .select(["c.final_risk_level", "c.merge_rule_applied", "c.classifier_version", "c.scanner_result", "c.llm_result"])
    .where("s.tenant_id", "=", tx.tenantId)
    .where("s.runbook_version_id", "=", versionId)
    .orderBy("s.step_order")
    .orderBy("s.sub")
    .execute();
  return rows.map(stepRecord);
}

type ClassificationColumns = {
  final_risk_level: string | null;
  merge_rule_applied: string | null;
  classifier_version: string | null;
  scanner_result: unknown;
  llm_result: unknown;
};

type StepRow = ClassificationColumns & {
  id: string;
  step_id: string;
  step_order: number;
  sub: number;
  label: string;
  kind: string;
  section: string | null;
  description: string;
  command: string | null;
  expected_output: string | null;
  rollback_command: string | null;
  timeout_ms: number | null;
  line: number | null;
  end_line: number | null;
  variables: unknown;
};

function stepRecord(row: StepRow): StepRecord {
  return {
    id: row.id,
    stepId: row.step_id,
    order: row.step_order,
    sub: row.sub,
    label: row.label,
    kind: row.kind as StepKind,
    section: row.section,
    description: row.description,
    command: row.command,
    expectedOutput: row.expected_output,
    rollbackCommand: row.rollback_command,
    timeoutMs: row.timeout_ms,
    line: row.line,
    endLine: row.end_line,
    variables: row.variables as string[],
    classification: classificationOf(row),
  };
}

/** The decision as it was stored; null where a step has no command. */
export function classificationOf(row: ClassificationColumns): Classification | null {
  if (row.final_risk_level === null || row.merge_rule_applied === null || row.classifier_version === null) return null;
  return {
    risk: row.final_risk_level as Risk,
    mergeRule: row.merge_rule_applied as Classification["mergeRule"],
    scanner: row.scanner_result as Classification["scanner"],
    answers: row.llm_result as Classification["answers"],
    classifierVersion: row.classifier_version,
  };
}
