// The audit chain goes in, deliveries come out: each target is told of what was recorded since it was told last. The chain is the outbox here: a run
// writes nothing more for it, and nothing that fails here can reach a run.
// A target's place in the chain and its deliveries are written together, so that an event becomes one delivery per target.
import type { AuditEvent } from "@dd0c/core";
import {
  insertOutbound,
  listEvents,
  lockCursors,
  moveCursor,
  type OpenDatabase,
  type OutboundCursor,
  type OutboundKind,
  readHead,
  type TenantTx,
} from "../db/index.ts";
import type { Sender } from "./sender.ts";

const batch = 200;

/** Events after a place in the chain; `upTo` is the new place. */
interface Heard {
  readonly events: readonly AuditEvent[];
  readonly upTo: number;
  readonly isMore: boolean;
}

async function eventsAfter(tx: TenantTx, after: number): Promise<Heard> {
  // First: what the head counts is visible to every later question.
  const head = await readHead(tx, tx.tenantId);
  const { events, next } = await listEvents(tx, { chain: tx.tenantId, limit: batch, order: "oldest_first", after });
  // Months that were archived meanwhile are not told any more.
  const upTo = next ?? Math.max(head.seq, events.at(-1)?.event.seq ?? 0);
  return { events: events.map(({ event }) => event), upTo, isMore: next !== null };
}

async function tell(tx: TenantTx, sender: Sender | undefined, cursor: OutboundCursor, heard: Heard): Promise<void> {
  if (sender?.deliveriesFor === undefined || heard.upTo <= cursor.seq) return;
  await insertOutbound(tx, await sender.deliveriesFor(tx, cursor.targetId, heard.events));
  await moveCursor(tx, cursor.targetId, heard.upTo);
}

/** Tells every target of a tenant, except those that another replica is telling just now. */
export async function tellTargets(
  db: Pick<OpenDatabase, "withTenant">,
  senders: ReadonlyMap<OutboundKind, Sender>,
  tenantId: string,
): Promise<void> {
  let isMore = true;
  while (isMore)
    isMore = await db.withTenant(tenantId, async (tx) => {
      const heardFrom = new Map<number, Heard>();
      for (const cursor of await lockCursors(tx)) {
        const heard = heardFrom.get(cursor.seq) ?? (await eventsAfter(tx, cursor.seq));
        heardFrom.set(cursor.seq, heard);
        await tell(tx, senders.get(cursor.kind), cursor, heard);
      }
      return [...heardFrom.values()].some((heard) => heard.isMore);
    });
}
