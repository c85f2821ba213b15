// Runbooks and their versions. A version is written once with its steps (step-store.ts); saving again makes the next one.
// In: a tenant's transaction and domain values. Out: records. A runbook of another tenant, or a deleted one, is simply not there.
import {
  type Actor,
  type Answer,
  type AnsweredRunbook,
  type GovernanceMode,
  layerRecord,
  type PolicyLayer,
  type TrustLevel,
} from "@dd0c/core";
import { toJsonColumn, toTextColumn } from "../json-columns.ts";
import type { TenantTx } from "../tenancy.ts";
import { cutPage, readCursor } from "./page-cursor.ts";

export type RunbookRecord = {
  id: string;
  title: string;
  serviceTag: string | null;
  teamTag: string | null;
  trustLevel: TrustLevel;
  governanceOverride: GovernanceMode | null;
  /** The lock's other fields, as they were stored. */
  policyLock: Readonly<Record<string, unknown>> | null;
  /** What ten clean runs suggest; null for nothing. */
  suggestion: { level: TrustLevel; at: Date } | null;
  activeVersion: number;
  createdAt: Date;
  updatedAt: Date;
};

export type NewRunbook = Omit<RunbookRecord, "policyLock" | "suggestion" | "activeVersion" | "createdAt" | "updatedAt">;

export type VersionRecord = {
  id: string;
  runbookId: string;
  version: number;
  sourceType: string;
  rawText: string;
  /** Lower-case hexadecimal SHA-256 of the UTF-8 text. */
  rawTextHash: string;
  parsed: AnsweredRunbook;
  /** The author's answers that `parsed` holds, and those that found no question in the text. */
  answers: readonly Answer[];
  parserVersion: string;
  parseDurationMs: number | null;
  llmModel: string | null;
  changeSource: string;
  createdBy: Actor;
  createdAt: Date;
};

export type RunbookChanges = Partial<Pick<RunbookRecord, "title" | "serviceTag" | "teamTag" | "governanceOverride" | "activeVersion">> & {
  /** Null takes the lock away. */
  readonly policyLock?: PolicyLayer | null;
};

/** Writes a runbook with its first version number; its version row follows (insertVersion). */
export async function insertRunbook(tx: TenantTx, runbook: NewRunbook, at: Date): Promise<void> {
  await tx.query
    .insertInto("runbooks")
    .values({
      id: runbook.id,
      tenant_id: tx.tenantId,
      title: toTextColumn(runbook.title),
      service_tag: runbook.serviceTag,
      team_tag: runbook.teamTag,
      trust_level: runbook.trustLevel,
      governance_override: runbook.governanceOverride,
      active_version: 1,
      created_at: at,
      updated_at: at,
      deleted_at: null,
    })
    .execute();
}

export async function findRunbook(tx: TenantTx, id: string): Promise<RunbookRecord | undefined> {
  return (await selectRunbooks(tx).where("id", "=", id).execute()).map(runbookRecord)[0];
}

/** The same, with the row locked until the transaction ends: before a new version or a change of trust. */
export async function lockRunbook(tx: TenantTx, id: string): Promise<RunbookRecord | undefined> {
  return (await selectRunbooks(tx).where("id", "=", id).forUpdate().execute()).map(runbookRecord)[0];
}

/** Last changed first. Errors: VALIDATION_FAILED for a foreign cursor. */
export async function listRunbooks(
  tx: TenantTx,
  query: { limit: number; cursor?: string | undefined; service?: string | undefined },
): Promise<{ items: RunbookRecord[]; nextCursor: string | null }> {
  const place = readCursor(query.cursor);
  let select = selectRunbooks(tx)
    .orderBy("updated_at", "desc")
    .orderBy("id", "desc")
    .limit(query.limit + 1);
  if (query.service !== undefined) select = select.where("service_tag", "=", query.service);
  if (place !== undefined) select = select.where((row) => row(row.refTuple("updated_at", "id"), "<", row.tuple(place.at, place.id)));
  const rows = (await select.execute()).map(runbookRecord);
  return cutPage(rows, query.limit, (row) => ({ at: row.updatedAt, id: row.id }));
}

/** How many runbooks the tenant has, for the plan's limit. */
export async function countRunbooks(tx: TenantTx): Promise<number> {
  const row = await tx.query
    .selectFrom("runbooks")
    .select(({ fn }) => fn.countAll<string>().as("n"))
    .where("deleted_at", "is", null)
    .executeTakeFirstOrThrow();
  return Number(row.n);
}

/** False when there is no such runbook. */
export async function updateRunbook(tx: TenantTx, id: string, changes: RunbookChanges, at: Date): Promise<boolean> {
  const columns = {
    title: changes.title,
    service_tag: changes.serviceTag,
    team_tag: changes.teamTag,
    governance_override: changes.governanceOverride,
    policy_lock: lockColumn(changes.policyLock),
    active_version: changes.activeVersion,
  };
  const present = Object.fromEntries(Object.entries(columns).filter(([, value]) => value !== undefined));
  return await changed(updateLive(tx, id).set({ ...present, updated_at: at }));
}

const lockColumn = (lock: PolicyLayer | null | undefined): string | null | undefined =>
  lock === undefined || lock === null ? lock : toJsonColumn(layerRecord(lock));

/** Notes what ten clean runs suggest. False when that is noted already. */
export async function suggestTrust(tx: TenantTx, id: string, level: TrustLevel, at: Date): Promise<boolean> {
  return await changed(updateLive(tx, id).where("suggested_level", "is", null).set({ suggested_level: level, suggested_at: at }));
}

/** A change of trust, or a bad run, takes a suggestion back. */
const nothingSuggested = { suggested_level: null, suggested_at: null } as const;

/** A bad run at a level from which nothing can fall still resets what was earned. */
export async function withdrawSuggestion(tx: TenantTx, id: string): Promise<void> {
  await updateLive(tx, id).set(nothingSuggested).execute();
}

/** Lowers trust, or leaves it. Raising it this way is refused by the database (DDT01). */
export async function lowerTrust(tx: TenantTx, id: string, level: TrustLevel, at: Date): Promise<boolean> {
  return await changed(updateLive(tx, id).set({ trust_level: level, updated_at: at, ...nothingSuggested }));
}

/** Takes all trust from one runbook, or from every one. Returns those that had some, with what they had; the transaction must also record the events. */
export async function distrustRunbooks(
  tx: TenantTx,
  at: Date,
  runbookId: string | null = null,
): Promise<Array<{ id: string; trustLevel: TrustLevel }>> {
  const trusted = await tx.query
    .selectFrom("runbooks")
    .select(["id", "trust_level"])
    .where("tenant_id", "=", tx.tenantId)
    .where("deleted_at", "is", null)
    .where("trust_level", ">", 0)
    .$if(runbookId !== null, (query) => query.where("id", "=", runbookId))
    .orderBy("id")
    .forUpdate()
    .execute();
  for (const { id } of trusted) await lowerTrust(tx, id, 0, at);
  return trusted.map((row) => ({ id: row.id, trustLevel: row.trust_level as TrustLevel }));
}

/** Runbooks that have some trust. */
export async function listRunbookTrust(tx: TenantTx): Promise<Array<{ id: string; level: number }>> {
  const rows = await tx.query
    .selectFrom("runbooks")
    .select(["id", "trust_level"])
    .where("tenant_id", "=", tx.tenantId)
    .where("deleted_at", "is", null)
    .where("trust_level", ">", 0)
    .execute();
  return rows.map((row) => ({ id: row.id, level: row.trust_level }));
}

/** Sets trust in an admin's name, up or down. The transaction must also record the event. */
export async function setTrust(tx: TenantTx, id: string, level: TrustLevel, adminId: string, at: Date): Promise<boolean> {
  await tx.query.selectNoFrom(({ fn, val }) => fn("set_config", [val("app.trust_raised_by"), val(adminId), val(true)]).as("set")).execute();
  return await changed(updateLive(tx, id).set({ trust_level: level, updated_at: at, ...nothingSuggested }));
}

/** Soft delete: versions, executions and audit stay. */
export async function deleteRunbook(tx: TenantTx, id: string, at: Date): Promise<boolean> {
  return await changed(updateLive(tx, id).set({ deleted_at: at, updated_at: at }));
}

const updateLive = (tx: TenantTx, id: string) =>
  tx.query.updateTable("runbooks").where("tenant_id", "=", tx.tenantId).where("id", "=", id).where("deleted_at", "is", null);

async function changed(update: { executeTakeFirst(): Promise<{ numUpdatedRows: bigint }> }): Promise<boolean> {
  return (await update.executeTakeFirst()).numUpdatedRows === 1n;
}

const selectRunbooks = (tx: TenantTx) =>
  tx.query
    .selectFrom("runbooks")
    .select(["id", "title", "service_tag", "team_tag", "trust_level", "governance_override", "policy_lock", "suggested_level"])
    .select(["suggested_at", "active_version", "created_at", "updated_at"])
    .where("tenant_id", "=", tx.tenantId)
    .where("deleted_at", "is", null);

type RunbookRow = {
  id: string;
  title: string;
  service_tag: string | null;
  team_tag: string | null;
  trust_level: number;
  governance_override: string | null;
  policy_lock: unknown;
  suggested_level: number | null;
  suggested_at: Date | null;
  active_version: number;
  created_at: Date;
  updated_at: Date;
};

function runbookRecord(row: RunbookRow): RunbookRecord {
  return {
    id: row.id,
    title: row.title,
    serviceTag: row.service_tag,
    teamTag: row.team_tag,
    trustLevel: row.trust_level as TrustLevel,
    governanceOverride: row.governance_override as GovernanceMode | null,
    policyLock: row.policy_lock as RunbookRecord["policyLock"],
    suggestion:
      row.suggested_level === null || row.suggested_at === null ? null : { level: row.suggested_level as TrustLevel, at: row.suggested_at },
    activeVersion: row.active_version,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  };
}

export async function insertVersion(tx: TenantTx, version: VersionRecord): Promise<void> {
  await tx.query
    .insertInto("runbook_versions")
    .values({
      id: version.id,
      tenant_id: tx.tenantId,
      runbook_id: version.runbookId,
      version_number: version.version,
      source_type: version.sourceType,
      raw_source_text: version.rawText,
      raw_source_hash: version.rawTextHash,
      parsed_structure: toJsonColumn({ ...version.parsed, answers: version.answers } satisfies StoredStructure),
      parser_version: version.parserVersion,
      parse_duration_ms: version.parseDurationMs,
      llm_model_used: version.llmModel,
      change_source: version.changeSource,
      created_by_type: version.createdBy.type,
      created_by: version.createdBy.id,
      created_by_via: version.createdBy.via,
      created_at: version.createdAt,
    })
    .execute();
}

/** By number. Answers for deleted runbooks too: their executions still point here. */
export async function findVersion(tx: TenantTx, runbookId: string, version: number): Promise<VersionRecord | undefined> {
  const row = await selectVersions(tx, runbookId).where("version_number", "=", version).executeTakeFirst();
  return row === undefined ? undefined : versionRecord(row);
}

/** By id, as an execution is pinned to it. */
export async function findVersionById(tx: TenantTx, versionId: string): Promise<VersionRecord | undefined> {
  const row = await tx.query
    .selectFrom("runbook_versions")
    .selectAll()
    .where("tenant_id", "=", tx.tenantId)
    .where("id", "=", versionId)
    .executeTakeFirst();
  return row === undefined ? undefined : versionRecord(row);
}

/** Newest first, with their texts. */
export async function listVersions(tx: TenantTx, runbookId: string): Promise<VersionRecord[]> {
  const rows = await selectVersions(tx, runbookId).orderBy("version_number", "desc").execute();
  return rows.map(versionRecord);
}

const selectVersions = (tx: TenantTx, runbookId: string) =>
  tx.query.selectFrom("runbook_versions").selectAll().where("tenant_id", "=", tx.tenantId).where("runbook_id", "=", runbookId);

type VersionRow = {
  id: string;
  runbook_id: string;
  version_number: number;
  source_type: string;
  raw_source_text: string;
  raw_source_hash: string;
  parsed_structure: unknown;
  parser_version: string;
  parse_duration_ms: number | null;
  llm_model_used: string | null;
  change_source: string;
  created_by_type: string;
  created_by: string;
  created_by_via: string;
  created_at: Date;
};

/** The answers lie beside what they changed. Structures of earlier releases have neither answers nor mentions. */
type StoredStructure = AnsweredRunbook & { readonly answers: readonly Answer[] };
const earlier: Pick<StoredStructure, "answers" | "mentions"> = { answers: [], mentions: [] };

function versionRecord(row: VersionRow): VersionRecord {
  const { answers, ...parsed } = { ...earlier, ...(row.parsed_structure as StoredStructure) };
  return {
    id: row.id,
    runbookId: row.runbook_id,
    version: row.version_number,
    sourceType: row.source_type,
    rawText: row.raw_source_text,
    rawTextHash: row.raw_source_hash,
    parsed,
    answers,
    parserVersion: row.parser_version,
    parseDurationMs: row.parse_duration_ms,
    llmModel: row.llm_model_used,
    changeSource: row.change_source,
    createdBy: { type: row.created_by_type, id: row.created_by, via: row.created_by_via } as Actor,
    createdAt: row.created_at,
  };
}
