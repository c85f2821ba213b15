// A tenant's policy: what it chose so far, and a human's change of it, recorded with old, new and reason.
// Nobody's choice is the strict one: strict governance, typed confirmation for dangerous steps.
import { effectivePolicy, type Policy, type PolicyLayer } from "@dd0c/core";
import { appendEvents, readTenantPolicy, type TenantTx, writeTenantPolicy } from "../db/index.ts";
import { auditDraft, type Deed } from "./audit-draft.ts";

export interface Settings extends Policy {
  readonly updatedAt: Date | null;
}

export async function readSettings(tx: TenantTx): Promise<Settings> {
  const { layer, updatedAt } = await readTenantPolicy(tx);
  return { ...effectivePolicy({ system: {}, tenant: layer, runbook: {} }), updatedAt };
}

const wirePolicy = ({ governanceMode, dangerousSteps }: Policy) => ({ governance_mode: governanceMode, dangerous_steps: dangerousSteps });

/** Writes the fields that `change` has. Appends its event last, so call it last in the transaction. */
export async function updateSettings(tx: TenantTx, deed: Deed, change: PolicyLayer, reason: string | null): Promise<Settings> {
  const before = await readSettings(tx);
  await writeTenantPolicy(tx, change, deed.actor.id, new Date(deed.atMs));
  const after = await readSettings(tx);
  await appendEvents(tx, [auditDraft(deed, "policy.changed", { old: wirePolicy(before), new: wirePolicy(after), reason })]);
  return after;
}
