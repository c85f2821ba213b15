// The runbooks that alerts are matched with, and people's own word about it. Texts are those of the current versions.
import type { AlertMapping, MappingCriteria, MatchRunbook } from "@dd0c/core";
import { sql } from "kysely";
import { toJsonColumn } from "../json-columns.ts";
import type { TenantTx } from "../tenancy.ts";

/**
 * Of everything that matching reads of a live runbook; the text is the one of its active version, and versions never change. No time stands in it:
 * several servers write here, and their clocks differ.
 */
const rowMark = sql<string>`hashtextextended(jsonb_build_array(r.id, r.active_version, r.title, r.service_tag, r.team_tag)::text, 0)`;

/** Changes with every runbook that is added, changed or deleted; equal texts mean the same library. */
export async function libraryMark(tx: TenantTx): Promise<string> {
  const { rows } = await sql<{ mark: string }>`
    SELECT count(*) || ' ' || coalesce(sum(${rowMark}), 0) AS mark
      FROM run.runbooks r WHERE r.tenant_id = ${tx.tenantId} AND r.deleted_at IS NULL
  `.execute(tx.query);
  return rows[0]?.mark ?? "";
}

/** Live runbooks in the order of their ids, each with a text that changes when anything changes that matching reads of it. */
export function libraryRows(tx: TenantTx): Promise<{ id: string; mark: string }[]> {
  return tx.query
    .selectFrom("runbooks as r")
    .select(["r.id", sql<string>`${rowMark}::text`.as("mark")])
    .where("r.tenant_id", "=", tx.tenantId)
    .where("r.deleted_at", "is", null)
    .orderBy("r.id")
    .execute();
}

/** Those of these that are live, with the texts of their active versions. */
export async function readForMatching(tx: TenantTx, ids: readonly string[]): Promise<MatchRunbook[]> {
  const rows = await tx.query
    .selectFrom("runbooks as r")
    .innerJoin("runbook_versions as v", (join) =>
      join.onRef("v.runbook_id", "=", "r.id").onRef("v.version_number", "=", "r.active_version"),
    )
    .select(["r.id", "r.title", "r.service_tag", "r.team_tag", "v.raw_source_text"])
    .where("r.tenant_id", "=", tx.tenantId)
    .where("r.deleted_at", "is", null)
    .where("r.id", "in", ids)
    .execute();
  return rows.map((row) => ({
    id: row.id,
    fileName: null,
    title: row.title,
    text: row.raw_source_text,
    service: row.service_tag,
    team: row.team_tag,
    tags: [],
    urls: [],
  }));
}

export type MappingRecord = AlertMapping & { id: string; createdBy: string; createdAt: Date };

/** Newest first: the last word counts first. */
export async function listMappings(tx: TenantTx): Promise<MappingRecord[]> {
  const rows = await tx.query
    .selectFrom("alert_mappings as m")
    .innerJoin("runbooks as r", "r.id", "m.runbook_id")
    .select(["m.id", "m.runbook_id", "m.match_criteria", "m.created_by", "m.created_at"])
    .where("m.tenant_id", "=", tx.tenantId)
    .where("m.active", "=", true)
    .where("r.deleted_at", "is", null)
    .orderBy("m.created_at", "desc")
    .execute();
  return rows.map((row) => ({
    id: row.id,
    runbookId: row.runbook_id,
    criteria: row.match_criteria as MappingCriteria,
    createdBy: row.created_by,
    createdAt: row.created_at,
  }));
}

export async function insertMapping(tx: TenantTx, made: MappingRecord): Promise<void> {
  await tx.query
    .insertInto("alert_mappings")
    .values({
      id: made.id,
      tenant_id: tx.tenantId,
      runbook_id: made.runbookId,
      alert_source: made.criteria.source ?? null,
      match_criteria: toJsonColumn(made.criteria),
      similarity_threshold: null,
      created_by: made.createdBy,
      created_at: made.createdAt,
    })
    .execute();
}

/** The runbook that it named; undefined where there is none. */
export async function removeMapping(tx: TenantTx, id: string): Promise<string | undefined> {
  const row = await tx.query
    .updateTable("alert_mappings")
    .set({ active: false })
    .where("tenant_id", "=", tx.tenantId)
    .where("id", "=", id)
    .where("active", "=", true)
    .returning("runbook_id")
    .executeTakeFirst();
  return row?.runbook_id;
}
