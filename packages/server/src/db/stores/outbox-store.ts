// Every effect (dispatch, message, timer) is a row here, written in the transaction that decided it, and leaves afterwards: at least once,
// idempotent by id. A claim lapses, so that what a dead worker held is taken up again. A voided row never leaves.
import { toJsonColumn } from "../json-columns.ts";
import { safeInteger } from "../safe-integer.ts";
import type { SystemTx, TenantTx } from "../tenancy.ts";

export type NewEffect = {
  kind: string;
  payload: unknown;
  availableAt: Date;
  executionId?: string;
  /** Set for effects that only the replica with this agent's stream can perform. */
  agentId?: string;
  /** Taken by its writer from the first moment, because it performs the effect right after the commit. Lapses like any claim. */
  claim?: { worker: string; until: Date };
};

export type Effect = {
  id: number;
  tenantId: string;
  kind: string;
  executionId: string | null;
  agentId: string | null;
  payload: unknown;
  /** 1 for the first try. */
  attempts: number;
};

export type ClaimOptions = {
  kinds: readonly string[];
  worker: string;
  now: Date;
  /** After this the claim lapses and another worker may take the row. */
  leaseMs: number;
  limit: number;
  /** Only effects of these agents; omitted = of any or none. */
  agentIds?: readonly string[];
  /** Only effects of agents whose stream this replica holds. */
  heldBy?: string;
};

/** Writes effects in order. Returns their ids. */
export async function enqueueEffects(tx: TenantTx, effects: readonly NewEffect[]): Promise<number[]> {
  if (effects.length === 0) return [];
  const inserted = await effectsInsert(tx, effects).execute();
  return inserted.map((row) => safeInteger(row.id));
}

/** The statement that writes effects in order, at least one, and gives their ids. */
export function effectsInsert(tx: TenantTx, effects: readonly NewEffect[]) {
  const rows = effects.map((effect) => ({
    tenant_id: tx.tenantId,
    kind: effect.kind,
    execution_id: effect.executionId ?? null,
    agent_id: effect.agentId ?? null,
    payload: toJsonColumn(effect.payload),
    available_at: effect.availableAt,
    claimed_by: effect.claim?.worker ?? null,
    claimed_until: effect.claim?.until ?? null,
    done_at: null,
    voided_at: null,
  }));
  return tx.query.insertInto("outbox").values(rows).returning("id");
}

/** Takes due effects that nobody else holds, oldest first, without waiting for rows that others are just taking. */
export async function claimEffects(tx: SystemTx | TenantTx, options: ClaimOptions): Promise<Effect[]> {
  const { agentIds, now } = options;
  if (options.kinds.length === 0 || agentIds?.length === 0) return [];
  let due = tx.query
    .selectFrom("outbox")
    .select("id")
    .where("kind", "in", options.kinds)
    .where("done_at", "is", null)
    .where("voided_at", "is", null)
    .where("available_at", "<=", now)
    .where((row) => row.or([row("claimed_until", "is", null), row("claimed_until", "<=", now)]))
    .orderBy("id")
    .limit(options.limit)
    .forUpdate()
    .skipLocked();
  if (agentIds !== undefined) due = due.where("agent_id", "in", agentIds);
  const { heldBy } = options;
  if (heldBy !== undefined)
    due = due.where("agent_id", "in", (row) => row.selectFrom("agents as a").select("a.id").where("a.stream_replica", "=", heldBy));
  const rows = await tx.query
    .updateTable("outbox")
    .set((row) => ({
      claimed_by: options.worker,
      claimed_until: new Date(now.getTime() + options.leaseMs),
      attempts: row("attempts", "+", 1),
    }))
    .where("id", "in", due)
    .returning(["id", "tenant_id", "kind", "execution_id", "agent_id", "payload", "attempts"])
    .execute();
  return rows
    .map((row) => ({
      id: safeInteger(row.id),
      tenantId: row.tenant_id,
      kind: row.kind,
      executionId: row.execution_id,
      agentId: row.agent_id,
      payload: row.payload,
      attempts: row.attempts,
    }))
    .sort((a, b) => a.id - b.id);
}

/** Marks an effect as performed. False when the claim had lapsed to another worker, or the row was voided. */
export async function completeEffect(tx: SystemTx | TenantTx, id: number, worker: string, at: Date): Promise<boolean> {
  const result = await openEffect(tx, id, worker).set({ done_at: at, claimed_until: null }).executeTakeFirst();
  return result.numUpdatedRows === 1n;
}

/**
 * Marks a dispatch as sent. False also where the agent's stream went to another replica meanwhile: what was sent here may have gone nowhere,
 * and the row must be given back. The agent runs nothing twice.
 */
export async function completeDispatch(tx: SystemTx, id: number, worker: string, at: Date): Promise<boolean> {
  const result = await openEffect(tx, id, worker)
    .where("agent_id", "in", (row) => row.selectFrom("agents as a").select("a.id").where("a.stream_replica", "=", worker))
    .set({ done_at: at, claimed_until: null })
    .executeTakeFirst();
  return result.numUpdatedRows === 1n;
}

/** Ends an effect that was claimed and is not to leave any more. */
export async function discardEffect(tx: SystemTx | TenantTx, id: number, worker: string, at: Date): Promise<void> {
  await openEffect(tx, id, worker).set({ voided_at: at, claimed_until: null }).execute();
}

/** True where a dispatch of this attempt has left (every one by `before`, if given), none has still to leave, and none was voided. */
export async function hasLeft(
  tx: TenantTx,
  executionId: string,
  stepExecutionId: string,
  attempt: number,
  before?: Date,
): Promise<boolean> {
  const rows = await tx.query
    .selectFrom("outbox")
    .select(["done_at", "payload"])
    .where("tenant_id", "=", tx.tenantId)
    .where("execution_id", "=", executionId)
    .where("kind", "=", "dispatch")
    .execute();
  const ofAttempt = rows.filter(({ payload }) => {
    const { stepExecutionId: step, attempt: nth } = payload as { stepExecutionId?: unknown; attempt?: unknown };
    return step === stepExecutionId && nth === attempt;
  });
  return ofAttempt.length > 0 && ofAttempt.every(({ done_at }) => done_at !== null && (before === undefined || done_at < before));
}

/** Gives a claimed effect back for another try at `availableAt`. */
export async function postponeEffect(tx: SystemTx | TenantTx, id: number, worker: string, availableAt: Date): Promise<boolean> {
  const changes = { available_at: availableAt, claimed_by: null, claimed_until: null };
  const result = await openEffect(tx, id, worker).set(changes).executeTakeFirst();
  return result.numUpdatedRows === 1n;
}

/**
 * The agent has a new stream: dispatches that somebody took and did not send are due at once, whoever took them. Returns how many.
 * Only those of steps that nobody started: everything else that is still open waits for its own time.
 */
export async function dueAgain(tx: TenantTx, agentId: string, at: Date): Promise<number> {
  const untaken = tx.query
    .selectFrom("step_executions")
    .select("execution_id")
    .where("tenant_id", "=", tx.tenantId)
    .where("agent_id", "=", agentId)
    .where("status", "in", ["auto_executing", "executing", "rolling_back"])
    .where("started_at", "is", null);
  const result = await tx.query
    .updateTable("outbox")
    .set({ available_at: at, claimed_by: null, claimed_until: null })
    .where("tenant_id", "=", tx.tenantId)
    .where("agent_id", "=", agentId)
    .where("kind", "=", "dispatch")
    .where("execution_id", "in", untaken)
    .where("done_at", "is", null)
    .where("voided_at", "is", null)
    .executeTakeFirst();
  return Number(result.numUpdatedRows);
}

const openEffect = (tx: SystemTx | TenantTx, id: number, worker: string) =>
  tx.query
    .updateTable("outbox")
    .where("id", "=", String(id))
    .where("claimed_by", "=", worker)
    .where("done_at", "is", null)
    .where("voided_at", "is", null);

/** Voids what has not left yet: of one execution, or of the whole tenant. Returns how many. Kinds are listed: a notice may still leave. */
export async function voidEffects(tx: TenantTx, which: { kinds: readonly string[]; executionId?: string }, at: Date): Promise<number> {
  if (which.kinds.length === 0) return 0;
  let update = tx.query
    .updateTable("outbox")
    .set({ voided_at: at })
    .where("tenant_id", "=", tx.tenantId)
    .where("kind", "in", which.kinds)
    .where("done_at", "is", null)
    .where("voided_at", "is", null);
  if (which.executionId !== undefined) update = update.where("execution_id", "=", which.executionId);
  return Number((await update.executeTakeFirst()).numUpdatedRows);
}
