// Endpoints of outbound webhooks and their secrets. Secrets come in and go out sealed; a removed endpoint is found no more.
import { sql } from "kysely";
import { toJsonColumn, toTextColumn } from "../json-columns.ts";
import type { TenantTx } from "../tenancy.ts";

export type DisabledReason = "person" | "gone" | "failing";

export type WebhookEndpoint = {
  readonly id: string;
  readonly url: string;
  readonly description: string;
  /** Empty: all. */
  readonly eventTypes: readonly string[];
  readonly enabled: boolean;
  readonly disabledReason: DisabledReason | null;
  readonly disabledAt: Date | null;
  /** Since when every attempt has failed. */
  readonly failingSince: Date | null;
  readonly createdBy: string;
  readonly createdAt: Date;
};

export type EndpointSecret = {
  readonly endpointId: string;
  readonly sealed: string;
  readonly createdAt: Date;
  readonly expiresAt: Date | null;
};

const columns = [
  "id",
  "url",
  "description",
  "event_types",
  "enabled",
  "disabled_reason",
  "disabled_at",
  "failing_since",
  "created_by",
  "created_at",
] as const;

const selectLive = (tx: TenantTx) =>
  tx.query.selectFrom("webhook_endpoints").select(columns).where("tenant_id", "=", tx.tenantId).where("removed_at", "is", null);
type Row = Awaited<ReturnType<ReturnType<typeof selectLive>["execute"]>>[number];

const endpoint = (row: Row): WebhookEndpoint => ({
  id: row.id,
  url: row.url,
  description: row.description,
  eventTypes: row.event_types as readonly string[],
  enabled: row.enabled,
  disabledReason: row.disabled_reason as DisabledReason | null,
  disabledAt: row.disabled_at,
  failingSince: row.failing_since,
  createdBy: row.created_by,
  createdAt: row.created_at,
});

export async function insertEndpoint(tx: TenantTx, made: WebhookEndpoint): Promise<void> {
  await tx.query
    .insertInto("webhook_endpoints")
    .values({
      id: made.id,
      tenant_id: tx.tenantId,
      url: made.url,
      description: toTextColumn(made.description),
      event_types: toJsonColumn(made.eventTypes),
      enabled: made.enabled,
      disabled_reason: made.disabledReason,
      disabled_at: made.disabledAt,
      failing_since: made.failingSince,
      created_by: made.createdBy,
      created_at: made.createdAt,
      removed_at: null,
    })
    .execute();
}

/** Oldest first. */
export async function listEndpoints(tx: TenantTx): Promise<WebhookEndpoint[]> {
  return (await selectLive(tx).orderBy("created_at").orderBy("id").execute()).map(endpoint);
}

export async function findEndpoint(tx: TenantTx, id: string): Promise<WebhookEndpoint | undefined> {
  return (await selectLive(tx).where("id", "=", id).execute()).map(endpoint)[0];
}

/** Locked until the transaction ends. */
export async function lockEndpoint(tx: TenantTx, id: string): Promise<WebhookEndpoint | undefined> {
  return (await selectLive(tx).where("id", "=", id).forUpdate().execute()).map(endpoint)[0];
}

export type EndpointChanges = Partial<
  Pick<WebhookEndpoint, "url" | "description" | "eventTypes" | "enabled" | "disabledReason" | "disabledAt" | "failingSince">
>;

export async function updateEndpoint(tx: TenantTx, id: string, changes: EndpointChanges): Promise<void> {
  const { url, description, eventTypes, enabled, disabledReason, disabledAt, failingSince } = changes;
  const set = {
    ...(url === undefined ? {} : { url }),
    ...(description === undefined ? {} : { description: toTextColumn(description) }),
    ...(eventTypes === undefined ? {} : { event_types: toJsonColumn(eventTypes) }),
    ...(enabled === undefined ? {} : { enabled }),
    ...(disabledReason === undefined ? {} : { disabled_reason: disabledReason }),
    ...(disabledAt === undefined ? {} : { disabled_at: disabledAt }),
    ...(failingSince === undefined ? {} : { failing_since: failingSince }),
  };
  if (Object.keys(set).length === 0) return;
  await tx.query.updateTable("webhook_endpoints").set(set).where("tenant_id", "=", tx.tenantId).where("id", "=", id).execute();
}

export async function removeEndpoint(tx: TenantTx, id: string, at: Date): Promise<void> {
  await tx.query
    .updateTable("webhook_endpoints")
    .set({ removed_at: at, enabled: false })
    .where("tenant_id", "=", tx.tenantId)
    .where("id", "=", id)
    .execute();
}

export async function insertEndpointSecret(
  tx: TenantTx,
  made: EndpointSecret & { readonly id: string; readonly createdBy: string },
): Promise<void> {
  await tx.query
    .insertInto("webhook_endpoint_secrets")
    .values({
      id: made.id,
      tenant_id: tx.tenantId,
      endpoint_id: made.endpointId,
      sealed: made.sealed,
      created_by: made.createdBy,
      created_at: made.createdAt,
      expires_at: made.expiresAt,
    })
    .execute();
}

/** Secrets that are good now end at `until`, unless they end before. */
export async function endEndpointSecrets(tx: TenantTx, endpointId: string, until: Date): Promise<void> {
  await tx.query
    .updateTable("webhook_endpoint_secrets")
    .set({ expires_at: until })
    .where("tenant_id", "=", tx.tenantId)
    .where("endpoint_id", "=", endpointId)
    .where((row) => row.or([row("expires_at", "is", null), row("expires_at", ">", until)]))
    .execute();
}

/** Good ones, newest first: of one endpoint, or of all. */
export async function listEndpointSecrets(tx: TenantTx, now: Date, endpointId?: string): Promise<EndpointSecret[]> {
  let select = tx.query
    .selectFrom("webhook_endpoint_secrets")
    .select(["endpoint_id", "sealed", "created_at", "expires_at"])
    .where("tenant_id", "=", tx.tenantId)
    .where((row) => row.or([row("expires_at", "is", null), row("expires_at", ">", now)]))
    .orderBy("created_at", "desc");
  if (endpointId !== undefined) select = select.where("endpoint_id", "=", endpointId);
  const rows = await select.execute();
  return rows.map((row) => ({
    endpointId: row.endpoint_id,
    sealed: row.sealed,
    createdAt: row.created_at,
    expiresAt: row.expires_at,
  }));
}

/** Runs that were started for an alert of ours. */
export async function alertsOfRuns(tx: TenantTx, executionIds: readonly string[]): Promise<ReadonlyMap<string, string>> {
  if (executionIds.length === 0) return new Map();
  const rows = await tx.query
    .selectFrom("executions")
    .select(["id", "alert_id"])
    .where("tenant_id", "=", tx.tenantId)
    .where("id", "in", executionIds)
    .where("alert_id", "is not", null)
    .execute();
  return new Map(rows.map((row) => [row.id, row.alert_id ?? ""]));
}

/** The trace that the first delivery of each alert came with, as it was sent. */
export async function tracesOfAlerts(tx: TenantTx, alertIds: readonly string[]): Promise<ReadonlyMap<string, string>> {
  if (alertIds.length === 0) return new Map();
  const rows = await tx.query
    .selectFrom("alert_events as e")
    .innerJoin("alert_deliveries as d", "d.id", "e.delivery_id")
    .select(["e.alert_id", sql<string | null>`d.headers ->> 'traceparent'`.as("traceparent")])
    .where("e.tenant_id", "=", tx.tenantId)
    .where("e.alert_id", "in", alertIds)
    .orderBy("e.id", "desc")
    .execute();
  return new Map(rows.flatMap((row) => (row.traceparent === null ? [] : [[row.alert_id, row.traceparent]])));
}
