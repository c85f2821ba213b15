// Numbers the statements of every code block, so that a line inside of one (a loop's body, a here-document's text) is not taken for a command.
// The lines of a text and which of them lie in blocks go in; per line the number of its statement comes out, or -1 where it is in none.

import { looksLikeSql } from "../commands/command-shape.ts";
import { splitSql } from "../commands/split-sql.ts";
import { splitStatements } from "../commands/split-statements.ts";
import type { Statement } from "../commands/statement.ts";

interface NumberedLine {
  readonly text: string;
  readonly line: number;
  readonly code: boolean;
}

const FENCE = /^[\s>]*(?:(?:[-*+]|\d{1,9}[.)])\s+)?(?:`{3,}|~{3,})\s*([\w-]*)/;

export function statementLines(lines: readonly NumberedLine[]): Int32Array {
  const numbers = new Int32Array(lines.length).fill(-1);
  let next = 0;
  let at = 0;
  while (at < lines.length) {
    const end = blockEnd(lines, at);
    for (const { line, endLine } of end > at ? statementsOf(lines, at, end) : []) {
      // Statements are numbered by their place in the block: physical lines may occur twice.
      numbers.fill(next, line, endLine + 1);
      next++;
    }
    at = Math.max(end, at + 1);
  }
  return numbers;
}

/** Index behind the last line of the block that starts here; `start` itself on a mark or outside. */
function blockEnd(lines: readonly NumberedLine[], start: number): number {
  let end = start;
  for (let line = lines[end]; line?.code === true && !FENCE.test(line.text); line = lines[end]) end++;
  return end;
}

function statementsOf(lines: readonly NumberedLine[], start: number, end: number): readonly Statement[] {
  const block = lines.slice(start, end).map(({ text }, index) => ({ text, line: start + index }));
  const info = FENCE.exec(lines[start - 1]?.text ?? "")?.[1] ?? "";
  const isSql = /sql/i.test(info) || looksLikeSql(block.find(({ text }) => text.trim() !== "")?.text ?? "");
  return isSql ? splitSql(block) : splitStatements(block, (text) => /^\s*#/.test(text));
}
