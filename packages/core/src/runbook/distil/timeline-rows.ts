// Reads the rows of a timeline that is a table (Time | Who | What): what was done, without when and by whom.
// The lines of a section go in; for the line of a row, its words come out as lines of their own with the bars unescaped; null for other lines.

import { findCodeSpans } from "../source/inline-code.ts";
import type { SourceLine } from "../source/source-line.ts";

const ROW = /^\s*\|.*\|\s*$/;
const RULE = /^\s*\|?[\s:|-]*-{2,}[\s:|-]*\|?\s*$/;
const CLOCK = /^[\s*~[(]*(?:\d{4}-\d\d-\d\d[ T])?~?\d{1,2}[:.h]\d{2}/;
/** A column that says when, or who. */
const NO_WHAT =
  /^(?:time|when|date|day|utc|ce?s?t|zeit|uhrzeit|hora|heure|ora|tijd|who|by|by whom|person|people|name|owner|actor|source|responder|wer|quién|quien|qui|quem|chi|wie|#|no\.?|nr\.?)\b/i;

export interface TimelineRows {
  /** The words of a row; empty for the header and the rule below it; null where the line is no row. */
  readonly wordsOf: (index: number) => readonly SourceLine[] | null;
}

export function timelineRows(lines: readonly SourceLine[]): TimelineRows {
  let header: readonly string[] = [];
  const words = lines.map(({ text, ...line }, index): readonly SourceLine[] | null => {
    if (!ROW.test(text)) return null;
    const cells = cellsOf(text);
    const isRule = RULE.test(text);
    if (RULE.test(lines[index + 1]?.text ?? "") && !isRule) header = cells;
    if (isRule || header === cells) return [];
    return cells.flatMap((cell, column) =>
      isWhat(cell, header[column] ?? "") ? cell.split(/<br\s*\/?>/i).map((part) => ({ ...line, text: part.trim() })) : [],
    );
  });
  return { wordsOf: (index) => words[index] ?? null };
}

function isWhat(cell: string, title: string): boolean {
  return cell !== "" && !CLOCK.test(cell) && !NO_WHAT.test(title.replace(/[*_]/g, "").trim());
}

/** As Markdown cuts them: a bar ends a cell unless it is escaped; some writers leave it bare in code. */
function cellsOf(row: string): readonly string[] {
  const inner = row.trim().slice(1, -1);
  const spans = findCodeSpans(inner);
  const cells: string[] = [];
  let from = 0;
  for (const { index } of inner.matchAll(/(?<!\\)\|/g)) {
    if (spans.some(({ start, end }) => start < index && index < end)) continue;
    cells.push(inner.slice(from, index));
    from = index + 1;
  }
  cells.push(inner.slice(from));
  return cells.map((cell) => cell.replaceAll("\\|", "|").trim());
}
