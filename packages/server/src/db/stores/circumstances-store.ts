// What surrounds a decision about one execution, read in one statement because it is read for every command: policies, trust, the version, party mode.
// In: a tenant's transaction, a runbook and its version. Out: the stored values as they are; what they mean is for core to say.
import {
  type Actor,
  type ExecutionState,
  layerOfRecord,
  type PolicyLayer,
  policyNames,
  type StepState,
  type TrustLevel,
  type VersionFacts,
} from "@dd0c/core";
import { sql } from "kysely";
import type { TenantTx } from "../tenancy.ts";

export type StoredCircumstances = {
  tenantPolicy: PolicyLayer;
  /** Empty for a runbook that was deleted. */
  runbookLock: PolicyLayer;
  /** Null: the runbook was deleted. */
  trustLevel: TrustLevel | null;
  version: VersionFacts;
  /** A cause of party mode that nobody has cleared. */
  party: boolean;
};

type Row = {
  chosen: Record<string, unknown> | null;
  trust_level: number | null;
  governance_override: string | null;
  policy_lock: Record<string, unknown> | null;
  created_by_type: string | null;
  created_by: string | null;
  created_by_via: string | null;
  created_at: Date | null;
  reviewed: boolean;
  party: boolean;
  steps: StepState[] | null;
};

/** Which runbook, and which of its versions. */
type Run = Pick<ExecutionState, "runbookId" | "versionId">;

export async function readCircumstances(tx: TenantTx, run: Run): Promise<StoredCircumstances> {
  return stored(await selectRow(tx, run, null));
}

/** An execution with its row locked until the transaction ends, and what surrounds the decision about it. */
export type LockedExecution = { state: ExecutionState; circumstances: StoredCircumstances };

/**
 * The first thing a command does. Undefined: no such execution here.
 * Two statements on purpose: steps and circumstances are read by one that began after the lock was given.
 */
export async function lockForDecision(tx: TenantTx, id: string): Promise<LockedExecution | undefined> {
  const locked = await tx.query
    .selectFrom("executions")
    .select("state")
    .where("tenant_id", "=", tx.tenantId)
    .where("id", "=", id)
    .forUpdate()
    .executeTakeFirst();
  if (locked === undefined) return undefined;
  const own = locked.state as Omit<ExecutionState, "steps">;
  const row = await selectRow(tx, own, id);
  return { state: { ...own, steps: row.steps ?? [] }, circumstances: stored(row) };
}

/** `executionId`: whose steps come along. */
async function selectRow(tx: TenantTx, { runbookId, versionId }: Run, executionId: string | null): Promise<Row> {
  const names = sql.join(Object.values(policyNames));
  const { rows } = await sql<Row>`
    SELECT (SELECT jsonb_object_agg(key, value) FROM run.settings WHERE tenant_id = ${tx.tenantId} AND key IN (${names})) AS chosen,
      r.trust_level, r.governance_override, r.policy_lock, v.created_by_type, v.created_by, v.created_by_via, v.created_at,
      EXISTS (SELECT FROM run.runbook_reviews WHERE tenant_id = ${tx.tenantId} AND version_id = ${versionId}
        AND reviewed_by <> v.created_by) AS reviewed,
      EXISTS (SELECT FROM run.party_mode WHERE tenant_id = ${tx.tenantId} AND cleared_at IS NULL) AS party,
      (SELECT jsonb_agg(s.state ORDER BY s.position) FROM run.step_executions s
        WHERE s.tenant_id = ${tx.tenantId} AND s.execution_id = ${executionId}) AS steps
    FROM (SELECT) AS always
      LEFT JOIN run.runbooks r ON r.tenant_id = ${tx.tenantId} AND r.id = ${runbookId} AND r.deleted_at IS NULL
      LEFT JOIN run.runbook_versions v ON v.tenant_id = ${tx.tenantId} AND v.id = ${versionId}
  `.execute(tx.query);
  const [row] = rows;
  if (row === undefined) throw new Error("a row was promised");
  return row;
}

function stored(row: Row): StoredCircumstances {
  return {
    tenantPolicy: layerOfRecord(row.chosen ?? {}),
    runbookLock: lockLayer(row.governance_override, row.policy_lock),
    trustLevel: row.trust_level as TrustLevel | null,
    version: versionFacts(row),
    party: row.party,
  };
}

/** The lock's two columns as one layer. */
export const lockLayer = (governanceMode: string | null, others: Readonly<Record<string, unknown>> | null): PolicyLayer =>
  layerOfRecord({ ...others, [policyNames.governanceMode]: governanceMode });

/** Versions that came with the product have no member behind them. */
function versionFacts(row: Row): VersionFacts {
  const actor = { type: row.created_by_type, id: row.created_by, via: row.created_by_via } as Actor;
  return {
    writtenBy: row.created_by_type === "user" ? actor : null,
    writtenAtMs: row.created_at?.getTime() ?? Number.POSITIVE_INFINITY,
    reviewed: row.reviewed,
  };
}
