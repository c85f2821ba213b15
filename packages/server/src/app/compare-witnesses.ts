// Checkpoints that somebody else kept go in, what the chain says otherwise comes out. Only what our own key has signed counts: nobody else can
// make such evidence up. Compared: the newest copy in the object store, and every copy that is about events another copy is about too, which is
// how a chain looks that was cut and grew again.
import { readCheckpointLine } from "@dd0c/core";
import { hashesAt, listEvents, type StoredCheckpoint } from "../db/index.ts";
import type { ObjectStore } from "../ports.ts";
import { type AuditKeys, readAuditKeys } from "./audit-keys.ts";
import { storedCheckpoint } from "./chain-records.ts";
import type { AppContext } from "./context.ts";
import { copiesFolder, dayOf, spanOfCopy } from "./copy-checkpoints.ts";

export type WitnessContext = Pick<AppContext, "db" | "clock" | "engineKey">;

/** The first number of events at which the chain is another than it was. */
export interface Contradiction {
  readonly count: number;
  readonly kept: string;
  /** Null: the chain has no such event any more. */
  readonly found: string | null;
  /** What stands there now is younger than all that it contradicts, or nothing does: the tail was lost, not replaced in its place. */
  readonly isLoss: boolean;
}

async function looksLost(app: WitnessContext, chain: string, count: number, contradicted: readonly StoredCheckpoint[]): Promise<boolean> {
  const { events } = await app.db.withSystem("checkpoint", (tx) =>
    listEvents(tx, { chain, limit: 1, order: "oldest_first", after: count - 1 }),
  );
  const newestMs = Math.max(...contradicted.map(({ takenAt }) => takenAt.getTime()));
  return events.every(({ event }) => Date.parse(event.recorded_at) >= newestMs);
}

/** @param kept of this chain; those that are not signed by us are passed over */
async function compareKept(
  app: WitnessContext,
  keys: AuditKeys,
  chain: string,
  kept: readonly StoredCheckpoint[],
): Promise<Contradiction | null> {
  const ours = kept.filter((one) => one.chain === chain && keys.isSigned(one)).sort((a, b) => a.seq - b.seq);
  const hashes = await app.db.withSystem("checkpoint", (tx) =>
    hashesAt(
      tx,
      chain,
      ours.map(({ seq }) => seq),
    ),
  );
  const contradicted = ours.filter(({ seq, hash }) => hashes.get(seq) !== hash);
  const [first] = contradicted;
  if (first === undefined) return null;
  const isLoss = await looksLost(app, chain, first.seq, contradicted);
  return { count: first.seq, kept: first.hash, found: hashes.get(first.seq) ?? null, isLoss };
}

/** One checkpoint that a witness brings, as it was signed. */
export async function compareWitness(app: WitnessContext, chain: string, line: string): Promise<Contradiction | null> {
  const read = readCheckpointLine(line);
  return read === null ? null : await compareKept(app, await readAuditKeys(app), chain, [storedCheckpoint(read.statement, read.signature)]);
}

async function readCopy(objects: ObjectStore, key: string): Promise<readonly StoredCheckpoint[]> {
  const stream = await objects.get(key);
  if (stream === undefined) return [];
  const parts: Buffer[] = [];
  for await (const part of stream) parts.push(part as Buffer);
  const lines = Buffer.concat(parts).toString("utf8").split("\n");
  return lines.flatMap((line) => {
    const read = readCheckpointLine(line);
    return read === null ? [] : [storedCheckpoint(read.statement, read.signature)];
  });
}

/** The newest copy, and those that are about the same events as another one. */
function copiesToRead(keys: readonly string[]): readonly string[] {
  const copies = keys
    .flatMap((key) => {
      const span = spanOfCopy(key);
      return span === null ? [] : [{ key, ...span }];
    })
    .sort((a, b) => a.first - b.first || a.last - b.last);
  const wanted = new Set<string>();
  let widest = copies[0];
  for (const copy of copies.slice(1)) {
    if (widest !== undefined && copy.first <= widest.last) wanted.add(widest.key).add(copy.key);
    if (widest === undefined || copy.last > widest.last) widest = copy;
  }
  if (widest !== undefined) wanted.add(widest.key);
  return [...wanted];
}

const dayMs = 86_400_000;

/**
 * @param scope "recent": copies of today and yesterday; "all": every copy there is
 * Errors: OBJECT_STORE_UNAVAILABLE, OBJECT_DAMAGED
 */
export async function compareCopies(
  app: WitnessContext & Pick<AppContext, "objects">,
  chain: string,
  nowMs: number,
  scope: "recent" | "all",
): Promise<Contradiction | null> {
  const days = scope === "all" ? [undefined] : [nowMs - dayMs, nowMs].map((at) => dayOf(new Date(at)));
  const keys = (await Promise.all(days.map((day) => app.objects.list(copiesFolder(chain, day))))).flat();
  const kept = [];
  for (const key of copiesToRead(keys)) kept.push(...(await readCopy(app.objects, key)));
  return await compareKept(app, await readAuditKeys(app), chain, kept);
}
