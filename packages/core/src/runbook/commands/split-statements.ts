// Splits the lines of a code block into statements: one per command line, loop, here-document, pipe that goes on, or open quote.
// Source lines go in, statements with their physical lines come out; between them nothing is lost but blank and comment lines.

import type { SourceLine } from "../source/source-line.ts";
import { repairText } from "./repair-text.ts";
import { feedLine, type LineEnd, newShellState, waitsForQuote } from "./shell-state.ts";
import type { Statement } from "./statement.ts";

/** A statement that stays open longer than this is taken to be broken at its first line. */
const MAX_STATEMENT_LINES = 120;
const MAX_QUOTE_LINES = 40;

/** @param isComment - lines to leave out between statements */
export function splitStatements(lines: readonly SourceLine[], isComment: (line: string) => boolean): readonly Statement[] {
  const statements: Statement[] = [];
  let index = 0;
  while (index < lines.length) {
    const line = lines[index];
    if (line === undefined || line.text.trim() === "" || isComment(line.text)) {
      index++;
      continue;
    }
    const taken = takeStatement(lines, index);
    statements.push(taken);
    index += Math.max(1, taken.count);
  }
  return statements;
}

/** Reads one statement that starts at `lines[start]`; `count` is the number of lines it took. */
export function takeStatement(lines: readonly SourceLine[], start: number): Statement & { readonly count: number } {
  const state = newShellState();
  const ends: LineEnd[] = [];
  for (let index = start; index < lines.length && ends.length < MAX_STATEMENT_LINES; index++) {
    const end = feedLine(state, repairText(lines[index]?.text ?? "").text);
    ends.push(end);
    if (end === "complete") return assemble(lines, start, ends);
    if (end === "backslash" && (lines[index + 1]?.text.trim() ?? "") === "") return assemble(lines, start, ends);
    if (waitsForQuote(state) && ends.length >= MAX_QUOTE_LINES) break;
  }
  return assemble(lines, start, untilFirstPlainEnd(ends));
}

/** A statement that never closed: keep its backslash continuations, give the rest back. */
function untilFirstPlainEnd(ends: readonly LineEnd[]): readonly LineEnd[] {
  const first = ends.findIndex((end) => end !== "backslash");
  return ends.slice(0, first < 0 ? ends.length : first + 1);
}

function assemble(lines: readonly SourceLine[], start: number, ends: readonly LineEnd[]): Statement & { readonly count: number } {
  const taken = dedent(lines.slice(start, start + ends.length));
  let text = "";
  for (const [index, line] of taken.entries()) {
    const body = ends[index] === "backslash" ? line.text.trimEnd().replace(/\\$/, "").trimEnd() : line.text.trimEnd();
    if (index === 0) text = body;
    else text += ends[index - 1] === "backslash" ? ` ${body.trimStart()}` : `\n${body}`;
  }
  const first = taken[0];
  return {
    text: text.trim(),
    verbatim: taken
      .map((line) => line.text.trimEnd())
      .join("\n")
      .trim(),
    line: first?.line ?? 1,
    endLine: taken.at(-1)?.line ?? first?.line ?? 1,
    literal: first?.literal === true,
    count: ends.length,
  };
}

/** Removes the indentation that the first line has from every line that has it. */
function dedent(lines: readonly SourceLine[]): readonly SourceLine[] {
  const indent = /^[ \t]*/.exec(lines[0]?.text ?? "")?.[0] ?? "";
  if (indent === "") return lines;
  return lines.map((line) => ({ ...line, text: line.text.startsWith(indent) ? line.text.slice(indent.length) : line.text.trimStart() }));
}
