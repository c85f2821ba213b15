// Takes what is due about alerts from the outbox: deliveries to read, alerts to match, offers to post. Woken after each batch that came in and once a
// second; a claim of a server that died lapses after some seconds. Apart from the engine's worker, so that a storm holds up no approval.
import { claimEffects, completeEffect, type Effect, postponeEffect } from "../db/index.ts";
import type { AlertParts } from "./alert-parts.ts";
import { type Intake, intakeKind } from "./intake.ts";
import { type Matcher, matchKind, offerKind } from "./match-alerts.ts";
import { lapseKind, lapseOffer, postOffer } from "./post-offers.ts";
import { readDeliveries } from "./read-deliveries.ts";

const pollMs = 1_000;
const leaseMs = 10_000;
const batch = 100;
const firstRetryMs = 500;
const longestRetryMs = 60_000;
/** While deliveries come in, matching lets them pass, but not longer than this in one go. */
const quietMs = 40;
const longestWaitMs = 3_000;

export interface AlertWorker {
  readonly wake: () => void;
  readonly start: () => void;
  /** Resolves when nothing is being done any more. */
  readonly stop: () => Promise<void>;
}

interface WorkerParts extends AlertParts {
  /** Name of this process, under which it claims rows. */
  readonly worker: string;
}

const sleep = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms));

const offerIdOf = ({ payload }: Effect): string => {
  const id = typeof payload === "object" && payload !== null && "offerId" in payload ? payload.offerId : undefined;
  return typeof id === "string" ? id : "";
};

export function createAlertWorker(parts: WorkerParts, intake: Pick<Intake, "isBusy">, matcher: Matcher): AlertWorker {
  const { worker, clock, db } = parts;
  let running: Promise<void> | undefined;
  let again = false;
  let stopped = true;
  let timer: NodeJS.Timeout | undefined;

  const now = (): Date => new Date(clock.now());
  const claim = (kinds: readonly string[], limit: number): Promise<Effect[]> =>
    db.withSystem("claim-outbox", (tx) => claimEffects(tx, { kinds, worker, now: now(), leaseMs, limit }));

  const complete = (rows: readonly Effect[]): Promise<void> =>
    db.withSystem("claim-outbox", async (tx) => {
      for (const { id } of rows) await completeEffect(tx, id, worker, now());
    });

  const postpone = (rows: readonly Effect[], to?: Date): Promise<void> =>
    db.withSystem("claim-outbox", async (tx) => {
      for (const { id, attempts } of rows) {
        const retryMs = Math.min(longestRetryMs, firstRetryMs * 2 ** Math.min(attempts, 10));
        await postponeEffect(tx, id, worker, to ?? new Date(clock.now() + retryMs));
      }
    });

  /** One failure is told to the log and tried again; it stops nobody else's work. */
  const attempt = async (rows: readonly Effect[], work: () => Promise<Date | null | undefined>): Promise<void> => {
    try {
      const later = await work();
      await (later == null ? complete(rows) : postpone(rows, later));
    } catch (error) {
      const failed = { kind: rows[0]?.kind, error: error instanceof Error ? error.message.slice(0, 200) : "unknown" };
      parts.logger.error(failed, "work on alerts failed and is tried again");
      await postpone(rows);
    }
  };

  /** Everything of one kind, tenant by tenant. @returns whether there was any */
  const perTenant = async (kind: string, work: (tenantId: string) => Promise<boolean>): Promise<boolean> => {
    const rows = await claim([kind], batch);
    for (const tenantId of new Set(rows.map((row) => row.tenantId))) {
      const own = rows.filter((row) => row.tenantId === tenantId);
      await attempt(own, async () => {
        while (!stopped && (await work(tenantId))) await letPass();
        // Stopped in the middle: what is left is due for whoever comes next.
        return stopped ? now() : null;
      });
    }
    return rows.length > 0;
  };

  let patientUntilMs = 0;
  const letPass = async (): Promise<void> => {
    while (!stopped && intake.isBusy(quietMs) && clock.monotonic() < patientUntilMs) await sleep(quietMs / 2);
  };

  const offers = async (): Promise<boolean> => {
    const rows = await claim([offerKind, lapseKind], batch);
    for (const row of rows)
      await attempt([row], async () =>
        row.kind === offerKind
          ? postOffer(parts, row.tenantId, offerIdOf(row))
          : void (await lapseOffer(parts, row.tenantId, offerIdOf(row))),
      );
    return rows.length === batch;
  };

  const drain = async (): Promise<void> => {
    do {
      again = false;
      patientUntilMs = clock.monotonic() + longestWaitMs;
      await letPass();
      const read = await perTenant(intakeKind, (tenantId) => readDeliveries(parts, tenantId));
      const matched = await perTenant(matchKind, (tenantId) => matcher.matchWaiting(tenantId));
      const more = await offers();
      if (read || matched || more) again = true;
    } while (again && !stopped);
  };

  const wake = (): void => {
    again = true;
    if (stopped || running !== undefined) return;
    running = drain()
      .catch((error: unknown) =>
        parts.logger.error({ error: error instanceof Error ? error.message.slice(0, 200) : "unknown" }, "the outbox could not be read"),
      )
      .finally(() => {
        running = undefined;
        if (again && !stopped) setTimeout(wake, firstRetryMs).unref();
      });
  };

  return {
    wake,
    start: () => {
      stopped = false;
      timer = setInterval(wake, pollMs);
      wake();
    },
    stop: async () => {
      stopped = true;
      clearInterval(timer);
      await running;
    },
  };
}
