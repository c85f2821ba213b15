// Short form for clients whose commands are groups of nouns with a verb behind them: `hcloud server list`. Nouns and verbs are tables of the program;
// the first word that is no noun is the verb, and a word in neither table makes the command unknown. Returns constants only.
import { isWrittenOut } from "../aws/globals.ts";
import type { Invocation } from "../../../invocation.ts";
import type { CommandRule } from "../../../rule.ts";
import type { Target } from "../../../types.ts";

/** Words separated by blanks. `named` entries are full paths, for commands whose verb misleads. */
export interface NounVerbTable {
  readonly nouns: string;
  readonly read: string;
  readonly change: string;
  readonly destroy: string;
  readonly named?: Readonly<Record<string, CommandRule>>;
}

function targetsOf(inv: Invocation): readonly Target[] {
  const kind = (inv.path.at(-2) ?? inv.program).replaceAll("-", " ");
  return inv.operands.filter((arg) => arg.shape !== "many").map((arg) => ({ kind, name: arg.text }));
}

const isManual = (inv: Invocation): boolean => inv.has("--help") && isWrittenOut(inv);

export const read: CommandRule = {
  why: "reads from the provider",
  operands: "data*",
  anyOption: true,
  options: {
    "--output-file|--output-path|--out-file|--file": { kind: "write", why: "writes the answer to a file", safer: "leave it out" },
    "--follow|--tail|--watch": { arity: "optional", unbounded: true, why: "follows without end", safer: "leave it out" },
  },
};
export const secret: CommandRule = { ...read, why: "prints keys, tokens or passwords", sensitive: true };
export const endless: CommandRule = { ...read, why: "prints what comes in", unbounded: true };
export const change: CommandRule = {
  risk: (inv) => (isManual(inv) ? "safe" : "caution"),
  why: "changes something at the provider",
  operands: "name*",
  anyOption: true,
  anyWord: true,
  options: { "--force|--force-string": { arity: "optional", risk: "dangerous", why: "does it by force", safer: "leave it out" } },
  targets: targetsOf,
  noInverse: "the earlier state is not kept; show it first and keep the answer",
};
export const local: CommandRule = {
  ...change,
  why: "changes files or settings on this machine",
  noInverse: "what it overwrites is not kept",
};
export const destroy: CommandRule = {
  ...change,
  risk: (inv) => (isManual(inv) ? "safe" : "dangerous"),
  why: "deletes, ends or overwrites something at the provider",
};
export const remote: CommandRule = { ...destroy, why: "opens a way into machines" };
export const unknown: CommandRule = { ...change, risk: "unknown", why: "is not known to be a read" };

type Other = (word: string, path: readonly string[]) => CommandRule | undefined;

function wordsOf(list: string): readonly string[] {
  return list.split(" ").filter((word) => word !== "");
}

/** `otherVerb` for a program with this table. */
export function nounVerb(table: NounVerbTable): Other {
  const nouns = new Set(wordsOf(table.nouns));
  const verbs = new Map<string, CommandRule>([
    ...wordsOf(table.read).map((word): [string, CommandRule] => [word, read]),
    ...wordsOf(table.change).map((word): [string, CommandRule] => [word, change]),
    ...wordsOf(table.destroy).map((word): [string, CommandRule] => [word, destroy]),
  ]);
  const named = new Map(
    Object.entries(table.named ?? {}).flatMap(([path, rule]) => expand(path).map((each): [string, CommandRule] => [each, rule])),
  );
  const group: CommandRule = { risk: (inv) => (isManual(inv) ? "safe" : "unknown"), why: "names a group of commands", otherVerb: find };
  function find(word: string, path: readonly string[]): CommandRule | undefined {
    const exception = named.get([...path, word].join(" "));
    if (exception !== undefined) return exception;
    if (nouns.has(word)) return group;
    return path.length === 0 ? undefined : verbs.get(word);
  }
  return find;
}

/** "a b|c" -> "a b", "a c". */
function expand(path: string): readonly string[] {
  const words = path.split(" ");
  const last = words.pop() ?? "";
  return last.split("|").map((word) => [...words, word].join(" "));
}
