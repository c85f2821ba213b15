// Splits the lines of a PowerShell block into statements: open braces, a pipe or comma at the line end and the backtick continue one.
// Source lines go in, statements with their physical lines come out; comments between them are left out.

import { dedent, rangeOf, type SourceLine } from "../source/source-line.ts";
import type { Statement } from "./statement.ts";

const MAX_LINES = 200;

export function splitPowerShell(lines: readonly SourceLine[], isComment: (line: string) => boolean): readonly Statement[] {
  const code = withoutBlockComments(lines);
  const statements: Statement[] = [];
  let current: SourceLine[] = [];
  let depth = 0;
  for (let index = 0; index < code.length; index++) {
    const line = code[index];
    if (line === undefined || (current.length === 0 && (line.text.trim() === "" || isComment(line.text)))) continue;
    const string = hereString(code, index);
    current.push(line, ...string);
    index += string.length;
    depth = Math.max(0, depth + depthChange(line.text));
    if (current.length < MAX_LINES && (depth > 0 || goesOn(code, index))) continue;
    statements.push(assemble(current));
    current = [];
    depth = 0;
  }
  if (current.length > 0) statements.push(assemble(current));
  return statements;
}

/** `<#` up to `#>`, on lines of their own; one that nothing closes reaches to the end. */
function withoutBlockComments(lines: readonly SourceLine[]): readonly SourceLine[] {
  let inside = false;
  return lines.filter(({ text }) => {
    if (!inside) inside = /^\s*<#(?!.*#>)/.test(text);
    else if (text.includes("#>")) {
      inside = false;
      return false;
    }
    return !inside;
  });
}

/** The lines behind `@'` or `@"` up to the one that begins with its counterpart; none where nothing closes it. */
function hereString(lines: readonly SourceLine[], index: number): readonly SourceLine[] {
  const mark = /@(['"])\s*$/.exec(lines[index]?.text ?? "")?.[1];
  if (mark === undefined) return [];
  const behind = lines.slice(index + 1, index + 1 + MAX_LINES);
  return behind.slice(0, behind.findIndex(({ text }) => text.trimStart().startsWith(`${mark}@`)) + 1);
}

function goesOn(lines: readonly SourceLine[], index: number): boolean {
  const text = lines[index]?.text ?? "";
  const next = lines[index + 1]?.text ?? "";
  return next.trim() !== "" && (/[|,{(`^]\s*$/.test(text) || /^\s*\|(?!\|)/.test(next));
}

/** Strings and comments left aside. */
function depthChange(text: string): number {
  const code = text.replace(/"(?:[^"`]|`.)*"|'[^']*'/g, "").replace(/(^|\s)#.*$/, "");
  return (code.match(/[({]/g) ?? []).length - (code.match(/[)}]/g) ?? []).length;
}

/** Line ends stay, but for those that a backtick, or the caret of the older shell, takes away. */
function assemble(lines: readonly SourceLine[]): Statement {
  const taken = dedent(lines);
  const [line, endLine] = rangeOf(taken);
  const verbatim = taken
    .map((one) => one.text.trimEnd())
    .join("\n")
    .trim();
  const text = verbatim.replace(/[ \t]+[`^]\n\s*/g, " ");
  return { text, verbatim, line, endLine, literal: taken[0]?.literal === true };
}
