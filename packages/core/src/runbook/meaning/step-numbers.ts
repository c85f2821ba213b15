// Knows which step a printed number means: "step 3" is the step that the page numbers 3, which need not be the third one.
// Source lines and the steps' places go in; a look-up from number to order comes out. A number that is nowhere has no order.

import type { SourceLine } from "../source/source-line.ts";

export interface StepNumbers {
  readonly count: number;
  /** @param own - order of the step that speaks; of several steps with the number the nearest one before it, else after it, is meant */
  orderOf(printed: number, own: number): number | null;
}

interface Placed {
  readonly start: number;
  readonly end: number;
}

const NUMBERED =
  /^ {0,3}(?:#{1,6}\s*|[-*+]\s+)?(?:\*\*|__)?(?:(?:(?:step|schritt|paso|étape|etape|passo|stap|ステップ|手順)\s*#?\s*)(\d{1,3})(?!\d)|(\d{1,3})(?:[.)]\s|[.)]$|:\s|\s+[-–—]\s))/iu;

/** A number in front of a step, and which of the page's numberings it belongs to. */
interface Printed {
  readonly number: number;
  readonly order: number;
  readonly run: number;
}

export function numberSteps(lines: readonly SourceLine[], steps: readonly Placed[]): StepNumbers {
  const printed = printedNumbers(lines, steps);
  const byNumber = new Map<number, Printed[]>();
  for (const one of printed) byNumber.set(one.number, byNumber.get(one.number) ?? []);
  for (const one of printed) byNumber.get(one.number)?.push(one);
  /** Nothing is numbered, or every item "1.": the page shows 1, 2, 3. */
  const isAutomatic = byNumber.size <= 1 || !byNumber.has(1);
  return {
    count: steps.length,
    orderOf(number, own) {
      if (isAutomatic) return number >= 1 && number <= steps.length ? number : null;
      const named = byNumber.get(number) ?? [];
      const run = printed.findLast(({ order }) => order <= own)?.run;
      const meant = named.find((one) => one.run === run) ?? named.findLast(({ order }) => order <= own) ?? named[0];
      return meant?.order ?? null;
    },
  };
}

/** In reading order, each with the first step that does not end above it. A number that is not above the one before starts anew. */
function printedNumbers(lines: readonly SourceLine[], steps: readonly Placed[]): readonly Printed[] {
  const printed: Printed[] = [];
  let next = 0;
  let run = 0;
  for (const { text, line } of lines) {
    const number = printedNumber(text);
    if (number === null) continue;
    next = firstNotAbove(steps, next, line);
    if (next === steps.length) break;
    if (number <= (printed.at(-1)?.number ?? 0)) run++;
    printed.push({ number, order: next + 1, run });
  }
  return printed;
}

function printedNumber(text: string): number | null {
  const match = NUMBERED.exec(text);
  return match === null ? null : Number(match[1] ?? match[2]);
}

function firstNotAbove(steps: readonly Placed[], from: number, line: number): number {
  let next = from;
  while (next < steps.length && (steps[next]?.end ?? 0) < line) next++;
  return next;
}
