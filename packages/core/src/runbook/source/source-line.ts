// The unit everything before the block tree works on: one line of text that still knows its physical line in the input.
// Raw text goes in once; rewriters may drop, split or add lines, but a line never loses the number it came from.

export interface SourceLine {
  readonly text: string;
  /** 1-based physical line of the input. */
  readonly line: number;
  /** Entities in it mean themselves: the source protected it from markup (CDATA), or they are decoded already. */
  readonly literal?: boolean;
  /** On the row of a table whose cells had lines of their own: Markdown lines per cell, which count instead of the row's text. */
  readonly cells?: readonly (readonly SourceLine[])[];
}

/** A lone carriage return is not a line end of the input, but Markdown would make it one; a blank keeps the lines aligned. */
const LONE_CARRIAGE_RETURN = /\r(?!\n)/g;

/** Splits at LF and CRLF; a byte-order mark belongs to no line. */
export function toSourceLines(rawText: string): readonly SourceLine[] {
  const text = rawText.startsWith("\uFEFF") ? rawText.slice(1) : rawText;
  return text
    .replace(LONE_CARRIAGE_RETURN, " ")
    .split("\n")
    .map((line, index) => ({ text: line.endsWith("\r") ? line.slice(0, -1) : line, line: index + 1 }));
}

/** The same line with other text. */
export function withText(line: SourceLine, text: string): SourceLine {
  return line.text === text ? line : { ...line, text };
}

/** The text of the line there; in front of the first line and behind the last one it is empty. */
export function textAt(lines: readonly SourceLine[], index: number): string {
  return lines[index]?.text ?? "";
}

export function joinText(lines: readonly SourceLine[]): string {
  const [first] = lines;
  if (first !== undefined && lines.length === 1) return first.text;
  return lines.map((line) => line.text).join("\n");
}

/** First and last physical line of a non-empty piece of text; of an empty one, the fallback twice. */
export function rangeOf(lines: readonly SourceLine[], fallback = 1): readonly [start: number, end: number] {
  const first = lines[0];
  const last = lines.at(-1);
  return first === undefined || last === undefined ? [fallback, fallback] : [first.line, last.line];
}

/** Removes the indentation that the first line has from every line that has it. */
export function dedent(lines: readonly SourceLine[]): readonly SourceLine[] {
  const indent = lines[0] === undefined ? "" : lines[0].text.slice(0, lines[0].text.length - lines[0].text.trimStart().length);
  if (indent === "") return lines;
  return lines.map((line) => withText(line, line.text.startsWith(indent) ? line.text.slice(indent.length) : line.text.trimStart()));
}

/** The lines with every row of a table replaced by the lines of its cells, where it has them. */
export function withCellLines(lines: readonly SourceLine[]): readonly SourceLine[] {
  return lines.some((line) => line.cells !== undefined) ? lines.flatMap((line) => line.cells?.flat() ?? [line]) : lines;
}
