// A run is over: what it did beside its runbook is computed from its events, stored once and recorded, in the transaction that ends it.
// In: the run before and after a command, with the command's events. Out: the event to append. A bug in it never keeps a run from ending.
import { type AuditDraft, type ExecutionEvent, type ExecutionState, InvariantError, isReportable, isTerminal } from "@dd0c/core";
import { auditDraft, systemDeed } from "../app/audit-draft.ts";
import { recordedEvents, reportOn } from "../app/read-divergence.ts";
import { findVersionById, insertDivergence, type TenantTx } from "../db/index.ts";
import type { EngineContext } from "./engine-context.ts";

export interface EndedRun {
  readonly before: ExecutionState;
  readonly after: ExecutionState;
  /** Those that are not on record yet. */
  readonly events: readonly ExecutionEvent[];
  readonly nowMs: number;
}

export async function reportDivergence(
  engine: Pick<EngineContext, "scanner" | "logger">,
  tx: TenantTx,
  { before, after, events, nowMs }: EndedRun,
): Promise<readonly AuditDraft[]> {
  if (isTerminal(before) || !isReportable(after)) return [];
  const version = await findVersionById(tx, after.versionId);
  const history = [...(await recordedEvents(tx, after.id)), ...events];
  if (version === undefined) return [];
  const report = await reportOn(engine.scanner, history, version.parsed).catch((error: unknown) => {
    if (!(error instanceof InvariantError)) throw error;
    engine.logger.error({ execution: after.id, error: error.name }, "a divergence report could not be made");
    return null;
  });
  if (report === null) return [];
  await insertDivergence(tx, report, new Date(nowMs));
  const draft = auditDraft(systemDeed(tx.tenantId, "engine", nowMs), "divergence.detected", { ...report }, after.runbookId);
  return [{ ...draft, execution: after.id }];
}
