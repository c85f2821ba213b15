// Alerts that wait go in; for each the runbooks that fit come out, and an offer where one fits well enough. Scoring is core's and happens between two
// transactions: the first reads, the second writes what is still true. Alerts of one kind that come together share one offer.
import { type AlertFacts, type AuditDraft, type KnownBefore, type Match, matchAlert, type MatchLibrary } from "@dd0c/core";
import { auditDraft, systemDeed } from "../app/audit-draft.ts";
import {
  type AlertRecord,
  appendEvents,
  enqueueEffects,
  insertOffers,
  listMappings,
  lockWaiting,
  type OfferRecord,
  openOffersFor,
  saveAlerts,
  takeTurnWithAlerts,
  type TenantTx,
  usedBefore,
  waitingAlerts,
} from "../db/index.ts";
import type { AlertParts } from "./alert-parts.ts";
import { announce } from "./announce.ts";
import { createMatchLibraries } from "./match-libraries.ts";
import { nextTurn, sliceMs } from "./next-turn.ts";

/** Outbox kind: a tenant has alerts that matching has not looked at. */
export const matchKind = "alert-match";
/** Outbox kind: this offer is to be posted. */
export const offerKind = "alert-offer";

export const matcherName = "alert-matcher";

const batch = 100;
/** Alerts of one kind that come within this time of an open offer join it. */
const togetherMs = 15 * 60_000;

interface Work {
  readonly alerts: readonly AlertRecord[];
  readonly knownOf: (alert: AlertRecord) => KnownBefore;
}

export interface Matcher {
  /** Looks at a batch of a tenant's alerts. @returns true while there may be more */
  readonly matchWaiting: (tenantId: string) => Promise<boolean>;
}

/** The same for alerts that one message can speak of: they differ in the instance alone. */
const groupKey = (alert: AlertRecord, runbookId: string): string =>
  JSON.stringify([runbookId, alert.alertKey, alert.alert.environment, alert.alert.region]).slice(0, 1_000);

export function createMatcher(parts: AlertParts): Matcher {
  const libraries = createMatchLibraries(parts);

  const gather = (tenantId: string): Promise<Work> =>
    parts.db.readTenant(tenantId, async (tx) => {
      const alerts = await waitingAlerts(tx, batch);
      const mappings = alerts.length === 0 ? [] : await listMappings(tx);
      const used = await usedBefore(tx, [...new Set(alerts.map(({ alertKey }) => alertKey).filter((key) => key !== ""))]);
      const knownOf = ({ alertKey }: AlertRecord): KnownBefore => ({
        mappings,
        usedBefore: used.filter((each) => each.alertKey === alertKey),
      });
      return { alerts, knownOf };
    });

  /** A text that matching fails at has no runbook; it must not keep the others waiting. */
  const matchOne = (facts: AlertFacts, library: MatchLibrary, known: KnownBefore): readonly Match[] => {
    try {
      return matchAlert(facts, library, known);
    } catch (error) {
      parts.logger.error({ error: error instanceof Error ? error.name : "unknown" }, "an alert could not be matched");
      return [];
    }
  };

  const score = async (work: Work, library: MatchLibrary): Promise<ReadonlyMap<string, readonly Match[]>> => {
    const found = new Map<string, readonly Match[]>();
    let since = parts.clock.monotonic();
    for (const alert of work.alerts) {
      found.set(alert.id, matchOne(alert.alert.facts, library, work.knownOf(alert)));
      if (parts.clock.monotonic() - since < sliceMs) continue;
      await nextTurn();
      since = parts.clock.monotonic();
    }
    return found;
  };

  return {
    matchWaiting: async (tenantId) => {
      const work = await gather(tenantId);
      if (work.alerts.length === 0) return false;
      // After the alerts: what was saved before they came is in it.
      const found = await score(work, await libraries.of(tenantId));
      await parts.db.withTenant(tenantId, (tx) => write(parts, tx, found));
      return work.alerts.length === batch;
    },
  };
}

/** What one batch leads to. */
class Offers {
  readonly made: OfferRecord[] = [];
  readonly joined = new Set<OfferRecord>();
  private readonly open: Map<string, OfferRecord>;

  constructor(open: readonly OfferRecord[]) {
    this.open = new Map(open.map((offer) => [offer.groupKey, offer]));
  }

  /** The offer for this alert: one that is open, or another. */
  for(alert: AlertRecord, best: Match, matches: readonly Match[], make: () => { readonly id: string; readonly at: Date }): OfferRecord {
    const key = groupKey(alert, best.runbookId);
    const known = this.open.get(key);
    if (known !== undefined) {
      this.joined.add(known);
      return known;
    }
    const { id, at } = make();
    const nothingYet = { executionId: null, postedAt: null, decidedBy: null, decidedAt: null, decideReason: null };
    const offer: OfferRecord = {
      id,
      groupKey: key,
      alertId: alert.id,
      runbookId: best.runbookId,
      matches,
      status: "open",
      createdAt: at,
      ...nothingYet,
    };
    this.open.set(key, offer);
    this.made.push(offer);
    return offer;
  }
}

const recordOf = (matches: readonly Match[]) =>
  matches.map(({ runbookId, confidence, reasons }) => ({
    runbook_id: runbookId,
    confidence,
    signals: reasons.map(({ signal }) => signal),
  }));

async function write(parts: AlertParts, tx: TenantTx, found: ReadonlyMap<string, readonly Match[]>): Promise<void> {
  await takeTurnWithAlerts(tx);
  const alerts = await lockWaiting(tx, [...found.keys()]);
  const nowMs = parts.clock.now();
  const at = new Date(nowMs);
  const keys = alerts.flatMap((alert) => (found.get(alert.id) ?? []).slice(0, 1).map((best) => groupKey(alert, best.runbookId)));
  const offers = new Offers(await openOffersFor(tx, [...new Set(keys)], new Date(nowMs - togetherMs)));
  const deed = systemDeed(tx.tenantId, matcherName, nowMs);
  const events: AuditDraft[] = [];
  const changed = alerts.map((alert): AlertRecord => {
    const matches = found.get(alert.id) ?? [];
    const [best] = matches;
    if (best === undefined) {
      events.push(auditDraft(deed, "alert.unmatched", { alert_id: alert.id }));
      return { ...alert, matchState: "unmatched", matches, matchedAt: at };
    }
    const offer = offers.for(alert, best, matches, () => ({ id: parts.newId(), at }));
    events.push(auditDraft(deed, "alert.matched", { alert_id: alert.id, offer_id: offer.id, matches: recordOf(matches) }, best.runbookId));
    return { ...alert, matchState: "matched", matches, matchedAt: at, offerId: offer.id };
  });
  await insertOffers(tx, offers.made);
  await saveAlerts(tx, changed);
  await enqueueEffects(
    tx,
    offers.made.map(({ id }) => ({ kind: offerKind, payload: { offerId: id }, availableAt: at })),
  );
  const posted = [...offers.joined].filter(({ postedAt }) => postedAt !== null);
  await announce(
    parts,
    tx,
    posted.map(({ id, alertId, executionId }) => ({ type: "alert.more", offerId: id, alertId, executionId })),
    nowMs,
  );
  await appendEvents(tx, events);
}
