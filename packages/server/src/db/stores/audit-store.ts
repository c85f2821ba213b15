// Drafts of events go in, sealed events come out, chained by core/audit: the one place that writes the audit log, and nothing changes it.
// Call appendEvents last in a transaction: it locks the head of the chain, and every other writer of that chain waits from there on.
import { createHash } from "node:crypto";
import { type AuditDraft, type AuditEvent, type ChainHead, canonicalJson, emptyHead, invariant, sealEvent, type Sha256 } from "@dd0c/core";
import { sql } from "kysely";
import { toJsonColumn } from "../json-columns.ts";
import { safeInteger } from "../safe-integer.ts";
import type { SystemTx, TenantTx } from "../tenancy.ts";

/** An event as it stands in the chain, with its hash. */
export type StoredEvent = { readonly event: AuditEvent; readonly hash: string };

type AnyTx = TenantTx | SystemTx;

const sha256: Sha256 = (bytes) => createHash("sha256").update(bytes).digest("hex");

/**
 * Appends events to one chain: the tenant's, or `system` where `draft.tenant` is null. All drafts are of the same chain.
 * `locked`: the chain's head where this transaction has locked it already.
 * Times must be whole milliseconds in the form of Date.toISOString, so that they are read back as they were hashed.
 */
export async function appendEvents(tx: AnyTx, drafts: readonly AuditDraft[], locked?: ChainHead): Promise<StoredEvent[]> {
  const [first] = drafts;
  if (first === undefined) return [];
  for (const draft of drafts) checkDraft(tx, draft, first.tenant);
  let head = locked ?? (await lockHead(tx, first.tenant));
  const stored = drafts.map((draft) => {
    const sealed = sealEvent(storable(draft), head, sha256);
    head = sealed.head;
    return { event: sealed.event, hash: sealed.hash };
  });
  await writeEvents(tx, stored, head);
  return stored;
}

function checkDraft(tx: AnyTx, draft: AuditDraft, tenant: string | null): void {
  invariant(draft.tenant === tenant, "events of two chains in one append");
  invariant(tx.scope === "system" || draft.tenant === tx.tenantId, "an event of another tenant");
  for (const time of [draft.occurred_at, draft.recorded_at]) {
    invariant(!Number.isNaN(Date.parse(time)) && new Date(time).toISOString() === time, "an audit time is no ISO time in milliseconds");
  }
}

/** Exactly what can be read back: the envelope's own fields, and data as plain JSON. Anything else would be hashed and then lost. */
function storable(draft: AuditDraft): AuditDraft {
  const { type, schema_version, tenant, execution, step_execution, runbook, actor, occurred_at, recorded_at, late, source_ip } = draft;
  const data = JSON.parse(canonicalJson(draft.data)) as AuditDraft["data"];
  const { type: actorType, id, via } = actor;
  const plainActor = { type: actorType, id, via };
  return {
    type,
    schema_version,
    tenant,
    execution,
    step_execution,
    runbook,
    actor: plainActor,
    occurred_at,
    recorded_at,
    late,
    source_ip,
    data,
  };
}

const chainOf = (tenant: string | null): string => tenant ?? "system";

async function lockHead(tx: AnyTx, tenant: string | null): Promise<ChainHead> {
  const locked = await selectHead(tx, chainOf(tenant)).forUpdate().executeTakeFirst();
  if (locked !== undefined) return { chain: locked.chain, seq: safeInteger(locked.seq), hash: locked.hash };
  const { chain, seq, hash } = emptyHead(chainOf(tenant));
  await tx.query
    .insertInto("audit_heads")
    .values({ chain, tenant_id: tenant, seq, hash })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  const row = await selectHead(tx, chain).forUpdate().executeTakeFirstOrThrow();
  return { chain: row.chain, seq: safeInteger(row.seq), hash: row.hash };
}

/** Where a chain stands, as it is stored; nothing where nothing was recorded yet. */
export const selectHead = (tx: AnyTx, chain: string) =>
  tx.query.selectFrom("audit_heads").select(["chain", "seq", "hash"]).where("chain", "=", chain);

/** One statement for head and events, one parameter for all events: as many as there are, they cost one round trip. */
async function writeEvents(tx: AnyTx, stored: readonly StoredEvent[], head: ChainHead): Promise<void> {
  const rows = toJsonColumn(
    stored.map(({ event, hash }) => ({
      ...event,
      hash,
      actor_type: event.actor.type,
      actor_id: event.actor.id,
      actor_via: event.actor.via,
    })),
  );
  await sql`
    WITH head AS (UPDATE run.audit_heads SET seq = ${head.seq}, hash = ${head.hash} WHERE chain = ${head.chain})
    INSERT INTO run.audit_events (hash_version, chain, seq, event_type, schema_version, tenant_id, execution_id, step_execution_id, runbook_id,
      actor_type, actor_id, actor_via, occurred_at, recorded_at, late, source_ip, event_data, prev_hash, hash)
    SELECT e.hash_version, e.chain, e.seq, e.type, e.schema_version, e.tenant, e.execution, e.step_execution, e.runbook,
      e.actor_type, e.actor_id, e.actor_via, e.occurred_at, e.recorded_at, e.late, e.source_ip, e.data, e.prev_hash, e.hash
    FROM json_to_recordset(${rows}::json) AS e(hash_version int, chain text, seq bigint, type text, schema_version int, tenant uuid, execution uuid,
      step_execution uuid, runbook uuid, actor_type text, actor_id text, actor_via text, occurred_at timestamptz, recorded_at timestamptz,
      late boolean, source_ip text, data jsonb, prev_hash text, hash text)
    ORDER BY e.seq`.execute(tx.query);
}

/** Where a chain stands; an empty head where nothing was recorded yet. */
export async function readHead(tx: AnyTx, chain: string): Promise<ChainHead> {
  const row = await selectHead(tx, chain).executeTakeFirst();
  return row === undefined ? emptyHead(chain) : { chain: row.chain, seq: safeInteger(row.seq), hash: row.hash };
}

export type EventQuery = {
  chain: string;
  limit: number;
  order: "oldest_first" | "newest_first";
  /** Events after this number in the chosen order. */
  after?: number;
  executionId?: string;
  runbookId?: string;
  type?: string;
};

/** One page of a chain. `next` is the `after` of the following page, null at the end. */
export async function listEvents(tx: AnyTx, query: EventQuery): Promise<{ events: StoredEvent[]; next: number | null }> {
  const ascending = query.order === "oldest_first";
  let select = tx.query
    .selectFrom("audit_events")
    .selectAll()
    .where("chain", "=", query.chain)
    .orderBy("seq", ascending ? "asc" : "desc")
    .limit(query.limit + 1);
  if (query.after !== undefined) select = select.where("seq", ascending ? ">" : "<", String(query.after));
  if (query.executionId !== undefined) select = select.where("execution_id", "=", query.executionId);
  if (query.runbookId !== undefined) select = select.where("runbook_id", "=", query.runbookId);
  if (query.type !== undefined) select = select.where("event_type", "=", query.type);
  const events = (await select.execute()).map(storedEvent);
  const page = events.slice(0, query.limit);
  return { events: page, next: events.length > query.limit ? (page.at(-1)?.event.seq ?? null) : null };
}

type EventRow = {
  hash_version: number;
  chain: string;
  seq: string;
  event_type: string;
  schema_version: number;
  tenant_id: string | null;
  execution_id: string | null;
  step_execution_id: string | null;
  runbook_id: string | null;
  actor_type: string;
  actor_id: string;
  actor_via: string;
  occurred_at: Date;
  recorded_at: Date;
  late: boolean;
  source_ip: string | null;
  event_data: unknown;
  prev_hash: string;
  hash: string;
};

function storedEvent(row: EventRow): StoredEvent {
  const event = {
    type: row.event_type,
    schema_version: row.schema_version,
    tenant: row.tenant_id,
    execution: row.execution_id,
    step_execution: row.step_execution_id,
    runbook: row.runbook_id,
    actor: { type: row.actor_type, id: row.actor_id, via: row.actor_via },
    occurred_at: row.occurred_at.toISOString(),
    recorded_at: row.recorded_at.toISOString(),
    late: row.late,
    source_ip: row.source_ip,
    data: row.event_data,
    hash_version: row.hash_version,
    chain: row.chain,
    seq: safeInteger(row.seq),
    prev_hash: row.prev_hash,
  };
  return { event: event as AuditEvent, hash: row.hash };
}
