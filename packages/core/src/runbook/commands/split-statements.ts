// Splits the lines of a code block into statements: one per command line, loop, here-document, pipe that goes on, or open quote.
// Source lines go in, statements with their physical lines come out; between them nothing is lost but blank and comment lines.

import { dedent, rangeOf, type SourceLine } from "../source/source-line.ts";
import { repairText } from "./repair-text.ts";
import { feedLine, inHereDocument, type LineEnd, newShellState, type ShellState, waitsForQuote } from "./shell-state.ts";
import type { Statement } from "./statement.ts";

/** A statement that stays open longer than this is taken to be broken at its first line; here-documents are as long as they are. */
const MAX_STATEMENT_LINES = 1_000;
/** An apostrophe in words opens a quote that nothing closes; one behind a blank is meant. */
const MAX_QUOTE_LINES = 40;
/** Lines read ahead in vain before a block is read line by line: what never closes must not make parsing slow. */
const MAX_WASTED_LINES = 600;

interface Taken {
  readonly statement: Statement;
  /** Lines it took. */
  readonly count: number;
  /** Lines that were looked at. */
  readonly read: number;
}

/** @param isComment - lines to leave out between statements */
export function splitStatements(lines: readonly SourceLine[], isComment: (line: string) => boolean): readonly Statement[] {
  const statements: Statement[] = [];
  let index = 0;
  let wasted = 0;
  while (index < lines.length) {
    const line = lines[index];
    if (line === undefined || line.text.trim() === "" || isComment(line.text)) {
      index++;
      continue;
    }
    const { statement, count, read } = takeStatement(lines, index, wasted < MAX_WASTED_LINES ? MAX_STATEMENT_LINES : 1);
    statements.push(statement);
    index += Math.max(1, count);
    wasted += read - count;
  }
  return statements;
}

/** Reads one statement that starts at `lines[start]`. */
export function takeStatement(lines: readonly SourceLine[], start: number, maxLines = MAX_STATEMENT_LINES): Taken {
  const state = newShellState();
  const ends: LineEnd[] = [];
  const maxQuoted = opensMeantQuote(textAt(lines, start)) ? maxLines : MAX_QUOTE_LINES;
  let counted = 0;
  let quoted = 0;
  for (let index = start; index < lines.length && hasRoom(state, counted, maxLines); index++) {
    counted += inHereDocument(state) ? 0 : 1;
    const end = feedLine(state, repairText(textAt(lines, index)).text);
    ends.push(end);
    if (closes(end, textAt(lines, index + 1))) return assemble(lines, start, ends, ends.length);
    quoted = waitsForQuote(state) ? quoted + 1 : 0;
    if (quoted >= maxQuoted) break;
  }
  // The shell takes an unfinished document up to the end of what was pasted; no line of it is a command.
  return assemble(lines, start, inHereDocument(state) ? ends : untilFirstPlainEnd(ends), ends.length);
}

/** The lines of a here-document are never read again, so they count for nothing. */
function hasRoom(state: ShellState, counted: number, maxLines: number): boolean {
  return counted < maxLines || inHereDocument(state);
}

function textAt(lines: readonly SourceLine[], index: number): string {
  return lines[index]?.text ?? "";
}

/** A backslash in front of nothing joins nothing. */
function closes(end: LineEnd, next: string): boolean {
  return end === "complete" || (end === "backslash" && next.trim() === "");
}

/** `psql -c "` at the end of a line, `-d '{`: not the apostrophe of a word. */
function opensMeantQuote(text: string): boolean {
  return /(?:^|[\s=(])["'](?:[[{(]*\s*$|[^"']*$)/.test(text.slice(-400));
}

/** A statement that never closed: keep its backslash continuations, give the rest back. */
function untilFirstPlainEnd(ends: readonly LineEnd[]): readonly LineEnd[] {
  const first = ends.findIndex((end) => end !== "backslash");
  return ends.slice(0, first < 0 ? ends.length : first + 1);
}

function assemble(lines: readonly SourceLine[], start: number, ends: readonly LineEnd[], read: number): Taken {
  const taken = dedent(lines.slice(start, start + ends.length));
  let text = "";
  for (const [index, line] of taken.entries()) {
    const body = ends[index] === "backslash" ? line.text.trimEnd().replace(/\\$/, "") : line.text.trimEnd();
    if (index === 0) text = body;
    else text = ends[index - 1] === "backslash" ? joinContinued(text, body) : `${text}\n${body}`;
  }
  const [line, endLine] = rangeOf(taken);
  const verbatim = taken.map((one) => one.text.trimEnd()).join("\n");
  if (ends[taken.length - 1] === "backslash") text = text.trimEnd();
  const statement = { text: text.trim(), verbatim: verbatim.trim(), line, endLine, literal: taken[0]?.literal === true };
  return { statement, count: ends.length, read };
}

/** By one blank, also where the backslash cuts a word: that is what the contract says, what a reader sees and what is then approved. */
export function joinContinued(text: string, next: string): string {
  return `${text.trimEnd()} ${next.trimStart()}`;
}
