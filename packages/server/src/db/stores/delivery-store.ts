// Deliveries as they were sent, byte for byte: written before anybody answers, read afterwards in the order in which they came.
import type { AlertMap, AlertSource } from "@dd0c/core";
import { sql } from "kysely";
import { toJsonColumn, toTextColumn } from "../json-columns.ts";
import type { SystemTx, TenantTx } from "../tenancy.ts";

export type NewDelivery = {
  id: string;
  integrationId: string;
  key: string;
  /** Deliveries with this key since then are the same. */
  sameSince: Date;
  body: Buffer;
  headers: Readonly<Record<string, string>>;
  sourceIp: string | null;
  receivedAt: Date;
};

export type UnreadDelivery = {
  id: string;
  integrationId: string;
  kind: AlertSource;
  alertMap: AlertMap | null;
  body: Buffer;
  receivedAt: Date;
};

export type DeliveryRecord = {
  id: string;
  integrationId: string;
  body: Buffer;
  headers: Readonly<Record<string, string>>;
  receivedAt: Date;
  repeats: number;
  repeatedAt: Date | null;
  problem: string | null;
  truncated: number;
};

/** What is written about one tenant's alerts takes turns until the transaction ends, so that nothing is taken in twice. */
export async function takeTurnWithAlerts(tx: TenantTx): Promise<void> {
  await sql`SELECT pg_advisory_xact_lock(hashtextextended(${`alerts ${tx.tenantId}`}, 0))`.execute(tx.query);
}

/**
 * Writes those that were not seen before, in order; repeats are counted. For the holder of the turn.
 * @returns for each delivery the id under which it is stored
 */
export async function storeDeliveries(tx: TenantTx, deliveries: readonly NewDelivery[]): Promise<readonly string[]> {
  const known = await findKnown(tx, deliveries);
  const fresh: NewDelivery[] = [];
  const repeated = new Map<string, number>();
  const ids = deliveries.map((delivery) => {
    const name = `${delivery.integrationId} ${delivery.key}`;
    const there = known.get(name);
    if (there !== undefined && there.at >= delivery.sameSince) {
      repeated.set(there.id, (repeated.get(there.id) ?? 0) + 1);
      return there.id;
    }
    known.set(name, { id: delivery.id, at: delivery.receivedAt });
    fresh.push(delivery);
    return delivery.id;
  });
  await insertDeliveries(tx, fresh);
  for (const [id, times] of repeated) await countRepeats(tx, id, times, deliveries.at(-1)?.receivedAt ?? new Date(0));
  return ids;
}

async function findKnown(tx: TenantTx, deliveries: readonly NewDelivery[]): Promise<Map<string, { id: string; at: Date }>> {
  const rows = await tx.query
    .selectFrom("alert_deliveries")
    .select(["id", "integration_id", "delivery_key", "received_at"])
    .where("tenant_id", "=", tx.tenantId)
    .where("integration_id", "in", [...new Set(deliveries.map(({ integrationId }) => integrationId))])
    .where("delivery_key", "in", [...new Set(deliveries.map(({ key }) => toTextColumn(key)))])
    .orderBy("received_at")
    .execute();
  return new Map(rows.map((row) => [`${row.integration_id} ${row.delivery_key}`, { id: row.id, at: row.received_at }]));
}

async function insertDeliveries(tx: TenantTx, deliveries: readonly NewDelivery[]): Promise<void> {
  if (deliveries.length === 0) return;
  const rows = deliveries.map((each) => ({
    id: each.id,
    tenant_id: tx.tenantId,
    integration_id: each.integrationId,
    delivery_key: toTextColumn(each.key),
    body: each.body,
    headers: toJsonColumn(each.headers),
    source_ip: each.sourceIp,
    received_at: each.receivedAt,
    repeated_at: null,
    read_at: null,
    problem: null,
  }));
  await tx.query.insertInto("alert_deliveries").values(rows).execute();
}

async function countRepeats(tx: TenantTx, id: string, times: number, at: Date): Promise<void> {
  await tx.query
    .updateTable("alert_deliveries")
    .set((row) => ({ repeats: row("repeats", "+", times), repeated_at: at }))
    .where("tenant_id", "=", tx.tenantId)
    .where("id", "=", id)
    .execute();
}

/** The oldest that nobody has read, with what their integration says about them. */
export async function unreadDeliveries(tx: TenantTx, limit: number): Promise<UnreadDelivery[]> {
  const rows = await tx.query
    .selectFrom("alert_deliveries as d")
    .innerJoin("integrations as i", "i.id", "d.integration_id")
    .select(["d.id", "d.integration_id", "i.kind", "i.alert_map", "d.body", "d.received_at"])
    .where("d.tenant_id", "=", tx.tenantId)
    .where("d.read_at", "is", null)
    .orderBy("d.position")
    .limit(limit)
    .execute();
  return rows.map((row) => ({
    id: row.id,
    integrationId: row.integration_id,
    kind: row.kind as AlertSource,
    alertMap: row.alert_map as AlertMap | null,
    body: row.body,
    receivedAt: row.received_at,
  }));
}

/** `problem`: why nothing came out of it; null where something did, or where it was about no alert. */
export type ReadDelivery = { id: string; problem: string | null; truncated: number };

export async function markRead(tx: TenantTx, deliveries: readonly ReadDelivery[], at: Date): Promise<void> {
  const plain = deliveries.filter(({ problem, truncated }) => problem === null && truncated === 0).map(({ id }) => id);
  const update = () => tx.query.updateTable("alert_deliveries").where("tenant_id", "=", tx.tenantId);
  if (plain.length > 0) await update().set({ read_at: at }).where("id", "in", plain).execute();
  for (const { id, problem, truncated } of deliveries) {
    if (plain.includes(id)) continue;
    await update().set({ read_at: at, problem, truncated }).where("id", "=", id).execute();
  }
}

const columns = ["id", "integration_id", "body", "headers", "received_at", "repeats", "repeated_at", "problem", "truncated"] as const;
type Row = {
  id: string;
  integration_id: string;
  body: Buffer;
  headers: unknown;
  received_at: Date;
  repeats: number;
  repeated_at: Date | null;
  problem: string | null;
  truncated: number;
};

const record = (row: Row): DeliveryRecord => ({
  id: row.id,
  integrationId: row.integration_id,
  body: row.body,
  headers: row.headers as DeliveryRecord["headers"],
  receivedAt: row.received_at,
  repeats: row.repeats,
  repeatedAt: row.repeated_at,
  problem: row.problem,
  truncated: row.truncated,
});

/** Those that spoke of this alert, newest first. */
export async function deliveriesOfAlert(tx: TenantTx, alertId: string, limit: number): Promise<DeliveryRecord[]> {
  const rows = await tx.query
    .selectFrom("alert_deliveries")
    .select(columns)
    .where("tenant_id", "=", tx.tenantId)
    .where("id", "in", (row) => row.selectFrom("alert_events as e").select("e.delivery_id").where("e.alert_id", "=", alertId))
    .orderBy("position", "desc")
    .limit(limit)
    .execute();
  return rows.map(record);
}

/**
 * Takes away read deliveries of all tenants that came before then, with what they said about an alert; the alerts stay.
 * @param limit of one statement. @returns how many went: fewer than `limit` when none is left
 */
export async function purgeDeliveries(tx: SystemTx, before: Date, limit: number): Promise<number> {
  const rows = await tx.query
    .selectFrom("alert_deliveries")
    .select("id")
    .where("received_at", "<", before)
    .where("read_at", "is not", null)
    .orderBy("received_at")
    .limit(limit)
    .execute();
  const ids = rows.map(({ id }) => id);
  if (ids.length === 0) return 0;
  await tx.query.deleteFrom("alert_events").where("delivery_id", "in", ids).execute();
  await tx.query.deleteFrom("alert_deliveries").where("id", "in", ids).execute();
  return ids.length;
}

export type DeliverySummary = { integrationId: string; last: Date; problem: string | null; problemAt: Date | null };

/** Of each integration the last delivery, and the last one that nobody could read. */
export async function summariseDeliveries(tx: TenantTx): Promise<ReadonlyMap<string, DeliverySummary>> {
  const { rows } = await sql<{ integration_id: string; last: Date; problem: string | null; problem_at: Date | null }>`
    SELECT i.id AS integration_id, d.last, p.problem, p.received_at AS problem_at FROM run.integrations i
      CROSS JOIN LATERAL (SELECT max(coalesce(repeated_at, received_at)) AS last FROM run.alert_deliveries WHERE integration_id = i.id) d
      LEFT JOIN LATERAL (SELECT problem, received_at FROM run.alert_deliveries
        WHERE integration_id = i.id AND problem IS NOT NULL ORDER BY received_at DESC LIMIT 1) p ON true
      WHERE i.tenant_id = ${tx.tenantId} AND i.revoked_at IS NULL AND d.last IS NOT NULL
  `.execute(tx.query);
  return new Map(
    rows.map((row) => [
      row.integration_id,
      { integrationId: row.integration_id, last: row.last, problem: row.problem, problemAt: row.problem_at },
    ]),
  );
}
