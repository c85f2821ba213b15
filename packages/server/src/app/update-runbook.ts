// Changes of a runbook go in; a new text makes the next version, tags and title change in place, trust and lock are an admin's.
// Steps keep their ids across versions. A change that changes nothing writes nothing.
import { AppError, type AuditDraft, type GovernanceMode, hasRole, type Role, type TrustLevel } from "@dd0c/core";
import {
  appendEvents,
  findVersion,
  lockRunbook,
  type RunbookChanges,
  type RunbookRecord,
  type TenantTx,
  updateRunbook as writeRunbook,
  type VersionRecord,
} from "../db/index.ts";
import { auditDraft, type Deed } from "./audit-draft.ts";
import { changeTrust, checkTrustChange } from "./change-trust.ts";
import { type AppContext, textHash } from "./context.ts";
import { parsePreview, type Preview } from "./parse-preview.ts";
import { storeVersion } from "./store-version.ts";

export interface RunbookUpdate {
  readonly title?: string | undefined;
  readonly rawText?: string | undefined;
  readonly serviceTag?: string | null | undefined;
  readonly teamTag?: string | null | undefined;
  readonly trustLevel?: TrustLevel | undefined;
  readonly governanceOverride?: GovernanceMode | null | undefined;
  readonly reason?: string | undefined;
}

interface Current {
  readonly runbook: RunbookRecord;
  readonly version: VersionRecord;
}

async function lockCurrent(tx: TenantTx, id: string): Promise<Current> {
  const runbook = await lockRunbook(tx, id);
  const version = runbook === undefined ? undefined : await findVersion(tx, id, runbook.activeVersion);
  if (runbook === undefined || version === undefined) throw new AppError("RUNBOOK_NOT_FOUND");
  return { runbook, version };
}

/** The fields of `wanted` that differ from what is. */
function differences(runbook: RunbookRecord, wanted: RunbookChanges): RunbookChanges {
  const changed = Object.entries(wanted).filter(([key, value]) => value !== undefined && runbook[key as keyof RunbookChanges] !== value);
  return Object.fromEntries(changed) as RunbookChanges;
}

function checkLockChange(role: Role, runbook: RunbookRecord, update: RunbookUpdate): void {
  const same = update.governanceOverride === undefined || update.governanceOverride === runbook.governanceOverride;
  if (!same && !hasRole([role], "admin")) {
    throw new AppError("FORBIDDEN", "Only an admin sets the governance of a runbook.", { required_role: "admin", role });
  }
}

const nextVersion = async (
  app: AppContext,
  tx: TenantTx,
  deed: Deed,
  { runbook, version }: Current,
  rawText: string | undefined,
  preview: Preview | undefined,
): Promise<{ readonly number: number; readonly events: readonly AuditDraft[] }> => {
  if (rawText === undefined || preview === undefined || textHash(rawText) === version.rawTextHash)
    return { number: version.version, events: [] };
  const source = {
    runbookId: runbook.id,
    version: version.version + 1,
    rawText,
    sourceType: version.sourceType,
    changeSource: "manual",
    previousVersionId: version.id,
  };
  const { events } = await storeVersion(app, tx, deed, source, preview);
  return { number: source.version, events };
};

/** Errors: RUNBOOK_NOT_FOUND, PARSE_FAILED, FORBIDDEN, HUMAN_REQUIRED, VALIDATION_FAILED, PARTY_MODE_ACTIVE. */
export async function updateRunbook(app: AppContext, deed: Deed, role: Role, id: string, update: RunbookUpdate): Promise<void> {
  const preview = update.rawText === undefined ? undefined : await parsePreview(app, update.rawText, "all");

  const write = async (tx: TenantTx): Promise<readonly AuditDraft[]> => {
    const current = await lockCurrent(tx, id);
    const { runbook } = current;
    const level = update.trustLevel ?? runbook.trustLevel;
    if (level !== runbook.trustLevel) checkTrustChange(role, deed, update.reason);
    checkLockChange(role, runbook, update);

    const { number, events } = await nextVersion(app, tx, deed, current, update.rawText, preview);
    const changes = differences(runbook, {
      title: update.title,
      serviceTag: update.serviceTag,
      teamTag: update.teamTag,
      governanceOverride: update.governanceOverride,
      activeVersion: number,
    } as RunbookChanges);
    const trust = await changeTrust(tx, deed, runbook, { level, reason: update.reason ?? "" });
    if (Object.keys(changes).length === 0) return trust;
    await writeRunbook(tx, id, changes, new Date(deed.atMs));
    const updated = {
      old_version: runbook.activeVersion,
      new_version: number,
      change_source: "manual",
      changed: Object.keys(changes).sort(),
      governance_override: changes.governanceOverride === undefined ? runbook.governanceOverride : changes.governanceOverride,
      reason: update.reason ?? null,
    };
    return [auditDraft(deed, "runbook.updated", updated, id), ...events, ...trust];
  };
  await app.db.withTenant(deed.tenantId, async (tx) => appendEvents(tx, await write(tx)));
}
