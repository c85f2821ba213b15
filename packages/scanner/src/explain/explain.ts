// Reasons -> a tree over the command: which part says what, and how strict it makes the parts around it.
// Comes after scan(); for people (terminal, web) and for machines alike. Adds nothing to the verdict and takes nothing away.
import { maxRisk } from "../risk.ts";
import type { Reason, Risk, Span } from "../types.ts";

/** A part of the text. `risk` is the strictest of its own reasons and of the parts inside it. */
export interface ExplainedPart {
  readonly span: Span;
  readonly risk: Risk;
  readonly reasons: readonly Reason[];
  readonly parts: readonly ExplainedPart[];
}

interface OpenPart {
  readonly span: Span;
  readonly reasons: Reason[];
  readonly parts: OpenPart[];
}

/**
 * @param text the scanned text
 * @param reasons of its verdict, spans in UTF-16 offsets
 * @returns the whole text as the outermost part; each reason stands in exactly one part, and parts in order of their beginning.
 *   A span that only overlaps another one stands beside it, inside the smallest part that contains both.
 */
export function explain(text: string, reasons: readonly Reason[]): ExplainedPart {
  const root: OpenPart = { span: { start: 0, end: text.length }, reasons: [], parts: [] };
  const path: OpenPart[] = [root];
  const outermostFirst = [...reasons].sort((a, b) => a.span.start - b.span.start || b.span.end - a.span.end);
  for (const reason of outermostFirst) {
    while (path.length > 1 && !contains(path.at(-1)?.span, reason.span)) path.pop();
    const around = path.at(-1) ?? root;
    if (isSame(around.span, reason.span)) around.reasons.push(reason);
    else {
      const part: OpenPart = { span: reason.span, reasons: [reason], parts: [] };
      around.parts.push(part);
      path.push(part);
    }
  }
  return closed(root);
}

/** Depth is bounded by the scanner's own limits on nesting. */
function closed(part: OpenPart): ExplainedPart {
  const parts = part.parts.map(closed);
  const risk = [...part.reasons, ...parts].reduce<Risk>((strictest, each) => maxRisk(strictest, each.risk), "safe");
  return { span: part.span, risk, reasons: part.reasons, parts };
}

function contains(outer: Span | undefined, inner: Span): boolean {
  return outer !== undefined && outer.start <= inner.start && inner.end <= outer.end;
}

function isSame(a: Span, b: Span): boolean {
  return a.start === b.start && a.end === b.end;
}

/** A part as a line of an outline: `depth` 0 is the whole text, `reasons` are indexes into the verdict's. */
export interface OutlinedPart {
  readonly span: Span;
  readonly risk: Risk;
  readonly depth: number;
  readonly reasons: readonly number[];
}

/** The same tree as a list, each part before those inside it: for wires and lists. */
export function outline(text: string, reasons: readonly Reason[]): readonly OutlinedPart[] {
  const lines: OutlinedPart[] = [];
  const index = new Map(reasons.map((reason, at) => [reason, at]));
  const add = (part: ExplainedPart, depth: number): void => {
    lines.push({ span: part.span, risk: part.risk, depth, reasons: part.reasons.flatMap((reason) => index.get(reason) ?? []) });
    for (const inner of part.parts) add(inner, depth + 1);
  };
  add(explain(text, reasons), 0);
  return lines;
}
