// Rewrites HTML and Confluence storage format into Markdown, tag by tag: headings, lists, code, tables; macros keep their text.
// Lines go in; Markdown lines with the physical line of their text come out. Hidden elements and comments are left out and reported.

import { decodeEntities } from "../commands/repair-text.ts";
import type { SourceLine } from "./source-line.ts";

export interface RewrittenHtml {
  readonly lines: readonly SourceLine[];
  readonly hiddenAt: readonly number[];
}

interface Writer {
  readonly out: SourceLine[];
  /** Text of the line being written; null at a line start. */
  text: string;
  textLine: number;
  /** Open lists, outermost first: the marker of the next item. */
  readonly lists: string[];
  /** Prefix of the next line (`## `, `1. `). */
  prefix: string;
  /** Inside preformatted text: its lines are written as they are. */
  code: "inline" | "block" | null;
  literal: boolean;
  readonly hiddenAt: number[];
  /** Tag whose content is skipped, with its nesting. */
  skip: { readonly tag: string; depth: number } | null;
  row: string[] | null;
}

const TOKEN = /<!--[^]*?(?:-->|$)|<!\[CDATA\[([^]*?)(?:\]\]>|$)|<(\/?)([A-Za-z][\w:-]*)((?:\s[^<>]*?)?)(\/?)>|<!doctype[^>]*>/gi;
const SKIPPED: ReadonlySet<string> = new Set(["script", "style", "head", "template", "svg", "noscript"]);
const HIDDEN = /\shidden(?=[\s=/]|$)|display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0|opacity\s*:\s*0(?![.\d])/i;

export function rewriteHtml(lines: readonly SourceLine[]): RewrittenHtml {
  const source = lines.map((line) => line.text).join("\n");
  const writer: Writer = {
    out: [],
    text: "",
    textLine: 1,
    lists: [],
    prefix: "",
    code: null,
    literal: false,
    hiddenAt: [],
    skip: null,
    row: null,
  };
  let from = 0;
  let line = 1;
  for (const token of source.matchAll(TOKEN)) {
    writeText(writer, source.slice(from, token.index), line, false);
    line += countLines(source.slice(from, token.index));
    readToken(writer, token, line);
    line += countLines(token[0]);
    from = token.index + token[0].length;
  }
  writeText(writer, source.slice(from), line, false);
  endLine(writer);
  return { lines: writer.out, hiddenAt: writer.hiddenAt };
}

function countLines(text: string): number {
  return text.split("\n").length - 1;
}

function readToken(writer: Writer, token: RegExpMatchArray, line: number): void {
  if (token[0].startsWith("<!--")) {
    writer.hiddenAt.push(line);
    return;
  }
  if (token[1] !== undefined) {
    writer.literal = true;
    writeText(writer, token[1], line, true);
    writer.literal = false;
    return;
  }
  const name = (token[3] ?? "").toLowerCase();
  const attributes = token[4] ?? "";
  if (writer.skip !== null) return followSkip(writer, name, token[2] === "/", token[5] === "/");
  if (token[2] === "/") return act(CLOSING, writer, name, writer.textLine);
  if (startsSkip(writer, name, attributes, token[5] === "/", line)) return;
  act(OPENING, writer, name, line);
}

function startsSkip(writer: Writer, name: string, attributes: string, empty: boolean, line: number): boolean {
  const hidden = HIDDEN.test(attributes);
  if (!hidden && !SKIPPED.has(name) && name !== "ac:parameter") return false;
  if (hidden) writer.hiddenAt.push(line);
  if (!empty) writer.skip = { tag: name, depth: 1 };
  return true;
}

function followSkip(writer: Writer, name: string, closing: boolean, empty: boolean): void {
  if (writer.skip === null || name !== writer.skip.tag || empty) return;
  writer.skip.depth += closing ? -1 : 1;
  if (writer.skip.depth === 0) writer.skip = null;
}

function indent(writer: Writer): string {
  return "    ".repeat(writer.lists.length);
}

type Act = (writer: Writer, line: number) => void;

const heading =
  (level: number): Act =>
  (writer, line) => {
    blankLine(writer, line);
    writer.prefix = `${"#".repeat(level)} `;
  };

const list =
  (marker: string): Act =>
  (writer, line) => {
    endLine(writer);
    if (writer.lists.length === 0) blankLine(writer, line);
    writer.lists.push(marker);
  };

const endList: Act = (writer, line) => {
  endLine(writer);
  writer.lists.pop();
  blankLine(writer, line);
};

const item: Act = (writer, line) => {
  blankLine(writer, line);
  writer.prefix = writer.lists.at(-1) ?? "-   ";
};

const startInlineCode: Act = (writer, line) => {
  if (writer.code === null) inlineCode(writer, line);
};

const endInlineCode: Act = (writer, line) => {
  if (writer.code === "inline") inlineCode(writer, line);
};

const startRow: Act = (writer) => {
  endLine(writer);
  writer.row = [];
};

const lineBreak: Act = (writer, line) => {
  if (writer.code === "block") endCodeLine(writer, line);
  else writeText(writer, " ", line, false);
};

const OPENING: ReadonlyMap<string, Act> = new Map<string, Act>([
  ...[1, 2, 3, 4, 5, 6].map((level): [string, Act] => [`h${level}`, heading(level)]),
  ["ol", list("1.  ")],
  ["ul", list("-   ")],
  ["ac:task-list", list("-   ")],
  ["li", item],
  ["ac:task", item],
  ["pre", openCode],
  ["ac:plain-text-body", openCode],
  ["code", startInlineCode],
  ["tt", startInlineCode],
  ["kbd", startInlineCode],
  ["tr", startRow],
  ["br", lineBreak],
]);

const CLOSING: ReadonlyMap<string, Act> = new Map<string, Act>([
  ...[1, 2, 3, 4, 5, 6].map((level): [string, Act] => [`h${level}`, blankLine]),
  ["ol", endList],
  ["ul", endList],
  ["ac:task-list", endList],
  ["pre", closeCode],
  ["ac:plain-text-body", closeCode],
  ["code", endInlineCode],
  ["tt", endInlineCode],
  ["kbd", endInlineCode],
  ["td", closeCell],
  ["th", closeCell],
  ["tr", closeRow],
]);

const BLOCK =
  /^(?:p|div|li|section|article|table|blockquote|ac:rich-text-body|ac:structured-macro|ac:task-body|details|summary|tbody|thead|hr)$/;

function act(acts: ReadonlyMap<string, Act>, writer: Writer, name: string, line: number): void {
  const known = acts.get(name);
  if (known !== undefined) known(writer, line);
  else if (BLOCK.test(name) && writer.row === null) paragraph(writer, line);
}

function inlineCode(writer: Writer, line: number): void {
  startText(writer, line);
  writer.text += "``";
  writer.code = writer.code === "inline" ? null : "inline";
}

function openCode(writer: Writer, line: number): void {
  blankLine(writer, line);
  writer.out.push({ text: `${indent(writer)}${"`".repeat(6)}`, line });
  writer.code = "block";
}

function closeCode(writer: Writer): void {
  if (writer.code !== "block") return;
  if (writer.text !== "") endCodeLine(writer, writer.textLine);
  writer.out.push({ text: `${indent(writer)}${"`".repeat(6)}`, line: writer.textLine });
  writer.code = null;
}

function endCodeLine(writer: Writer, line: number): void {
  writer.out.push({ text: indent(writer) + writer.text, line: writer.textLine, ...(writer.literal ? { literal: true } : {}) });
  writer.text = "";
  writer.textLine = line;
}

/** `cdata` text means itself; other text has its entities decoded here, once. */
function writeText(writer: Writer, raw: string, line: number, cdata: boolean): void {
  if (raw === "" || writer.skip !== null) return;
  const text = cdata ? raw : decodeHtml(raw);
  if (writer.code === "block") return writeCode(writer, text, line);
  for (const [index, piece] of text.split("\n").entries()) {
    if (piece.trim() === "" && writer.text === "") continue;
    startText(writer, line + index);
    if (index > 0) writer.text += " ";
    writer.text += piece.replace(/[ \t]+/g, " ");
  }
}

function writeCode(writer: Writer, text: string, line: number): void {
  for (const [index, piece] of text.split("\n").entries()) {
    if (index > 0) endCodeLine(writer, line + index);
    if (writer.text === "") writer.textLine = line + index;
    writer.text += piece;
  }
  if (writer.literal && writer.text !== "") endCodeLine(writer, writer.textLine);
}

function startText(writer: Writer, line: number): void {
  if (writer.text !== "") return;
  writer.textLine = line;
}

function endLine(writer: Writer): void {
  const text = writer.text.trim();
  writer.text = "";
  if (text === "") return;
  const depth = writer.prefix !== "" && /^[-\d]/.test(writer.prefix) ? writer.lists.length - 1 : writer.lists.length;
  writer.out.push({ text: "    ".repeat(Math.max(0, depth)) + writer.prefix + text, line: writer.textLine });
  writer.prefix = "";
}

function blankLine(writer: Writer, line: number): void {
  endLine(writer);
  writer.out.push({ text: "", line });
}

/** A paragraph right behind an item's marker stays on the marker's line. */
function paragraph(writer: Writer, line: number): void {
  if (writer.text.trim() === "") {
    writer.text = "";
    return;
  }
  blankLine(writer, line);
}

function closeCell(writer: Writer): void {
  writer.row?.push(writer.text.trim().replace(/\|/g, "\\|"));
  writer.text = "";
}

function closeRow(writer: Writer): void {
  const cells = writer.row;
  writer.row = null;
  if (cells === null || cells.length === 0) return;
  const first = writer.out.at(-1)?.text.startsWith("|") !== true;
  if (first) writer.out.push({ text: "", line: writer.textLine });
  writer.out.push({ text: `| ${cells.join(" | ")} |`, line: writer.textLine });
  if (first) writer.out.push({ text: `|${" --- |".repeat(cells.length)}`, line: writer.textLine });
}

const NAMED: Readonly<Record<string, string>> = {
  mdash: "—",
  ndash: "–",
  rarr: "→",
  hellip: "…",
  ldquo: "“",
  rdquo: "”",
  lsquo: "‘",
  rsquo: "’",
  copy: "©",
};

function decodeHtml(text: string): string {
  if (!text.includes("&")) return text;
  const named = text
    .replace(/&([a-z]+);/gi, (whole, name: string) => NAMED[name] ?? whole)
    .replace(
      /&#(x?)([0-9a-f]{1,6});/gi,
      (whole, hex: string, digits: string) => codePoint(Number.parseInt(digits, hex === "" ? 10 : 16)) ?? whole,
    );
  return decodeEntities(named);
}

function codePoint(value: number): string | null {
  return value >= 32 && value <= 0x10ffff && !(value >= 0xd800 && value <= 0xdfff) ? String.fromCodePoint(value) : null;
}
