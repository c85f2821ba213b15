// Who holds an agent's stream, in the database that all replicas share and by its clock alone. In: transactions. Out: records and verdicts.
// Every change names the fencing epoch that it belongs to: what an older stream says changes nothing.
import { type RawBuilder, sql } from "kysely";
import type { SystemTx, TenantTx } from "../tenancy.ts";

/** One accepted stream: the agent and the epoch that it was given. */
export type StreamClaim = { agentId: string; fencingEpoch: number };

const inMs = (ms: number): RawBuilder<Date> => sql<Date>`now() + make_interval(secs => ${ms / 1_000})`;
const now = sql<Date>`now()`;

/** The replica that holds the agent's stream (null: none, or none that was heard of in time). Nobody takes it before this transaction ends. */
export async function lockStreamHolder(tx: TenantTx, agentId: string): Promise<string | null> {
  const row = await tx.query
    .selectFrom("agents")
    .select(["stream_replica", sql<boolean>`coalesce(stream_until > now(), false)`.as("is_live")])
    .where("tenant_id", "=", tx.tenantId)
    .where("id", "=", agentId)
    .forUpdate()
    .executeTakeFirst();
  return row?.is_live === true ? row.stream_replica : null;
}

const claimed = (tx: TenantTx, { agentId, fencingEpoch }: StreamClaim) =>
  tx.query
    .updateTable("agents")
    .where("tenant_id", "=", tx.tenantId)
    .where("id", "=", agentId)
    .where("fencing_epoch", "=", String(fencingEpoch));

/** Right after the connection was recorded, in the same transaction: the epoch is the new one. */
export async function holdStream(tx: TenantTx, claim: StreamClaim, replica: string, leaseMs: number): Promise<void> {
  await claimed(tx, claim)
    .set({ stream_replica: replica, stream_until: inMs(leaseMs), halted_since: null })
    .execute();
}

/** A heartbeat at `at`. False: a newer stream has taken this one's place, or the agent was revoked, on whichever replica. */
export async function prolongStream(tx: TenantTx, claim: StreamClaim, replica: string, at: Date, leaseMs: number): Promise<boolean> {
  const changes = { last_heartbeat: at, stream_replica: replica, stream_until: inMs(leaseMs) };
  return (await claimed(tx, claim).where("status", "<>", "revoked").set(changes).executeTakeFirst()).numUpdatedRows === 1n;
}

/** The stream is over. @param lostInMs after which the agent counts as lost unless it comes back */
export async function releaseStream(tx: TenantTx, claim: StreamClaim, lostInMs: number): Promise<void> {
  await claimed(tx, claim)
    .set({ stream_replica: null, stream_until: inMs(lostInMs), halted_since: null })
    .execute();
}

export async function noteHalted(tx: TenantTx, claim: StreamClaim, since: Date | null): Promise<void> {
  await claimed(tx, claim).set({ halted_since: since }).execute();
}

export type LiveStream = { agentId: string; replica: string; haltedSince: Date | null };

/** The streams of all tenants on all replicas. */
export async function listLiveStreams(tx: SystemTx): Promise<LiveStream[]> {
  const rows = await tx.query
    .selectFrom("agents")
    .select(["id", "stream_replica", "halted_since"])
    .where("stream_replica", "is not", null)
    .where("stream_until", ">", now)
    .execute();
  return rows.map((row) => ({ agentId: row.id, replica: row.stream_replica ?? "", haltedSince: row.halted_since }));
}

/** Agents whose time is over and whom nobody has dealt with. */
export async function listOverdueStreams(tx: SystemTx): Promise<{ tenantId: string; agentId: string }[]> {
  const rows = await tx.query.selectFrom("agents").select(["tenant_id", "id"]).where("stream_until", "<=", now).execute();
  return rows.map((row) => ({ tenantId: row.tenant_id, agentId: row.id }));
}

/** Takes it on to deal with a lost agent. False: it is back, or another replica was faster. */
export async function takeOverdue(tx: TenantTx, agentId: string): Promise<boolean> {
  const result = await tx.query
    .updateTable("agents")
    .set({ stream_replica: null, stream_until: null, halted_since: null })
    .where("tenant_id", "=", tx.tenantId)
    .where("id", "=", agentId)
    .where("stream_until", "<=", now)
    .executeTakeFirst();
  return result.numUpdatedRows === 1n;
}
