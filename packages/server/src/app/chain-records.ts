// A chain with its checkpoints, oldest first, each checkpoint right behind the last event that it covers: what is exported, archived and verified.
// Each batch is a transaction of its own, so that a chain of any size neither blocks the embedded database nor grows in memory. Where the database
// has no more of it, its archives go on; an event that is in both comes once.
import { type Checkpoint, readCheckpointLine, readExportLine } from "@dd0c/core";
import {
  findArchive,
  listCheckpoints,
  listEvents,
  readHead,
  type StoredArchive,
  type StoredCheckpoint,
  type StoredEvent,
  type SystemTx,
  type TenantTx,
} from "../db/index.ts";
import { readArchiveFile } from "./archive-file.ts";
import type { AppContext } from "./context.ts";
import { fetchArchive, makeScratchFolder, removeScratchFolder } from "./fetch-archive.ts";

export type ChainRecord =
  | { readonly kind: "event"; readonly stored: StoredEvent }
  | { readonly kind: "checkpoint"; readonly stored: StoredCheckpoint };

export interface Stretch {
  /** Number of the event before the first; 0 from the beginning. */
  readonly after?: number;
  /** Number of the last event; without it, the last one as the iteration begins. */
  readonly upTo?: number;
}

type ChainContext = Pick<AppContext, "db" | "objects">;

const batchSize = 1_000;

const within = <T>({ db }: ChainContext, chain: string, work: (tx: TenantTx | SystemTx) => Promise<T>): Promise<T> =>
  chain === "system" ? db.withSystem("archive", work) : db.readTenant(chain, work);

/** Errors: OBJECT_DAMAGED, OBJECT_STORE_UNAVAILABLE */
export async function* chainRecords(app: ChainContext, chain: string, { after = 0, upTo }: Stretch = {}): AsyncGenerator<ChainRecord> {
  const last = upTo ?? (await within(app, chain, (tx) => readHead(tx, chain))).seq;
  let seen = after;
  while (seen < last) {
    const from = seen;
    const batch = await within(app, chain, (tx) => readBatch(tx, chain, from, last));
    if (batch.archive !== undefined) {
      yield* archivedRecords(app, batch.archive, from);
      seen = batch.archive.lastSeq;
      continue;
    }
    if (batch.events.length === 0) return;
    yield* merged(batch.events, batch.checkpoints);
    seen = batch.events.at(-1)?.event.seq ?? last;
  }
}

interface Batch {
  readonly events: readonly StoredEvent[];
  readonly checkpoints: readonly StoredCheckpoint[];
  /** Instead of events: where the next one lies. */
  readonly archive?: StoredArchive;
}

/** The events that follow without a gap, as far as they are there; before a gap, the archive that fills it, if there is one. */
async function readBatch(tx: TenantTx | SystemTx, chain: string, after: number, last: number): Promise<Batch> {
  const limit = Math.min(batchSize, last - after);
  const { events } = await listEvents(tx, { chain, limit, order: "oldest_first", after });
  const gap = events.findIndex(({ event }, place) => event.seq !== after + 1 + place);
  if (gap === 0 || events.length === 0) {
    const archive = await findArchive(tx, chain, after + 1);
    if (archive !== undefined) return { events: [], checkpoints: [], archive };
  }
  // What follows a gap that no archive fills is for the caller to find out.
  const whole = gap > 0 ? events.slice(0, gap) : events;
  return { events: whole, checkpoints: await listCheckpoints(tx, chain, after, whole.at(-1)?.event.seq ?? after) };
}

async function* archivedRecords(app: ChainContext, { objectKey }: StoredArchive, after: number): AsyncGenerator<ChainRecord> {
  const folder = await makeScratchFolder();
  try {
    const file = await fetchArchive(app, objectKey, folder);
    if (file === undefined) return;
    for await (const { line, seq } of readArchiveFile(file)) {
      const record = seq > after ? recordOf(line) : null;
      if (record !== null) yield record;
    }
  } finally {
    await removeScratchFolder(folder);
  }
}

function recordOf(line: string): ChainRecord | null {
  const event = readExportLine(line);
  if (event !== null) return { kind: "event", stored: { event: event.event, hash: event.hash } };
  const checkpoint = readCheckpointLine(line);
  return checkpoint === null ? null : { kind: "checkpoint", stored: storedCheckpoint(checkpoint.statement, checkpoint.signature) };
}

/** A signed checkpoint as the database holds it. */
export const storedCheckpoint = ({ chain, count, head, taken_at, key_id }: Checkpoint, signature: string): StoredCheckpoint => ({
  chain,
  seq: count,
  hash: head,
  takenAt: new Date(taken_at),
  keyId: key_id,
  signature,
});

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
