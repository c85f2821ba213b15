// Numbers of list items in a text whose lines were moved, removed or put in: they count on as they did, and "step 4" still means the same step.
import { cutLines, type SourceLine } from "./source-lines.ts";

const numbered = /^(\s*)(\d{1,3})([.)]\s)/;
const fence = /^\s*(?:```|~~~)/;

interface Item {
  readonly line: SourceLine;
  readonly indent: string;
  readonly digits: string;
  readonly mark: string;
}

/** Null for a line that is no numbered item. */
function itemsOf(lines: readonly SourceLine[]): readonly (Item | null)[] {
  let inside = false;
  return lines.map((line) => {
    const isFence = fence.test(line.text);
    if (isFence) inside = !inside;
    const [, indent = "", digits = "", mark = ""] = (inside || isFence ? null : numbered.exec(line.text)) ?? [];
    return digits === "" ? null : { line, indent, digits, mark };
  });
}

/** The same lines where the numbers of the original did not count on. */
export function renumbered(source: string, lines: readonly SourceLine[]): readonly SourceLine[] {
  if (!countsOn(source)) return lines;
  const counts = new Map<string, number>();
  return itemsOf(lines).map((item, at) => {
    if (item === null) return lines[at] ?? { from: null, text: "" };
    const { line, indent, digits, mark } = item;
    // A list begins; a line that came in anew never begins one.
    const begins = digits === "1" && line.from !== null;
    const number = begins ? 1 : (counts.get(indent) ?? 0) + 1;
    counts.set(indent, number);
    return { from: line.from, text: `${indent}${number}${mark}${line.text.slice(indent.length + digits.length + mark.length)}` };
  });
}

function countsOn(source: string): boolean {
  const counts = new Map<string, number>();
  return itemsOf(cutLines(source)).every((item) => {
    if (item === null) return true;
    const expected = item.digits === "1" ? 1 : (counts.get(item.indent) ?? 0) + 1;
    counts.set(item.indent, expected);
    return Number(item.digits) === expected;
  });
}

/** The text speaks of a step by a number that is another step's now, or nobody's. */
export function misleads(source: string, lines: readonly SourceLine[]): boolean {
  const spoken = new Set(lines.flatMap(({ text }) => [...text.matchAll(/\bsteps?\s+#?(\d{1,3})\b/gi)].map(([, number]) => Number(number))));
  const now = new Map(itemsOf(lines).flatMap((item) => (item?.line.from == null ? [] : [[item.line.from, Number(item.digits)] as const])));
  return itemsOf(cutLines(source)).some((item) => {
    if (item === null || !spoken.has(Number(item.digits))) return false;
    return now.get(item.line.from ?? -1) !== Number(item.digits);
  });
}
