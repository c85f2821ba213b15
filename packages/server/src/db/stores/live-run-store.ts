// Runs that have not ended, as somebody who starts or watches another one asks for them. Reads only, and the lock that makes starts take turns.
import { type ExecutionState, type ExecutionStatus, isSettled, type StepState } from "@dd0c/core";
import { sql } from "kysely";
import type { TenantTx } from "../tenancy.ts";

export const liveStatuses = ["pending", "preflight", "running", "paused", "stalled"] as const satisfies readonly ExecutionStatus[];

/**
 * Starts of one runbook take turns until the transaction ends, so that two at once see each other. A lock of its own and not the runbook's
 * row: a run that fails locks that row while it holds its own.
 */
export async function takeTurnToStart(tx: TenantTx, runbookId: string): Promise<void> {
  await sql`SELECT pg_advisory_xact_lock(hashtextextended(${`start ${tx.tenantId} ${runbookId}`}, 0))`.execute(tx.query);
}

/** The run of this runbook that this alert started and that has not ended; the oldest where there are several. */
export async function findRunOfAlert(tx: TenantTx, runbookId: string, alertId: string): Promise<string | undefined> {
  const row = await selectLive(tx).where("e.runbook_id", "=", runbookId).where("e.alert_id", "=", alertId).executeTakeFirst();
  return row?.id;
}

/** True if a run of this runbook is live on this agent. */
export async function isRunbookLive(tx: TenantTx, runbookId: string, agentId: string): Promise<boolean> {
  const found = await selectLive(tx).where("e.runbook_id", "=", runbookId).where("e.agent_id", "=", agentId).executeTakeFirst();
  return found !== undefined;
}

export type LiveRun = {
  id: string;
  runbookId: string;
  title: string;
  status: ExecutionStatus;
  triggeredBy: string;
  startedAt: Date;
  /** Names of what both touch; empty where only runbook and agent are the same. */
  targets: readonly string[];
};

/** How many are worth telling of. */
const mostRuns = 5;

/** Other live runs on the same agent: of the same runbook, or with a step that names the same target. */
export async function listOtherLiveRuns(tx: TenantTx, state: ExecutionState): Promise<LiveRun[]> {
  if (state.agentId === null) return [];
  const names = targetsOf(state);
  const same = sql<string[] | null>`(SELECT array_agg(DISTINCT t ->> 'text') FROM run.step_executions s,
    jsonb_array_elements(CASE jsonb_typeof(s.state -> 'prepared') WHEN 'object' THEN s.state -> 'prepared' -> 'targets' ELSE '[]'::jsonb END) t
    WHERE s.execution_id = e.id AND t ->> 'text' = ANY (${names}::text[]))`;
  const rows = await selectLive(tx)
    .innerJoin("runbooks as r", "r.id", "e.runbook_id")
    .select(["e.runbook_id", "r.title", "e.status", "e.triggered_by", "e.started_at", "e.created_at", same.as("same")])
    .where("e.agent_id", "=", state.agentId)
    .where("e.id", "!=", state.id)
    .where((row) => row.or([row("e.runbook_id", "=", state.runbookId), row(same, "is not", null)]))
    .limit(mostRuns)
    .execute();
  return rows.map((row) => ({
    id: row.id,
    runbookId: row.runbook_id,
    title: row.title,
    status: row.status as ExecutionStatus,
    triggeredBy: row.triggered_by,
    startedAt: row.started_at ?? row.created_at,
    targets: row.same ?? [],
  }));
}

/** A target that only stands for "something on this agent" names nothing. */
const namesOf = (step: StepState): readonly string[] =>
  (step.prepared?.targets ?? []).flatMap(({ kind, text }) => (kind === "agent" ? [] : [text]));

/** What the steps that are rendered and not over touch by name. */
const targetsOf = (state: ExecutionState): string[] => [...new Set(state.steps.flatMap((step) => (isSettled(step) ? [] : namesOf(step))))];

const selectLive = (tx: TenantTx) =>
  tx.query
    .selectFrom("executions as e")
    .select("e.id")
    .where("e.tenant_id", "=", tx.tenantId)
    .where("e.status", "in", liveStatuses)
    .orderBy("e.created_at");
