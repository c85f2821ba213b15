// Reads separated values as spreadsheets copy and export them: a cell in quotes may hold separators, line ends and doubled quotes.
// Lines go in, records come out whose cells are lines with their physical numbers; a quote that nothing closes is a mark like any other.

import type { SourceLine } from "./source-line.ts";

export interface SheetRecord {
  readonly cells: readonly (readonly SourceLine[])[];
  /** Indices of its first line and of the line behind its last. */
  readonly from: number;
  readonly to: number;
}

/** A cell of more lines is a stray quote. */
const MAX_CELL_LINES = 60;

export function readRecords(lines: readonly SourceLine[], separator: string): readonly SheetRecord[] {
  const records: SheetRecord[] = [];
  let at = 0;
  while (at < lines.length) {
    const record = readRecord(lines, at, separator);
    records.push(record);
    at = record.to;
  }
  return records;
}

interface Place {
  readonly at: number;
  readonly offset: number;
}

function readRecord(lines: readonly SourceLine[], from: number, separator: string): SheetRecord {
  const cells: SourceLine[][] = [];
  let place: Place | null = { at: from, offset: 0 };
  let last = from;
  while (place !== null) {
    const cell: ReadCell = readQuoted(lines, place, separator) ?? readBare(lines, place, separator);
    cells.push(cell.lines.filter((line) => line.text.trim() !== ""));
    last = cell.last;
    place = cell.next;
  }
  return { cells, from, to: last + 1 };
}

interface ReadCell {
  readonly lines: readonly SourceLine[];
  /** Index of its last line. */
  readonly last: number;
  /** Where the next cell begins; null at the end of the record. */
  readonly next: Place | null;
}

function readBare(lines: readonly SourceLine[], { at, offset }: Place, separator: string): ReadCell {
  const { text, line } = lines[at] ?? { text: "", line: 1 };
  const end = text.indexOf(separator, offset);
  const cell = [{ text: text.slice(offset, end < 0 ? text.length : end).trim(), line }];
  return { lines: cell, last: at, next: end < 0 ? null : { at, offset: end + separator.length } };
}

/** Null when no quote opens here, or none closes in front of a separator or a line end. */
function readQuoted(lines: readonly SourceLine[], { at, offset }: Place, separator: string): ReadCell | null {
  if (lines[at]?.text.charAt(offset) !== '"') return null;
  const cell: SourceLine[] = [];
  for (let index = at; index < Math.min(lines.length, at + MAX_CELL_LINES); index++) {
    const { text, line } = lines[index] ?? { text: "", line: 1 };
    const start = index === at ? offset + 1 : 0;
    const end = closingQuote(text, start, separator);
    cell.push({ text: text.slice(start, end < 0 ? text.length : end).replaceAll('""', '"'), line });
    if (end < 0) continue;
    const more = text.startsWith(separator, end + 1);
    return { lines: cell, last: index, next: more ? { at: index, offset: end + 1 + separator.length } : null };
  }
  return null;
}

function closingQuote(text: string, start: number, separator: string): number {
  for (let at = text.indexOf('"', start); at >= 0; at = text.indexOf('"', at + 1)) {
    if (text.charAt(at + 1) === '"') at++;
    else if (text.startsWith(separator, at + 1) || text.slice(at + 1).trim() === "") return at;
  }
  return -1;
}
