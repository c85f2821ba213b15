// Alerts, one per episode, and what came about each. In: a tenant's transaction. Out: records; an alert of another tenant is not there.
import type { AlertBeginning, AlertChange, AlertStatus, InboundAlert, Match } from "@dd0c/core";
import { sql } from "kysely";
import { toJsonColumn, toTextColumn } from "../json-columns.ts";
import type { TenantTx } from "../tenancy.ts";
import type { OfferStatus } from "./offer-store.ts";
import { cutPage, readCursor } from "./page-cursor.ts";

/** `waiting`: matching has not looked yet. `not_needed`: it was over before anybody looked, or only its end came. */
export type MatchState = "waiting" | "matched" | "unmatched" | "not_needed";

export type AlertRecord = {
  id: string;
  integrationId: string;
  episodeKey: string;
  status: AlertStatus;
  seenFiring: boolean;
  /** Everything that the sender said, in our terms, as it was when the alert began. */
  alert: InboundAlert;
  alertKey: string;
  matchState: MatchState;
  matches: readonly Match[];
  matchedAt: Date | null;
  offerId: string | null;
  openedAt: Date;
  lastEventAt: Date;
  resolvedAt: Date | null;
  receivedAt: Date;
};

export type NewAlertEvent = {
  alertId: string;
  deliveryId: string;
  change: AlertChange;
  occurredAt: Date | null;
  receivedAt: Date;
  counted: boolean;
};

const columns = [
  "id",
  "integration_id",
  "episode_key",
  "status",
  "seen_firing",
  "facts",
  "alert_key",
  "match_state",
  "matches",
  "matched_at",
  "offer_id",
  "opened_at",
  "last_event_at",
  "resolved_at",
  "received_at",
] as const;

const selectAlerts = (tx: TenantTx) => tx.query.selectFrom("alerts").select(columns).where("tenant_id", "=", tx.tenantId);
type Row = Awaited<ReturnType<ReturnType<typeof selectAlerts>["execute"]>>[number];

const record = (row: Row): AlertRecord => ({
  id: row.id,
  integrationId: row.integration_id,
  episodeKey: row.episode_key,
  status: row.status as AlertStatus,
  seenFiring: row.seen_firing,
  alert: row.facts as InboundAlert,
  alertKey: row.alert_key,
  matchState: row.match_state as MatchState,
  matches: row.matches as readonly Match[],
  matchedAt: row.matched_at,
  offerId: row.offer_id,
  openedAt: row.opened_at,
  lastEventAt: row.last_event_at,
  resolvedAt: row.resolved_at,
  receivedAt: row.received_at,
});

/** By integration and episode, for the holder of the turn. */
export async function findEpisodes(
  tx: TenantTx,
  episodes: readonly { readonly integrationId: string; readonly episodeKey: string }[],
): Promise<AlertRecord[]> {
  if (episodes.length === 0) return [];
  const rows = await selectAlerts(tx)
    .where("integration_id", "in", [...new Set(episodes.map(({ integrationId }) => integrationId))])
    .where("episode_key", "in", [...new Set(episodes.map(({ episodeKey }) => episodeKey))])
    .execute();
  return rows.map(record);
}

/** Rows of one statement: parameters of a statement are limited. */
const rowsPerStatement = 500;

/** Writes alerts as they are now, new ones and known ones. */
export async function saveAlerts(tx: TenantTx, alerts: readonly AlertRecord[]): Promise<void> {
  for (let from = 0; from < alerts.length; from += rowsPerStatement) {
    await tx.query
      .insertInto("alerts")
      .values(alerts.slice(from, from + rowsPerStatement).map((alert) => row(tx, alert)))
      .onConflict((conflict) =>
        conflict.columns(["tenant_id", "integration_id", "episode_key"]).doUpdateSet((each) => ({
          status: each.ref("excluded.status"),
          seen_firing: each.ref("excluded.seen_firing"),
          name: each.ref("excluded.name"),
          title: each.ref("excluded.title"),
          service: each.ref("excluded.service"),
          environment: each.ref("excluded.environment"),
          severity: each.ref("excluded.severity"),
          facts: each.ref("excluded.facts"),
          alert_key: each.ref("excluded.alert_key"),
          match_state: each.ref("excluded.match_state"),
          matches: each.ref("excluded.matches"),
          matched_at: each.ref("excluded.matched_at"),
          offer_id: each.ref("excluded.offer_id"),
          opened_at: each.ref("excluded.opened_at"),
          last_event_at: each.ref("excluded.last_event_at"),
          resolved_at: each.ref("excluded.resolved_at"),
        })),
      )
      .execute();
  }
}

function row(tx: TenantTx, { alert, ...own }: AlertRecord) {
  const { facts } = alert;
  return {
    id: own.id,
    tenant_id: tx.tenantId,
    integration_id: own.integrationId,
    source: facts.source,
    episode_key: toTextColumn(own.episodeKey),
    status: own.status,
    seen_firing: own.seenFiring,
    name: toTextColumn(facts.name),
    title: toTextColumn(facts.title ?? own.episodeKey),
    service: toTextColumn(facts.service),
    environment: toTextColumn(alert.environment),
    severity: facts.severity ?? "medium",
    facts: toJsonColumn(alert),
    alert_key: own.alertKey,
    match_state: own.matchState,
    matches: toJsonColumn(own.matches),
    matched_at: own.matchedAt,
    offer_id: own.offerId,
    opened_at: own.openedAt,
    last_event_at: own.lastEventAt,
    resolved_at: own.resolvedAt,
    received_at: own.receivedAt,
  };
}

export async function insertAlertEvents(tx: TenantTx, events: readonly NewAlertEvent[]): Promise<void> {
  for (let from = 0; from < events.length; from += rowsPerStatement) {
    const rows = events.slice(from, from + rowsPerStatement).map((event) => ({
      tenant_id: tx.tenantId,
      alert_id: event.alertId,
      delivery_id: event.deliveryId,
      change: event.change,
      occurred_at: event.occurredAt,
      received_at: event.receivedAt,
      counted: event.counted,
    }));
    await tx.query.insertInto("alert_events").values(rows).execute();
  }
}

/** The oldest that matching has not looked at. */
export async function waitingAlerts(tx: TenantTx, limit: number): Promise<AlertRecord[]> {
  return (await selectAlerts(tx).where("match_state", "=", "waiting").orderBy("received_at").orderBy("id").limit(limit).execute()).map(
    record,
  );
}

/** Of these the ones that still wait, locked. */
export async function lockWaiting(tx: TenantTx, ids: readonly string[]): Promise<AlertRecord[]> {
  if (ids.length === 0) return [];
  const rows = await selectAlerts(tx)
    .where("id", "in", ids)
    .where("match_state", "=", "waiting")
    .orderBy("received_at")
    .forUpdate()
    .execute();
  return rows.map(record);
}

export async function findAlert(tx: TenantTx, id: string): Promise<AlertRecord | undefined> {
  return (await selectAlerts(tx).where("id", "=", id).execute()).map(record)[0];
}

/** How many alerts an offer has, and how many of them are not over. */
export type AlertCounts = { all: number; open: number };

export async function countAlerts(tx: TenantTx, offerIds: readonly string[]): Promise<ReadonlyMap<string, AlertCounts>> {
  if (offerIds.length === 0) return new Map();
  const rows = await tx.query
    .selectFrom("alerts")
    .select(["offer_id", ({ fn }) => fn.countAll<string>().as("n"), sql<string>`count(*) FILTER (WHERE status <> 'resolved')`.as("open")])
    .where("tenant_id", "=", tx.tenantId)
    .where("offer_id", "in", offerIds)
    .groupBy("offer_id")
    .execute();
  return new Map(rows.map((each) => [each.offer_id ?? "", { all: Number(each.n), open: Number(each.open) }]));
}

export type AlertQuery = {
  limit: number;
  cursor?: string | undefined;
  statuses?: readonly AlertStatus[] | undefined;
  matchStates?: readonly MatchState[] | undefined;
  service?: string | undefined;
  /** The first alert of each offer with this status. */
  offer?: OfferStatus | undefined;
};

/** Newest first. Errors: VALIDATION_FAILED for a foreign cursor. */
export async function listAlerts(tx: TenantTx, query: AlertQuery): Promise<{ items: AlertRecord[]; nextCursor: string | null }> {
  const place = readCursor(query.cursor);
  let select = selectAlerts(tx)
    .orderBy("received_at", "desc")
    .orderBy("id", "desc")
    .limit(query.limit + 1);
  if (query.statuses !== undefined) select = select.where("status", "in", query.statuses);
  if (query.matchStates !== undefined) select = select.where("match_state", "in", query.matchStates);
  const { offer } = query;
  if (offer !== undefined)
    select = select.where("id", "in", (offers) =>
      offers.selectFrom("alert_offers as o").select("o.alert_id").where("o.tenant_id", "=", tx.tenantId).where("o.status", "=", offer),
    );
  if (query.service !== undefined) select = select.where("service", "=", query.service);
  if (place !== undefined) select = select.where((each) => each(each.refTuple("received_at", "id"), "<", each.tuple(place.at, place.id)));
  return cutPage((await select.execute()).map(record), query.limit, (alert) => ({ at: alert.receivedAt, id: alert.id }));
}

/** The news with which the alert's present episode began; of an alert without any, when it was first heard of. */
export async function alertBeginning(tx: TenantTx, alert: Pick<AlertRecord, "id" | "openedAt" | "receivedAt">): Promise<AlertBeginning> {
  const row = await tx.query
    .selectFrom("alert_events")
    .select(["occurred_at", "received_at"])
    .where("tenant_id", "=", tx.tenantId)
    .where("alert_id", "=", alert.id)
    .where("counted", "=", true)
    .where(({ fn }) => fn.coalesce("occurred_at", "received_at"), "=", alert.openedAt)
    .orderBy("id")
    .limit(1)
    .executeTakeFirst();
  return { startedAtMs: row?.occurred_at?.getTime() ?? null, receivedAtMs: (row?.received_at ?? alert.receivedAt).getTime() };
}

export type AlertEventRecord = { change: AlertChange; deliveryId: string; occurredAt: Date | null; receivedAt: Date; counted: boolean };

/** Newest first. */
export async function eventsOfAlert(tx: TenantTx, alertId: string, limit: number): Promise<AlertEventRecord[]> {
  const rows = await tx.query
    .selectFrom("alert_events")
    .select(["change", "delivery_id", "occurred_at", "received_at", "counted"])
    .where("tenant_id", "=", tx.tenantId)
    .where("alert_id", "=", alertId)
    .orderBy("id", "desc")
    .limit(limit)
    .execute();
  return rows.map((each) => ({
    change: each.change as AlertChange,
    deliveryId: each.delivery_id,
    occurredAt: each.occurred_at,
    receivedAt: each.received_at,
    counted: each.counted,
  }));
}
