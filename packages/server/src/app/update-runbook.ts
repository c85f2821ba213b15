// Changes of a runbook go in; a new text makes the next version, tags and title change in place, trust and lock are an admin's.
// Steps keep their ids across versions. A change that changes nothing writes nothing.
import {
  type Answer,
  AppError,
  type AuditDraft,
  canonicalJson,
  type GovernanceMode,
  hasRole,
  layerOfRecord,
  layerRecord,
  type PolicyLayer,
  type Role,
  type TrustLevel,
} from "@dd0c/core";
import {
  appendEvents,
  findVersion,
  insertSuggestionDecision,
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
import type { Preview } from "./parse-preview.ts";
import { previewToSave } from "./preview-to-save.ts";
import { getRunbook } from "./read-runbooks.ts";
import { storeVersion } from "./store-version.ts";

export interface RunbookUpdate {
  readonly title?: string | undefined;
  readonly rawText?: string | undefined;
  /** Absent: those of the current version stay. */
  readonly answers?: readonly Answer[] | undefined;
  readonly serviceTag?: string | null | undefined;
  readonly teamTag?: string | null | undefined;
  readonly trustLevel?: TrustLevel | undefined;
  readonly governanceOverride?: GovernanceMode | null | undefined;
  /** The lock's other fields, all of them; null for none. */
  readonly policyLock?: PolicyLayer | null | undefined;
  readonly reason?: string | undefined;
  /** Where the text comes from, when it is what runs suggested. */
  readonly suggestion?: AppliedSuggestion | undefined;
}

/** It changes the version that it was shown for, and no other. */
export interface AppliedSuggestion {
  readonly key: string;
  readonly summary: string;
  /** Executions that it follows from. */
  readonly runs: readonly string[];
  readonly version: number;
}

interface Current {
  readonly runbook: RunbookRecord;
  readonly version: VersionRecord;
}

/** A preview of what the next version would be, and the version that it completes. */
interface Draft {
  readonly versionId: string;
  readonly rawText: string;
  readonly preview: Preview;
}

/** What is not changed comes from the current version. Undefined where neither text nor answers are given. */
async function draftNext(app: AppContext, deed: Deed, id: string, update: RunbookUpdate): Promise<Draft | undefined> {
  if (update.rawText === undefined && update.answers === undefined) return undefined;
  const { version } = await app.db.withTenant(deed.tenantId, (tx) => getRunbook(tx, id));
  const rawText = update.rawText ?? version.rawText;
  return {
    versionId: version.id,
    rawText,
    preview: await previewToSave(app, deed.tenantId, { rawText, answers: update.answers ?? version.answers }),
  };
}

async function lockCurrent(tx: TenantTx, id: string): Promise<Current> {
  const runbook = await lockRunbook(tx, id);
  const version = runbook === undefined ? undefined : await findVersion(tx, id, runbook.activeVersion);
  if (runbook === undefined || version === undefined) throw new AppError("RUNBOOK_NOT_FOUND");
  return { runbook, version };
}

/** The fields of `wanted` that differ from what is. */
function differences(runbook: RunbookRecord, wanted: RunbookChanges): RunbookChanges {
  const changed = Object.entries(wanted).filter(([key, value]) => value !== undefined && runbook[key as keyof RunbookRecord] !== value);
  return Object.fromEntries(changed) as RunbookChanges;
}

const recordOfLock = (lock: PolicyLayer | null) => (lock === null ? null : layerRecord(lock));

/** Compared by content. A lock without a field is none. */
function lockDifference(runbook: RunbookRecord, { policyLock }: RunbookUpdate): Pick<RunbookChanges, "policyLock"> {
  if (policyLock === undefined) return {};
  const wanted = policyLock === null || Object.keys(policyLock).length === 0 ? null : policyLock;
  const present = runbook.policyLock === null ? null : layerOfRecord(runbook.policyLock);
  return canonicalJson(recordOfLock(wanted)) === canonicalJson(recordOfLock(present)) ? {} : { policyLock: wanted };
}

function checkLockChange(role: Role, runbook: RunbookRecord, update: RunbookUpdate): void {
  const mode = update.governanceOverride === undefined || update.governanceOverride === runbook.governanceOverride;
  const same = mode && Object.keys(lockDifference(runbook, update)).length === 0;
  if (!same && !hasRole([role], "admin")) {
    throw new AppError("FORBIDDEN", "Only an admin sets the governance of a runbook.", { required_role: "admin", role });
  }
}

const isUnchanged = (draft: Draft, version: VersionRecord): boolean =>
  textHash(draft.rawText) === version.rawTextHash && canonicalJson(draft.preview.answers) === canonicalJson(version.answers);

const nextVersion = async (
  app: AppContext,
  tx: TenantTx,
  deed: Deed,
  { runbook, version }: Current,
  draft: Draft | undefined,
  changeSource: string,
): Promise<{ readonly number: number; readonly events: readonly AuditDraft[] }> => {
  if (draft === undefined || isUnchanged(draft, version)) return { number: version.version, events: [] };
  const source = {
    runbookId: runbook.id,
    version: version.version + 1,
    rawText: draft.rawText,
    sourceType: version.sourceType,
    changeSource,
    previousVersionId: version.id,
  };
  const { events } = await storeVersion(app, tx, deed, source, draft.preview);
  return { number: source.version, events };
};

/** Returns the change's source. */
function checkSuggestion({ version }: Current, { suggestion }: RunbookUpdate): "manual" | "suggestion" {
  if (suggestion === undefined) return "manual";
  if (suggestion.version === version.version) return "suggestion";
  throw new AppError("DIGEST_MISMATCH", "The runbook has another version since: look at its suggestions again.");
}

/** Which runs and which suggestion, beside the version and in its event. */
async function recordSuggestion(tx: TenantTx, deed: Deed, id: string, { suggestion, reason }: RunbookUpdate, version: number) {
  if (suggestion === undefined) return {};
  const { key, summary, runs } = suggestion;
  const decided = {
    decision: "applied" as const,
    reason: reason ?? null,
    version,
    decidedBy: deed.actor.id,
    decidedAt: new Date(deed.atMs),
  };
  await insertSuggestionDecision(tx, id, { key, summary, runs, ...decided });
  return { suggestion: { key, summary, runs } };
}

/** Errors: RUNBOOK_NOT_FOUND, PARSE_FAILED, FORBIDDEN, HUMAN_REQUIRED, VALIDATION_FAILED, DIGEST_MISMATCH, PARTY_MODE_ACTIVE. */
export async function updateRunbook(app: AppContext, deed: Deed, role: Role, id: string, update: RunbookUpdate): Promise<void> {
  // Somebody else's version in between is completed instead of overwritten.
  while (!(await writeUpdate(app, deed, role, id, update, await draftNext(app, deed, id, update))));
}

/** False, and nothing written, where the draft completes a version that is no longer the current one. */
async function writeUpdate(
  app: AppContext,
  deed: Deed,
  role: Role,
  id: string,
  update: RunbookUpdate,
  draft: Draft | undefined,
): Promise<boolean> {
  const write = async (tx: TenantTx): Promise<readonly AuditDraft[] | undefined> => {
    const current = await lockCurrent(tx, id);
    if (draft !== undefined && draft.versionId !== current.version.id) return undefined;
    const { runbook } = current;
    const level = update.trustLevel ?? runbook.trustLevel;
    if (level !== runbook.trustLevel) checkTrustChange(role, deed, update.reason);
    checkLockChange(role, runbook, update);

    const changeSource = checkSuggestion(current, update);
    const { number, events } = await nextVersion(app, tx, deed, current, draft, changeSource);
    const lock = lockDifference(runbook, update);
    const plain = differences(runbook, {
      title: update.title,
      serviceTag: update.serviceTag,
      teamTag: update.teamTag,
      governanceOverride: update.governanceOverride,
      activeVersion: number,
    } as RunbookChanges);
    const changes: RunbookChanges = { ...plain, ...lock };
    const trust = await changeTrust(tx, deed, runbook, { level, reason: update.reason ?? "" });
    if (Object.keys(changes).length === 0) return trust;
    await writeRunbook(tx, id, changes, new Date(deed.atMs));
    const updated = {
      old_version: runbook.activeVersion,
      new_version: number,
      change_source: changeSource,
      ...(await recordSuggestion(tx, deed, id, update, number)),
      changed: Object.keys(changes).sort(),
      governance_override: changes.governanceOverride === undefined ? runbook.governanceOverride : changes.governanceOverride,
      policy_lock: lock.policyLock === undefined ? runbook.policyLock : recordOfLock(lock.policyLock),
      reason: update.reason ?? null,
    };
    return [auditDraft(deed, "runbook.updated", updated, id), ...events, ...trust];
  };
  return app.db.withTenant(deed.tenantId, async (tx) => {
    const events = await write(tx);
    if (events !== undefined) await appendEvents(tx, events);
    return events !== undefined;
  });
}
