// The text of a runbook as lines that remember where they came from, so that a change can be shown as spans of the text.
// Lines are cut at "\n", as the parser counts them; a "\r" stays with its line.
import type { SourceSpan } from "./suggestion.ts";

export interface SourceLine {
  /** Place in the original text, from 0; null for a line that is new. */
  readonly from: number | null;
  readonly text: string;
}

export const cutLines = (text: string): readonly SourceLine[] => text.split("\n").map((line, from) => ({ from, text: line }));

export const joinLines = (lines: readonly SourceLine[]): string => lines.map(({ text }) => text).join("\n");

/** A new line ends as its neighbours do. */
export const newLines = (texts: readonly string[], source: string): readonly SourceLine[] =>
  texts.map((text) => ({ from: null, text: source.includes("\r\n") ? `${text}\r` : text }));

const isBlank = (line: SourceLine | undefined): boolean => line === undefined || line.text.trim() === "";

/** Without these places (from `start` to before `end`); of the blank lines on both sides one side stays. */
export function withoutRange(lines: readonly SourceLine[], start: number, end: number): readonly SourceLine[] {
  let next = end;
  if (isBlank(lines[start - 1])) while (next < lines.length && isBlank(lines[next])) next += 1;
  return [...lines.slice(0, start), ...lines.slice(next)];
}

/** What differs from the original, span by span; moved lines go in one place and come in another. */
export function spansOf(source: string, lines: readonly SourceLine[]): readonly SourceSpan[] {
  const original = source.split("\n");
  const spans: SourceSpan[] = [];
  let at = 0;
  let fresh: string[] = [];
  const close = (upTo: number): void => {
    if (upTo > at || fresh.length > 0) spans.push({ start_line: at + 1, end_line: upTo + 1, lines: fresh });
    fresh = [];
  };
  for (const { from, text } of lines) {
    if (from === null || from < at || original[from] !== text) {
      fresh.push(text);
      continue;
    }
    close(from);
    at = from + 1;
  }
  close(original.length);
  return spans;
}

/** The spans put in place: what `spansOf` says is the text. */
export function applySpans(source: string, spans: readonly SourceSpan[]): string {
  const lines = source.split("\n");
  for (const { start_line, end_line, lines: fresh } of spans.toReversed()) lines.splice(start_line - 1, end_line - start_line, ...fresh);
  return lines.join("\n");
}
