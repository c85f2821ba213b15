// A run is over: what it did beside its runbook is computed from its events, stored once and recorded. Asked for by a row of the outbox that is written
// with the end of the run, so that no run waits for its report and none goes without. A bug in it never keeps a run from ending.
import { AppError, type DivergenceReport, type ExecutionState, InvariantError, isReportable, isTerminal } from "@dd0c/core";
import { auditDraft, systemDeed } from "../app/audit-draft.ts";
import { readDivergence } from "../app/read-divergence.ts";
import { appendEvents, insertDivergence, type NewEffect } from "../db/index.ts";
import { type EngineContext, executionTopic, recordTopic } from "./engine-context.ts";

/** What the outbox calls it. */
export const reportKind = "divergence";

/** For the transaction that takes a run from one state to the other: the row that asks for its report, where that ends it. */
export const reportDue = (before: ExecutionState, after: ExecutionState, nowMs: number): readonly NewEffect[] =>
  isTerminal(before) || !isReportable(after)
    ? []
    : [{ kind: reportKind, payload: { kind: reportKind }, availableAt: new Date(nowMs), executionId: after.id }];

type Reporting = Pick<EngineContext, "db" | "scanner" | "clock" | "logger" | "bus">;

/** Null: it is written, or there is nothing that it could be made from. */
async function missingReport({ db, scanner, logger }: Reporting, tenantId: string, executionId: string): Promise<DivergenceReport | null> {
  try {
    const { report, detectedAt } = await db.readTenant(tenantId, (tx) => readDivergence(tx, scanner, executionId));
    return detectedAt === null ? report : null;
  } catch (error) {
    if (!(error instanceof InvariantError) && !(error instanceof AppError && error.code === "NOT_FOUND")) throw error;
    logger.error({ execution: executionId, error: error.name }, "a divergence report could not be made");
    return null;
  }
}

/** Harmless however often it is asked for: of two that make it at once, one writes it. */
export async function writeReport(engine: Reporting, tenantId: string, executionId: string): Promise<void> {
  const report = await missingReport(engine, tenantId, executionId);
  if (report === null) return;
  const nowMs = engine.clock.now();
  await engine.db.withTenant(tenantId, async (tx) => {
    if (!(await insertDivergence(tx, report, new Date(nowMs)))) return;
    const draft = auditDraft(systemDeed(tenantId, "engine", nowMs), "divergence.detected", { ...report }, report.runbook_id);
    await appendEvents(tx, [{ ...draft, execution: executionId }]);
  });
  engine.bus.publish(executionTopic(executionId), "state");
  engine.bus.publish(recordTopic, "");
}
