// Splits the lines of a code block into statements: one per command line, loop, here-document, pipe that goes on, or open quote.
// Source lines go in, statements with their physical lines come out; between them nothing is lost but blank and comment lines.

import { dedent, rangeOf, type SourceLine } from "../source/source-line.ts";
import { repairText } from "./repair-text.ts";
import { feedLine, type LineEnd, newShellState, waitsForQuote } from "./shell-state.ts";
import type { Statement } from "./statement.ts";

/** A statement that stays open longer than this is taken to be broken at its first line. */
const MAX_STATEMENT_LINES = 120;
const MAX_QUOTE_LINES = 40;
/** Lines read ahead in vain before a block is read line by line: what never closes must not make parsing slow. */
const MAX_WASTED_LINES = 600;

interface Taken extends Statement {
  readonly count: number;
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
    const { count, read, ...statement } = takeStatement(lines, index, wasted < MAX_WASTED_LINES ? MAX_STATEMENT_LINES : 1);
    statements.push(statement);
    index += Math.max(1, count);
    wasted += read - count;
  }
  return statements;
}

/** Reads one statement that starts at `lines[start]`; it took `count` lines, and `read` were looked at. */
export function takeStatement(lines: readonly SourceLine[], start: number, maxLines = MAX_STATEMENT_LINES): Taken {
  const state = newShellState();
  const ends: LineEnd[] = [];
  const window = lines.slice(start, start + maxLines);
  for (const [index, line] of window.entries()) {
    const end = feedLine(state, repairText(line.text).text);
    ends.push(end);
    if (end === "complete" || (end === "backslash" && isBlank(window[index + 1]))) return assemble(window, ends, ends.length);
    if (waitsForQuote(state) && ends.length >= MAX_QUOTE_LINES) break;
  }
  return assemble(window, untilFirstPlainEnd(ends), ends.length);
}

function isBlank(line: SourceLine | undefined): boolean {
  return line === undefined || line.text.trim() === "";
}

/** A statement that never closed: keep its backslash continuations, give the rest back. */
function untilFirstPlainEnd(ends: readonly LineEnd[]): readonly LineEnd[] {
  const first = ends.findIndex((end) => end !== "backslash");
  return ends.slice(0, first < 0 ? ends.length : first + 1);
}

function assemble(window: readonly SourceLine[], ends: readonly LineEnd[], read: number): Taken {
  const taken = dedent(window.slice(0, ends.length));
  let text = "";
  for (const [index, line] of taken.entries()) {
    const body = ends[index] === "backslash" ? line.text.trimEnd().replace(/\\$/, "").trimEnd() : line.text.trimEnd();
    if (index === 0) text = body;
    else text += ends[index - 1] === "backslash" ? ` ${body.trimStart()}` : `\n${body}`;
  }
  const [line, endLine] = rangeOf(taken);
  const verbatim = taken.map((one) => one.text.trimEnd()).join("\n");
  return { text: text.trim(), verbatim: verbatim.trim(), line, endLine, literal: taken[0]?.literal === true, count: ends.length, read };
}
