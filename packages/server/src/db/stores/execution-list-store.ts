// Lists of executions for people: newest first, with the names that a list shows. Reads only.
import type { ExecutionStatus, TriggerSource, TrustLevel } from "@dd0c/core";
import type { TenantTx } from "../tenancy.ts";
import { cutPage, readCursor } from "./page-cursor.ts";

export type ExecutionListing = {
  id: string;
  runbookId: string;
  runbookTitle: string;
  runbookVersion: number;
  agentId: string | null;
  agentName: string | null;
  status: ExecutionStatus;
  trustLevel: TrustLevel | null;
  governanceMode: "strict" | "audit" | null;
  triggerSource: TriggerSource;
  triggeredBy: string;
  stepsTotal: number;
  stepsExecuted: number;
  stepsSkipped: number;
  stepsFailed: number;
  mttrSeconds: number | null;
  createdAt: Date;
  startedAt: Date | null;
  completedAt: Date | null;
};

export type ExecutionQuery = {
  limit: number;
  cursor?: string | undefined;
  runbookId?: string | undefined;
  statuses?: readonly ExecutionStatus[] | undefined;
};

/** A page of executions. Errors: VALIDATION_FAILED for a foreign cursor. */
export async function listExecutions(
  tx: TenantTx,
  query: ExecutionQuery,
): Promise<{ items: ExecutionListing[]; nextCursor: string | null }> {
  const place = readCursor(query.cursor);
  let select = selectListing(tx)
    .orderBy("e.created_at", "desc")
    .orderBy("e.id", "desc")
    .limit(query.limit + 1);
  if (query.runbookId !== undefined) select = select.where("e.runbook_id", "=", query.runbookId);
  // What waits for its start stands with the alert that it is offered for.
  select = query.statuses === undefined ? select.where("e.status", "!=", "pending") : select.where("e.status", "in", query.statuses);
  if (place !== undefined) select = select.where((row) => row(row.refTuple("e.created_at", "e.id"), "<", row.tuple(place.at, place.id)));
  const rows = (await select.execute()).map(listing);
  return cutPage(rows, query.limit, (row) => ({ at: row.createdAt, id: row.id }));
}

/** The listing of one execution; undefined where there is none. */
export async function findListing(tx: TenantTx, id: string): Promise<ExecutionListing | undefined> {
  const row = await selectListing(tx).where("e.id", "=", id).executeTakeFirst();
  return row === undefined ? undefined : listing(row);
}

const selectListing = (tx: TenantTx) =>
  tx.query
    .selectFrom("executions as e")
    .innerJoin("runbooks as r", "r.id", "e.runbook_id")
    .innerJoin("runbook_versions as v", "v.id", "e.version_id")
    .leftJoin("agents as a", "a.id", "e.agent_id")
    .select(["e.id", "e.runbook_id", "r.title", "v.version_number", "e.agent_id", "a.name as agent_name", "e.status", "e.trust_level"])
    .select(["e.governance_mode", "e.trigger_source", "e.triggered_by", "e.steps_total", "e.steps_executed", "e.steps_skipped"])
    .select(["e.steps_failed", "e.mttr_seconds", "e.created_at", "e.started_at", "e.completed_at"])
    .where("e.tenant_id", "=", tx.tenantId);

type ListingRow = Awaited<ReturnType<ReturnType<typeof selectListing>["execute"]>>[number];

function listing(row: ListingRow): ExecutionListing {
  return {
    id: row.id,
    runbookId: row.runbook_id,
    runbookTitle: row.title,
    runbookVersion: row.version_number,
    agentId: row.agent_id,
    agentName: row.agent_name,
    status: row.status as ExecutionStatus,
    trustLevel: row.trust_level as TrustLevel | null,
    governanceMode: row.governance_mode as ExecutionListing["governanceMode"],
    triggerSource: row.trigger_source as TriggerSource,
    triggeredBy: row.triggered_by,
    stepsTotal: row.steps_total,
    stepsExecuted: row.steps_executed,
    stepsSkipped: row.steps_skipped,
    stepsFailed: row.steps_failed,
    mttrSeconds: row.mttr_seconds,
    createdAt: row.created_at,
    startedAt: row.started_at,
    completedAt: row.completed_at,
  };
}
