// Deliveries to the outside: written once per target and event, claimed by whoever sends, settled with what became of the attempt.
// A claim lapses, so that what a dead worker held is sent again, under the same id.
import { sql } from "kysely";
import { toJsonColumn, toTextColumn } from "../json-columns.ts";
import type { SystemTx, TenantTx } from "../tenancy.ts";
import { cutPage, readCursor } from "./page-cursor.ts";

export const outboundKinds = ["webhook", "pagerduty", "opsgenie", "dd0c-alert"] as const;
export type OutboundKind = (typeof outboundKinds)[number];
export type DeliveryState = "waiting" | "delivered" | "given_up" | "cancelled";
export type AttemptOutcome = "delivered" | "retry" | "gone" | "refused";

export type NewOutboundDelivery = {
  /** What the receiver knows it by, however often it is sent. */
  readonly id: string;
  readonly kind: OutboundKind;
  readonly targetId: string;
  readonly eventType: string;
  readonly executionId: string | null;
  /** The same target and event give the same key: the second row is none. */
  readonly dedupKey: string;
  readonly payload: unknown;
  readonly createdAt: Date;
};

export type OutboundDelivery = Omit<NewOutboundDelivery, "dedupKey"> & {
  readonly tenantId: string;
  readonly state: DeliveryState;
  /** Begun attempts; the one under way counts. */
  readonly attempts: number;
  /** Of these, before it was sent again on somebody's word. */
  readonly attemptsBefore: number;
  readonly nextAttemptAt: Date;
  readonly lastStatus: number | null;
  readonly lastError: string | null;
  readonly deliveredAt: Date | null;
};

export type OutboundAttempt = {
  readonly attempt: number;
  readonly outcome: AttemptOutcome;
  readonly status: number | null;
  readonly error: string | null;
  readonly durationMs: number;
  readonly at: Date;
};

const columns = [
  "id",
  "tenant_id",
  "kind",
  "target_id",
  "event_type",
  "execution_id",
  "payload",
  "state",
  "attempts",
  "attempts_before",
  "next_attempt_at",
  "last_status",
  "last_error",
  "created_at",
  "delivered_at",
] as const;

const selectDeliveries = (tx: TenantTx) => tx.query.selectFrom("outbound_deliveries").select(columns).where("tenant_id", "=", tx.tenantId);
type Row = Awaited<ReturnType<ReturnType<typeof selectDeliveries>["execute"]>>[number];

const delivery = (row: Row): OutboundDelivery => ({
  id: row.id,
  tenantId: row.tenant_id,
  kind: row.kind as OutboundKind,
  targetId: row.target_id,
  eventType: row.event_type,
  executionId: row.execution_id,
  payload: row.payload,
  state: row.state as DeliveryState,
  attempts: row.attempts,
  attemptsBefore: row.attempts_before,
  nextAttemptAt: row.next_attempt_at,
  lastStatus: row.last_status,
  lastError: row.last_error,
  createdAt: row.created_at,
  deliveredAt: row.delivered_at,
});

/** Due at once. Returns how many are new: what stands there under its key already stays as it is. */
export async function insertOutbound(tx: TenantTx, made: readonly NewOutboundDelivery[]): Promise<number> {
  if (made.length === 0) return 0;
  const result = await tx.query
    .insertInto("outbound_deliveries")
    .values(
      made.map((one) => ({
        id: one.id,
        tenant_id: tx.tenantId,
        kind: one.kind,
        target_id: one.targetId,
        event_type: one.eventType,
        execution_id: one.executionId,
        dedup_key: one.dedupKey,
        payload: toJsonColumn(one.payload),
        next_attempt_at: one.createdAt,
        created_at: one.createdAt,
      })),
    )
    .onConflict((conflict) => conflict.columns(["tenant_id", "dedup_key"]).doNothing())
    .executeTakeFirst();
  return Number(result.numInsertedOrUpdatedRows ?? 0n);
}

export type OutboundClaim = {
  readonly worker: string;
  readonly now: Date;
  readonly leaseMs: number;
  readonly limit: number;
  /** At most so many of one target in one claim: one that hangs holds up nobody else. */
  readonly perTarget: number;
  /** Targets that have as many under way as they may. */
  readonly exceptTargets: readonly string[];
};

const isFree = (now: Date) => sql<boolean>`(claimed_until IS NULL OR claimed_until <= ${now})`;

/** Takes due deliveries that nobody else holds, oldest first, without waiting for rows that others are just taking. */
export async function claimOutbound(tx: SystemTx, claim: OutboundClaim): Promise<OutboundDelivery[]> {
  const { now, exceptTargets, perTarget, limit } = claim;
  const inTurn = tx.query
    .selectFrom("outbound_deliveries")
    .select(["id", "next_attempt_at"])
    .select(sql<string>`row_number() OVER (PARTITION BY target_id ORDER BY next_attempt_at, id)`.as("turn"))
    .where("state", "=", "waiting")
    .where("next_attempt_at", "<=", now)
    .where(isFree(now))
    .$if(exceptTargets.length > 0, (query) => query.where("target_id", "not in", exceptTargets));
  const chosen = tx.query
    .selectFrom(inTurn.as("in_turn"))
    .select("id")
    .where("turn", "<=", String(perTarget))
    .orderBy("next_attempt_at")
    .limit(limit);
  // Asked once more of the row itself, locked: another replica may have taken it since.
  const locked = tx.query
    .selectFrom("outbound_deliveries")
    .select("id")
    .where("id", "in", chosen)
    .where("state", "=", "waiting")
    .where("next_attempt_at", "<=", now)
    .where(isFree(now))
    .forUpdate()
    .skipLocked();
  const rows = await tx.query
    .updateTable("outbound_deliveries")
    .set((row) => ({
      claimed_by: claim.worker,
      claimed_until: new Date(now.getTime() + claim.leaseMs),
      attempts: row("attempts", "+", 1),
    }))
    .where("id", "in", locked)
    .returning(columns)
    .execute();
  return rows.map(delivery).sort((a, b) => a.nextAttemptAt.getTime() - b.nextAttemptAt.getTime());
}

export type Settlement = {
  readonly id: string;
  readonly worker: string;
  readonly attempt: OutboundAttempt;
  readonly state: DeliveryState;
  /** When it is tried again, where it waits on. */
  readonly nextAttemptAt: Date;
  readonly settledAt: Date;
};

/** Ends an attempt. False where the claim had lapsed to another worker or the delivery was cancelled: the attempt is kept all the same. */
export async function settleOutbound(tx: TenantTx, { id, worker, attempt, state, ...times }: Settlement): Promise<boolean> {
  const error = toTextColumn(attempt.error);
  const result = await tx.query
    .updateTable("outbound_deliveries")
    .set({
      state,
      next_attempt_at: times.nextAttemptAt,
      claimed_by: null,
      claimed_until: null,
      last_status: attempt.status,
      last_error: error,
      ...(state === "delivered" ? { delivered_at: times.settledAt } : {}),
    })
    .where("tenant_id", "=", tx.tenantId)
    .where("id", "=", id)
    .where("claimed_by", "=", worker)
    .where("state", "=", "waiting")
    .executeTakeFirst();
  const { outcome, status, durationMs, at } = attempt;
  const row = { delivery_id: id, attempt: attempt.attempt, outcome, status, error, duration_ms: Math.round(durationMs), at };
  await tx.query
    .insertInto("outbound_attempts")
    .values({ tenant_id: tx.tenantId, ...row })
    .execute();
  return result.numUpdatedRows === 1n;
}

/** The target asked for a pause: nothing else that waits for it is tried before. */
export async function pauseTarget(tx: TenantTx, targetId: string, until: Date): Promise<void> {
  await tx.query
    .updateTable("outbound_deliveries")
    .set({ next_attempt_at: until })
    .where("tenant_id", "=", tx.tenantId)
    .where("target_id", "=", targetId)
    .where("state", "=", "waiting")
    .where("next_attempt_at", "<", until)
    .execute();
}

/** What waits for a target is not sent any more; an attempt that is under way is not called back. Returns how many. */
export async function cancelOutbound(tx: TenantTx, targetId: string): Promise<number> {
  const result = await tx.query
    .updateTable("outbound_deliveries")
    .set({ state: "cancelled" })
    .where("tenant_id", "=", tx.tenantId)
    .where("target_id", "=", targetId)
    .where("state", "=", "waiting")
    .executeTakeFirst();
  return Number(result.numUpdatedRows);
}

/** Locked until the transaction ends. */
export async function lockOutbound(tx: TenantTx, id: string): Promise<OutboundDelivery | undefined> {
  return (await selectDeliveries(tx).where("id", "=", id).forUpdate().execute()).map(delivery)[0];
}

/** Due once more, under its old id, with the whole schedule of retries before it. An attempt that is under way stays the only one. */
export async function sendAgain(tx: TenantTx, id: string, at: Date): Promise<void> {
  await tx.query
    .updateTable("outbound_deliveries")
    .set((row) => ({
      state: "waiting",
      next_attempt_at: at,
      attempts_before: row.ref("attempts"),
    }))
    .where("tenant_id", "=", tx.tenantId)
    .where("id", "=", id)
    .execute();
}

export async function findOutbound(tx: TenantTx, id: string): Promise<OutboundDelivery | undefined> {
  return (await selectDeliveries(tx).where("id", "=", id).execute()).map(delivery)[0];
}

/** Oldest first. */
export async function listAttempts(tx: TenantTx, deliveryId: string): Promise<OutboundAttempt[]> {
  const rows = await tx.query
    .selectFrom("outbound_attempts")
    .select(["attempt", "outcome", "status", "error", "duration_ms", "at"])
    .where("tenant_id", "=", tx.tenantId)
    .where("delivery_id", "=", deliveryId)
    .orderBy("id")
    .execute();
  return rows.map(({ outcome, duration_ms: durationMs, ...row }) => ({ ...row, outcome: outcome as AttemptOutcome, durationMs }));
}

export type OutboundQuery = {
  readonly limit: number;
  readonly cursor: string | undefined;
  readonly targetId: string | undefined;
  readonly state: DeliveryState | undefined;
};

/** Newest first. Errors: VALIDATION_FAILED for a cursor that is none. */
export async function listOutbound(tx: TenantTx, query: OutboundQuery): Promise<{ items: OutboundDelivery[]; nextCursor: string | null }> {
  const { limit, targetId, state } = query;
  const place = readCursor(query.cursor);
  let select = selectDeliveries(tx)
    .orderBy("created_at", "desc")
    .orderBy("id", "desc")
    .limit(limit + 1);
  if (targetId !== undefined) select = select.where("target_id", "=", targetId);
  if (state !== undefined) select = select.where("state", "=", state);
  if (place !== undefined) select = select.where((each) => each(each.refTuple("created_at", "id"), "<", each.tuple(place.at, place.id)));
  return cutPage((await select.execute()).map(delivery), limit, ({ createdAt, id }) => ({ at: createdAt, id }));
}

/** Settled ones of all tenants that were made before `before`, with their attempts. */
export async function purgeOutbound(tx: SystemTx, before: Date): Promise<number> {
  const result = await tx.query
    .deleteFrom("outbound_deliveries")
    .where("created_at", "<", before)
    .where("state", "!=", "waiting")
    .executeTakeFirst();
  return Number(result.numDeletedRows);
}
