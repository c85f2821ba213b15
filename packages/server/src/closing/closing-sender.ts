// Sends a note or a resolve to an integration's provider, and says which deliveries the end of a run means for an integration. The token is opened for
// the moment of sending; who changed the settings meanwhile, or ended the integration, has the last word.
import { setTimeout as sleep } from "node:timers/promises";
import { type AuditEvent, isReportable } from "@dd0c/core";
import { reportOf } from "../app/read-divergence.ts";
import { memberNames } from "../app/read-runbooks.ts";
import type { ScannerGuard } from "../app/scanner-guard.ts";
import {
  closableAlerts,
  findClosable,
  findClosing,
  findListing,
  type ClosableAlert,
  isUuid,
  type NewOutboundDelivery,
  type OpenDatabase,
  type OutboundDelivery,
  readExecution,
  type TenantTx,
} from "../db/index.ts";
import type { RequestGuarded } from "../outbound/request-guarded.ts";
import type { Sender, Sent } from "../outbound/sender.ts";
import type { Clock } from "../ports.ts";
import type { Seal } from "../webhooks/seal.ts";
import { type ClosingAction, closingEventType, closingKey, type ClosingPayload, runFacts } from "./closing-payload.ts";
import { dd0cAlert } from "./dd0c-alert.ts";
import { noteText, runLink } from "./note-text.ts";
import { opsgenie } from "./opsgenie.ts";
import { pagerduty } from "./pagerduty.ts";
import type { AskProvider, ClosingJob, Provider } from "./provider.ts";

/** Kinds of integrations whose provider can be told. */
export type ClosingKind = "pagerduty" | "opsgenie" | "dd0c-alert";

const providers: Readonly<Record<ClosingKind, Provider>> = { pagerduty, opsgenie, "dd0c-alert": dd0cAlert };

export const isClosingKind = (kind: string): kind is ClosingKind => Object.hasOwn(providers, kind);

export interface ClosingParts {
  readonly db: Pick<OpenDatabase, "readTenant">;
  readonly clock: Pick<Clock, "now">;
  readonly newId: () => string;
  readonly seal: Seal;
  /** Reads commands where a report is not written yet. */
  readonly scanner: Pick<ScannerGuard, "prepare">;
  readonly request: RequestGuarded;
  /** Where people open the page. */
  readonly webUrl: () => string;
}

/** Of one question; a delivery asks at most four. */
const questionDeadlineMs = 4_000;
/** An offer may gather a whole storm: so many of its alerts get a note. */
const mostAlerts = 20;

/** The seal's owner of an integration's API token. */
export const tokenOwner = (integrationId: string): string => `closing:${integrationId}`;

const nothingMore = (why: string): Sent => ({ outcome: "refused", status: null, why });

interface Ready {
  readonly apiUrl: string;
  readonly token: string;
  readonly actsAs: string | null;
}

/** What stands in the settings now; a sentence where there is nothing to send any more. */
async function readyFor({ db, seal }: ClosingParts, delivery: OutboundDelivery, payload: ClosingPayload): Promise<Ready | Sent> {
  const { alert, closing } = await db.readTenant(delivery.tenantId, async (tx) => ({
    alert: await findClosable(tx, payload.alert_id),
    closing: await findClosing(tx, delivery.targetId),
  }));
  if (alert === undefined || closing === undefined)
    return nothingMore("The integration was ended, or its settings for the end of a run were removed.");
  if (payload.action === "resolve" && alert.status === "resolved")
    return { outcome: "delivered", status: null, why: "It was resolved already." };
  return { apiUrl: closing.apiUrl, token: seal.open(closing.sealedToken, tokenOwner(delivery.targetId)), actsAs: closing.actsAs };
}

const asker =
  ({ request }: ClosingParts, provider: Provider, { apiUrl, token }: Ready, signal: AbortSignal): AskProvider =>
  async ({ method, path, headers, body }) => {
    const answer = await request(`${apiUrl}${path}`, {
      method,
      headers: {
        accept: "application/json",
        "user-agent": "dd0c-run",
        authorization: provider.authorization(token),
        ...headers,
        ...(body === undefined ? {} : { "content-type": "application/json" }),
      },
      body: body === undefined ? "" : JSON.stringify(body),
      deadlineMs: questionDeadlineMs,
      signal,
    });
    if (answer.kind === "answered") return { ...answer, body: answer.body.replaceAll(token, "…") };
    return { outcome: answer.kind === "refused" ? "refused" : "retry", status: null, why: answer.why };
  };

async function send(parts: ClosingParts, provider: Provider, delivery: OutboundDelivery, signal: AbortSignal): Promise<Sent> {
  const payload = delivery.payload as ClosingPayload;
  const ready = await readyFor(parts, delivery, payload);
  if ("outcome" in ready) return ready;
  const link = runLink(parts.webUrl(), payload.run.execution_id);
  const job: ClosingJob = {
    action: payload.action,
    externalId: payload.external_id,
    deliveryId: delivery.id,
    text: noteText(payload.run, link),
    link,
    run: payload.run,
    isAgain: delivery.attempts > 1,
    actsAs: ready.actsAs,
  };
  return provider.perform(asker(parts, provider, ready, signal), job, (ms) => sleep(ms, undefined, { signal }).catch(() => undefined));
}

/** What the setting says about one alert of a run that is over. An end that came before us needs no resolve, and only a completed run resolves. */
function actionsFor(
  { status, closing, id }: ClosableAlert,
  run: { readonly completed: boolean; readonly alertId: string },
): ClosingAction[] {
  // The run's values are those of its own alert: of the others that came with it nobody knows whether they are well.
  const resolves = closing.resolves === "when_completed" && run.completed && id === run.alertId && status !== "resolved";
  return [...(closing.addsNote ? (["note"] as const) : []), ...(resolves ? (["resolve"] as const) : [])];
}

/** Undefined: nothing of it was begun, or it is no run of an alert. */
export async function endedRun(tx: TenantTx, scanner: Pick<ScannerGuard, "prepare">, executionId: string) {
  const state = await readExecution(tx, executionId);
  const listing = await findListing(tx, executionId);
  if (state === undefined || listing === undefined || state.alertId === null || !isUuid(state.alertId) || !isReportable(state))
    return undefined;
  const facts = runFacts(state, listing, await reportOf(tx, scanner, executionId), await memberNames(tx));
  return { facts, alertId: state.alertId, completed: state.status === "completed" };
}

export type EndedRun = NonNullable<Awaited<ReturnType<typeof endedRun>>>;

export function closingDelivery(
  { newId, clock }: Pick<ClosingParts, "newId" | "clock">,
  { facts }: Pick<EndedRun, "facts">,
  alert: ClosableAlert & { readonly kind: ClosingKind },
  action: ClosingAction,
): NewOutboundDelivery {
  const payload: ClosingPayload = { action, alert_id: alert.id, external_id: alert.episodeKey, run: facts };
  return {
    id: newId(),
    kind: alert.kind,
    targetId: alert.closing.integrationId,
    eventType: closingEventType(action),
    executionId: facts.execution_id,
    dedupKey: closingKey(facts.execution_id, alert.id, action),
    payload,
    createdAt: new Date(clock.now()),
  };
}

const endTypes: ReadonlySet<string> = new Set(["execution.completed", "execution.aborted"]);

export const isClosable = (alert: ClosableAlert): alert is ClosableAlert & { readonly kind: ClosingKind } => isClosingKind(alert.kind);

async function deliveriesFor(
  parts: ClosingParts,
  tx: TenantTx,
  targetId: string,
  events: readonly AuditEvent[],
): Promise<NewOutboundDelivery[]> {
  const made: NewOutboundDelivery[] = [];
  for (const { type, execution } of events) {
    const run = endTypes.has(type) && execution !== null ? await endedRun(tx, parts.scanner, execution) : undefined;
    if (run === undefined) continue;
    const alerts = await closableAlerts(tx, run.facts.execution_id, run.alertId, mostAlerts);
    for (const alert of alerts.filter(isClosable))
      if (alert.closing.integrationId === targetId)
        made.push(...actionsFor(alert, run).map((action) => closingDelivery(parts, run, alert, action)));
  }
  return made;
}

/** One per provider. */
export const closingSenders = (parts: ClosingParts): readonly Sender[] =>
  (Object.keys(providers) as ClosingKind[]).map((kind) => ({
    kind,
    send: (delivery, signal) => send(parts, providers[kind], delivery, signal),
    deliveriesFor: (tx, targetId, events) => deliveriesFor(parts, tx, targetId, events),
  }));
