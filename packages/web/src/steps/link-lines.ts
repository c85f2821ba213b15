// Ties steps to the source lines they came from, both ways. Lines are 1-based and inclusive.
import type { WireParsedRunbook, WireParsedStep } from "@dd0c/protocol/http";

export type LineRange = readonly [first: number, last: number];
type ParsedCommand = WireParsedStep["commands"][number];

/** The step that owns a line; of several, the one with the shortest range (the most specific). */
export const stepAtLine = (steps: readonly Pick<WireParsedStep, "order" | "source_lines">[], line: number): number | null => {
  const length = ([first, last]: LineRange): number => last - first;
  const owners = steps.filter(({ source_lines: [first, last] }) => first <= line && line <= last);
  return (
    owners.reduce<(typeof owners)[number] | null>(
      (best, step) => (best === null || length(step.source_lines) < length(best.source_lines) ? step : best),
      null,
    )?.order ?? null
  );
};

export const linesOfStep = (steps: readonly Pick<WireParsedStep, "order" | "source_lines">[], order: number | null): LineRange | null =>
  steps.find((step) => step.order === order)?.source_lines ?? null;

export const linesOfCommand = ({ line, end_line }: Pick<ParsedCommand, "line" | "end_line">): LineRange => [line, end_line ?? line];

export const holdsLine = ([first, last]: LineRange, line: number | null): boolean => line !== null && first <= line && line <= last;

/** Line of a caret offset in a text. */
export const lineAtOffset = (text: string, offset: number): number => text.slice(0, offset).split("\n").length;

export const describeLines = ([first, last]: LineRange): string => (first === last ? `line ${first}` : `lines ${first} to ${last}`);

/** For `data-lines`, and back. */
export const writeLines = ([first, last]: LineRange): string => `${first}-${last}`;

export const readLines = (written: string | undefined): LineRange | null => {
  const match = /^(\d+)-(\d+)$/.exec(written ?? "");
  return match === null ? null : [Number(match[1]), Number(match[2])];
};

/** "step 7" or "7b": what the caret stands in. */
export const placeAtLine = (parsed: Pick<WireParsedRunbook, "steps">, line: number | null): WireParsedStep | null =>
  line === null ? null : (parsed.steps[(stepAtLine(parsed.steps, line) ?? 0) - 1] ?? null);
