// A witness: what somebody else kept of a chain. In: a file with one JSON object per line, as an agent or the object store keeps it
// (`{"checkpoint": ...}`), lines with `count` (or `seq`) and `head` (or `hash`), an agent's alarms or its journal; or a folder of such files, an agent's data
// folder too. Out: what to compare an export with. Says nothing about signatures: a kept head needs none.
import { existsSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import type { AgentRecord, ChainHead } from "@dd0c/core";
import { isJournalLine, readAgentJournal } from "./agent-journal.ts";
import { lineBlocks } from "./line-blocks.ts";

export interface Witness {
  /** Number of events -> hashes of the last of them; more than one where two witnesses were told different things. */
  readonly heads: ReadonlyMap<number, readonly string[]>;
  /** Chains that it names; empty where its lines name none. */
  readonly chains: ReadonlySet<string>;
  readonly last: number;
  readonly journals: readonly AgentRecord[];
}

export const noWitness: Witness = { heads: new Map(), chains: new Set(), last: 0, journals: [] };

/** Null for a line that is none, and for a journal that is not what an agent wrote. Throws what the file system throws. */
export function readWitness(path: string): Witness | null {
  const heads = new Map<number, readonly string[]>();
  const chains = new Set<string>();
  const journals: AgentRecord[] = [];
  let last = 0;
  for (const file of filesOf(path)) {
    if (isJournal(file)) {
      const journal = readAgentJournal(file);
      if (journal === null) return null;
      journals.push(journal);
      continue;
    }
    for (const line of linesOf(file)) {
      const kept = readHeads(line);
      if (kept === null) return null;
      for (const { count, head, chain } of kept) {
        const known = heads.get(count) ?? [];
        if (!known.includes(head)) heads.set(count, [...known, head]);
        if (chain !== undefined) chains.add(chain);
        last = Math.max(last, count);
      }
    }
  }
  return { heads, chains, last, journals };
}

function* linesOf(file: string): Generator<string> {
  for (const lines of lineBlocks(file)) yield* lines.filter((each) => each.trim() !== "");
}

function isJournal(file: string): boolean {
  for (const line of linesOf(file)) return isJournalLine(line);
  return false;
}

/** What an agent's data folder holds beside its secrets and its commands' home. */
const agentFiles = [join("journal", "journal.jsonl"), "witness.jsonl", "witness-alarms.jsonl"];

/** Of a folder, all `.jsonl` files below it; of an agent's data folder those that are its own. */
function filesOf(path: string): readonly string[] {
  if (!statSync(path).isDirectory()) return [path];
  if (existsSync(join(path, agentFiles[0] ?? ""))) return agentFiles.map((name) => join(path, name)).filter((file) => existsSync(file));
  const entries = readdirSync(path, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  return entries.flatMap((entry) => {
    if (entry.isDirectory()) return filesOf(join(path, entry.name));
    return entry.name.endsWith(".jsonl") ? [join(path, entry.name)] : [];
  });
}

/** What the witness knows better, right after a line; null otherwise. */
export function contradiction({ heads, chains }: Witness, head: ChainHead | null): string | null {
  if (head === null) return null;
  if (chains.size > 0 && !chains.has(head.chain)) return "the witness is of another chain";
  const kept = heads.get(head.seq) ?? [];
  if (kept.every((each) => each === head.hash)) return null;
  return kept.length > 1 ? "witnesses were told different things: the chain was forked" : "the witness kept another hash";
}

interface KeptHead {
  readonly count: number;
  readonly head: string;
  readonly chain: string | undefined;
}

type Fields = Readonly<Record<string, unknown>>;

const isFields = (value: unknown): value is Fields => typeof value === "object" && value !== null;

/** The heads of a line; an alarm has the one that was offered and the one that was kept, and either may be missing. */
function readHeads(line: string): readonly KeptHead[] | null {
  const fields = fieldsOf(line);
  if (typeof fields["alarm"] === "string") {
    return [fields["offered"], fields["kept"]].filter(isFields).flatMap((each) => readHead(each) ?? []);
  }
  const head = readHead(isFields(fields["checkpoint"]) ? fields["checkpoint"] : fields);
  return head === null ? null : [head];
}

function readHead(fields: Fields): KeptHead | null {
  const count = fields["count"] ?? fields["seq"];
  const head = fields["head"] ?? fields["hash"];
  const chain = fields["chain"];
  if (!Number.isSafeInteger(count) || typeof head !== "string") return null;
  return { count: count as number, head, chain: typeof chain === "string" ? chain : undefined };
}

function fieldsOf(line: string): Fields {
  try {
    const value: unknown = JSON.parse(line);
    return isFields(value) ? value : {};
  } catch {
    return {};
  }
}
