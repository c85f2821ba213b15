// Markdown lines go in, a tree of blocks comes out; every text in it is a list of lines that know their physical number.
// markdown-it finds the blocks only: inline text stays as written, so that a command can be cut out of it byte for byte.

import MarkdownIt from "markdown-it";
import { TAG } from "./plain-text.ts";
import { joinText, type SourceLine } from "./source-line.ts";

export interface Heading {
  readonly kind: "heading";
  readonly level: number;
  readonly lines: readonly SourceLine[];
}
export interface Paragraph {
  readonly kind: "paragraph";
  readonly lines: readonly SourceLine[];
}
export interface CodeBlock {
  readonly kind: "code";
  /** The info string behind the opening mark; empty for an indented block. */
  readonly info: string;
  readonly fenced: boolean;
  readonly lines: readonly SourceLine[];
  /** First and last physical line, marks included. */
  readonly range: readonly [start: number, end: number];
}
export interface ListItem {
  readonly blocks: readonly Block[];
  readonly range: readonly [start: number, end: number];
}
export interface List {
  readonly kind: "list";
  readonly ordered: boolean;
  readonly items: readonly ListItem[];
}
export interface Quote {
  readonly kind: "quote";
  readonly blocks: readonly Block[];
}
export interface TableRow {
  readonly line: number;
  readonly cells: readonly string[];
  /** The row as written: a bar inside a cell is escaped there. */
  readonly source: string;
  /** Last line, when that is another one. */
  readonly end?: number;
  /** Per cell what stands in it, when its cells have lines of their own. */
  readonly blocks?: readonly (readonly Block[])[];
}
export interface Table {
  readonly kind: "table";
  readonly header: readonly string[];
  readonly rows: readonly TableRow[];
}
export type Block = Heading | Paragraph | CodeBlock | List | Quote | Table;

type Token = ReturnType<MarkdownIt["parse"]>[number];

/** Link definitions stay visible as text, nesting beyond 20 levels is cut off, inline parsing never runs. */
const markdown = new MarkdownIt("commonmark", { html: true });
markdown.enable("table");
markdown.disable(["reference", "inline", "linkify", "replacements", "smartquotes", "text_join"], true);

const DIRECTIVE = /^\{(?:note|important|warning|tip|tab-set|tab-item|admonition|caution|danger|hint|attention|dropdown|seealso)\}/;

export function parseBlocks(lines: readonly SourceLine[]): readonly Block[] {
  const cursor: Cursor = { tokens: markdown.parse(joinText(lines), {}), index: 0, lines };
  return readBlocks(cursor, null);
}

interface Cursor {
  readonly tokens: readonly Token[];
  index: number;
  readonly lines: readonly SourceLine[];
}

function readBlocks(cursor: Cursor, closing: string | null): readonly Block[] {
  const blocks: Block[] = [];
  while (cursor.index < cursor.tokens.length) {
    const token = cursor.tokens[cursor.index];
    if (token === undefined || token.type === closing) break;
    cursor.index++;
    const block = readBlock(cursor, token);
    if (block !== null) blocks.push(block);
  }
  cursor.index++;
  return blocks;
}

function readBlock(cursor: Cursor, token: Token): Block | null {
  switch (token.type) {
    case "heading_open":
      return { kind: "heading", level: Number(token.tag.slice(1)), lines: inlineLines(cursor, token) };
    case "paragraph_open":
      return { kind: "paragraph", lines: inlineLines(cursor, token) };
    case "fence":
    case "code_block":
      return codeBlock(cursor, token);
    case "html_block":
      return htmlParagraph(cursor, token);
    case "bullet_list_open":
    case "ordered_list_open":
      return readList(cursor, token.type === "ordered_list_open");
    case "blockquote_open":
      return { kind: "quote", blocks: readBlocks(cursor, "blockquote_close") };
    case "table_open":
      return readTable(cursor);
    default:
      return null;
  }
}

/** Reads the inline token behind an opening one and steps over the closing one. */
function inlineLines(cursor: Cursor, opening: Token): readonly SourceLine[] {
  const inline = cursor.tokens[cursor.index];
  cursor.index += 2;
  return numbered(cursor, inline?.content ?? "", opening.map?.[0] ?? 0);
}

function numbered(cursor: Cursor, content: string, first: number): readonly SourceLine[] {
  return content.split("\n").map((text, offset) => ({ ...lineAt(cursor, first + offset), text }));
}

/** Indices beyond the end stand for the last line (Markdown counts a final empty line that the text may not have). */
function lineAt(cursor: Cursor, index: number): SourceLine {
  return cursor.lines[Math.min(index, cursor.lines.length - 1)] ?? { text: "", line: 1 };
}

function codeBlock(cursor: Cursor, token: Token): Block {
  const fenced = token.type === "fence";
  const [start, end] = token.map ?? [0, 0];
  const content = token.content.endsWith("\n") ? token.content.slice(0, -1) : token.content;
  const lines = token.content === "" ? [] : numbered(cursor, content, fenced ? start + 1 : start);
  const info = token.info.trim();
  if (DIRECTIVE.test(info) || (!fenced && isIndentedList(lines))) return { kind: "quote", blocks: parseBlocks(lines) };
  return { kind: "code", info, fenced, lines, range: [lineAt(cursor, start).line, lineAt(cursor, Math.max(start, end - 1)).line] };
}

/** A list of sentences that its author set in by four blanks under a paragraph: Markdown takes it for code, no reader does. */
function isIndentedList(lines: readonly SourceLine[]): boolean {
  const items = lines.filter(({ text }) => /^\s*[-*+] \S/.test(text));
  return (
    /^[-*+] /.test(lines[0]?.text ?? "") && items.length >= 2 && items.every(({ text }) => /^\s*[-*+] (?:\p{Lu}\p{Ll}+ |`)/u.test(text))
  );
}

/** The readable text between block-level tags; hidden elements and comments are gone before the tree is built. */
function htmlParagraph(cursor: Cursor, token: Token): Paragraph | null {
  const lines = numbered(cursor, token.content.replace(/\n$/, ""), token.map?.[0] ?? 0)
    .map((line) => ({ ...line, text: line.text.replace(TAG, " ").trim() }))
    .filter((line) => line.text !== "");
  return lines.length === 0 ? null : { kind: "paragraph", lines };
}

function readList(cursor: Cursor, ordered: boolean): List {
  const items: ListItem[] = [];
  const closing = ordered ? "ordered_list_close" : "bullet_list_close";
  while (cursor.index < cursor.tokens.length && cursor.tokens[cursor.index]?.type !== closing) {
    const [start, end] = cursor.tokens[cursor.index]?.map ?? [0, 0];
    cursor.index++;
    const blocks = readBlocks(cursor, "list_item_close");
    items.push({ blocks, range: [lineAt(cursor, start).line, lastTextLine(cursor, start, end)] });
  }
  cursor.index++;
  return { kind: "list", ordered, items };
}

/** Markdown counts the blank lines behind an item to it; a reader does not. */
function lastTextLine(cursor: Cursor, start: number, end: number): number {
  let last = Math.max(start, end - 1);
  while (last > start && lineAt(cursor, last).text.trim() === "") last--;
  return lineAt(cursor, last).line;
}

function readTable(cursor: Cursor): Table {
  const rows: TableRow[] = [];
  while (cursor.index < cursor.tokens.length && cursor.tokens[cursor.index]?.type !== "table_close") {
    const token = cursor.tokens[cursor.index];
    cursor.index++;
    if (token?.type === "tr_open") rows.push(readRow(cursor, lineAt(cursor, token.map?.[0] ?? 0)));
  }
  cursor.index++;
  return { kind: "table", header: rows[0]?.cells ?? [], rows: rows.slice(1) };
}

function readRow(cursor: Cursor, { line, text, cells: cellLines }: SourceLine): TableRow {
  const row = { line, cells: readCells(cursor), source: text };
  if (cellLines === undefined) return row;
  const end = cellLines.reduce((last, lines) => Math.max(last, lines.at(-1)?.line ?? line), line);
  return { ...row, end, blocks: cellLines.map((lines) => cellBlocks(lines)) };
}

/** Most cells are a line of words: not worth a parse of its own. */
function cellBlocks(lines: readonly SourceLine[]): readonly Block[] {
  const [first] = lines;
  if (first === undefined) return [];
  return lines.length === 1 && /^[\p{L}\d`(]*[\p{L}`(]/u.test(first.text) ? [{ kind: "paragraph", lines }] : parseBlocks(lines);
}

function readCells(cursor: Cursor): readonly string[] {
  const cells: string[] = [];
  while (cursor.index < cursor.tokens.length && cursor.tokens[cursor.index]?.type !== "tr_close") {
    const token = cursor.tokens[cursor.index];
    if (token?.type === "inline") cells.push(token.content.trim());
    cursor.index++;
  }
  return cells;
}
