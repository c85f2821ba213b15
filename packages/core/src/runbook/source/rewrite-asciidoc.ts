// Rewrites AsciiDoc into Markdown: "=" titles, delimited blocks with their attributes, "." lists joined by "+", tables, links.
// Lines go in; Markdown lines with their physical numbers come out. Comments are left out and reported; code keeps its bytes.

import { sectionKind } from "../meaning/sections.ts";
import { asciidocTable, columnsOf } from "./asciidoc-table.ts";
import { labelOf } from "./labelled-box.ts";
import type { SourceLine } from "./source-line.ts";

export interface RewrittenAsciidoc {
  readonly lines: readonly SourceLine[];
  readonly hiddenAt: readonly number[];
  readonly unclosedAt: readonly number[];
}

const TITLE = /^(={1,6})\s+(\S.*?)\s*$/;
const ATTRIBUTE_ENTRY = /^:!?[\w-]+!?:(?:\s.*)?$/;
const BLOCK_ATTRIBUTES = /^\[(?!\[?\]|[ xX*]\])[^\]]*\]\]?\s*$/;
const BLOCK_TITLE = /^\.([^\s.].*)$/;
const DELIMITER = /^(?:(-{4,}|\.{4,}|={4,}|\*{4,}|_{4,}|\+{4,}|\/{4,})|--|`{3,}.*)\s*$/;
const ITEM = /^\s*((?:\.{1,5}|\*{1,5}|-|\d{1,3}\.|[a-z]\.))\s+(?=\S)/;
const TERM = /^(\S.{0,100}?)::(?:\s+(.*))?$/;
const CONDITIONAL = /^(?:ifn?def|ifeval|endif|include|image|video|audio|toc|icon)::?\S*\[.*\]\s*$/;
const CALLOUT = /\s+(?:(?:#|\/\/|--|;;)\s*)?<(?:\d{1,2}|\.)>(?:\s*<(?:\d{1,2}|\.)>)*\s*$/;
const CALLOUT_ITEM = /^<(?:\d{1,2}|\.)>\s+/;

interface State {
  readonly source: readonly SourceLine[];
  readonly out: SourceLine[];
  readonly hiddenAt: number[];
  readonly unclosedAt: number[];
  /** Open list markers, outermost first. */
  lists: string[];
  attributes: string;
  title: SourceLine | null;
  /** The next block belongs to the open item. */
  attached: boolean;
  /** Delimiters of the boxes that were joined to an item: what stands in them belongs to it. */
  readonly held: string[];
  /** Callouts stand behind lines of code. */
  readonly callouts: boolean;
  at: number;
}

export function rewriteAsciidoc(source: readonly SourceLine[]): RewrittenAsciidoc {
  const state: State = {
    source,
    out: [],
    hiddenAt: [],
    unclosedAt: [],
    lists: [],
    attributes: "",
    title: null,
    attached: false,
    held: [],
    callouts: source.some((line) => CALLOUT_ITEM.test(line.text)),
    at: 0,
  };
  skipHeader(state);
  while (state.at < source.length) readLine(state);
  return { lines: state.out, hiddenAt: state.hiddenAt, unclosedAt: state.unclosedAt };
}

function current(state: State): SourceLine {
  return state.source[state.at] ?? { text: "", line: state.source.at(-1)?.line ?? 1 };
}

function write(state: State, text: string, line: number): void {
  state.out.push({ text, line });
}

/** A blank line in front of a block. */
function blank(state: State, line: number): void {
  if ((state.out.at(-1)?.text ?? "") !== "") write(state, "", line);
}

/** Author, revision and attributes below the title of the document. */
function skipHeader(state: State): void {
  while (state.at < state.source.length && current(state).text.trim() === "") state.at++;
  const title = /^=\s+\S/.test(current(state).text);
  if (!title) return;
  readLine(state);
  while (state.at < state.source.length && current(state).text.trim() !== "" && !TITLE.test(current(state).text)) {
    if (current(state).text.startsWith("//")) state.hiddenAt.push(current(state).line);
    state.at++;
  }
}

type Reader = (state: State, line: SourceLine) => boolean;

/** In order: the first that takes the line decides. */
const READERS: readonly Reader[] = [readBlank, readComment, readTitle, readMark, readTable, readDelimited, readItem, readLiteral, readTerm];

function readLine(state: State): void {
  const line = current(state);
  if (READERS.some((reader) => reader(state, line))) return;
  if (CALLOUT_ITEM.test(line.text)) return explainCallout(state, line);
  const text = inline(line.text.trim());
  if (state.attached || state.title !== null || (state.out.at(-1)?.text ?? "") === "") startBlock(state, line.line);
  write(state, indentOf(state) + text, line.line);
  state.at++;
}

/** "<1> The key file." speaks of the code above. */
function explainCallout(state: State, line: SourceLine): void {
  blank(state, line.line);
  write(state, indentOf(state) + inline(line.text.replace(CALLOUT_ITEM, "")), line.line);
  write(state, "", line.line);
  state.at++;
}

function indentOf(state: State): string {
  return "    ".repeat(state.lists.length);
}

/** A block that no "+" joins to the item before it ends the list, unless it follows the item at once. */
function startBlock(state: State, line: number): void {
  const adjacent = (state.out.at(-1)?.text ?? "") !== "";
  if (!state.attached && !adjacent && state.held.length === 0) state.lists = [];
  blank(state, line);
  writeTitle(state);
  state.attached = false;
}

/** ".Procedure": a heading of its own where it names a section, else words that speak of what follows. */
function writeTitle(state: State): void {
  const { title } = state;
  state.title = null;
  if (title === null) return;
  const words = title.text;
  const said = state.out.findLast((line) => line.text !== "")?.text ?? "";
  if (sectionKind(words) !== null) {
    state.lists = [];
    write(state, `**${words.replace(/[:：]\s*$/, "")}**`, title.line);
  } else if (!/[:：]\s*$/.test(said)) write(state, indentOf(state) + labelOf(words), title.line);
  write(state, "", title.line);
}

function readBlank(state: State, line: SourceLine): boolean {
  if (line.text.trim() !== "") return false;
  write(state, "", line.line);
  state.at++;
  return true;
}

function readComment(state: State, line: SourceLine): boolean {
  if (!/^\/\/(?!\/\/?$|\/[^/])/.test(line.text) || DELIMITER.test(line.text)) return false;
  state.hiddenAt.push(line.line);
  write(state, "", line.line);
  state.at++;
  return true;
}

function readTitle(state: State, line: SourceLine): boolean {
  const title = TITLE.exec(line.text);
  if (title === null) return false;
  state.lists = [];
  state.held.length = 0;
  state.attached = false;
  state.title = null;
  blank(state, line.line);
  write(state, `${"#".repeat((title[1] ?? "=").length)} ${inline(title[2] ?? "")}`, line.line);
  write(state, "", line.line);
  state.attributes = "";
  state.at++;
  return true;
}

/** Lines that say something about the next block, or nothing to a reader. */
function readMark(state: State, line: SourceLine): boolean {
  const { text } = line;
  const title = BLOCK_TITLE.exec(text);
  if (/^\+\s*$/.test(text)) state.attached = state.lists.length > 0;
  else if (BLOCK_ATTRIBUTES.test(text)) state.attributes = text;
  else if (title !== null && !DELIMITER.test(text)) state.title = { text: inline(title[1] ?? ""), line: line.line };
  else if (!ATTRIBUTE_ENTRY.test(text) && !CONDITIONAL.test(text) && !/^(?:'{3,}|<{3,}|-{3}|\*{3})\s*$/.test(text)) return false;
  state.at++;
  return true;
}

/** The lines up to the closing delimiter; without one, up to the next section. */
function takeUntil(state: State, closing: string): readonly SourceLine[] {
  const start = state.at + 1;
  let end = state.source.findIndex((line, index) => index >= start && line.text.trimEnd() === closing);
  if (end < 0) {
    state.unclosedAt.push(current(state).line);
    end = state.source.findIndex((line, index) => index >= start && TITLE.test(line.text));
    if (end < 0) end = state.source.length;
    state.at = end;
  } else state.at = end + 1;
  return state.source.slice(start, end);
}

function readTable(state: State, line: SourceLine): boolean {
  if (!/^[|,:!]={3,}\s*$/.test(line.text)) return false;
  startBlock(state, line.line);
  const body = takeUntil(state, line.text.trimEnd());
  const layout = { columns: columnsOf(state.attributes), header: /header/.test(state.attributes), mark: line.text.charAt(0) };
  const table = asciidocTable(body, layout, (cell) => rewriteAsciidoc(cell).lines);
  for (const row of table) state.out.push({ ...row, text: indentOf(state) + inline(row.text) });
  write(state, "", table.at(-1)?.line ?? line.line);
  state.attributes = "";
  return true;
}

function readDelimited(state: State, line: SourceLine): boolean {
  if (!DELIMITER.test(line.text)) return false;
  const mark = line.text.trimEnd();
  const style = state.attributes;
  state.attributes = "";
  if (mark.startsWith("/") || mark.startsWith("+")) dropBlock(state, mark);
  else if (mark.startsWith("`")) writeCode(state, mark.replace(/^`+/, ""), /^`+/.exec(mark)?.[0] ?? mark);
  else if (holdsCode(mark, style)) writeCode(state, languageOf(style, mark.startsWith(".")), mark);
  else openBox(state, line);
  return true;
}

function holdsCode(mark: string, style: string): boolean {
  return /^(?:-{4}|\.{4})/.test(mark) || (mark === "--" && /source|listing|literal/.test(style));
}

/** A comment, or what is passed through to the page as markup of another kind. */
function dropBlock(state: State, mark: string): void {
  const { line } = current(state);
  if (takeUntil(state, mark).some((each) => each.text.trim() !== "")) state.hiddenAt.push(line);
}

/** A box is what stands in it: its delimiters go, its content is read as any other. */
function openBox(state: State, line: SourceLine): void {
  const mark = line.text.trimEnd();
  if (state.held.at(-1) === mark) state.held.pop();
  else if (state.attached || state.held.length > 0) state.held.push(mark);
  if (state.title !== null || state.attached) {
    blank(state, line.line);
    writeTitle(state);
  }
  write(state, "", line.line);
  state.at++;
}

function languageOf(attributes: string, literal: boolean): string {
  const [style = "", language = ""] = attributes.replace(/^\[|\]\s*$/g, "").split(",");
  const isSource = /^\s*(?:source|)(?:[%#.][\w%#.-]*)?\s*$/.test(style);
  const named = /^\s*"?([\w+-]+)"?\s*$/.exec(language)?.[1] ?? "";
  return isSource && !literal ? named : "";
}

function writeCode(state: State, info: string, closing: string): void {
  const { line } = current(state);
  startBlock(state, line);
  const code = takeUntil(state, closing);
  const indent = indentOf(state);
  const longest = code.reduce((most, { text }) => Math.max(most, /^\s*(`+)/.exec(text)?.[1]?.length ?? 0), 5);
  const mark = indent + "`".repeat(longest + 1);
  write(state, mark + info, line);
  for (const each of code) {
    const text = state.callouts ? each.text.replace(CALLOUT, "") : each.text;
    state.out.push({ ...each, text: indent + text, literal: true });
  }
  write(state, mark, code.at(-1)?.line ?? line);
  write(state, "", code.at(-1)?.line ?? line);
}

function readItem(state: State, line: SourceLine): boolean {
  const item = ITEM.exec(line.text);
  if (item === null) return false;
  const marker = (item[1] ?? "*").replace(/^\d+\.$/, "1.").replace(/^[a-z]\.$/, "a.");
  if (state.title !== null) writeTitle(state);
  const known = state.lists.indexOf(marker);
  if (known < 0 && state.lists.length === 0) blank(state, line.line);
  state.lists = known < 0 ? [...state.lists, marker].slice(0, 10) : state.lists.slice(0, known + 1);
  const ordered = marker.endsWith(".");
  const outer = "    ".repeat(state.lists.length - 1);
  write(state, outer + (ordered ? "1.  " : "-   ") + inline(line.text.slice(item[0].length).trim()), line.line);
  state.attached = false;
  state.attributes = "";
  state.at++;
  return true;
}

/** An indented paragraph behind a blank line means its text as it stands. */
function readLiteral(state: State, line: SourceLine): boolean {
  const behindBlank = (state.out.at(-1)?.text ?? "") === "";
  if (!/^\s+\S/.test(line.text) || !(behindBlank || state.attached)) return false;
  const end = state.source.findIndex((each, index) => index > state.at && each.text.trim() === "");
  const code = state.source.slice(state.at, end < 0 ? state.source.length : end);
  const indent = indentOf(state);
  blank(state, line.line);
  writeTitle(state);
  write(state, `${indent}\`\`\`\`\`\``, line.line);
  for (const each of code) state.out.push({ ...each, text: indent + each.text, literal: true });
  write(state, `${indent}\`\`\`\`\`\``, code.at(-1)?.line ?? line.line);
  state.attached = false;
  state.at += code.length;
  return true;
}

function readTerm(state: State, line: SourceLine): boolean {
  const term = TERM.exec(line.text);
  if (term === null || /^(?:https?|link|xref|mailto|image)$/.test(term[1] ?? "")) return false;
  startBlock(state, line.line);
  write(state, `${inline(term[1] ?? "")}: ${inline(term[2] ?? "")}`.trim(), line.line);
  state.at++;
  return true;
}

/** Links, references and marks in the words of Markdown; code spans keep their bytes. */
function inline(text: string): string {
  const pieces = text.split(/(`[^`]*`)/);
  return pieces.map((piece, index) => (index % 2 === 1 ? piece.replace(/^`\+(.*)\+`$/, "`$1`") : prose(piece))).join("");
}

function prose(text: string): string {
  if (!/[[<*+]/.test(text)) return text;
  return text
    .replace(
      /\b(?:link:|(?=https?:|mailto:))(\S+?)\[([^\]]*)\]/g,
      (_, target: string, shown: string) => `[${shown.replace(/[,^].*$/, "") || target}](${target})`,
    )
    .replace(/\bxref:([^\s[]+)\[([^\]]*)\]/g, (_, target: string, shown: string) => shown || target)
    .replace(/<<([^,>]+)(?:,\s*([^>]+))?>>/g, (_, target: string, shown: string | undefined) => shown ?? target)
    .replace(/\bfootnote:\w*\[[^\]]*\]/g, "")
    .replace(/\b(?:kbd|btn|menu):(\S*?)\[([^\]]*)\]/g, (_, first: string, rest: string) =>
      [first, rest].filter((part) => part !== "").join(" > "),
    )
    .replace(/^\*([^*\s][^*]*)\*(:?)\s*$/, "**$1**$2")
    .replace(/(^|\s)\+([^+\s][^+]*)\+(?=[\s.,;:)]|$)/g, "$1`$2`")
    .replace(/\s\+$/, "");
}
