// The script inside `$(...)` -> whether it prints nothing but one number: `date +%s`, `nproc`, `... | wc -l`, `... | grep -c x`.
// Such output is one word that splits, globs and evaluates to nothing else. Also: whether it prints identifiers, any number of them, of which
// none can be an option. Says nothing about what the commands do.
import type { Command, ParsedScript } from "unbash";

/** Whether the output is a number, whatever the commands before the last one print. */
export function printsNumber(script: ParsedScript): boolean {
  const statement = script.commands[0];
  if (statement === undefined || script.commands.length !== 1 || statement.background === true) return false;
  const node = statement.command;
  if (node.type === "Command") return isCounter(node, false);
  const last = node.type === "Pipeline" ? node.commands.at(-1) : undefined;
  return last?.type === "Command" && isCounter(last, true);
}

/** `wc -l < f` prints nothing when there is no such file: unquoted, no word is left. Ask only where printsNumber holds. */
export function mayPrintNothing(script: ParsedScript): boolean {
  const node = script.commands[0]?.command;
  return node?.type === "Command" && node.redirects.length > 0;
}

/** Whether the output is identifiers of processes or containers and nothing else: any number of words, none with a dash in front. */
export function printsIdentifiers(script: ParsedScript): boolean {
  const node = script.commands[0]?.command;
  return script.commands.length === 1 && node?.type === "Command" && node.redirects.length === 0 && isLister(node);
}

function isLister(node: Command): boolean {
  const name = node.name?.value ?? "";
  const texts = Object.hasOwn(listers, name) ? plainWords(node) : undefined;
  return texts !== undefined && (listers[name]?.(texts) ?? false);
}

const noNames = (texts: readonly string[]): boolean => texts.every((text) => !/^-(-|[a-z]*[adl])/.test(text));
const onlyIds = (texts: readonly string[]): boolean =>
  texts[0] === "ps" && texts.some((text) => /^-[aln]*q$/.test(text)) && !texts.includes("--format");

const listers: Readonly<Partial<Record<string, (texts: readonly string[]) => boolean>>> = {
  pidof: noNames,
  pgrep: noNames,
  lsof: (texts) => texts[0] === "-t",
  docker: onlyIds,
  podman: onlyIds,
};

const countsLines = /^-([lcwm]|-lines|-bytes|-chars|-words)$/;

type Counts = (texts: readonly string[], node: Command, piped: boolean) => boolean;

const counters: Readonly<Partial<Record<string, Counts>>> = {
  nproc: (texts, node) => texts.length === 0 && node.redirects.length === 0,
  date: (texts, node) => texts.some((text) => numericFormats.has(text)) && node.redirects.length === 0,
  // With a file name behind the option its name would be printed too.
  wc: (texts, node, piped) =>
    texts.length === 1 && countsLines.test(texts[0] ?? "") && (readsOneFile(node) || (piped && node.redirects.length === 0)),
  grep: (texts, node, piped) => piped && node.redirects.length === 0 && countsMatches(texts),
};

function isCounter(node: Command, piped: boolean): boolean {
  const name = node.name?.value ?? "";
  const texts = Object.hasOwn(counters, name) ? plainWords(node) : undefined;
  return texts !== undefined && (counters[name]?.(texts, node, piped) ?? false);
}

const numericFormats: ReadonlySet<string> = new Set(["+%s", "+%s%N", "+%Y", "+%H"]);

/** The words behind the name when all of them are written out plainly; redirections are not looked at. */
function plainWords(node: Command): readonly string[] | undefined {
  if (node.prefix.length > 0) return undefined;
  const words: string[] = [];
  for (const item of node.suffix) {
    if (item.type === "Assignment" || (item.type === "Word" && item.parts !== undefined)) return undefined;
    if (item.type === "Word") words.push(item.value);
  }
  return words;
}

/** `grep -c PATTERN` with nothing behind it: one count. */
function countsMatches(texts: readonly string[]): boolean {
  return texts.length === 2 && /^-[viwxEF]*c[viwxEF]*$/.test(texts[0] ?? "") && !(texts[1] ?? "-").startsWith("-");
}

function readsOneFile(node: Command): boolean {
  const only = node.redirects[0];
  return node.redirects.length === 1 && only?.type === "Redirect" && only.operator === "<" && only.descriptor === undefined;
}
