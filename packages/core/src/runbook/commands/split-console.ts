// Splits the lines of a block typed at a language console (Ruby, irb): one entry per expression, blocks and open brackets kept whole.
// Source lines go in, statements with their physical lines come out; results (`=> true`) and comments are left out.

import { dedent, rangeOf, type SourceLine } from "../source/source-line.ts";
import type { Statement } from "./statement.ts";

const LEFT_OUT = /^\s*(?:#|=>|$)/;
const OPENS = /\bdo\b(?:\s*\|[^|]*\|)?\s*$|=\s*(?:if|unless|case|begin)\b|^\s*(?:def|class|module|begin|case|if|unless|while|until)\b/;

const GOES_ON = /(?:[.,\\]|\|\||&&)\s*$/;

const MAX_LINES = 200;

export function splitConsole(lines: readonly SourceLine[]): readonly Statement[] {
  const statements: Statement[] = [];
  let current: SourceLine[] = [];
  let depth = 0;
  for (const line of lines) {
    if (endsBlock(current, line)) statements.push(assemble(current.splice(0)));
    if (current.length === 0 && LEFT_OUT.test(line.text)) continue;
    current.push(line);
    depth = Math.max(0, depth + depthChange(line.text));
    const isWaiting = depth > 0 || isColonBlock(current) || GOES_ON.test(line.text);
    if (isWaiting && current.length < MAX_LINES) continue;
    statements.push(assemble(current));
    current = [];
    depth = 0;
  }
  if (current.length > 0) statements.push(assemble(current));
  return statements;
}

/** A line at the margin behind the indented ones of a `for x in xs:`. */
function endsBlock(current: readonly SourceLine[], line: SourceLine): boolean {
  return isColonBlock(current) && !/^\s/.test(line.text);
}

/** `for x in xs:`: its indented lines follow. */
function isColonBlock(current: readonly SourceLine[]): boolean {
  return /^(?:for|while|if|with|def|class|try)\b.*:\s*(?:#.*)?$/.test(current[0]?.text ?? "");
}

/** Whether a bracket or block of these lines waits for its end. */
export function isOpen(lines: readonly SourceLine[]): boolean {
  return lines.reduce((depth, line) => Math.max(0, depth + depthChange(line.text)), 0) > 0;
}

/** Brackets and `do ... end`, strings left aside. */
function depthChange(text: string): number {
  const code = text.replace(/"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'/g, "").replace(/#(?!\{).*$/, "");
  const opening = (code.match(/[([{]/g) ?? []).length + (OPENS.test(code) ? 1 : 0);
  const closing = (code.match(/[)\]}]/g) ?? []).length + (/(?:^|[\s;])end\b/.test(code) ? 1 : 0);
  return opening - closing;
}

function assemble(lines: readonly SourceLine[]): Statement {
  const taken = dedent(lines);
  const text = taken
    .map((line) => line.text.trimEnd())
    .join("\n")
    .trim();
  const [line, endLine] = rangeOf(taken);
  return { text, verbatim: text, line, endLine, literal: taken.some((one) => one.literal === true) };
}
