// Webhooks as a kind of target: which events an endpoint gets, one signed POST per attempt, and what the answers mean for the endpoint itself.
// Only 2xx is success. A receiver's 410 ends the endpoint, and so do five days in which nothing went through.
import type { AuditEvent } from "@dd0c/core";
import { maskText } from "@dd0c/scanner";
import { systemDeed } from "../app/audit-draft.ts";
import type { AppContext } from "../app/context.ts";
import { switchOff } from "../app/webhook-endpoints.ts";
import {
  alertsOfRuns,
  findEndpoint,
  listEndpointSecrets,
  lockEndpoint,
  type NewOutboundDelivery,
  type OutboundDelivery,
  type TenantTx,
  tracesOfAlerts,
  updateEndpoint,
} from "../db/index.ts";
import { version } from "../version.ts";
import type { Seal } from "../webhooks/seal.ts";
import { type CloudEvent, cloudEventBody, cloudEventOf, type EventOrigin } from "./cloud-event.ts";
import type { GuardedAnswer, RequestGuarded } from "./request-guarded.ts";
import { type Sender, sendDeadlineMs, type Sent, type Settled } from "./sender.ts";
import { eventPrefix, webhookEventOf } from "./webhook-events.ts";
import { signedHeaders } from "./webhook-signature.ts";

const failingForMs = 5 * 86_400_000;
const shownOfAnswer = 500;

export interface WebhookParts extends Pick<AppContext, "db" | "clock" | "newId"> {
  readonly seal: Seal;
  readonly request: RequestGuarded;
}

const alertOf = ({ data }: AuditEvent): string | undefined => (typeof data["alert_id"] === "string" ? data["alert_id"] : undefined);
const uuidShape = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** The alert, and its trace, behind each event that has one. */
async function originsOf(tx: TenantTx, events: readonly AuditEvent[]): Promise<(event: AuditEvent) => EventOrigin> {
  const runs = [...new Set(events.flatMap(({ execution }) => execution ?? []))];
  const alerts = await alertsOfRuns(tx, runs);
  const ids = new Set([...alerts.values(), ...events.flatMap((event) => alertOf(event) ?? [])]);
  const traces = await tracesOfAlerts(
    tx,
    [...ids].filter((id) => uuidShape.test(id)),
  );
  return (event) => {
    const alertId = (event.execution === null ? alertOf(event) : alerts.get(event.execution)) ?? null;
    return { alertId, traceparent: traces.get(alertId ?? "") ?? null };
  };
}

async function deliveriesFor(
  { newId }: WebhookParts,
  tx: TenantTx,
  endpointId: string,
  events: readonly AuditEvent[],
): Promise<readonly NewOutboundDelivery[]> {
  const endpoint = await findEndpoint(tx, endpointId);
  if (endpoint?.enabled !== true) return [];
  const wanted = events.flatMap((event) => {
    const type = webhookEventOf(event);
    const name = type === undefined ? "" : `${eventPrefix}${type.name}`;
    return type === undefined || (endpoint.eventTypes.length > 0 && !endpoint.eventTypes.includes(name)) ? [] : [{ event, type, name }];
  });
  const originOf = await originsOf(
    tx,
    wanted.map(({ event }) => event),
  );
  return wanted.map(({ event, type, name }) => {
    const id = newId();
    return {
      id,
      kind: "webhook",
      targetId: endpointId,
      eventType: name,
      executionId: event.execution,
      dedupKey: `${endpointId}:${event.seq}`,
      payload: cloudEventOf(id, event, type, originOf(event)),
      createdAt: new Date(event.recorded_at),
    };
  });
}

/** The start of what the other side said, for whoever looks for the fault. */
const excerpt = (body: string): string => {
  const text = maskText(body).text.replaceAll(/\s+/g, " ").trim().slice(0, shownOfAnswer);
  return text === "" ? "" : ` ${text}`;
};

function sentOf(answer: GuardedAnswer): Sent {
  if (answer.kind === "refused") return { outcome: "refused", status: null, why: answer.why };
  if (answer.kind === "failed") return { outcome: "retry", status: null, why: answer.why };
  const { status, body, retryAfterMs } = answer;
  if (status >= 200 && status < 300) return { outcome: "delivered", status, why: null };
  if (status === 410) return { outcome: "gone", status, why: "It answered 410: it wants no more events." };
  const why =
    status >= 300 && status < 400
      ? `It answered ${status}: redirects are not followed. Enter the address that it leads to.`
      : `It answered ${status}.${excerpt(body)}`;
  return { outcome: "retry", status, why, ...(retryAfterMs === undefined ? {} : { afterMs: retryAfterMs }) };
}

async function send(parts: WebhookParts, delivery: OutboundDelivery, signal: AbortSignal): Promise<Sent> {
  const { db, clock, seal, request } = parts;
  const at = new Date(clock.now());
  const { endpoint, secrets } = await db.readTenant(delivery.tenantId, async (tx) => ({
    endpoint: await findEndpoint(tx, delivery.targetId),
    secrets: await listEndpointSecrets(tx, at, delivery.targetId),
  }));
  if (endpoint?.enabled !== true) return { outcome: "refused", status: null, why: "The endpoint is switched off." };
  const event = delivery.payload as CloudEvent;
  const body = cloudEventBody(event);
  const opened = secrets.map(({ sealed }) => seal.open(sealed, endpoint.id));
  const headers = {
    "content-type": "application/cloudevents+json; charset=utf-8",
    "user-agent": `dd0c-run/${version}`,
    ...signedHeaders(delivery.id, at, body, opened),
    ...(typeof event.traceparent === "string" ? { traceparent: event.traceparent } : {}),
  };
  return sentOf(await request(endpoint.url, { method: "POST", headers, body, deadlineMs: sendDeadlineMs, signal }));
}

async function settled(tx: TenantTx, { tenantId, targetId }: OutboundDelivery, { sent, at }: Settled): Promise<void> {
  const endpoint = await lockEndpoint(tx, targetId);
  if (endpoint?.enabled !== true) return;
  const since = endpoint.failingSince;
  if (sent.outcome === "delivered") {
    if (since !== null) await updateEndpoint(tx, targetId, { failingSince: null });
    return;
  }
  const isTooLong = since !== null && at.getTime() - since.getTime() >= failingForMs;
  if (since === null) await updateEndpoint(tx, targetId, { failingSince: at });
  if (sent.outcome === "gone" || isTooLong)
    await switchOff(tx, systemDeed(tenantId, "webhooks", at.getTime()), endpoint, sent.outcome === "gone" ? "gone" : "failing");
}

export const createWebhookSender = (parts: WebhookParts): Sender => ({
  kind: "webhook",
  send: (delivery, signal) => send(parts, delivery, signal),
  deliveriesFor: (tx, endpointId, events) => deliveriesFor(parts, tx, endpointId, events),
  settled,
});
