// Endpoints of outbound webhooks as an admin makes, changes, tests and removes them. A secret is shown once, kept sealed, and may overlap with the one
// that follows it. What is sent there, and when, is outbound/. The audit log has the host of an address: its path may be a secret.
import { AppError } from "@dd0c/core";
import {
  appendEvents,
  cancelOutbound,
  type DisabledReason,
  endEndpointSecrets,
  type EndpointSecret,
  insertEndpoint,
  insertEndpointSecret,
  insertOutbound,
  listenFromNow,
  listEndpoints,
  listEndpointSecrets,
  lockEndpoint,
  removeEndpoint as markRemoved,
  stopListening,
  type TenantTx,
  updateEndpoint,
  type WebhookEndpoint,
} from "../db/index.ts";
import type { AllowedHost } from "../outbound/allowed-hosts.ts";
import { pingEvent } from "../outbound/cloud-event.ts";
import { refusalOf } from "../outbound/request-guarded.ts";
import { pingType, webhookEventNames } from "../outbound/webhook-events.ts";
import { newWebhookSecret } from "../outbound/webhook-signature.ts";
import type { Seal } from "../webhooks/seal.ts";
import { auditDraft, type Deed } from "./audit-draft.ts";
import type { AppContext } from "./context.ts";

export interface EndpointApp extends Pick<AppContext, "db" | "newId"> {
  readonly seal: Seal;
  readonly allowedHosts: readonly AllowedHost[];
  /** Something may be due to the outside. */
  readonly wake: () => void;
}

export interface EndpointView {
  readonly endpoint: WebhookEndpoint;
  /** Good ones, newest first. */
  readonly secrets: readonly Pick<EndpointSecret, "createdAt" | "expiresAt">[];
}

export interface EndpointWithSecret extends EndpointView {
  /** Shown once. */
  readonly secret: string;
}

/** Every event is sent to each of them. */
const maxEndpoints = 50;
const hourMs = 3_600_000;

const hostOf = (url: string): string => new URL(url).host;

/** The address as it is called. @throws AppError VALIDATION_FAILED with why nothing may be sent there */
function checkedUrl(app: EndpointApp, raw: string): string {
  const why = refusalOf(raw, app.allowedHosts);
  if (why !== undefined) throw new AppError("VALIDATION_FAILED", why, { problems: [{ field: "body.url", problem: why }] });
  return new URL(raw).href;
}

function checkTypes(names: readonly string[]): void {
  const unknown = names.find((name) => !webhookEventNames.has(name));
  if (unknown !== undefined) throw new AppError("VALIDATION_FAILED", `There is no event type ${unknown}.`);
}

async function found(tx: TenantTx, id: string): Promise<WebhookEndpoint> {
  const endpoint = await lockEndpoint(tx, id);
  if (endpoint === undefined) throw new AppError("NOT_FOUND");
  return endpoint;
}

export async function viewEndpoints(tx: TenantTx, now: Date): Promise<readonly EndpointView[]> {
  const secrets = await listEndpointSecrets(tx, now);
  return (await listEndpoints(tx)).map((endpoint) => ({
    endpoint,
    secrets: secrets.filter(({ endpointId }) => endpointId === endpoint.id),
  }));
}

async function viewOne(tx: TenantTx, id: string, now: Date): Promise<EndpointView> {
  const view = (await viewEndpoints(tx, now)).find(({ endpoint }) => endpoint.id === id);
  if (view === undefined) throw new AppError("NOT_FOUND");
  return view;
}

async function addSecret(app: EndpointApp, tx: TenantTx, deed: Deed, endpointId: string): Promise<string> {
  const secret = newWebhookSecret();
  const sealed = app.seal.seal(secret, endpointId);
  const made = { id: app.newId(), endpointId, sealed, createdAt: new Date(deed.atMs), expiresAt: null, createdBy: deed.actor.id };
  await insertEndpointSecret(tx, made);
  return secret;
}

export interface NewEndpoint {
  readonly url: string;
  readonly description: string;
  /** Empty: all. */
  readonly eventTypes: readonly string[];
}

/** Errors: PLAN_LIMIT_REACHED, VALIDATION_FAILED (an address that is not called, an unknown event type). */
export async function createEndpoint(app: EndpointApp, deed: Deed, made: NewEndpoint): Promise<EndpointWithSecret> {
  const url = checkedUrl(app, made.url);
  checkTypes(made.eventTypes);
  const id = app.newId();
  const createdAt = new Date(deed.atMs);
  return app.db.withTenant(deed.tenantId, async (tx) => {
    if ((await listEndpoints(tx)).length >= maxEndpoints)
      throw new AppError("PLAN_LIMIT_REACHED", `There are ${maxEndpoints} webhooks already: remove one first.`);
    const { description, eventTypes } = made;
    const off = { disabledReason: null, disabledAt: null, failingSince: null };
    await insertEndpoint(tx, { id, url, description, eventTypes, enabled: true, ...off, createdBy: deed.actor.id, createdAt });
    const secret = await addSecret(app, tx, deed, id);
    await listenFromNow(tx, "webhook", id);
    const data = { endpoint_id: id, host: hostOf(url), description, event_types: eventTypes };
    await appendEvents(tx, [auditDraft(deed, "webhook_endpoint.created", data)]);
    return { ...(await viewOne(tx, id, createdAt)), secret };
  });
}

/** Nothing is sent there any more: what waits is cancelled. In the transaction of whatever it follows from. */
export async function switchOff(tx: TenantTx, deed: Deed, { id, url }: WebhookEndpoint, reason: DisabledReason): Promise<void> {
  await updateEndpoint(tx, id, { enabled: false, disabledReason: reason, disabledAt: new Date(deed.atMs) });
  await stopListening(tx, id);
  const cancelled = await cancelOutbound(tx, id);
  await appendEvents(tx, [auditDraft(deed, "webhook_endpoint.disabled", { endpoint_id: id, host: hostOf(url), reason, cancelled })]);
}

/** From here on it hears again; what happened while it was off is not sent. */
async function switchOn(tx: TenantTx, deed: Deed, { id, url }: WebhookEndpoint): Promise<void> {
  await updateEndpoint(tx, id, { enabled: true, disabledReason: null, disabledAt: null, failingSince: null });
  await listenFromNow(tx, "webhook", id);
  await appendEvents(tx, [auditDraft(deed, "webhook_endpoint.enabled", { endpoint_id: id, host: hostOf(url) })]);
}

export interface EndpointChange extends Partial<NewEndpoint> {
  readonly enabled?: boolean;
}

/** Errors: NOT_FOUND, VALIDATION_FAILED. */
export async function changeEndpoint(app: EndpointApp, deed: Deed, id: string, change: EndpointChange): Promise<EndpointView> {
  const { enabled, ...asked } = change;
  const texts = { ...asked, ...(asked.url === undefined ? {} : { url: checkedUrl(app, asked.url) }) };
  checkTypes(texts.eventTypes ?? []);
  return app.db.withTenant(deed.tenantId, async (tx) => {
    const before = await found(tx, id);
    const after = { ...before, ...texts };
    if (Object.keys(texts).length > 0) {
      await updateEndpoint(tx, id, texts);
      const { description, eventTypes } = after;
      const data = { endpoint_id: id, host: hostOf(after.url), description, event_types: eventTypes };
      await appendEvents(tx, [auditDraft(deed, "webhook_endpoint.updated", data)]);
    }
    if (enabled === false && before.enabled) await switchOff(tx, deed, after, "person");
    if (enabled === true && !before.enabled) await switchOn(tx, deed, after);
    return viewOne(tx, id, new Date(deed.atMs));
  });
}

/** Until `overlapHours` are over every delivery is signed with both; 0 ends the old ones now. Errors: NOT_FOUND. */
export async function rotateEndpointSecret(app: EndpointApp, deed: Deed, id: string, overlapHours: number): Promise<EndpointWithSecret> {
  return app.db.withTenant(deed.tenantId, async (tx) => {
    await found(tx, id);
    const until = new Date(deed.atMs + overlapHours * hourMs);
    await endEndpointSecrets(tx, id, until);
    const secret = await addSecret(app, tx, deed, id);
    const data = { endpoint_id: id, earlier_secrets_end_at: until.toISOString() };
    await appendEvents(tx, [auditDraft(deed, "webhook_endpoint.secret_rotated", data)]);
    return { ...(await viewOne(tx, id, new Date(deed.atMs))), secret };
  });
}

/** Its deliveries stay to be looked at. Errors: NOT_FOUND. */
export async function removeEndpoint(app: EndpointApp, deed: Deed, id: string): Promise<void> {
  await app.db.withTenant(deed.tenantId, async (tx) => {
    const { url } = await found(tx, id);
    await markRemoved(tx, id, new Date(deed.atMs));
    await stopListening(tx, id);
    const cancelled = await cancelOutbound(tx, id);
    await appendEvents(tx, [auditDraft(deed, "webhook_endpoint.removed", { endpoint_id: id, host: hostOf(url), cancelled })]);
  });
}

/** Sends a test event, which comes with a delivery of its own. Errors: NOT_FOUND, WEBHOOK_OFF. @returns the delivery's id */
export async function pingEndpoint(app: EndpointApp, deed: Deed, id: string): Promise<string> {
  const deliveryId = app.newId();
  const createdAt = new Date(deed.atMs);
  await app.db.withTenant(deed.tenantId, async (tx) => {
    const { enabled } = await found(tx, id);
    if (!enabled) throw new AppError("WEBHOOK_OFF");
    const payload = pingEvent(deliveryId, deed.tenantId, id, createdAt);
    const about = { kind: "webhook", targetId: id, eventType: pingType, executionId: null, dedupKey: `ping:${deliveryId}` } as const;
    await insertOutbound(tx, [{ id: deliveryId, ...about, payload, createdAt }]);
    await appendEvents(tx, [auditDraft(deed, "webhook_endpoint.tested", { endpoint_id: id, delivery_id: deliveryId })]);
  });
  app.wake();
  return deliveryId;
}
