// One word that only a shell can expand -> the text with that word written out, or what to run first to learn it.
// Called by suggest-form.ts for each argument; proves nothing, the caller scans what comes out.
import type { DoubleQuotedChild, Statement, Word, WordPart } from "unbash";
import { expandBraces } from "../braces.ts";

export interface Rewrite {
  readonly text: string;
  readonly change: string;
  /** The text is only a part of what was there: nothing more is rewritten. */
  readonly last?: true;
}

type Part = WordPart | DoubleQuotedChild;

export function rewriteWord(text: string, word: Word): Rewrite | undefined {
  const parts: readonly Part[] = (word.parts ?? []).flatMap((part): readonly Part[] =>
    part.type === "DoubleQuoted" ? part.parts : [part],
  );
  const inner = parts.find((part) => part.type === "CommandExpansion" || part.type === "ProcessSubstitution");
  if (inner !== undefined) return innerFirst(text, inner);
  if (parts.some((part) => part.type === "BraceExpansion")) return rewriteBraces(text, word);
  return parts.some((part) => part.type === "Glob") && parts.every(isPattern) ? rewriteGlob(word) : undefined;
}

function isPattern({ type }: Part): boolean {
  return type === "Glob" || type === "Literal";
}

function innerFirst(text: string, part: Part): Rewrite | undefined {
  const script = part.type === "CommandExpansion" || part.type === "ProcessSubstitution" ? part.script : undefined;
  // The script inside escaped backticks has a text of its own.
  if (script === undefined || script.source !== undefined) return undefined;
  return { text: joined(text, script.commands, "; "), change: `first: its output belongs where ${part.text} stands`, last: true };
}

function rewriteBraces(text: string, word: Word): Rewrite | undefined {
  const words = rangeWords(word.text) ?? braceWords(word);
  return words === undefined
    ? undefined
    : { text: spliced(text, word.pos, word.end, words.join(" ")), change: "with the words written out" };
}

function braceWords(word: Word): readonly string[] | undefined {
  const words = expandBraces(word.parts ?? [], { start: word.pos, end: word.end });
  return words?.every((each) => each.shape === "literal" && /^[\w./:@%+=,-]+$/.test(each.text)) === true
    ? words.map((each) => each.text)
    : undefined;
}

const mostInRange = 12;

/** `{1..3}`, `{a..c}`, upwards and in one step. */
function rangeWords(text: string): readonly string[] | undefined {
  const [, low, high, first, last] = /^\{(?:([1-9]?\d)\.\.([1-9]?\d)|([a-z])\.\.([a-z]))\}$/.exec(text) ?? [];
  const [from, to] = first === undefined || last === undefined ? [Number(low), Number(high)] : [first.charCodeAt(0), last.charCodeAt(0)];
  if (!(to >= from && to - from < mostInRange)) return undefined;
  return Array.from({ length: to - from + 1 }, (_, at) => (first === undefined ? `${from + at}` : String.fromCharCode(from + at)));
}

/** `/var/log/*.log`: which names there are, so that they can be written out. */
function rewriteGlob(word: Word): Rewrite | undefined {
  const slash = word.text.lastIndexOf("/");
  const [folder, pattern] = slash < 0 ? [".", word.text] : [word.text.slice(0, slash), word.text.slice(slash + 1)];
  if (!/^[\w./-]+$/.test(folder) || !/^[\w.*?-]+$/.test(pattern) || folder.startsWith("-")) return undefined;
  return {
    text: `find ${folder} -maxdepth 1 -name '${pattern}'`,
    change: `first: its output belongs where ${word.text} stands`,
    last: true,
  };
}

export function spliced(text: string, start: number, end: number, by: string): string {
  return text.slice(0, start) + by + text.slice(end);
}

export function joined(text: string, statements: readonly Statement[], by: string): string {
  return statements.map((statement) => text.slice(statement.pos, statement.end).replace(/[;\s]+$/, "")).join(by);
}
