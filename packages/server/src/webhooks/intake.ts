// Deliveries come in one by one, as fast as they like; they are checked and written in batches, and each sender gets its answer when its own is on
// disk. A batch is whatever came while the one before was being written, so a storm costs a few transactions and not thousands.
// Nothing is matched here, and no limit is asked: what was acknowledged is never lost.
import { createHash } from "node:crypto";
import { AppError, type AlertSource, deliveryKey } from "@dd0c/core";
import { sha256 } from "../app/context.ts";
import {
  enqueueEffects,
  findDoors,
  type IntegrationDoor,
  type NewDelivery,
  type OpenDatabase,
  storeDeliveries,
  takeTurnWithAlerts,
} from "../db/index.ts";
import type { Clock } from "../ports.ts";
import type { Seal } from "./seal.ts";
import { type Headers, verifyDelivery } from "./verify-delivery.ts";

export interface Delivery {
  readonly source: AlertSource;
  readonly integrationId: string;
  readonly headers: Headers;
  /** Headers worth keeping beside the body. */
  readonly kept: Readonly<Record<string, string>>;
  readonly body: Buffer;
  readonly sourceIp: string | null;
}

export interface Accepted {
  readonly deliveryId: string;
  /** True: the same delivery came before. */
  readonly duplicate: boolean;
}

export interface Intake {
  /** Resolves when the delivery is written. @throws AppError UNAUTHENTICATED, VALIDATION_FAILED, KEYS_MISMATCH */
  readonly accept: (delivery: Delivery) => Promise<Accepted>;
  /** Deliveries are being written, or one came or was answered within so many milliseconds: who is answered sends the next one. */
  readonly isBusy: (withinMs: number) => boolean;
}

/** Outbox kind: a tenant has deliveries that nobody has read. */
export const intakeKind = "alert-intake";

export interface IntakeParts {
  readonly db: Pick<OpenDatabase, "withTenant" | "withSystem">;
  readonly clock: Clock;
  readonly newId: () => string;
  readonly seal: Seal;
  /** Called after each batch that brought something new. */
  readonly onStored: () => void;
}

interface Waiting extends Delivery {
  readonly receivedMs: number;
  readonly done: (accepted: Accepted) => void;
  readonly failed: (error: unknown) => void;
}

interface Checked extends NewDelivery {
  readonly waiting: Waiting;
}

/** Bytes and deliveries of one transaction. */
const batchBytes = 8 * 1024 * 1024;
const batchSize = 200;

const unknown = (): AppError => new AppError("UNAUTHENTICATED", "There is no such integration, or its secret is another.");

function parsed(body: Buffer): unknown {
  if (body.length === 0) throw new AppError("VALIDATION_FAILED", "The body is empty.");
  try {
    return JSON.parse(body.toString("utf8"));
  } catch {
    throw new AppError("VALIDATION_FAILED", "The body is not valid JSON.");
  }
}

/** What anybody can see of a delivery without its secret is no reason to parse it: the signature comes first. */
function check({ seal, newId }: IntakeParts, waiting: Waiting, door: IntegrationDoor | undefined): Checked {
  const { source, integrationId, headers, body } = waiting;
  if (door === undefined || door.kind !== source) throw unknown();
  const secrets = door.sealed.map((sealed) => seal.open(sealed, integrationId));
  const unproven = verifyDelivery(source, { headers, body, nowMs: waiting.receivedMs }, secrets);
  if (unproven !== null) throw new AppError("UNAUTHENTICATED", unproven);
  const { key, windowMs } = deliveryKey(source, headers, parsed(body), createHash("sha256").update(body).digest("hex"), sha256);
  return {
    id: newId(),
    integrationId,
    key,
    sameSince: new Date(waiting.receivedMs - windowMs),
    body,
    headers: waiting.kept,
    sourceIp: waiting.sourceIp,
    receivedAt: new Date(waiting.receivedMs),
    waiting,
  };
}

export function createIntake(parts: IntakeParts): Intake {
  const { db, clock } = parts;
  let queue: Waiting[] = [];
  let writing = false;
  let lastMoved = Number.NEGATIVE_INFINITY;

  const store = async (tenantId: string, deliveries: readonly Checked[]): Promise<void> => {
    const ids = await db.withTenant(tenantId, async (tx) => {
      await takeTurnWithAlerts(tx);
      const stored = await storeDeliveries(tx, deliveries);
      const isNew = stored.some((id, at) => id === deliveries[at]?.id);
      if (isNew) await enqueueEffects(tx, [{ kind: intakeKind, payload: {}, availableAt: new Date(clock.now()) }]);
      return stored;
    });
    deliveries.forEach(({ id, waiting }, at) => {
      const deliveryId = ids[at] ?? id;
      waiting.done({ deliveryId, duplicate: deliveryId !== id });
    });
  };

  const write = async (batch: readonly Waiting[]): Promise<void> => {
    const wanted = [...new Set(batch.map(({ integrationId }) => integrationId))];
    const doors = await db.withSystem("receive-alert", (tx) => findDoors(tx, wanted, new Date(clock.now())));
    const byTenant = new Map<string, Checked[]>();
    for (const waiting of batch) {
      const door = doors.get(waiting.integrationId);
      try {
        const checked = check(parts, waiting, door);
        const tenantId = door?.tenantId ?? "";
        byTenant.set(tenantId, [...(byTenant.get(tenantId) ?? []), checked]);
      } catch (error) {
        waiting.failed(error);
      }
    }
    for (const [tenantId, deliveries] of byTenant)
      await store(tenantId, deliveries).catch((error: unknown) => deliveries.forEach(({ waiting }) => waiting.failed(error)));
    if (byTenant.size > 0) parts.onStored();
  };

  const takeBatch = (): Waiting[] => {
    let bytes = 0;
    let size = 0;
    while (size < queue.length && size < batchSize && (size === 0 || bytes + (queue[size]?.body.length ?? 0) <= batchBytes)) {
      bytes += queue[size]?.body.length ?? 0;
      size += 1;
    }
    const batch = queue.slice(0, size);
    queue = queue.slice(size);
    return batch;
  };

  const drain = async (): Promise<void> => {
    writing = true;
    try {
      while (queue.length > 0) {
        const batch = takeBatch();
        await write(batch).catch((error: unknown) => batch.forEach(({ failed }) => failed(error)));
      }
    } finally {
      writing = false;
      lastMoved = clock.monotonic();
    }
  };

  return {
    accept: (delivery) =>
      new Promise((done, failed) => {
        lastMoved = clock.monotonic();
        queue.push({ ...delivery, receivedMs: clock.now(), done, failed });
        if (!writing) void drain();
      }),
    isBusy: (withinMs) => writing || clock.monotonic() - lastMoved < withinMs,
  };
}
