// Rewrites rows pasted from a spreadsheet, or exported from one, into a Markdown table; a row of one cell above it is the title.
// Lines go in; Markdown lines with their physical numbers come out, or null when the text is no sheet that says what to do.

import { looksLikeAnyCommand } from "../commands/command-shape.ts";
import { followFences } from "./fences.ts";
import { readRecords, type SheetRecord } from "./separated-values.ts";
import type { SourceLine } from "./source-line.ts";
import { type CellSketch, writeTable } from "./write-table.ts";

const SEPARATORS = ["\t", ";", ","];
/** A sheet of instructions names a column for them. */
const DOING =
  /^(?:task|tasks|step|steps|action|actions|activity|command|commands|cmd|what|what to do|to ?do|instruction|instructions|procedure|schritt|aufgabe|tätigkeit|befehl|aktion|maßnahme|tarea|paso|acción|comando|étape|tâche|commande|passo|tarefa|ação|手順|作業|コマンド)\b/i;
const COMMAND = /^(?:command|commands|cmd|commandline|shell|befehl|comando|commande|コマンド)\b/i;
const NUMBER = /^\d{1,3}[.)]?$/;
const MIN_ROWS = 2;
const MAX_LINES = 5000;
const MAX_LINES_BEFORE = 6;

export function rewriteTabbed(lines: readonly SourceLine[]): readonly SourceLine[] | null {
  for (const separator of SEPARATORS) {
    if (!mayBeSheet(lines, separator)) continue;
    const sheet = findSheet(lines.slice(0, MAX_LINES), separator);
    if (sheet !== null) return writeSheet(lines, sheet);
  }
  return null;
}

/** Rows of a table inside a page: copied cells with tabs between them, under a header that names what is done. */
export function rewriteTabbedRows(lines: readonly SourceLine[]): readonly SourceLine[] {
  if (!lines.some(({ text }) => text.includes("\t"))) return lines;
  const fenced = followFences(lines);
  const isRow = (at: number): boolean => fenced[at] !== true && lines[at]?.text.trim().includes("\t") === true;
  const result: SourceLine[] = [];
  let index = 0;
  while (index < lines.length) {
    let end = index;
    while (isRow(end)) end++;
    const sheet = end - index > MIN_ROWS ? findSheet(lines.slice(index, Math.min(end, index + MAX_LINES)), "\t") : null;
    const isTable = sheet !== null && isHeaded(sheet) && end - index <= MAX_LINES;
    const next = Math.max(end, index + 1);
    result.push(...(isTable ? [...writeSheet([], sheet), { text: "", line: lines[end - 1]?.line ?? 1 }] : lines.slice(index, next)));
    index = next;
  }
  return result;
}

/** Its first row names what is done. */
function isHeaded({ before, header }: Sheet): boolean {
  return before.length === 0 && header !== null && namesWhatToDo(header);
}

function mayBeSheet(lines: readonly SourceLine[], separator: string): boolean {
  if (lines.slice(0, 200).some(({ text }) => /^(?:#{1,6} |\s*(?:```|~~~)|\|.*\|\s*$)/.test(text))) return false;
  const filled = lines.slice(0, 200).filter(({ text }) => text.trim() !== "");
  const separated = filled.filter(({ text }) => text.includes(separator));
  return separated.length > MIN_ROWS && separated.length * 2 > filled.length;
}

interface Sheet {
  readonly before: readonly SheetRecord[];
  readonly header: SheetRecord | null;
  readonly rows: readonly SheetRecord[];
}

function findSheet(lines: readonly SourceLine[], separator: string): Sheet | null {
  const records = readRecords(lines, separator);
  const first = records.findIndex((record) => filledCells(record) >= 2);
  const named = records.slice(0, MAX_LINES_BEFORE + 1).findIndex((record) => isHeader(record) && namesWhatToDo(record));
  const at = named > first ? named : first;
  const head = records[at];
  if (head === undefined || at > MAX_LINES_BEFORE) return null;
  const header = isHeader(head) ? head : null;
  const rows = records.slice(header === null ? at : at + 1).filter((record) => filledCells(record) > 0);
  const isSheet = isEven(rows, head.cells.length, separator) && saysWhatToDo(header, rows, separator);
  return isSheet ? { before: records.slice(0, at), header, rows } : null;
}

/** As many cells in nearly every row; a spreadsheet leaves out empty ones at the end, an export does not. */
function isEven(rows: readonly SheetRecord[], width: number, separator: string): boolean {
  if (rows.length < MIN_ROWS) return false;
  const isTabbed = separator === "\t";
  if (!isTabbed && width < 3) return false;
  const fitting = rows.filter((row) => Math.abs(row.cells.length - width) <= (isTabbed ? 1 : 0)).length;
  return fitting >= rows.length * (isTabbed ? 0.8 : 0.95);
}

/** A column for what is done, or rows that are counted. */
function saysWhatToDo(header: SheetRecord | null, rows: readonly SheetRecord[], separator: string): boolean {
  if (header?.cells.some((cell) => DOING.test(textOf(cell))) === true) return true;
  const counted = rows.every((row, index) => Number.parseInt(textOf(row.cells[0] ?? []), 10) === index + 1);
  return separator === "\t" && counted && rows.every((row) => row.cells.length >= 3);
}

function namesWhatToDo({ cells }: SheetRecord): boolean {
  return filledCells({ cells, from: 0, to: 0 }) >= 2 && cells.some((cell) => DOING.test(textOf(cell)));
}

function filledCells(record: SheetRecord): number {
  return record.cells.filter((cell) => cell.length > 0).length;
}

function textOf(cell: readonly SourceLine[]): string {
  return cell.map((line) => line.text.trim()).join(" ");
}

function isHeader(record: SheetRecord): boolean {
  const texts = record.cells.map(textOf).filter((text) => text !== "");
  return (
    texts.every((text) => text.length <= 40 && !NUMBER.test(text) && !/[`=<>|]/.test(text)) &&
    record.cells.every((cell) => cell.length <= 2)
  );
}

function writeSheet(lines: readonly SourceLine[], { before, header, rows }: Sheet): readonly SourceLine[] {
  const result: SourceLine[] = [];
  for (const [index, record] of before.entries()) {
    for (const { text, line } of record.cells.flat()) result.push({ text: index === 0 ? `# ${text}` : text, line }, { text: "", line });
  }
  const isCommand = (header?.cells ?? []).map((cell) => COMMAND.test(textOf(cell)));
  const head = header === null ? [] : [{ cells: header.cells.map((cell) => sketch(cell, true)) }];
  const body = rows.map((row) => ({
    cells: row.cells.map((cell, index) => sketch(isCommand[index] === true ? asCode(cell) : cell, false)),
  }));
  const end = rows.at(-1)?.to ?? 0;
  return [...result, ...writeTable({ rows: [...head, ...body] }), ...lines.slice(Math.max(end, MAX_LINES))];
}

function sketch(lines: readonly SourceLine[], header: boolean): CellSketch {
  return { header, columns: 1, rows: 1, lines: [...lines] };
}

/** Under a heading that says "command" more lines are a block, and one that has the shape of a command is one. */
function asCode(cell: readonly SourceLine[]): readonly SourceLine[] {
  const [first] = cell;
  const last = cell.at(-1);
  if (first === undefined || last === undefined) return cell;
  if (cell.length === 1)
    return first.text.includes("`") || !looksLikeAnyCommand(first.text) ? cell : [{ ...first, text: `\`${first.text}\`` }];
  return [{ text: "``````", line: first.line }, ...cell, { text: "``````", line: last.line }];
}
