// What the intent advisor knows of single programs: those that print whatever they are given, and those that read only in some shapes.
// A program with its words and input goes in; true (it only reads), false (it may do more) or null (not known here) comes out.

import { gitIntent } from "./intent-git.ts";
import { OPTION_TABLE } from "./intent-option-table.ts";
import { onlyAllowed } from "./intent-options.ts";
import { awkOnlyPrints, curlOnlyReads, ghApiOnlyAsks, jqOnlyReads, sedOnlyPrints, tarOnlyLists } from "./intent-scripts.ts";
import type { Input } from "./intent-segments.ts";
import { ALSO_READS, SHAPES } from "./intent-shapes.ts";
import { isSqlClient, sqlClientOnlyAsks } from "./intent-sql.ts";
import { storeOnlyAsks } from "./intent-stores.ts";
import { BETRAYING, PRINTING, PRINTS_WITH } from "./intent-printing.ts";

interface Given {
  readonly words: readonly string[];
  readonly input: Input | null;
}

type OnlyReads = (words: readonly string[]) => boolean;

const READERS: ReadonlyMap<string, OnlyReads> = new Map<string, OnlyReads>([
  ...["awk", "gawk", "mawk", "nawk"].map((name): [string, OnlyReads] => [name, awkOnlyPrints]),
  ["sed", sedOnlyPrints],
  ["gsed", sedOnlyPrints],
  ["curl", curlOnlyReads],
  ["tar", tarOnlyLists],
  ["jq", jqOnlyReads],
  ["git", (words) => gitIntent(words) === "read"],
]);

/**
 * @param innerOnlyReads - judges a command that the program runs (`find -exec`)
 */
export function programOnlyReads(program: string, { words, input }: Given, innerOnlyReads: OnlyReads): boolean | null {
  if (program === "find" || program === "fd" || program === "fdfind") return findOnlyLists(program, words, innerOnlyReads);
  if (program === "gh" && words[1] === "api") return ghApiOnlyAsks(words);
  if (isSqlClient(program)) return sqlClientOnlyAsks(program, words, input);
  const store = storeOnlyAsks(program, words, input);
  if (store !== null) return store;
  const reader = READERS.get(program);
  if (reader !== undefined) return reader(words);
  return byTables(program, words);
}

function byTables(program: string, words: readonly string[]): boolean | null {
  const line = ` ${words.slice(1).join(" ")} `;
  if ((BETRAYING.get(program) ?? []).some((pattern) => pattern.test(line))) return false;
  if ([ALSO_READS, SHAPES].some((shapes) => shapes.get(program)?.test(line) === true)) return true;
  const options = OPTION_TABLE.get(program);
  if (options !== undefined) return onlyAllowed(options, words.slice(1));
  if (PRINTING.has(program)) return PRINTS_WITH.get(program)?.test(line) !== false;
  return SHAPES.has(program) ? false : null;
}

const RUNS = /^-(?:exec|execdir)$/;

/** What `-exec` runs counts like a command of its own; the same for `fd -x`. */
function findOnlyLists(program: string, words: readonly string[], innerOnlyReads: OnlyReads): boolean {
  if (words.some((word) => /^-(?:delete|ok|okdir|fprint\w*|fls|files0-from)$/.test(word))) return false;
  const isRun = program === "find" ? RUNS : /^(?:-[xX]|--exec|--exec-batch)$/;
  const isHidden = program !== "find" && words.some((word) => /^-\w+[xX]|^--exec\S*=/.test(word));
  return !isHidden && words.every((word, index) => !isRun.test(word) || innerOnlyReads(innerWords(words.slice(index + 1), program)));
}

/** Names of files follow, so only programs without options to fear. */
function innerWords(rest: readonly string[], program: string): readonly string[] {
  const end = rest.findIndex((word) => word === ";" || (word === "+" && program === "find"));
  return rest.slice(0, end < 0 ? rest.length : end);
}
