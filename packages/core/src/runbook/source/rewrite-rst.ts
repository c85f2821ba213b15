// Rewrites reStructuredText into Markdown: underlined titles, directives, literal blocks behind "::", roles, "#." items.
// Lines go in; Markdown lines with their physical numbers come out. Comments are left out and reported; code keeps its bytes.

import { fence, outdented, writeDirective } from "./rst-directives.ts";
import { rstInline } from "./rst-inline.ts";
import type { SourceLine } from "./source-line.ts";

const ADORNMENT = /^([=\-~^"'*+#`:.<>_])\1{2,}\s*$/;
const DIRECTIVE = /^(\s*)\.\. ([A-Za-z][\w:+.-]*)::(?:\s+(.*?))?\s*$/;
const EXPLICIT = /^(\s*)\.\.(?:\s+(.*?))?\s*$/;
/** `.. _target:`, `.. [1] footnote`, `.. |name| replace::`: marks, no comments. */
const MARK = /^(?:_[^:]*:|__:?|\[[^\]]+\]|\|[^|]+\|)/;
const ITEM = /^(\s*)((?:[-*+•]|#\.|\(?(?:\d{1,3}|#|[a-zA-Z])[.)])\s+)(?=\S)/;
const FIELD = /^:([A-Za-z][\w -]{0,40}):\s+(\S.*)$/;

const EMPTY: SourceLine = { text: "", line: 1 };
const MAX_DEPTH = 12;

export interface RewrittenRst {
  readonly lines: readonly SourceLine[];
  readonly hiddenAt: readonly number[];
}

interface State {
  readonly hiddenAt: number[];
  /** Adornments in the order of their first use: their place is their level. */
  readonly levels: string[];
}

export function rewriteRst(lines: readonly SourceLine[]): RewrittenRst {
  const state: State = { hiddenAt: [], levels: [] };
  return { lines: rewriteBody(lines, state, 0), hiddenAt: state.hiddenAt };
}

interface Taken {
  readonly lines: readonly SourceLine[];
  readonly count: number;
}

function rewriteBody(lines: readonly SourceLine[], state: State, depth: number): readonly SourceLine[] {
  const result: SourceLine[] = [];
  const indents = new Indents();
  let at = 0;
  while (at < lines.length) {
    const taken = takeTitle(lines, at, state) ?? takeExplicit(lines, at, state, depth, indents) ?? takeText(lines, at, indents);
    result.push(...taken.lines);
    at += taken.count;
  }
  return result;
}

/** A line with an underline, or between two adornments; an adornment alone is a rule. */
function takeTitle(lines: readonly SourceLine[], at: number, state: State): Taken | null {
  const first = lineAt(lines, at);
  const over = adornmentOf(first);
  const title = over === "" ? first : lineAt(lines, at + 1);
  const under = adornmentOf(lineAt(lines, at + (over === "" ? 1 : 2)));
  if (under === "" || !isTitle(title.text, over, under)) return over === "" ? null : dropped(first, 1);
  const key = `${over}${under}`;
  if (!state.levels.includes(key)) state.levels.push(key);
  const level = Math.min(6, state.levels.indexOf(key) + 1);
  const heading = { ...title, text: `${"#".repeat(level)} ${rstInline(title.text.trim())}` };
  const blank = { text: "", line: title.line };
  return { lines: [blank, heading, blank], count: over === "" ? 2 : 3 };
}

function lineAt(lines: readonly SourceLine[], at: number): SourceLine {
  return lines[at] ?? EMPTY;
}

/** The character that a title is adorned with; empty for every other line. */
function adornmentOf(line: SourceLine): string {
  return ADORNMENT.exec(line.text)?.[1] ?? "";
}

function isTitle(title: string, over: string, under: string): boolean {
  if (title.trim() === "" || ADORNMENT.test(title)) return false;
  return over === "" ? !/^\s/.test(title) : over === under;
}

function dropped(line: SourceLine, count: number): Taken {
  return { lines: [{ text: "", line: line.line }], count };
}

function indentOf(text: string): number {
  return text.length - text.trimStart().length;
}

/** How many lines from `at` on are indented deeper than `indent`, blank ones between them included. */
function bodyLength(lines: readonly SourceLine[], at: number, indent: number): number {
  let count = 0;
  for (let index = at; index < lines.length; index++) {
    const text = lines[index]?.text ?? "";
    if (text.trim() === "") continue;
    if (indentOf(text) <= indent) break;
    count = index - at + 1;
  }
  return count;
}

/** What begins with "..": a directive with its body, a mark, a comment. */
function takeExplicit(lines: readonly SourceLine[], at: number, state: State, depth: number, indents: Indents): Taken | null {
  const { [at]: line = EMPTY } = lines;
  const explicit = EXPLICIT.exec(line.text);
  if (explicit === null) return null;
  const [, before = "", said = ""] = explicit;
  const count = 1 + bodyLength(lines, at + 1, before.length);
  const directive = DIRECTIVE.exec(line.text);
  if (directive === null) {
    if (isComment(said, count)) state.hiddenAt.push(line.line);
    return dropped(line, count);
  }
  const rewrite = (body: readonly SourceLine[]): readonly SourceLine[] => (depth >= MAX_DEPTH ? body : rewriteBody(body, state, depth + 1));
  const [, , name = "", words = ""] = directive;
  const written = writeDirective({ name: name.toLowerCase(), words, line }, lines.slice(at + 1, at + count), rewrite);
  if (written.hidden) state.hiddenAt.push(line.line);
  return { lines: moved(written.lines, indents.place(before.length)), count };
}

function isComment(said: string, count: number): boolean {
  return said === "" ? count > 1 : !MARK.test(said);
}

function moved(lines: readonly SourceLine[], indent: number): readonly SourceLine[] {
  return lines.map((line) => ({ ...line, text: line.text === "" ? "" : " ".repeat(indent) + line.text }));
}

/** A line of text, and the literal block that its "::" announces. */
function takeText(lines: readonly SourceLine[], at: number, indents: Indents): Taken {
  const line = lines[at] ?? { text: "", line: 1 };
  if (line.text.trim() === "") return dropped(line, 1);
  const item = ITEM.exec(line.text);
  const content = item === null ? indentOf(line.text) : item[0].length;
  const text = FIELD.test(line.text) ? line.text.replace(FIELD, "- $1: $2") : textLine(line.text, item, indents);
  const count = /::\s*$/.test(line.text) ? literalLength(lines, at + 1, content, indentOf(line.text)) : 0;
  if (count === 0) return { lines: [{ ...line, text }], count: 1 };
  const said = text.replace(/\s+::\s*$/, "").replace(/::\s*$/, ":");
  const code = fence(outdented(lines.slice(at + 1, at + 1 + count)), "", line);
  const words = { ...line, text: /^\s*:?\s*$/.test(said) ? "" : said };
  return { lines: [words, ...moved(code, indents.place(content))], count: 1 + count };
}

/** A literal block is indented deeper than the text that announces it; many authors count from the marker of the item instead. */
function literalLength(lines: readonly SourceLine[], at: number, content: number, marker: number): number {
  if ((lines[at]?.text.trim() ?? "") !== "") return 0;
  const first = lines.slice(at, at + 5).find((line) => line.text.trim() !== "");
  return bodyLength(lines, at, indentOf(first?.text ?? "") > content ? content : marker);
}

function textLine(text: string, item: RegExpExecArray | null, indents: Indents): string {
  if (item === null) return " ".repeat(indents.place(indentOf(text))) + rstInline(text.trim().replace(/^\| ?/, ""));
  const marker = (item[2] ?? "- ")
    .replace("#", "1")
    .replace(/^\((.)/, "$1")
    .replace("•", "-");
  const place = indents.item((item[1] ?? "").length, item[0].length, marker.length);
  return " ".repeat(place) + marker + rstInline(text.slice(item[0].length));
}

/** Where the text of open items begins, in the source and in what is written: text that is indented for no item would be code. */
class Indents {
  readonly #open: { readonly source: number; readonly written: number }[] = [];

  place(indent: number): number {
    while ((this.#open.at(-1)?.source ?? 0) > indent) this.#open.pop();
    const { source, written } = this.#open.at(-1) ?? { source: 0, written: 0 };
    return written + (indent - source < 4 ? indent - source : 0);
  }

  item(indent: number, content: number, width: number): number {
    const place = this.place(indent);
    this.#open.push({ source: content, written: place + width });
    return place;
  }
}
