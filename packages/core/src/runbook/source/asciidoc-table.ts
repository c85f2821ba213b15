// Reads the body of an AsciiDoc table into a Markdown table whose cells keep their lines.
// The lines between its delimiters go in with what its attributes say; table lines with their physical numbers come out.

import type { SourceLine } from "./source-line.ts";
import { type CellSketch, writeTable } from "./write-table.ts";

/** A cell begins at a bar, with how far it spans and how it is set in front of it. */
const CELL_START = /(?:^|(?<=\s))((?:\d+(?:\.\d+)?|\.\d+)[+*])?(?:[<^>]|\.[<^>])*([adehlmsv])?\|/g;
const MAX_COLUMNS = 60;

/** How many columns the attributes name; 0 when they name none. */
export function columnsOf(attributes: string): number {
  const columns = /\bcols\s*=\s*"?([^"\]]+)/.exec(attributes)?.[1];
  if (columns === undefined) return 0;
  const times = /^\s*(\d+)\*/.exec(columns);
  return Math.min(MAX_COLUMNS, times === null ? columns.split(/[,;]/).length : Number(times[1]));
}

export interface TableLayout {
  /** 0 when not named. */
  readonly columns: number;
  readonly header: boolean;
  /** The first character of the delimiter: `|`, or `,` and `:` for separated values. */
  readonly mark: string;
}

type Rewrite = (lines: readonly SourceLine[]) => readonly SourceLine[];

/** @param rewrite - reads a cell that holds blocks of its own */
export function asciidocTable(
  body: readonly SourceLine[],
  { columns: named, header, mark }: TableLayout,
  rewrite: Rewrite,
): readonly SourceLine[] {
  const { cells: raw, firstRow } = mark === "," || mark === ":" ? readValues(body, mark) : readCells(body);
  const cells = raw.map((cell) => (cell.blocks ? { ...cell, lines: [...rewrite(cell.lines)] } : cell));
  const columns = Math.max(1, named === 0 ? firstRow : named);
  const rows: { cells: CellSketch[] }[] = [];
  let width = columns;
  for (const cell of cells) {
    if (width >= columns) {
      rows.push({ cells: [] });
      width = 0;
    }
    rows.at(-1)?.cells.push(cell);
    width += cell.columns;
  }
  const [head, ...rest] = rows;
  if (head === undefined || !(header || isSetApart(body))) return writeTable({ rows });
  return writeTable({ rows: [{ cells: head.cells.map((cell) => ({ ...cell, header: true })) }, ...rest] });
}

/** A blank line behind the first one makes it the header. */
function isSetApart([first, second]: readonly SourceLine[]): boolean {
  return second !== undefined && second.text.trim() === "" && first?.text.trim() !== "";
}

type RawCell = CellSketch & { readonly blocks: boolean };

interface Cells {
  readonly cells: readonly RawCell[];
  /** How many stand on the first line. */
  readonly firstRow: number;
}

function readCells(body: readonly SourceLine[]): Cells {
  const cells: RawCell[] = [];
  let firstRow = 0;
  for (const { text, line } of body) {
    const starts = [...text.matchAll(CELL_START)].filter((start) => text[start.index - 1] !== "\\");
    const ends = [...starts.slice(1).map((start) => start.index), text.length];
    const lead = text.slice(0, starts.length === 0 ? text.length : starts[0]?.index).trimEnd();
    if (lead !== "") cells.at(-1)?.lines.push(cellLine(lead, line));
    cells.push(...starts.map((start, index) => startCell(start, text.slice(start.index + start[0].length, ends[index]).trim(), line)));
    if (firstRow === 0) firstRow = cells.reduce((sum, cell) => sum + cell.columns, 0);
  }
  return { cells, firstRow };
}

function startCell([, span = "", style = ""]: RegExpExecArray, content: string, line: number): RawCell {
  const lines = content === "" ? [] : [cellLine(content, line)];
  return { header: style === "h", columns: spannedBy(span), rows: 1, lines, blocks: style === "a" };
}

function cellLine(text: string, line: number): SourceLine {
  return { text: text.replaceAll("\\|", "|"), line, literal: true };
}

/** "2+" spans two columns. */
function spannedBy(span: string): number {
  const columns = /^(\d+)(?:\.\d+)?\+$/.exec(span)?.[1];
  return columns === undefined ? 1 : Math.min(MAX_COLUMNS, Number(columns));
}

function readValues(body: readonly SourceLine[], mark: string): Cells {
  const rows = body
    .filter(({ text }) => text.trim() !== "")
    .map(({ text, line }) => text.split(mark).map((value) => ({ text: value.trim(), line })));
  const cells = rows.flat().map(({ text, line }): RawCell => {
    return { header: false, columns: 1, rows: 1, lines: text === "" ? [] : [cellLine(text, line)], blocks: false };
  });
  return { cells, firstRow: rows[0]?.length ?? 0 };
}
