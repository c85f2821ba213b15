// Cuts pieces out of a paragraph by offsets of its joined text; every piece keeps the physical lines it came from.
// Lines go in, lines come out. Looking up a line takes a bisection, so that a long paste with many commands is read once.

import { joinText, type SourceLine } from "../source/source-line.ts";

export interface Paragraph {
  readonly lines: readonly SourceLine[];
  readonly text: string;
  /** Where each line begins in the text. */
  readonly offsets: readonly number[];
}

export function toParagraph(lines: readonly SourceLine[]): Paragraph {
  let offset = 0;
  const offsets = lines.map(({ text }) => {
    const own = offset;
    offset += text.length + 1;
    return own;
  });
  return { lines, text: joinText(lines), offsets };
}

/** The lines of a range of the joined text; blank ones are left out. */
export function cut({ lines, offsets }: Paragraph, start: number, end: number): readonly SourceLine[] {
  const result: SourceLine[] = [];
  for (let index = lineIndex(offsets, start); index < lines.length; index++) {
    const line = lines[index];
    const offset = offsets[index] ?? 0;
    if (line === undefined || offset >= end) break;
    const text = line.text.slice(Math.max(0, start - offset), end - offset);
    if (text.trim() !== "") result.push({ ...line, text });
  }
  return result;
}

/** Index of the line that holds the offset, by bisection. */
export function lineIndex(offsets: readonly number[], offset: number): number {
  let low = 0;
  let high = offsets.length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((offsets[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}
