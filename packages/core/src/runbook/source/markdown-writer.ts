// Writes Markdown lines for the rewriters of tagged formats: paragraphs, headings, lists, code, tables, quotes, each line with its physical number.
// Calls in reading order go in, lines come out. It joins and reorders nothing; text that would read as Markdown structure is escaped.

import type { SourceLine } from "./source-line.ts";
import { type TableSketch, writeTable } from "./write-table.ts";

/** One container of blocks: the page, a cell, a quote. */
interface Frame {
  readonly out: SourceLine[];
  readonly kind: "page" | "cell" | "quote";
  /** Open lists, outermost first: the marker of their items. */
  readonly lists: string[];
  /** Markers whose item has no text yet. */
  pending: string[];
  paragraph: Piece[];
  heading: number;
}

interface Piece {
  text: string;
  readonly line: number;
}

interface CodeBlock {
  info: string;
  readonly lines: { text: string; line: number }[];
  readonly start: number;
}

interface Mark {
  readonly opening: string;
  readonly closing: string;
  written: boolean;
}

const MAX_DEPTH = 40;
/** A fence that no line of the code can close. */
const MIN_FENCE = 6;

export class MarkdownWriter {
  readonly #frames: Frame[] = [newFrame("page")];
  readonly #tables: TableSketch[] = [];
  #marks: Mark[] = [];
  #code: CodeBlock | null = null;
  #inline: Piece[] | null = null;
  /** Openings beyond the deepest level that is kept apart. */
  #beyond = 0;

  /** Everything still open is closed. */
  finish(): readonly SourceLine[] {
    this.#beyond = 0;
    this.closeCode();
    while (this.#tables.length > 0) this.closeTable();
    while (this.#frames.length > 1) this.#closeFrame();
    this.endParagraph();
    return this.#frame.out;
  }

  get inCode(): boolean {
    return this.#code !== null;
  }

  get inTable(): boolean {
    return this.#tables.length > 0;
  }

  get atItemStart(): boolean {
    return this.#frame.pending.length > 0 && this.#frame.paragraph.length === 0;
  }

  /** The last line that says something, empty at a start. */
  get lastText(): string {
    return this.#frame.paragraph.at(-1)?.text ?? this.#frame.out.findLast((line) => line.text.trim() !== "")?.text ?? "";
  }

  /** Decoded text; line ends in it are line ends of the source. */
  text(raw: string, line: number): void {
    if (this.#code !== null) return this.#codeText(this.#code, raw, line);
    for (const [index, piece] of raw.split("\n").entries()) {
      if (index > 0) this.#newLine();
      const text = piece.replace(/[ \t\r\f]+/g, " ");
      if (text.trim() === "" && this.#isLineStart) continue;
      if (text !== "") this.#append(this.#endsInBlank ? text.trimStart() : text, line + index);
    }
  }

  /** A line break that a reader sees. */
  lineBreak(line: number): void {
    if (this.#code !== null) return this.#codeText(this.#code, "\n", line);
    const code = this.#inline;
    if (code !== null) this.closeInlineCode();
    this.#newLine();
    if (code !== null) this.openInlineCode();
  }

  endParagraph(): void {
    const frame = this.#frame;
    if (this.#inline !== null) this.closeInlineCode();
    this.#closeMarks();
    const lines = frame.paragraph.filter((piece) => piece.text.trim() !== "");
    frame.paragraph = [];
    const { heading } = frame;
    frame.heading = 0;
    if (lines.length === 0) return;
    if (heading > 0) return this.#writeHeading(lines, heading);
    const code = frame.pending.length === 0 ? codeOnly(lines) : null;
    if (code !== null) return this.#writeCode(code, "");
    this.#blank(lines[0]?.line ?? 1);
    for (const [index, { text, line }] of lines.entries()) {
      this.#write(escapeStart(text.trim(), index > 0), line);
    }
  }

  heading(level: number): void {
    this.endParagraph();
    this.closeCode();
    if (level <= 3) {
      this.#frame.lists.length = 0;
      this.#frame.pending = [];
    }
    this.#frame.heading = level;
  }

  openList(marker: string): void {
    this.endParagraph();
    if (this.#frame.lists.length >= MAX_DEPTH) this.#beyond++;
    else this.#frame.lists.push(marker);
  }

  closeList(): void {
    this.endParagraph();
    if (this.#beyond > 0) this.#beyond--;
    else this.#frame.lists.pop();
    this.#frame.pending = [];
  }

  item(): void {
    this.endParagraph();
    const frame = this.#frame;
    if (frame.lists.length === 0) frame.lists.push("-   ");
    const kept = frame.pending.slice(0, frame.lists.length - 1);
    frame.pending = [...kept, frame.lists.at(-1) ?? "-   "];
  }

  openMark(opening: string, closing: string): void {
    if (this.#code === null && this.#inline === null) this.#marks.push({ opening, closing, written: false });
  }

  closeMark(): void {
    const mark = this.#code === null && this.#inline === null ? this.#marks.pop() : undefined;
    if (mark?.written !== true) return;
    const last = this.#lastWritten;
    if (last === undefined) return;
    const trimmed = last.text.trimEnd();
    last.text = trimmed + mark.closing + last.text.slice(trimmed.length);
  }

  openInlineCode(): void {
    if (this.#code === null) this.#inline ??= [];
  }

  closeInlineCode(): void {
    const pieces = (this.#inline ?? []).filter((piece) => piece.text.trim() !== "");
    this.#inline = null;
    if (pieces.length === 0) return;
    const ticks = "`".repeat(longestRun(pieces, /`+/g) + 1);
    const pad = ticks.length > 1 ? " " : "";
    for (const [index, piece] of pieces.entries()) {
      if (index > 0) this.#newLine();
      const opening = index === 0 ? ticks + pad : "";
      const closing = index === pieces.length - 1 ? pad + ticks : "";
      this.#append(opening + (index === 0 ? piece.text.trimStart() : piece.text).replace(/\s+$/, "") + closing, piece.line);
    }
  }

  openCode(info: string, line: number): void {
    this.endParagraph();
    this.closeCode();
    this.#code = { info, lines: [{ text: "", line }], start: line };
  }

  /** A new line of code, unless the last one is still empty. */
  codeLine(line: number): void {
    if (this.#code !== null && this.#code.lines.at(-1)?.text !== "") this.#code.lines.push({ text: "", line });
  }

  /** A language named inside the block. */
  nameCode(info: string): void {
    if (this.#code !== null && this.#code.info === "") this.#code.info = info;
  }

  closeCode(): void {
    const code = this.#code;
    this.#code = null;
    if (code === null) return;
    const first = code.lines.findIndex((line) => line.text.trim() !== "");
    const last = code.lines.findLastIndex((line) => line.text.trim() !== "");
    if (first >= 0) this.#writeCode(code.lines.slice(first, last + 1), code.info);
  }

  openQuote(): void {
    this.endParagraph();
    if (this.#frames.length < MAX_DEPTH) this.#frames.push(newFrame("quote"));
    else this.#beyond++;
  }

  closeQuote(): void {
    this.endParagraph();
    if (this.#beyond > 0) this.#beyond--;
    else if (this.#frame.kind === "quote") this.#closeFrame();
  }

  openTable(): void {
    this.endParagraph();
    if (this.#frames.length < MAX_DEPTH) this.#tables.push({ rows: [], open: null, depth: this.#frames.length });
    else this.#beyond++;
  }

  openRow(): void {
    this.closeCell();
    const table = this.#tables.at(-1);
    if (table !== undefined) table.open = { cells: [] };
  }

  openCell(header: boolean, columns: number, rows: number): void {
    this.closeCell();
    const table = this.#tables.at(-1);
    if (table === undefined) return this.endParagraph();
    table.open ??= { cells: [] };
    table.open.cells.push({ header, columns, rows, lines: [] });
    this.#frames.push(newFrame("cell"));
  }

  closeRow(): void {
    this.closeCell();
    const table = this.#tables.at(-1);
    if (table?.open == null) return;
    table.rows.push(table.open);
    table.open = null;
  }

  closeTable(): void {
    if (this.#beyond > 0) {
      this.#beyond--;
      return;
    }
    this.closeRow();
    const table = this.#tables.pop();
    if (table === undefined) return;
    this.#writeTable(writeTable(table));
  }

  get #frame(): Frame {
    const frame = this.#frames.at(-1);
    if (frame !== undefined) return frame;
    const page = newFrame("page");
    this.#frames.push(page);
    return page;
  }

  get #indent(): string {
    return "    ".repeat(this.#frame.lists.length);
  }

  get #isLineStart(): boolean {
    if (this.#inline !== null) return this.#inline.length === 0;
    return (this.#frame.paragraph.at(-1)?.text ?? "") === "";
  }

  /** What a mark closes behind: a line just begun has no text yet. */
  get #lastWritten(): Piece | undefined {
    return this.#frame.paragraph.findLast((piece) => piece.text.trim() !== "");
  }

  get #endsInBlank(): boolean {
    return /\s$/.test((this.#inline ?? this.#frame.paragraph).at(-1)?.text ?? "");
  }

  #append(text: string, line: number): void {
    if (this.#inline !== null) return appendPiece(this.#inline, text, line);
    if (text.trim() === "") return appendPiece(this.#frame.paragraph, text, line);
    let opening = "";
    for (const mark of this.#marks) {
      if (mark.written) continue;
      mark.written = true;
      opening += mark.opening;
    }
    const blank = opening === "" ? "" : text.slice(0, text.length - text.trimStart().length);
    appendPiece(this.#frame.paragraph, blank + opening + text.slice(blank.length), line);
  }

  #newLine(): void {
    const pieces = this.#inline ?? this.#frame.paragraph;
    if (pieces.length > 0 && pieces.at(-1)?.text !== "") pieces.push({ text: "", line: 0 });
  }

  #closeMarks(): void {
    for (const mark of [...this.#marks].reverse()) {
      const last = this.#lastWritten;
      if (mark.written && last !== undefined) last.text = last.text.trimEnd() + mark.closing;
    }
    this.#marks = [];
  }

  #codeText(code: CodeBlock, raw: string, line: number): void {
    for (const [index, piece] of raw.split("\n").entries()) {
      if (index > 0) code.lines.push({ text: "", line: line + index });
      const last = code.lines.at(-1);
      if (last === undefined) continue;
      if (last.text === "") last.line = line + index;
      last.text += piece;
    }
  }

  #writeHeading(lines: readonly Piece[], level: number): void {
    const line = lines[0]?.line ?? 1;
    this.#blank(line);
    const text = lines.map((piece) => piece.text.trim()).join(" ");
    this.#write(
      this.#frame.lists.length > 0 || this.#frame.kind === "cell" ? bold(text) : `${"#".repeat(Math.min(level, 6))} ${text}`,
      line,
    );
    this.#blank(line);
  }

  #writeCode(lines: readonly Piece[], info: string): void {
    const fence = "`".repeat(Math.max(MIN_FENCE, longestRun(lines, /^\s*(`+)/g) + 1));
    const start = lines[0]?.line ?? 1;
    const end = lines.at(-1)?.line ?? start;
    this.#blank(start);
    this.#write(fence + info, start);
    for (const { text, line } of lines) this.#frame.out.push({ text: this.#indent + text, line, literal: true });
    this.#write(fence, end);
    this.#blank(end);
  }

  #writeTable(lines: readonly SourceLine[]): void {
    const first = lines[0];
    if (first === undefined) return;
    this.#blank(first.line);
    if (this.#frame.pending.length > 0) this.#write("", first.line);
    for (const line of lines) this.#frame.out.push({ ...line, text: this.#indent + line.text });
    this.#blank(lines.at(-1)?.line ?? first.line);
  }

  /** One line; the first of an item carries its marker. */
  #write(text: string, line: number): void {
    const frame = this.#frame;
    const depth = Math.max(0, frame.lists.length - frame.pending.length);
    frame.out.push({ text: "    ".repeat(depth) + frame.pending.join("") + text, line, literal: true });
    frame.pending = [];
  }

  #blank(line: number): void {
    const frame = this.#frame;
    if (frame.out.length > 0 && frame.out.at(-1)?.text !== "") frame.out.push({ text: "", line });
  }

  closeCell(): void {
    const table = this.#tables.at(-1);
    if (table === undefined) return this.endParagraph();
    while (this.#frames.length > table.depth) this.#closeFrame();
  }

  #closeFrame(): void {
    this.closeCode();
    this.endParagraph();
    const closed = this.#frames.pop();
    if (closed === undefined) return;
    if (closed.kind === "quote") return this.#writeQuote(closed.out);
    const cell = this.#tables.at(-1)?.open?.cells.at(-1);
    if (closed.kind === "cell" && cell !== undefined) cell.lines.push(...closed.out);
  }

  #writeQuote(lines: readonly SourceLine[]): void {
    if (lines.length === 0) return;
    this.#blank(lines[0]?.line ?? 1);
    for (const [index, line] of lines.entries()) {
      if (index === 0) this.#write(`> ${line.text}`, line.line);
      else this.#frame.out.push({ ...line, text: `${this.#indent}> ${line.text}` });
    }
    this.#blank(lines.at(-1)?.line ?? 1);
  }
}

function newFrame(kind: Frame["kind"]): Frame {
  return { out: [], kind, lists: [], pending: [], paragraph: [], heading: 0 };
}

/** A piece without text yet belongs to the line of the first text in it. */
function appendPiece(pieces: Piece[], text: string, line: number): void {
  const last = pieces.at(-1);
  if (last === undefined || last.text === "") pieces.splice(last === undefined ? 0 : pieces.length - 1, 1, { text, line });
  else last.text += text;
}

function longestRun(pieces: readonly Piece[], run: RegExp): number {
  let longest = 0;
  for (const { text } of pieces) for (const found of text.matchAll(run)) longest = Math.max(longest, (found[1] ?? found[0]).length);
  return longest;
}

/** A paragraph of nothing but code, each line of it one span with blanks inside: a code block in all but name. */
function codeOnly(lines: readonly Piece[]): readonly Piece[] | null {
  const spans = lines.map(({ text, line }) => ({ text: /^`([^`]+)`$/.exec(text.trim())?.[1] ?? "", line }));
  return spans.every(({ text }) => text !== "") && spans.some(({ text }) => /\s/.test(text)) ? spans : null;
}

function bold(text: string): string {
  return text.startsWith("**") ? text : `**${text}**`;
}

/** Text at a line start that Markdown would take for a heading, a fence, a rule, a table or a tag. */
function escapeStart(text: string, continues: boolean): string {
  if (/^(?:#{1,6}(?:\s|$)|~{3}|\||<[!/?A-Za-z])/.test(text)) return `\\${text}`;
  if (/^(?:[-=_*]\s?){2,}$/.test(text)) return `\\${text}`;
  return continues && /^(?:\+|>)\s/.test(text) ? `\\${text}` : text;
}
