// An offer goes in; a run that waits for somebody to start it comes out, filled in from the alert, and the faces are told. At most so many within a
// minute per tenant: a storm is taken in and matched at once, and posted at the pace that people can read at (ruling 26).
import { alertFields, type InboundAlert, invariant } from "@dd0c/core";
import { auditDraft, systemDeed } from "../app/audit-draft.ts";
import {
  alertBeginning,
  type AlertRecord,
  appendEvents,
  countAlerts,
  decideOffer,
  enqueueEffects,
  findAlert,
  findRunbook,
  insertExecution,
  lockOffer,
  markPosted,
  type OfferRecord,
  postedBefore,
  type TenantTx,
} from "../db/index.ts";
import { createRun } from "../engine/create-run.ts";
import { auditDraftOf, engineAsker, one, runCommandIn } from "../engine/run-command.ts";
import type { AlertParts } from "./alert-parts.ts";
import { announce } from "./announce.ts";
import { matcherName } from "./match-alerts.ts";

const minuteMs = 60_000;
/** Nobody starts a run for yesterday's alert. */
const openForMs = 24 * 60 * minuteMs;

/** Outbox kind: this offer ends unless somebody decided. */
export const lapseKind = "alert-lapse";

/** What a run takes along from its alert, under the names that a runbook's variables refer to. */
export function alertContext(id: string, alert: InboundAlert): Readonly<Record<string, unknown>> {
  const { facts } = alert;
  return {
    ...alertFields(alert),
    alert_id: id,
    source: facts.source,
    labels: facts.labels,
    annotations: facts.annotations,
    tags: facts.tags,
    runbook_url: facts.runbookUrl,
    links: facts.links,
  };
}

/** @returns when to try again; null when the offer is settled */
export async function postOffer(parts: AlertParts, tenantId: string, offerId: string): Promise<Date | null> {
  return parts.db.withTenant(tenantId, async (tx) => {
    const nowMs = parts.clock.now();
    const offer = await lockOffer(tx, offerId);
    if (offer === undefined || offer.status !== "open" || offer.postedAt !== null) return null;
    const full = await postedBefore(tx, new Date(nowMs - minuteMs), parts.offersPerMinute);
    if (full !== undefined) return new Date(full.getTime() + minuteMs);
    const why = await whyNotPosted(tx, offer);
    await (why === null ? post(parts, tx, offer, nowMs) : lapse(parts, tx, offer, why, nowMs));
    return null;
  });
}

async function whyNotPosted(tx: TenantTx, offer: OfferRecord): Promise<string | null> {
  if ((await findRunbook(tx, offer.runbookId)) === undefined) return "the runbook was deleted";
  const counts = (await countAlerts(tx, [offer.id])).get(offer.id);
  return counts?.open === 0 ? "the alert was over before it could be posted" : null;
}

const alertOf = async (tx: TenantTx, offer: OfferRecord): Promise<AlertRecord> => {
  const alert = await findAlert(tx, offer.alertId);
  invariant(alert !== undefined, "an offer's alert exists");
  return alert;
};

async function post(parts: AlertParts, tx: TenantTx, offer: OfferRecord, nowMs: number): Promise<void> {
  const record = await alertOf(tx, offer);
  const { id, alert } = record;
  const asker = { ...engineAsker(tx.tenantId), actor: systemDeed(tx.tenantId, matcherName, nowMs).actor };
  const context = alertContext(id, alert);
  const alertBegan = await alertBeginning(tx, record);
  const request = { runbookId: offer.runbookId, triggerSource: "alert_webhook", alertContext: context, alert, alertBegan } as const;
  const { created, pending } = await createRun(parts.newId, tx, asker, request, nowMs);
  await insertExecution(tx, pending, context);
  await markPosted(tx, offer.id, pending.id, new Date(nowMs));
  await enqueueEffects(tx, [{ kind: lapseKind, payload: { offerId: offer.id }, availableAt: new Date(nowMs + openForMs) }]);
  await announce(parts, tx, [{ type: "alert.matched", offerId: offer.id, alertId: id, executionId: pending.id }], nowMs);
  const data = { offer_id: offer.id, alert_id: id, execution_id: pending.id, confidence: offer.matches[0]?.confidence ?? null };
  await appendEvents(tx, [
    auditDraftOf(created, pending, asker, nowMs),
    auditDraft(systemDeed(tx.tenantId, matcherName, nowMs), "alert.offered", data, offer.runbookId),
  ]);
}

async function lapse(parts: AlertParts, tx: TenantTx, offer: OfferRecord, reason: string, nowMs: number): Promise<void> {
  await decideOffer(tx, offer.id, { status: "lapsed", by: matcherName, at: new Date(nowMs), reason });
  if (offer.executionId !== null)
    await runCommandIn(parts.engine, tx, offer.executionId, engineAsker(tx.tenantId), one({ type: "expire" }));
  await announce(parts, tx, [{ type: "offer.lapsed", offerId: offer.id, alertId: offer.alertId, executionId: offer.executionId }], nowMs);
  const data = { offer_id: offer.id, alert_id: offer.alertId, reason };
  await appendEvents(tx, [auditDraft(systemDeed(tx.tenantId, matcherName, nowMs), "alert.offer_lapsed", data, offer.runbookId)]);
}

/** The offer's day is over. */
export async function lapseOffer(parts: AlertParts, tenantId: string, offerId: string): Promise<void> {
  await parts.db.withTenant(tenantId, async (tx) => {
    const offer = await lockOffer(tx, offerId);
    if (offer?.status === "open") await lapse(parts, tx, offer, "nobody started it within a day", parts.clock.now());
  });
}
