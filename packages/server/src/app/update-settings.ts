// A tenant's policy: what it chose so far, what holds together with policy.json, and a human's change of it, recorded with old, new and reason.
// Nobody's choice is the strict one: strict governance, typed confirmation for dangerous steps.
import { type AuditDraft, type EffectivePolicy, effectivePolicy, type PolicyFields, type PolicyLayer, policyRecord } from "@dd0c/core";
import { appendEvents, readTenantPolicy, type TenantTx, writeTenantPolicy } from "../db/index.ts";
import { auditDraft, type Deed } from "./audit-draft.ts";
import type { AppContext } from "./context.ts";

export interface Settings {
  /** The tenant's own choice, completed by the product's defaults. */
  readonly own: PolicyFields;
  /** For a runbook without a lock. */
  readonly effective: EffectivePolicy;
  readonly updatedAt: Date | null;
}

export async function readSettings(app: Pick<AppContext, "systemPolicy">, tx: TenantTx): Promise<Settings> {
  const { layer, updatedAt } = await readTenantPolicy(tx);
  return {
    own: effectivePolicy({ system: {}, tenant: layer, runbook: {} }),
    effective: effectivePolicy({ system: app.systemPolicy.current(), tenant: layer, runbook: {} }),
    updatedAt,
  };
}

/** Writes the fields that `change` has; returns the event, which the caller appends last. */
export async function changePolicy(
  app: Pick<AppContext, "systemPolicy">,
  tx: TenantTx,
  deed: Deed,
  change: PolicyLayer,
  reason: string | null,
): Promise<{ readonly settings: Settings; readonly event: AuditDraft }> {
  const before = await readSettings(app, tx);
  await writeTenantPolicy(tx, change, deed.actor.id, new Date(deed.atMs));
  const settings = await readSettings(app, tx);
  const data = { old: policyRecord(before.own), new: policyRecord(settings.own), reason };
  return { settings, event: auditDraft(deed, "policy.changed", data) };
}

/** The same with its event. Call it last in the transaction. */
export async function updateSettings(
  app: Pick<AppContext, "systemPolicy">,
  tx: TenantTx,
  deed: Deed,
  change: PolicyLayer,
  reason: string | null,
): Promise<Settings> {
  const { settings, event } = await changePolicy(app, tx, deed, change, reason);
  await appendEvents(tx, [event]);
  return settings;
}
