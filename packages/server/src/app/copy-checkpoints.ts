// Signed checkpoints go from the database to the object store, where the database's hands do not reach: what an agent keeps, kept once more.
// One object per chain and look, with one line per checkpoint as `dd0c verify-audit --witness` reads it. Appending events never waits for it.
// A copy that was made and not noted is made again: the same checkpoints under the same name.
import { signedLine } from "@dd0c/core";
import { listCheckpoints, listUncopiedChains, noteCopied, type StoredCheckpoint, type UncopiedChain } from "../db/index.ts";
import { statementOf } from "./audit-keys.ts";
import type { AppContext } from "./context.ts";

export type CopyContext = Pick<AppContext, "db" | "objects">;

/** Events that one object spans at most. */
const span = 100_000;
const digits = 15;

/** Folder of a chain's copies; one per day, so that recent ones are found without looking at all. @param day "YYYY-MM-DD" */
export const copiesFolder = (chain: string, day?: string): string => `checkpoints/${chain}/${day === undefined ? "" : `${day}/`}`;

export const dayOf = (at: Date): string => at.toISOString().slice(0, 10);

const padded = (seq: number): string => String(seq).padStart(digits, "0");

/** Numbers of events that a copy is about; null for what is none. */
export function spanOfCopy(key: string): { readonly first: number; readonly last: number } | null {
  const [, first, last] = /\/(\d{15})-(\d{15})-[0-9a-f]{64}\.jsonl$/.exec(key) ?? [];
  return first === undefined || last === undefined ? null : { first: Number(first), last: Number(last) };
}

async function copyOne({ objects }: CopyContext, chain: string, checkpoints: readonly StoredCheckpoint[]): Promise<void> {
  const [first, last] = [checkpoints[0], checkpoints.at(-1)];
  if (first === undefined || last === undefined) return;
  const lines = checkpoints.map((one) => `${signedLine(statementOf(one), one.signature)}\n`).join("");
  const prefix = `${copiesFolder(chain, dayOf(last.takenAt))}${padded(first.seq)}-${padded(last.seq)}-`;
  await objects.put(prefix, "jsonl", Buffer.from(lines));
}

async function copyChain(app: CopyContext, { chain, copied, newest }: UncopiedChain, at: Date): Promise<void> {
  for (let after = copied; after < newest; ) {
    const upTo = Math.min(after + span, newest);
    const from = after;
    const checkpoints = await app.db.withSystem("checkpoint", (tx) => listCheckpoints(tx, chain, from, upTo));
    await copyOne(app, chain, checkpoints);
    await app.db.withSystem("checkpoint", (tx) => noteCopied(tx, chain, upTo, at));
    after = upTo;
  }
}

/** Safe to repeat. Errors: OBJECT_STORE_UNAVAILABLE; chains before the one that failed are copied. */
export async function copyCheckpoints(app: CopyContext, nowMs: number, stopping: AbortSignal): Promise<void> {
  for (const uncopied of await app.db.withSystem("checkpoint", listUncopiedChains)) {
    if (stopping.aborted) return;
    await copyChain(app, uncopied, new Date(nowMs));
  }
}
