// A witness: heads of a chain that somebody else kept. In: a file with one JSON object per line, as an agent or the object store keeps it
// (`{"checkpoint": ...}`), or a folder of such files, or lines with `count` (or `seq`) and `head` (or `hash`). Out: what to compare an export with. Says nothing about signatures: a kept head needs none.
import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import type { ChainHead } from "@dd0c/core";
import { lineBlocks } from "./line-blocks.ts";

export interface Witness {
  /** Number of events -> hash of the last of them. */
  readonly heads: ReadonlyMap<number, string>;
  /** Chains that it names; empty where its lines name none. */
  readonly chains: ReadonlySet<string>;
  readonly last: number;
}

export const noWitness: Witness = { heads: new Map(), chains: new Set(), last: 0 };

/** Null for a line that is none, and for two heads of one number. Throws what the file system throws. */
export function readWitness(path: string): Witness | null {
  const heads = new Map<number, string>();
  const chains = new Set<string>();
  let last = 0;
  for (const line of linesOf(path)) {
    const kept = readHead(line);
    if (kept === null || (heads.get(kept.count) ?? kept.head) !== kept.head) return null;
    heads.set(kept.count, kept.head);
    if (kept.chain !== undefined) chains.add(kept.chain);
    last = Math.max(last, kept.count);
  }
  return { heads, chains, last };
}

function* linesOf(path: string): Generator<string> {
  for (const file of filesOf(path)) for (const lines of lineBlocks(file)) yield* lines.filter((each) => each.trim() !== "");
}

/** Of a folder, all `.jsonl` files below it. */
function filesOf(path: string): readonly string[] {
  if (!statSync(path).isDirectory()) return [path];
  const names = readdirSync(path, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".jsonl"));
  return names.sort().map((name) => join(path, name));
}

/** What the witness knows better, right after a line; null otherwise. */
export function contradiction({ heads, chains }: Witness, head: ChainHead | null): string | null {
  if (head === null) return null;
  if (chains.size > 0 && !chains.has(head.chain)) return "the witness is of another chain";
  const kept = heads.get(head.seq);
  return kept === undefined || kept === head.hash ? null : "the witness kept another hash";
}

interface KeptHead {
  readonly count: number;
  readonly head: string;
  readonly chain: string | undefined;
}

function readHead(line: string): KeptHead | null {
  const fields = fieldsOf(line);
  const count = fields["count"] ?? fields["seq"];
  const head = fields["head"] ?? fields["hash"];
  const chain = fields["chain"];
  if (!Number.isSafeInteger(count) || typeof head !== "string") return null;
  return { count: count as number, head, chain: typeof chain === "string" ? chain : undefined };
}

type Fields = Readonly<Record<string, unknown>>;

const isFields = (value: unknown): value is Fields => typeof value === "object" && value !== null;

function fieldsOf(line: string): Fields {
  try {
    const value: unknown = JSON.parse(line);
    if (!isFields(value)) return {};
    return isFields(value["checkpoint"]) ? value["checkpoint"] : value;
  } catch {
    return {};
  }
}
