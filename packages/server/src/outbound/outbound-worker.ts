// Sends what is due to the outside: tells targets of new events, claims deliveries, tries each once and records what became of it.
// Woken after a run changed and once a second. Several replicas share the rows: a claim keeps others away, and lapses with the worker that held it, so
// that what nobody knows the end of is sent again under the same id. Nothing here is in a run's transaction.
import type { Logger } from "pino";
import {
  claimOutbound,
  type OpenDatabase,
  type OutboundDelivery,
  type OutboundKind,
  pauseTarget,
  settleOutbound,
  tenantsToTell,
} from "../db/index.ts";
import type { Clock } from "../ports.ts";
import { retryAfter } from "./retry-schedule.ts";
import { type Sender, sendDeadlineMs, type Sent, type Settled } from "./sender.ts";
import { tellTargets } from "./tell-targets.ts";

const pollMs = 1_000;
/** Several events of one run become one look. Also what a run gets done first. */
const gatherMs = 200;
const leaseMs = sendDeadlineMs + 10_000;
const atOnce = 32;
const atOncePerTarget = 4;
/** How long what is under way may go on when the server stops. */
const stopWithinMs = 2_000;

export interface OutboundWorker {
  /** Something may be due. Returns at once. */
  readonly wake: () => void;
  readonly start: () => void;
  /** Resolves when nothing is being sent any more. */
  readonly stop: () => Promise<void>;
}

export interface OutboundWorkerParts {
  readonly db: Pick<OpenDatabase, "withTenant" | "withSystem">;
  readonly clock: Clock;
  readonly logger: Pick<Logger, "error">;
  /** Name of this process, under which it claims rows. */
  readonly worker: string;
  readonly senders: readonly Sender[];
  /** Seconds between attempts. */
  readonly delays: readonly number[];
  /** 0..1, for jitter. */
  readonly random: () => number;
}

const nameOf = (error: unknown): string => (error instanceof Error ? error.name : "unknown");

interface Next {
  readonly state: Settled["state"];
  readonly at: Date;
}

export function createOutboundWorker(parts: OutboundWorkerParts): OutboundWorker {
  const { db, clock, logger, worker } = parts;
  const senders = new Map<OutboundKind, Sender>(parts.senders.map((sender) => [sender.kind, sender]));
  const underWay = new Map<string, { readonly targetId: string; readonly done: Promise<void> }>();
  const end = new AbortController();
  let stopped = true;
  let running: Promise<void> | undefined;
  let again = false;
  let poll: NodeJS.Timeout | undefined;
  let gathering: NodeJS.Timeout | undefined;

  /** The schedule counts from the last time that somebody wanted it sent. */
  const nextAfter = (delivery: OutboundDelivery, sent: Sent, at: Date): Next => {
    if (sent.outcome === "delivered") return { state: "delivered", at };
    if (sent.outcome !== "retry") return { state: "given_up", at };
    const tries = delivery.attempts - delivery.attemptsBefore;
    // What this server's own end cut off is nobody's failure.
    const waitMs = end.signal.aborted ? 0 : retryAfter(parts.delays, tries, parts.random());
    if (waitMs === undefined) return { state: "given_up", at };
    return { state: "waiting", at: new Date(at.getTime() + Math.max(waitMs, sent.afterMs ?? 0)) };
  };

  const attempt = async (delivery: OutboundDelivery, sender: Sender | undefined): Promise<Sent> => {
    if (sender === undefined) return { outcome: "refused", status: null, why: "This server sends nothing of that kind." };
    try {
      return await sender.send(delivery, end.signal);
    } catch (error) {
      logger.error({ delivery: delivery.id, kind: delivery.kind, error: nameOf(error) }, "a delivery could not be sent and is tried again");
      return { outcome: "retry", status: null, why: "This server could not send it; its log says why." };
    }
  };

  const deliver = async (delivery: OutboundDelivery): Promise<void> => {
    const sender = senders.get(delivery.kind);
    const startedAt = new Date(clock.now());
    const started = clock.monotonic();
    const sent = await attempt(delivery, sender);
    const at = new Date(clock.now());
    const next = nextAfter(delivery, sent, at);
    const record = {
      attempt: delivery.attempts,
      outcome: sent.outcome,
      status: sent.status,
      error: sent.why,
      durationMs: clock.monotonic() - started,
      at: startedAt,
    };
    await db.withTenant(delivery.tenantId, async (tx) => {
      await settleOutbound(tx, { id: delivery.id, worker, attempt: record, state: next.state, nextAttemptAt: next.at, settledAt: at });
      if (sent.outcome === "retry" && sent.afterMs !== undefined)
        await pauseTarget(tx, delivery.targetId, new Date(at.getTime() + sent.afterMs));
      await sender?.settled?.(tx, delivery, { sent, state: next.state, at });
    });
  };

  const begin = (delivery: OutboundDelivery): void => {
    const done = deliver(delivery)
      // The claim lapses, and it is sent again.
      .catch((error: unknown) =>
        logger.error({ delivery: delivery.id, error: nameOf(error) }, "what became of a delivery was not recorded"),
      )
      .finally(() => {
        underWay.delete(delivery.id);
        wake();
      });
    underWay.set(delivery.id, { targetId: delivery.targetId, done });
  };

  const busyTargets = (): string[] => {
    const counts = new Map<string, number>();
    for (const { targetId } of underWay.values()) counts.set(targetId, (counts.get(targetId) ?? 0) + 1);
    return [...counts].flatMap(([targetId, count]) => (count >= atOncePerTarget ? [targetId] : []));
  };

  /** A tenant whose targets cannot be told holds up no other. */
  const tellAll = async (tenantIds: readonly string[]): Promise<void> => {
    for (const tenantId of tenantIds)
      await tellTargets(db, senders, tenantId).catch((error: unknown) =>
        logger.error({ tenant: tenantId, error: nameOf(error) }, "the targets of a tenant could not be told"),
      );
  };

  const look = async (): Promise<void> => {
    await tellAll(await db.withSystem("claim-outbox", tenantsToTell));
    const limit = atOnce - underWay.size;
    if (limit <= 0 || stopped) return;
    const options = { worker, now: new Date(clock.now()), leaseMs, limit, perTarget: atOncePerTarget, exceptTargets: busyTargets() };
    for (const delivery of await db.withSystem("claim-outbox", (tx) => claimOutbound(tx, options))) begin(delivery);
  };

  const drain = async (): Promise<void> => {
    while (again && !stopped) {
      again = false;
      await look();
    }
  };

  const lookNow = (): void => {
    gathering = undefined;
    again = true;
    if (stopped || running !== undefined) return;
    running = drain()
      .catch((error: unknown) => logger.error({ error: nameOf(error) }, "what is due to the outside could not be read"))
      .finally(() => {
        running = undefined;
        if (again) wake();
      });
  };

  const wake = (): void => {
    if (!stopped) gathering ??= setTimeout(lookNow, gatherMs);
  };

  return {
    wake,
    start: () => {
      stopped = false;
      poll = setInterval(wake, pollMs);
      wake();
    },
    stop: async () => {
      stopped = true;
      clearInterval(poll);
      clearTimeout(gathering);
      await running;
      const patience = setTimeout(() => end.abort(), stopWithinMs);
      await Promise.all([...underWay.values()].map(({ done }) => done));
      clearTimeout(patience);
    },
  };
}
