// A runbook and a new trust level go in; the level is set in an admin's name and recorded. The engine's own downgrades do not come here.
// Raising trust is a person's decision with a reason; an execution that runs keeps the level it started with.
import { AppError, type AuditDraft, hasRole, isHuman, type Role, type TrustLevel } from "@dd0c/core";
import { type RunbookRecord, setTrust, type TenantTx } from "../db/index.ts";
import { auditDraft, type Deed } from "./audit-draft.ts";

export interface TrustChange {
  readonly level: TrustLevel;
  readonly reason: string;
}

/** Throws FORBIDDEN for anybody but an admin, HUMAN_REQUIRED for machines, VALIDATION_FAILED without a reason. */
export function checkTrustChange(role: Role, deed: Deed, reason: string | undefined): void {
  if (!hasRole([role], "admin"))
    throw new AppError("FORBIDDEN", "Only an admin sets the trust level of a runbook.", { required_role: "admin", role });
  if (!isHuman(deed.actor)) throw new AppError("HUMAN_REQUIRED");
  if (reason === undefined || reason.trim() === "")
    throw new AppError("VALIDATION_FAILED", "A change of trust needs a reason.", { field: "reason" });
}

/** Writes the level; returns the event, which the caller appends last. None when the level is what it was. */
export async function changeTrust(
  tx: TenantTx,
  deed: Deed,
  runbook: Pick<RunbookRecord, "id" | "trustLevel">,
  change: TrustChange,
): Promise<readonly AuditDraft[]> {
  if (change.level === runbook.trustLevel) return [];
  await setTrust(tx, runbook.id, change.level, deed.actor.id, new Date(deed.atMs));
  const levels = { old_level: runbook.trustLevel, new_level: change.level };
  if (change.level < runbook.trustLevel) {
    return [auditDraft(deed, "runbook.trust_downgraded", { ...levels, trigger_event: "set_by_admin", reason: change.reason }, runbook.id)];
  }
  const promotion = { ...levels, criteria_met: [], approved_by: deed.actor.id, reason: change.reason };
  return [auditDraft(deed, "runbook.trust_promoted", promotion, runbook.id)];
}
