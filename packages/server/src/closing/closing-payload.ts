// What is kept of a note or a resolve that is to be sent: whom it is for, and what the run was, as it stood at its end. Wire names: these are stored
// bytes that a page shows. Of commands and their output there is nothing in it.
import { countSteps, type DivergenceReport, type ExecutionState, isLookUp, mttrOf, type MttrSince } from "@dd0c/core";
import type { MemberNames } from "../app/read-runbooks.ts";
import type { ExecutionListing } from "../db/index.ts";

export type ClosingAction = "note" | "resolve";

export interface RunFacts {
  readonly execution_id: string;
  readonly runbook_id: string;
  readonly runbook_title: string;
  readonly runbook_version: number;
  readonly status: string;
  readonly steps_executed: number;
  readonly steps_skipped: number;
  readonly steps_failed: number;
  readonly duration_seconds: number | null;
  readonly mttr_seconds: number | null;
  readonly mttr_since: MttrSince | null;
  readonly started_at: string;
  readonly completed_at: string | null;
  /** Names of people, null where it was none that we know by name. */
  readonly started_by: string | null;
  readonly in_charge: string | null;
  /** How many of each kind; null where no report was made. */
  readonly divergences: DivergenceCounts | null;
  readonly steps: readonly { readonly label: string; readonly description: string; readonly status: string }[];
}

export interface DivergenceCounts {
  readonly skipped: number;
  readonly edited: number;
  readonly unlisted: number;
  readonly reordered: number;
  readonly failed_then_worked: number;
}

export interface ClosingPayload {
  readonly action: ClosingAction;
  readonly alert_id: string;
  /** What the provider calls it. */
  readonly external_id: string;
  readonly run: RunFacts;
}

/** The same run and alert give the same key: asked twice, it is told once. */
export const closingKey = (executionId: string, alertId: string, action: ClosingAction): string =>
  `closing/${executionId}/${alertId}/${action}`;

export const closingEventType = (action: ClosingAction): string => (action === "note" ? "alert.note" : "alert.resolve");

const longestDescription = 200;
const mostSteps = 100;

const countsOf = (report: DivergenceReport): DivergenceCounts => ({
  skipped: report.skipped_steps.length,
  edited: report.modified_commands.length,
  unlisted: report.unlisted_actions?.length ?? 0,
  reordered: report.reordered_steps.length,
  failed_then_worked: report.failed_then_worked.length,
});

const secondsBetween = (fromMs: number | null, toMs: number | null): number | null =>
  fromMs === null || toMs === null ? null : Math.max(0, Math.round((toMs - fromMs) / 1_000));

type Times = Pick<RunFacts, "duration_seconds" | "mttr_seconds" | "mttr_since" | "started_at" | "completed_at">;

function timesOf(state: ExecutionState): Times {
  const mttr = mttrOf(state);
  return {
    duration_seconds: secondsBetween(state.startedAtMs, state.completedAtMs),
    mttr_seconds: mttr?.seconds ?? null,
    mttr_since: mttr?.since ?? null,
    started_at: new Date(state.startedAtMs ?? state.createdAtMs).toISOString(),
    completed_at: state.completedAtMs === null ? null : new Date(state.completedAtMs).toISOString(),
  };
}

/** @param report null where none was made */
export function runFacts(state: ExecutionState, listing: ExecutionListing, report: DivergenceReport | null, names: MemberNames): RunFacts {
  const counts = countSteps(state.steps);
  return {
    execution_id: state.id,
    runbook_id: state.runbookId,
    runbook_title: listing.runbookTitle,
    runbook_version: listing.runbookVersion,
    status: state.status,
    steps_executed: counts.executed,
    steps_skipped: counts.skipped,
    steps_failed: counts.failed,
    ...timesOf(state),
    started_by: names.get(state.triggeredBy) ?? null,
    in_charge: names.get(state.inChargeId ?? "") ?? null,
    divergences: report === null ? null : countsOf(report),
    steps: state.steps
      .filter((step) => !isLookUp(step))
      .slice(0, mostSteps)
      .map(({ label, description, status }) => ({ label, description: description.slice(0, longestDescription), status })),
  };
}
