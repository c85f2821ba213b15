// Writes a table of a tagged format as a Markdown table whose rows keep the lines of their cells; a table that only lays out a page becomes its content.
// A sketch of rows and cells goes in, lines with their physical numbers come out.

import type { SourceLine } from "./source-line.ts";

export interface CellSketch {
  readonly header: boolean;
  /** How many columns and rows it spans. */
  readonly columns: number;
  readonly rows: number;
  /** Markdown lines. */
  readonly lines: SourceLine[];
}

export interface TableSketch {
  readonly rows: { readonly cells: readonly CellSketch[] }[];
  open: { readonly cells: CellSketch[] } | null;
  /** How many containers lie around it. */
  readonly depth: number;
}

const MAX_SPAN = 50;
const LIST_MARK = /^(?:[-*+]|\d{1,3}\.)\s+/;
const FENCE = /^\s*`{6,}/;

export function writeTable({ rows }: Pick<TableSketch, "rows">): readonly SourceLine[] {
  const filled = rows.filter((row) => row.cells.some((cell) => cell.lines.length > 0));
  if (filled.length === 0) return [];
  if (isLayout(filled.map((row) => row.cells)))
    return filled.flatMap((row) => row.cells.flatMap((cell) => [...cell.lines, blankAfter(cell)]));
  const grid = withSpans(filled.map((row) => row.cells));
  const width = grid.reduce((most, row) => Math.max(most, row.length), 0);
  const [head = [], ...body] = grid;
  const named = isHeader(head);
  const lines = (named ? body : grid).map((cells) => rowLine(cells));
  const top = named ? rowLine(padded(head, width)) : { text: `|${"  |".repeat(width)}`, line: lines[0]?.line ?? 1, literal: true };
  return [top, { text: `|${" --- |".repeat(width)}`, line: top.line }, ...lines];
}

/** One cell per row, or pages inside of cells. */
function isLayout(rows: readonly (readonly CellSketch[])[]): boolean {
  if (rows.every((cells) => cells.length <= 1)) return true;
  return rows.some((cells) => cells.some((cell) => cell.lines.some((line) => /^\|(?: --- \|)+$/.test(line.text))));
}

function blankAfter(cell: CellSketch): SourceLine {
  return { text: "", line: cell.lines.at(-1)?.line ?? 1 };
}

const EMPTY: CellSketch = { header: false, columns: 1, rows: 1, lines: [] };

/** Every cell in its column: what spans columns or rows leaves empty cells behind it. */
function withSpans(rows: readonly (readonly CellSketch[])[]): readonly (readonly CellSketch[])[] {
  const hanging: number[] = [];
  return rows.map((cells) => {
    const row: CellSketch[] = [];
    const fill = (): void => {
      while ((hanging[row.length] ?? 0) > 0) {
        hanging[row.length] = (hanging[row.length] ?? 0) - 1;
        row.push(EMPTY);
      }
    };
    for (const cell of cells) {
      fill();
      for (let column = 0; column < Math.min(cell.columns, MAX_SPAN); column++) {
        hanging[row.length] = Math.min(cell.rows, 500) - 1;
        row.push(column === 0 ? cell : EMPTY);
      }
    }
    fill();
    return row;
  });
}

function padded(cells: readonly CellSketch[], width: number): readonly CellSketch[] {
  return [...cells, ...Array.from({ length: width - cells.length }, () => EMPTY)];
}

/** Marked as such, or short words without code or numbers; one marked cell in front of others names its row. */
function isHeader(cells: readonly CellSketch[]): boolean {
  const filled = cells.filter((cell) => cell.lines.length > 0);
  if (filled.some((cell) => cell.header)) return filled.every((cell) => cell.header);
  const texts = cells.map((cell) => flat(cell.lines)).filter((text) => text !== "");
  return texts.length > 1 && texts.every((text) => text.length <= 40 && !/`|^\d+[.)]?$|[.!?:]$/.test(text));
}

function rowLine(cells: readonly CellSketch[]): SourceLine {
  const lines = cells.flatMap((cell) => cell.lines);
  const text = cells.map((cell) => ` ${flat(cell.lines).replace(/\|/g, "\\|")} `).join("|");
  return {
    text: `|${text}|`,
    line: lines.find((line) => line.text !== "")?.line ?? 1,
    literal: true,
    cells: cells.map((cell) => cell.lines),
  };
}

/** The cell on one line: code blocks as code spans. */
function flat(lines: readonly SourceLine[]): string {
  const parts: string[] = [];
  let code: string[] | null = null;
  for (const { text } of lines) {
    if (FENCE.test(text)) {
      if (code !== null) parts.push(code.some((line) => line.includes("`")) ? code.join(" ") : `\`${code.join(" ")}\``);
      code = code === null ? [] : null;
    } else if (text.trim() !== "") (code ?? parts).push(code === null ? text.trim().replace(LIST_MARK, "") : text.trim());
  }
  return parts.join(" ");
}
