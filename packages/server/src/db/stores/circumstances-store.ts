// What surrounds a decision about one execution, read in one statement because it is read for every command: policies, trust, party mode.
// In: a tenant's transaction and a runbook. Out: the stored values as they are; what they mean is for core to say.
import type { ExecutionState, GovernanceMode, PolicyLayer, StepState, TrustLevel } from "@dd0c/core";
import { sql } from "kysely";
import type { TenantTx } from "../tenancy.ts";

export type StoredCircumstances = {
  /** Plain JSON of the installation's `policy` setting; null where it was never written. */
  systemPolicy: unknown;
  tenantPolicy: PolicyLayer;
  governanceOverride: GovernanceMode | null;
  /** Null: the runbook was deleted. */
  trustLevel: TrustLevel | null;
  /** A cause of party mode that nobody has cleared. */
  party: boolean;
};

type Row = {
  system: unknown;
  governance_mode: unknown;
  dangerous_steps: unknown;
  trust_level: number | null;
  governance_override: string | null;
  party: boolean;
  steps: StepState[] | null;
};

export async function readCircumstances(tx: TenantTx, runbookId: string): Promise<StoredCircumstances> {
  return stored(await selectRow(tx, runbookId, null));
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
  const row = await selectRow(tx, own.runbookId, id);
  return { state: { ...own, steps: row.steps ?? [] }, circumstances: stored(row) };
}

/** `executionId`: whose steps come along. */
async function selectRow(tx: TenantTx, runbookId: string, executionId: string | null): Promise<Row> {
  const setting = (key: string) => sql`(SELECT value FROM run.settings WHERE tenant_id = ${tx.tenantId} AND key = ${key})`;
  const { rows } = await sql<Row>`
    SELECT (SELECT value FROM run.system_settings WHERE key = 'policy') AS system,
      ${setting("governance_mode")} AS governance_mode, ${setting("dangerous_steps")} AS dangerous_steps,
      r.trust_level, r.governance_override,
      EXISTS (SELECT FROM run.party_mode WHERE tenant_id = ${tx.tenantId} AND cleared_at IS NULL) AS party,
      (SELECT jsonb_agg(s.state ORDER BY s.position) FROM run.step_executions s
        WHERE s.tenant_id = ${tx.tenantId} AND s.execution_id = ${executionId}) AS steps
    FROM (SELECT) AS always LEFT JOIN run.runbooks r ON r.tenant_id = ${tx.tenantId} AND r.id = ${runbookId} AND r.deleted_at IS NULL
  `.execute(tx.query);
  const [row] = rows;
  if (row === undefined) throw new Error("a row was promised");
  return row;
}

function stored(row: Row): StoredCircumstances {
  const chosen = { governanceMode: row.governance_mode, dangerousSteps: row.dangerous_steps };
  return {
    systemPolicy: row.system,
    tenantPolicy: Object.fromEntries(Object.entries(chosen).filter(([, value]) => value !== null)) as PolicyLayer,
    governanceOverride: row.governance_override as GovernanceMode | null,
    trustLevel: row.trust_level as TrustLevel | null,
    party: row.party,
  };
}
