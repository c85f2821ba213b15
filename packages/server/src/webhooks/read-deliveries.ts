// Unread deliveries of one tenant go in, alerts as they stand now come out: normalised, put in order, recorded. One transaction per batch; what it
// reads it marks, so that a server that dies in between reads it again and counts nothing twice.
import { alertKey, type AuditDraft, type InboundAlert, normaliseDelivery, type Normalised, stepEpisode } from "@dd0c/core";
import { auditDraft, type Deed, systemDeed } from "../app/audit-draft.ts";
import {
  type AlertRecord,
  appendEvents,
  enqueueEffects,
  findEpisodes,
  insertAlertEvents,
  markRead,
  type NewAlertEvent,
  saveAlerts,
  takeTurnWithAlerts,
  type TenantTx,
  unreadDeliveries,
  type UnreadDelivery,
} from "../db/index.ts";
import type { AlertParts } from "./alert-parts.ts";
import { announceEnded } from "./announce.ts";
import { matchKind } from "./match-alerts.ts";

/** Small enough that a delivery that arrives meanwhile is not kept waiting by the database's one session. */
const batch = 25;

/** Who speaks through an integration, as the audit log names it. */
export const senderDeed = (tenantId: string, integrationId: string, atMs: number): Deed =>
  systemDeed(tenantId, `integration:${integrationId}`, atMs);

interface Read extends Normalised {
  readonly delivery: UnreadDelivery;
}

/** One that nobody can read must not keep those behind it waiting. */
function readOne({ logger }: AlertParts, delivery: UnreadDelivery): Read {
  try {
    const body: unknown = JSON.parse(delivery.body.toString("utf8"));
    return { delivery, ...normaliseDelivery(delivery.kind, body, delivery.alertMap) };
  } catch (error) {
    logger.error({ delivery: delivery.id, error: error instanceof Error ? error.name : "unknown" }, "a delivery could not be read");
    return { delivery, alerts: [], problem: "This delivery could not be read.", truncated: 0 };
  }
}

const nameOf = (integrationId: string, episodeKey: string): string => `${integrationId} ${episodeKey}`;

/** What was known stays where the news says less: the end of an alert comes without its details. */
function merged(known: InboundAlert | undefined, news: InboundAlert, starts: boolean): InboundAlert {
  if (known === undefined) return news;
  // A note says something about the alert, ours of the run that it led to among them: it is no description of it.
  if (news.change === "noted") return known;
  if (!starts && !known.isPartial) return known;
  const facts = Object.fromEntries(Object.entries(news.facts).filter(([, value]) => value !== null && !isEmpty(value)));
  const rest = Object.fromEntries(Object.entries(news).filter(([, value]) => value !== null));
  return { ...known, ...rest, facts: { ...known.facts, ...facts } };
}

const isEmpty = (value: unknown): boolean => typeof value === "object" && value !== null && Object.keys(value).length === 0;

class Session {
  readonly events: NewAlertEvent[] = [];
  readonly changed = new Map<string, AlertRecord>();
  /** Alerts that ended in this batch. */
  readonly ended = new Set<string>();
  private readonly known: Map<string, AlertRecord>;
  private readonly newId: () => string;

  constructor(known: readonly AlertRecord[], newId: () => string) {
    this.known = new Map(known.map((alert) => [nameOf(alert.integrationId, alert.episodeKey), alert]));
    this.newId = newId;
  }

  take(delivery: UnreadDelivery, news: InboundAlert): { readonly alert: AlertRecord; readonly counted: boolean } | undefined {
    const name = nameOf(delivery.integrationId, news.episodeKey);
    const before = this.known.get(name);
    const episode = before === undefined ? undefined : { ...before, lastEventMs: before.lastEventAt.getTime() };
    const step = stepEpisode(episode, news, delivery.receivedAt.getTime());
    // A note about something that never began here.
    if (before === undefined && !step.counted) return undefined;
    const alert = this.next(before, step, news, delivery);
    this.known.set(name, alert);
    this.changed.set(name, alert);
    if (alert.status === "resolved" && before !== undefined && before.status !== "resolved") this.ended.add(alert.id);
    this.events.push({
      alertId: alert.id,
      deliveryId: delivery.id,
      change: news.change,
      occurredAt: news.occurredAtMs === null ? null : new Date(news.occurredAtMs),
      receivedAt: delivery.receivedAt,
      counted: step.counted,
    });
    return { alert, counted: step.counted };
  }

  private next(
    before: AlertRecord | undefined,
    { next, starts }: ReturnType<typeof stepEpisode>,
    news: InboundAlert,
    delivery: UnreadDelivery,
  ): AlertRecord {
    const alert = merged(before?.alert, news, starts);
    const lastEventAt = new Date(next.lastEventMs);
    const isOver = next.status === "resolved";
    return {
      id: before?.id ?? this.newId(),
      integrationId: delivery.integrationId,
      episodeKey: news.episodeKey,
      status: next.status,
      seenFiring: next.seenFiring,
      alert,
      alertKey: alertKey(alert.facts),
      matchState: matchState(before, starts, isOver),
      ...(before === undefined || starts ? { ...unmatched, openedAt: lastEventAt } : foundBefore(before)),
      lastEventAt,
      resolvedAt: isOver ? resolvedAt(before, lastEventAt) : null,
      receivedAt: before?.receivedAt ?? delivery.receivedAt,
    };
  }
}

/** What a beginning has: nobody has looked for its runbook. */
const unmatched = { matches: [], matchedAt: null, offerId: null } as const;

const foundBefore = ({ matches, matchedAt, offerId, openedAt }: AlertRecord) => ({ matches, matchedAt, offerId, openedAt });

const resolvedAt = (before: AlertRecord | undefined, lastEventAt: Date): Date => before?.resolvedAt ?? lastEventAt;

function matchState(before: AlertRecord | undefined, starts: boolean, isOver: boolean): AlertRecord["matchState"] {
  if (starts) return "waiting";
  if (before === undefined) return "not_needed";
  return before.matchState === "waiting" && isOver ? "not_needed" : before.matchState;
}

/** One event per delivery: what came, and what it changed. */
function receivedEvent(tx: TenantTx, { delivery, alerts, problem, truncated }: Read, session: Session, nowMs: number): AuditDraft {
  const taken = alerts.flatMap((news) => {
    const step = session.take(delivery, news);
    return step === undefined ? [] : [{ alert_id: step.alert.id, change: news.change, status: step.alert.status, counted: step.counted }];
  });
  const data = {
    delivery_id: delivery.id,
    integration_id: delivery.integrationId,
    source: delivery.kind,
    alerts: taken,
    truncated,
    problem,
  };
  return auditDraft(senderDeed(tx.tenantId, delivery.integrationId, nowMs), "alert.received", data);
}

/** Reads a batch of deliveries. @returns true while there may be more */
export async function readDeliveries(parts: AlertParts, tenantId: string): Promise<boolean> {
  return parts.db.withTenant(tenantId, async (tx) => {
    await takeTurnWithAlerts(tx);
    const reads = (await unreadDeliveries(tx, batch)).map((delivery) => readOne(parts, delivery));
    if (reads.length === 0) return false;
    const nowMs = parts.clock.now();
    const episodes = reads.flatMap(({ delivery, alerts }) =>
      alerts.map(({ episodeKey }) => ({ integrationId: delivery.integrationId, episodeKey })),
    );
    const session = new Session(await findEpisodes(tx, episodes), parts.newId);
    const drafts = reads.map((read) => receivedEvent(tx, read, session, nowMs));
    const changed = [...session.changed.values()];
    await saveAlerts(tx, changed);
    await insertAlertEvents(tx, session.events);
    await markRead(
      tx,
      reads.map(({ delivery, problem, truncated }) => ({ id: delivery.id, problem, truncated })),
      new Date(nowMs),
    );
    if (changed.some(({ matchState: state }) => state === "waiting"))
      await enqueueEffects(tx, [{ kind: matchKind, payload: {}, availableAt: new Date(nowMs) }]);
    await announceEnded(
      parts,
      tx,
      changed.filter(({ id }) => session.ended.has(id)),
      nowMs,
    );
    await appendEvents(tx, drafts);
    return reads.length === batch;
  });
}
