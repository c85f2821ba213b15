// Integrations and their secrets. Secrets come in and go out sealed; one that was revoked, or whose time is over, is found no more.
import type { AlertMap, AlertSource } from "@dd0c/core";
import { toJsonColumn, toTextColumn } from "../json-columns.ts";
import type { SystemTx, TenantTx } from "../tenancy.ts";

export type IntegrationRecord = {
  id: string;
  kind: AlertSource;
  name: string;
  alertMap: AlertMap | null;
  createdBy: string;
  createdAt: Date;
};

export type SecretRecord = { id: string; sealed: string; createdAt: Date; expiresAt: Date | null };

/** What a delivery is checked against. */
export type IntegrationDoor = { id: string; tenantId: string; kind: AlertSource; sealed: readonly string[] };

const columns = ["id", "kind", "name", "alert_map", "created_by", "created_at"] as const;
type Row = { id: string; kind: string; name: string; alert_map: unknown; created_by: string; created_at: Date };

const record = (row: Row): IntegrationRecord => ({
  id: row.id,
  kind: row.kind as AlertSource,
  name: row.name,
  alertMap: row.alert_map as AlertMap | null,
  createdBy: row.created_by,
  createdAt: row.created_at,
});

const mapColumn = (map: AlertMap | null): string | null => (map === null ? null : toJsonColumn(map));

export async function insertIntegration(tx: TenantTx, made: IntegrationRecord): Promise<void> {
  await tx.query
    .insertInto("integrations")
    .values({
      id: made.id,
      tenant_id: tx.tenantId,
      kind: made.kind,
      name: toTextColumn(made.name),
      alert_map: mapColumn(made.alertMap),
      created_by: made.createdBy,
      created_at: made.createdAt,
      revoked_at: null,
    })
    .execute();
}

const selectLive = (tx: TenantTx) =>
  tx.query.selectFrom("integrations").select(columns).where("tenant_id", "=", tx.tenantId).where("revoked_at", "is", null);

/** Oldest first. */
export async function listIntegrations(tx: TenantTx): Promise<IntegrationRecord[]> {
  return (await selectLive(tx).orderBy("created_at").orderBy("id").execute()).map(record);
}

/** Locked until the transaction ends. */
export async function lockIntegration(tx: TenantTx, id: string): Promise<IntegrationRecord | undefined> {
  return (await selectLive(tx).where("id", "=", id).forUpdate().execute()).map(record)[0];
}

/** Names of all there ever were, by id: an alert outlives its integration. */
export async function integrationNames(tx: TenantTx): Promise<ReadonlyMap<string, string>> {
  const rows = await tx.query.selectFrom("integrations").select(["id", "name"]).where("tenant_id", "=", tx.tenantId).execute();
  return new Map(rows.map(({ id, name }) => [id, name]));
}

export async function updateIntegration(
  tx: TenantTx,
  id: string,
  changes: { readonly name?: string; readonly alertMap?: AlertMap | null },
): Promise<void> {
  const set = {
    ...(changes.name === undefined ? {} : { name: toTextColumn(changes.name) }),
    ...(changes.alertMap === undefined ? {} : { alert_map: mapColumn(changes.alertMap) }),
  };
  if (Object.keys(set).length === 0) return;
  await tx.query.updateTable("integrations").set(set).where("tenant_id", "=", tx.tenantId).where("id", "=", id).execute();
}

export async function revokeIntegration(tx: TenantTx, id: string, at: Date): Promise<void> {
  await tx.query.updateTable("integrations").set({ revoked_at: at }).where("tenant_id", "=", tx.tenantId).where("id", "=", id).execute();
}

export async function insertSecret(tx: TenantTx, integrationId: string, secret: SecretRecord, createdBy: string): Promise<void> {
  await tx.query
    .insertInto("integration_secrets")
    .values({
      id: secret.id,
      tenant_id: tx.tenantId,
      integration_id: integrationId,
      sealed: secret.sealed,
      created_by: createdBy,
      created_at: secret.createdAt,
      expires_at: secret.expiresAt,
    })
    .execute();
}

/** Secrets that are good now end at `until`, unless they end before. Returns how many. */
export async function endSecrets(tx: TenantTx, integrationId: string, now: Date, until: Date): Promise<number> {
  const result = await tx.query
    .updateTable("integration_secrets")
    .set({ expires_at: until })
    .where("tenant_id", "=", tx.tenantId)
    .where("integration_id", "=", integrationId)
    .where((row) => row.or([row("expires_at", "is", null), row("expires_at", ">", until)]))
    .where("created_at", "<=", now)
    .executeTakeFirst();
  return Number(result.numUpdatedRows);
}

export type SecretListing = { integrationId: string; createdAt: Date; expiresAt: Date | null };

/** Good ones, newest first, without what is sealed. */
export async function listSecrets(tx: TenantTx, now: Date): Promise<SecretListing[]> {
  const rows = await tx.query
    .selectFrom("integration_secrets")
    .select(["integration_id", "created_at", "expires_at"])
    .where("tenant_id", "=", tx.tenantId)
    .where((row) => row.or([row("expires_at", "is", null), row("expires_at", ">", now)]))
    .orderBy("created_at", "desc")
    .execute();
  return rows.map((row) => ({ integrationId: row.integration_id, createdAt: row.created_at, expiresAt: row.expires_at }));
}

/** Integrations of any tenant with their good secrets; one that is not there, or is revoked, is left out. */
export async function findDoors(tx: SystemTx, ids: readonly string[], now: Date): Promise<ReadonlyMap<string, IntegrationDoor>> {
  if (ids.length === 0) return new Map();
  const rows = await tx.query
    .selectFrom("integrations as i")
    .innerJoin("integration_secrets as s", "s.integration_id", "i.id")
    .select(["i.id", "i.tenant_id", "i.kind", "s.sealed"])
    .where("i.id", "in", ids)
    .where("i.revoked_at", "is", null)
    .where((row) => row.or([row("s.expires_at", "is", null), row("s.expires_at", ">", now)]))
    .execute();
  const doors = new Map<string, IntegrationDoor>();
  for (const row of rows) {
    const known = doors.get(row.id)?.sealed ?? [];
    doors.set(row.id, { id: row.id, tenantId: row.tenant_id, kind: row.kind as AlertSource, sealed: [...known, row.sealed] });
  }
  return doors;
}
