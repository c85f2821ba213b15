// Splits the lines of a PowerShell block into statements: open braces, a pipe or comma at the line end and the backtick continue one.
// Source lines go in, statements with their physical lines come out; comments between them are left out.

import { dedent, rangeOf, type SourceLine } from "../source/source-line.ts";
import type { Statement } from "./statement.ts";

const MAX_LINES = 200;

export function splitPowerShell(lines: readonly SourceLine[], isComment: (line: string) => boolean): readonly Statement[] {
  const statements: Statement[] = [];
  let current: SourceLine[] = [];
  let depth = 0;
  for (const [index, line] of lines.entries()) {
    if (current.length === 0 && (line.text.trim() === "" || isComment(line.text))) continue;
    current.push(line);
    depth = Math.max(0, depth + depthChange(line.text));
    if (current.length < MAX_LINES && (depth > 0 || goesOn(line.text, lines[index + 1]?.text ?? ""))) continue;
    statements.push(assemble(current));
    current = [];
    depth = 0;
  }
  if (current.length > 0) statements.push(assemble(current));
  return statements;
}

function goesOn(text: string, next: string): boolean {
  return next.trim() !== "" && (/[|,{(`^]\s*$/.test(text) || /^\s*\|(?!\|)/.test(next));
}

/** Strings and comments left aside. */
function depthChange(text: string): number {
  const code = text.replace(/"(?:[^"`]|`.)*"|'[^']*'/g, "").replace(/(^|\s)#.*$/, "");
  return (code.match(/[({]/g) ?? []).length - (code.match(/[)}]/g) ?? []).length;
}

/** Line ends stay: a backtick in front of one is PowerShell's own way to go on. */
function assemble(lines: readonly SourceLine[]): Statement {
  const taken = dedent(lines);
  const [line, endLine] = rangeOf(taken);
  const text = taken
    .map((one) => one.text.trimEnd())
    .join("\n")
    .trim();
  return { text, verbatim: text, line, endLine, literal: taken[0]?.literal === true };
}
