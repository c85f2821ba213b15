// What a run did beside its runbook: the report that was written at its end, or, for a run of an earlier release, the same computed from its events.
import {
  AppError,
  type DivergenceReport,
  divergenceReport,
  type ExecutionEvent,
  executionEventOf,
  type ExecutionState,
  isExecutionEventType,
  isReportable,
  isTerminal,
  textsIn,
} from "@dd0c/core";
import { executionEvents, findAlertContext, findDivergence, findVersionById, readExecution, type TenantTx } from "../db/index.ts";
import type { ScannerGuard } from "./scanner-guard.ts";

export interface ReadReport {
  readonly report: DivergenceReport;
  /** When it was written; null where it was computed just now. */
  readonly detectedAt: Date | null;
}

/** The events of a run that are on record, oldest first. */
export async function recordedEvents(tx: TenantTx, executionId: string): Promise<readonly ExecutionEvent[]> {
  const events = await executionEvents(tx, executionId);
  return events.filter(({ type }) => isExecutionEventType(type)).map((event) => executionEventOf(event, Date.parse(event.occurred_at)));
}

/** Loads what reading the commands needs, so that the same events always give the same report. */
export async function reportOn(
  scanner: Pick<ScannerGuard, "prepare">,
  events: readonly ExecutionEvent[],
  version: Parameters<typeof divergenceReport>[1],
  alertTexts: readonly string[] | null,
): Promise<DivergenceReport> {
  const typed = events.flatMap((event) =>
    event.type === "step.unlisted_action" || event.type === "step.modified" ? event.data.command : [],
  );
  const planned = events.flatMap((event) =>
    event.type === "execution.created" ? event.data.steps.flatMap(({ command }) => command ?? []) : [],
  );
  await scanner.prepare([...typed, ...planned]);
  return divergenceReport(events, version, alertTexts);
}

/** What the run took along from its alert; null where there was one and nothing of it is kept. */
async function alertTextsOf(tx: TenantTx, { id, alertId }: Pick<ExecutionState, "id" | "alertId">): Promise<readonly string[] | null> {
  const context = await findAlertContext(tx, id);
  return context === null && alertId !== null ? null : textsIn(context);
}

/** As readDivergence, for a run that is over: null where there is nothing to compare. */
export async function reportOf(
  tx: TenantTx,
  scanner: Pick<ScannerGuard, "prepare">,
  executionId: string,
): Promise<DivergenceReport | null> {
  try {
    return (await readDivergence(tx, scanner, executionId)).report;
  } catch (error) {
    if (error instanceof AppError && error.code === "NOT_FOUND") return null;
    throw error;
  }
}

/** Errors: EXECUTION_NOT_FOUND, EXECUTION_STATE_CONFLICT while it is not over, NOT_FOUND where there is nothing to compare. */
export async function readDivergence(tx: TenantTx, scanner: Pick<ScannerGuard, "prepare">, executionId: string): Promise<ReadReport> {
  const state = await readExecution(tx, executionId);
  if (state === undefined) throw new AppError("EXECUTION_NOT_FOUND");
  if (!isTerminal(state)) {
    throw new AppError("EXECUTION_STATE_CONFLICT", `The execution is ${state.status}: the report is written when it is over.`);
  }
  const stored = await findDivergence(tx, executionId);
  if (stored !== undefined) return stored;
  if (!isReportable(state)) throw new AppError("NOT_FOUND", "No step of this run was begun: there is nothing to compare.");
  const events = await recordedEvents(tx, executionId);
  const version = await findVersionById(tx, state.versionId);
  if (events[0]?.type !== "execution.created" || version === undefined) {
    throw new AppError("NOT_FOUND", "The events of this run are in the archive: there is nothing here to compare.");
  }
  return { report: await reportOn(scanner, events, version.parsed, await alertTextsOf(tx, state)), detectedAt: null };
}
