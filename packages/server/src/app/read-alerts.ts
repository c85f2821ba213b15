// Alerts as people read them: lists with their runbook, one with everything that is known. Also what a face needs to show an offer (readOffer).
// Reads only. Errors: NOT_FOUND. Another tenant's alert is simply not there.
import { type AlertValue, AppError, fillsByItself, type Match, type Mttr, mttrOf, valueFor } from "@dd0c/core";
import {
  type AlertCounts,
  type AlertEventRecord,
  type AlertQuery,
  type AlertRecord,
  countAlerts,
  deliveriesOfAlert,
  type DeliveryRecord,
  type ClosableAlert,
  endedRunsOf,
  eventsOfAlert,
  findAlert,
  findClosable,
  findTold,
  findOffer,
  findOffers,
  findRunbook,
  findVersion,
  integrationNames,
  listAlerts,
  type OfferRecord,
  overviewRunbooks,
  readExecution,
  resolutionStats,
  type ResolutionStats,
  type RunOfAlert,
  type RunbookOverview,
  type TenantTx,
  type ToldState,
} from "../db/index.ts";
import { type ClosingAction, closingKey } from "../closing/closing-payload.ts";

/** A variable of a runbook and what the alert says about it. */
export interface Filling {
  readonly name: string;
  readonly found: AlertValue | undefined;
  /** The value is no plain word: a person types it (ruling 23). */
  readonly needsTyping: boolean;
}

export interface MatchView {
  readonly match: Match;
  /** Null: the runbook was deleted since. */
  readonly title: string | null;
  readonly counts: RunbookOverview["counts"];
  readonly fillings: readonly Filling[];
}

export interface OfferView {
  readonly offer: OfferRecord;
  /** The first alert of the offer. */
  readonly alert: AlertRecord;
  readonly counts: AlertCounts;
  /** Best first. */
  readonly matches: readonly MatchView[];
}

const noCounts: RunbookOverview["counts"] = { safe: 0, caution: 0, unknown: 0, dangerous: 0, manual: 0 };
const none: AlertCounts = { all: 0, open: 0 };

async function viewMatch(tx: TenantTx, match: Match, alert: AlertRecord): Promise<MatchView> {
  const runbook = await findRunbook(tx, match.runbookId);
  const version = runbook === undefined ? undefined : await findVersion(tx, runbook.id, runbook.activeVersion);
  if (runbook === undefined || version === undefined) return { match, title: null, counts: noCounts, fillings: [] };
  const counts = (await overviewRunbooks(tx, [runbook.id])).get(runbook.id)?.counts ?? noCounts;
  const variables = version.parsed.variables.filter(({ secret }) => secret !== true);
  const fillings = variables.map(({ name, field }): Filling => {
    const value = valueFor(alert.alert, name, field);
    const needsTyping = value !== undefined && !fillsByItself({ name, value: value.value, source: "alert" });
    return { name, found: value, needsTyping };
  });
  return { match, title: runbook.title, counts, fillings };
}

async function viewMatches(tx: TenantTx, matches: readonly Match[], alert: AlertRecord): Promise<readonly MatchView[]> {
  const views: MatchView[] = [];
  for (const match of matches) views.push(await viewMatch(tx, match, alert));
  return views;
}

/** An offer as it is now, for the message or page that shows it; undefined where there is none. */
export async function readOffer(tx: TenantTx, offerId: string): Promise<OfferView | undefined> {
  const offer = await findOffer(tx, offerId);
  const alert = offer === undefined ? undefined : await findAlert(tx, offer.alertId);
  if (offer === undefined || alert === undefined) return undefined;
  const counts = (await countAlerts(tx, [offer.id])).get(offer.id) ?? none;
  return { offer, alert, counts, matches: await viewMatches(tx, offer.matches, alert) };
}

export interface AlertListing {
  readonly alert: AlertRecord;
  readonly integrationName: string;
  readonly offer: OfferRecord | undefined;
  /** Of the best match; undefined where there is none, or it was deleted. */
  readonly runbookTitle: string | undefined;
}

async function listings(tx: TenantTx, alerts: readonly AlertRecord[]): Promise<readonly AlertListing[]> {
  const names = await integrationNames(tx);
  const offers = new Map(
    (await findOffers(tx, [...new Set(alerts.flatMap(({ offerId }) => offerId ?? []))])).map((offer) => [offer.id, offer]),
  );
  const titles = new Map<string, string | undefined>();
  for (const id of new Set(alerts.flatMap(({ matches }) => matches.slice(0, 1).map(({ runbookId }) => runbookId))))
    titles.set(id, (await findRunbook(tx, id))?.title);
  return alerts.map((alert) => ({
    alert,
    integrationName: names.get(alert.integrationId) ?? "",
    offer: offers.get(alert.offerId ?? ""),
    runbookTitle: titles.get(alert.matches[0]?.runbookId ?? ""),
  }));
}

export async function pageAlerts(
  tx: TenantTx,
  query: AlertQuery,
): Promise<{ readonly items: readonly AlertListing[]; readonly nextCursor: string | null }> {
  const { items, nextCursor } = await listAlerts(tx, query);
  return { items: await listings(tx, items), nextCursor };
}

export interface AlertView extends AlertListing {
  readonly matches: readonly MatchView[];
  readonly offerCounts: AlertCounts;
  readonly events: readonly AlertEventRecord[];
  readonly deliveries: readonly DeliveryRecord[];
  readonly resolution: Resolution;
  readonly closing: ClosingView | null;
}

export interface Resolution {
  /** Of the run that this alert led to, where it completed. */
  readonly run: (Mttr & { readonly executionId: string }) | null;
  readonly alike: ResolutionStats;
}

/** What the provider of the alert was or can be told; null where nothing is set. */
export interface ClosingView {
  readonly closable: ClosableAlert;
  readonly note: ToldState | undefined;
  readonly resolve: ToldState | undefined;
  /** A completed run that a resolve would speak of. */
  readonly completedRunId: string | undefined;
}

/** Why a resolve cannot be asked for now; null where it can. */
export function resolveRefusal({ closable, resolve, completedRunId }: ClosingView): string | null {
  if (closable.closing.resolves === "never") return "The integration’s settings do not let it be resolved from here.";
  if (closable.status === "resolved") return "It is over already.";
  if (completedRunId === undefined) return "No run for it has completed: what was not repaired is not resolved.";
  if (resolve?.state === "waiting") return "It is being asked for already.";
  return resolve?.state === "delivered" ? "The provider has accepted it; its word that it is over has not come yet." : null;
}

/** Null: there is nothing to tell, or nobody. */
export async function closingOf(tx: TenantTx, alertId: string, runs: readonly RunOfAlert[]): Promise<ClosingView | null> {
  const closable = await findClosable(tx, alertId);
  if (closable === undefined) return null;
  const keysOf = (action: ClosingAction): string[] => runs.map(({ id }) => closingKey(id, alertId, action));
  const told = new Map((await findTold(tx, [...keysOf("note"), ...keysOf("resolve")])).map((state) => [state.dedupKey, state]));
  const newest = (action: ClosingAction): ToldState | undefined =>
    keysOf(action)
      .map((key) => told.get(key))
      .find((state) => state !== undefined);
  return { closable, note: newest("note"), resolve: newest("resolve"), completedRunId: completedOf(runs) };
}

const completedOf = (runs: readonly RunOfAlert[]): string | undefined => runs.find(({ status }) => status === "completed")?.id;

/** Runs that are looked at for what alerts of one kind took. */
const alikeForMs = 90 * 24 * 3_600_000;

async function resolutionOf(tx: TenantTx, alert: AlertRecord, runs: readonly RunOfAlert[], nowMs: number): Promise<Resolution> {
  const executionId = completedOf(runs);
  const state = executionId === undefined ? undefined : await readExecution(tx, executionId);
  const mttr = state === undefined ? null : mttrOf(state);
  return {
    run: mttr === null || state === undefined ? null : { ...mttr, executionId: state.id },
    alike: await resolutionStats(tx, alert.alertKey, new Date(nowMs - alikeForMs)),
  };
}

const mostEvents = 100;
const mostDeliveries = 5;

export async function viewAlert(tx: TenantTx, id: string, nowMs: number): Promise<AlertView> {
  const alert = await findAlert(tx, id);
  const [listing] = alert === undefined ? [] : await listings(tx, [alert]);
  if (alert === undefined || listing === undefined) throw new AppError("NOT_FOUND");
  const runs = await endedRunsOf(tx, alert);
  return {
    ...listing,
    matches: await viewMatches(tx, alert.matches, alert),
    offerCounts: (await countAlerts(tx, alert.offerId === null ? [] : [alert.offerId])).get(alert.offerId ?? "") ?? none,
    events: await eventsOfAlert(tx, id, mostEvents),
    deliveries: await deliveriesOfAlert(tx, id, mostDeliveries),
    resolution: await resolutionOf(tx, alert, runs, nowMs),
    closing: await closingOf(tx, id, runs),
  };
}
