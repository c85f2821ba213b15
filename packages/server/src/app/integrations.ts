// Integrations as an admin makes, changes and ends them. A secret is shown once, kept sealed, and may overlap with the one that follows it.
// What is done with what comes through them is webhooks/.
import { randomBytes } from "node:crypto";
import { type AlertMap, type AlertSource, AppError, mapProblems } from "@dd0c/core";
import { forgetClosing } from "../closing/forget-closing.ts";
import {
  appendEvents,
  type ClosingRecord,
  type DeliverySummary,
  endSecrets,
  insertIntegration,
  insertSecret,
  type IntegrationRecord,
  listClosings,
  listIntegrations,
  listSecrets,
  lockIntegration,
  revokeIntegration as markRevoked,
  type SecretListing,
  summariseDeliveries,
  type TenantTx,
  updateIntegration,
} from "../db/index.ts";
import type { Seal } from "../webhooks/seal.ts";
import { auditDraft, type Deed } from "./audit-draft.ts";
import type { AppContext } from "./context.ts";

export interface IntegrationApp extends Pick<AppContext, "db" | "newId"> {
  readonly seal: Seal;
}

export interface IntegrationView {
  readonly integration: IntegrationRecord;
  readonly secrets: readonly SecretListing[];
  readonly deliveries: DeliverySummary | undefined;
  /** What its provider is told when a run is over; undefined: nothing. */
  readonly closing: ClosingRecord | undefined;
}

export interface WithSecret extends IntegrationView {
  /** Shown once. */
  readonly secret: string;
}

/** Each is a door that somebody has to look after. */
const maxIntegrations = 100;
const hourMs = 3_600_000;

/** Senders that sign by Standard Webhooks need its form; everywhere else any text is a secret. */
const newSecret = (kind: AlertSource): string =>
  kind === "generic" || kind === "dd0c-alert"
    ? `whsec_${randomBytes(32).toString("base64")}`
    : `alert_${randomBytes(32).toString("base64url")}`;

function checkMap(kind: AlertSource, map: AlertMap | null): void {
  if (map === null) return;
  if (kind !== "generic") throw new AppError("VALIDATION_FAILED", "Only a generic integration has a mapping.");
  const problems = mapProblems(map);
  const [first] = problems;
  if (first !== undefined)
    throw new AppError("VALIDATION_FAILED", `The mapping cannot be used. ${first.field}: ${first.problem}`, { problems });
}

async function found(tx: TenantTx, id: string): Promise<IntegrationRecord> {
  const integration = await lockIntegration(tx, id);
  if (integration === undefined) throw new AppError("NOT_FOUND");
  return integration;
}

export async function viewIntegrations(tx: TenantTx, now: Date): Promise<readonly IntegrationView[]> {
  const secrets = await listSecrets(tx, now);
  const deliveries = await summariseDeliveries(tx);
  const closings = await listClosings(tx);
  return (await listIntegrations(tx)).map((integration) => ({
    integration,
    secrets: secrets.filter(({ integrationId }) => integrationId === integration.id),
    deliveries: deliveries.get(integration.id),
    closing: closings.find(({ integrationId }) => integrationId === integration.id),
  }));
}

/** Errors: NOT_FOUND. */
export async function viewIntegration(tx: TenantTx, id: string, now: Date): Promise<IntegrationView> {
  const view = (await viewIntegrations(tx, now)).find(({ integration }) => integration.id === id);
  if (view === undefined) throw new AppError("NOT_FOUND");
  return view;
}

async function addSecret(app: IntegrationApp, tx: TenantTx, deed: Deed, integrationId: string, secret: string): Promise<void> {
  const sealed = app.seal.seal(secret, integrationId);
  await insertSecret(tx, integrationId, { id: app.newId(), sealed, createdAt: new Date(deed.atMs), expiresAt: null }, deed.actor.id);
}

export interface NewIntegration {
  readonly kind: AlertSource;
  readonly name: string;
  readonly secret: string | undefined;
  readonly alertMap: AlertMap | null;
}

/** Errors: PLAN_LIMIT_REACHED, VALIDATION_FAILED (a mapping that cannot be used). */
export async function createIntegration(app: IntegrationApp, deed: Deed, made: NewIntegration): Promise<WithSecret> {
  checkMap(made.kind, made.alertMap);
  const id = app.newId();
  const secret = made.secret ?? newSecret(made.kind);
  const createdAt = new Date(deed.atMs);
  return app.db.withTenant(deed.tenantId, async (tx) => {
    if ((await listIntegrations(tx)).length >= maxIntegrations)
      throw new AppError("PLAN_LIMIT_REACHED", `There are ${maxIntegrations} integrations already: end one first.`);
    const { kind, name, alertMap } = made;
    await insertIntegration(tx, { id, kind, name, alertMap, createdBy: deed.actor.id, createdAt });
    await addSecret(app, tx, deed, id, secret);
    await appendEvents(tx, [auditDraft(deed, "integration.created", { integration_id: id, kind, name, alert_map: alertMap })]);
    return { ...(await viewIntegration(tx, id, createdAt)), secret };
  });
}

/** Errors: NOT_FOUND, VALIDATION_FAILED. */
export async function changeIntegration(
  app: IntegrationApp,
  deed: Deed,
  id: string,
  changes: { readonly name?: string; readonly alertMap?: AlertMap | null },
): Promise<IntegrationView> {
  return app.db.withTenant(deed.tenantId, async (tx) => {
    const { kind } = await found(tx, id);
    checkMap(kind, changes.alertMap ?? null);
    await updateIntegration(tx, id, changes);
    const { name, alertMap } = changes;
    const data = {
      integration_id: id,
      ...(name === undefined ? {} : { name }),
      ...(alertMap === undefined ? {} : { alert_map: alertMap }),
    };
    await appendEvents(tx, [auditDraft(deed, "integration.updated", data)]);
    return viewIntegration(tx, id, new Date(deed.atMs));
  });
}

/** The secrets that were good end after `overlapHours`; 0 ends them now. Errors: NOT_FOUND. */
export async function rotateSecret(
  app: IntegrationApp,
  deed: Deed,
  id: string,
  { overlapHours, given }: { readonly overlapHours: number; readonly given: string | undefined },
): Promise<WithSecret> {
  return app.db.withTenant(deed.tenantId, async (tx) => {
    const { kind } = await found(tx, id);
    const now = new Date(deed.atMs);
    const until = new Date(deed.atMs + overlapHours * hourMs);
    await endSecrets(tx, id, now, until);
    const secret = given ?? newSecret(kind);
    await addSecret(app, tx, deed, id, secret);
    await appendEvents(tx, [
      auditDraft(deed, "integration.secret_rotated", { integration_id: id, earlier_secrets_end_at: until.toISOString() }),
    ]);
    return { ...(await viewIntegration(tx, id, now)), secret };
  });
}

/** What comes through it from now on is refused. Errors: NOT_FOUND. */
export async function endIntegration(app: IntegrationApp, deed: Deed, id: string): Promise<void> {
  await app.db.withTenant(deed.tenantId, async (tx) => {
    const { name } = await found(tx, id);
    await markRevoked(tx, id, new Date(deed.atMs));
    await forgetClosing(tx, id);
    await appendEvents(tx, [auditDraft(deed, "integration.revoked", { integration_id: id, name })]);
  });
}
