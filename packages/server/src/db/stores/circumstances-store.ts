// What surrounds a decision about one execution, read in one statement because it is read for every command: policies, trust, party mode.
// In: a tenant's transaction and a runbook. Out: the stored values as they are; what they mean is for core to say.
import type { GovernanceMode, PolicyLayer, TrustLevel } from "@dd0c/core";
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
};

export async function readCircumstances(tx: TenantTx, runbookId: string): Promise<StoredCircumstances> {
  const setting = (key: string) => sql`(SELECT value FROM run.settings WHERE tenant_id = ${tx.tenantId} AND key = ${key})`;
  const { rows } = await sql<Row>`
    SELECT (SELECT value FROM run.system_settings WHERE key = 'policy') AS system,
      ${setting("governance_mode")} AS governance_mode, ${setting("dangerous_steps")} AS dangerous_steps,
      r.trust_level, r.governance_override,
      EXISTS (SELECT FROM run.party_mode WHERE tenant_id = ${tx.tenantId} AND cleared_at IS NULL) AS party
    FROM (SELECT) AS always LEFT JOIN run.runbooks r ON r.tenant_id = ${tx.tenantId} AND r.id = ${runbookId} AND r.deleted_at IS NULL
  `.execute(tx.query);
  const [row] = rows;
  if (row === undefined) throw new Error("a row was promised");
  const chosen = { governanceMode: row.governance_mode, dangerousSteps: row.dangerous_steps };
  return {
    systemPolicy: row.system,
    tenantPolicy: Object.fromEntries(Object.entries(chosen).filter(([, value]) => value !== null)) as PolicyLayer,
    governanceOverride: row.governance_override as GovernanceMode | null,
    trustLevel: row.trust_level as TrustLevel | null,
    party: row.party,
  };
}
