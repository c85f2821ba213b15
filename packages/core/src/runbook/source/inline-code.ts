// Finds the code spans of a paragraph by Markdown's rule: a run of backticks closes at the next run of the same length.
// Text goes in, offsets come out; the text itself is not changed, so a span can be cut out of it byte for byte.

import { remember } from "../remember.ts";

export interface CodeSpan {
  /** Offsets of the whole span, backticks included. */
  readonly start: number;
  readonly end: number;
  /** The code, with one blank removed at each end if it has both, as Markdown does. */
  readonly code: string;
  /** Offset of the first character of `code`. */
  readonly codeStart: number;
}

/** The spans of a text, in its order. */
export const findCodeSpans = remember((text: string): readonly CodeSpan[] => {
  if (!text.includes("`")) return [];
  const runs = tickRuns(text);
  const spans: CodeSpan[] = [];
  const lastOfLength = new Map<number, number>();
  for (const [index, run] of runs.entries()) lastOfLength.set(run.length, index);
  let index = 0;
  while (index < runs.length) {
    const opening = runs[index];
    index++;
    if (opening === undefined || (lastOfLength.get(opening.length) ?? -1) < index) continue;
    while (runs[index]?.length !== opening.length) index++;
    const closing = runs[index];
    index++;
    if (closing !== undefined) spans.push(makeSpan(text, opening.start, opening.length, closing.start));
  }
  return spans;
});

const TICK = "`".charCodeAt(0);

/** Where backticks stand, and how many in a row. */
function tickRuns(text: string): readonly { readonly start: number; readonly length: number }[] {
  const runs = [];
  let end = 0;
  for (let start = text.indexOf("`"); start !== -1; start = text.indexOf("`", end)) {
    end = start + 1;
    while (text.charCodeAt(end) === TICK) end++;
    runs.push({ start, length: end - start });
  }
  return runs;
}

function makeSpan(text: string, start: number, ticks: number, closing: number): CodeSpan {
  const whole = text.slice(start + ticks, closing);
  const padded = /^\s[^]*\S[^]*\s$/.test(whole);
  const code = padded ? whole.slice(1, -1) : whole;
  return { start, end: closing + ticks, code, codeStart: start + ticks + (padded ? 1 : 0) };
}

/** The text with every span replaced by as many filler characters, so that offsets stay and its code is not taken for prose. */
export function maskCodeSpans(text: string, spans: readonly CodeSpan[]): string {
  let masked = "";
  let from = 0;
  for (const span of spans) {
    masked += text.slice(from, span.start) + "\uFFFC".repeat(span.end - span.start);
    from = span.end;
  }
  return masked + text.slice(from);
}
