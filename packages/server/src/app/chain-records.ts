// A tenant's chain with its checkpoints, oldest first, each checkpoint right behind the last event that it covers: what is exported and verified.
// Each batch is a transaction of its own, so that a chain of any size neither blocks the embedded database nor grows in memory.
import { listCheckpoints, listEvents, readHead, type StoredCheckpoint, type StoredEvent } from "../db/index.ts";
import type { AppContext } from "./context.ts";

export type ChainRecord =
  | { readonly kind: "event"; readonly stored: StoredEvent }
  | { readonly kind: "checkpoint"; readonly stored: StoredCheckpoint };

const batchSize = 1_000;

/** The first `upTo` events; without it, all as they stood when the iteration began. */
export async function* chainRecords(app: Pick<AppContext, "db">, tenantId: string, upTo?: number): AsyncGenerator<ChainRecord> {
  const last = upTo ?? (await app.db.withTenant(tenantId, (tx) => readHead(tx, tenantId))).seq;
  let after = 0;
  while (after < last) {
    const limit = Math.min(batchSize, last - after);
    const { events, checkpoints } = await app.db.readTenant(tenantId, async (tx) => {
      const page = await listEvents(tx, { chain: tenantId, limit, order: "oldest_first", after });
      return { events: page.events, checkpoints: await listCheckpoints(tx, tenantId, after, page.events.at(-1)?.event.seq ?? after) };
    });
    if (events.length === 0) return;
    yield* merged(events, checkpoints);
    after = events.at(-1)?.event.seq ?? last;
  }
}

function* merged(events: readonly StoredEvent[], checkpoints: readonly StoredCheckpoint[]): Generator<ChainRecord> {
  let next = 0;
  for (const stored of events) {
    yield { kind: "event", stored };
    for (let due = checkpoints[next]; due !== undefined && due.seq <= stored.event.seq; due = checkpoints[next]) {
      yield { kind: "checkpoint", stored: due };
      next += 1;
    }
  }
}
