// A change and the text of a runbook -> texts in which it could have been made, the best looking first. None is believed: verify-rewrite.ts parses each.
// Only lines of the document and the words of a command are moved, removed or put in; descriptions are never written, but for "Run this."
import type { AnsweredCommand, AnsweredRunbook, AnsweredStep } from "../runbook/questions/question.ts";
import { misleads, renumbered } from "./list-numbers.ts";
import { cutLines, newLines, type SourceLine, withoutRange } from "./source-lines.ts";
import type { SuggestedChange, VersionStep } from "./suggestion.ts";

export interface RewriteInput {
  readonly source: string;
  readonly parsed: AnsweredRunbook;
  /** Rows of the version, by step id. */
  readonly find: (stepId: string) => VersionStep | undefined;
}

type Lines = readonly SourceLine[];

/** Numbers count on where they did; where the text speaks of a number that is another step's then, there is none. */
export function rewrites(change: SuggestedChange, input: RewriteInput): readonly Lines[] {
  return plainRewrites(change, input)
    .flatMap((lines) => (lines === null ? [] : [renumbered(input.source, lines)]))
    .filter((lines) => !misleads(input.source, lines));
}

function plainRewrites(change: SuggestedChange, input: RewriteInput): readonly (Lines | null)[] {
  switch (change.kind) {
    case "remove":
      return [removeSteps(change.step_ids, input)];
    case "edit":
      return editCommand(change.step_id, change.to, input);
    case "add":
      return addCommand(change.after, change.command, input);
    case "reorder":
      return [moveStep(change.step_id, change.after, input)];
  }
}

interface Row {
  readonly step: AnsweredStep;
  readonly command: AnsweredCommand | null;
  readonly row: VersionStep;
}

function rowOf({ parsed, find }: RewriteInput, stepId: string): Row | null {
  const row = find(stepId);
  const step = parsed.steps.find(({ order }) => order === row?.order);
  return row === undefined || step === undefined ? null : { row, step, command: step.commands[row.sub] ?? null };
}

/** Places from `start` to before `end`. */
const rangeOf = ({ source_lines: [first, last] }: AnsweredStep): { readonly start: number; readonly end: number } => ({
  start: first - 1,
  end: last,
});

/** From the last to the first, so that places stay what they are. */
function removeSteps(stepIds: readonly string[], input: RewriteInput): Lines | null {
  const rows = stepIds.map((id) => rowOf(input, id));
  if (rows.some((row) => row === null)) return null;
  const found = rows.flatMap((row) => row ?? []);
  const steps = new Set(found.map(({ step }) => step));
  const ranges = [...steps].flatMap((step) => {
    const ofStep = found.filter((row) => row.step === step);
    return ofStep.length >= step.commands.length ? [rangeOf(step)] : ofStep.flatMap(({ command }) => commandRange(input.source, command));
  });
  const last = ranges.toSorted((a, b) => b.start - a.start);
  return last.reduce<Lines>((lines, { start, end }) => withoutRange(lines, start, end), cutLines(input.source));
}

const isFence = (line: string | undefined): boolean => /^\s*(?:```|~~~)/.test(line ?? "");

/** With its fence where it is alone in it. */
function commandRange(source: string, command: AnsweredCommand | null): readonly { readonly start: number; readonly end: number }[] {
  if (command === null) return [];
  const lines = source.split("\n");
  const [start, end] = [command.line - 1, command.end_line ?? command.line];
  const alone = isFence(lines[start - 1]) && isFence(lines[end]);
  return [alone ? { start: start - 1, end: end + 1 } : { start, end }];
}

function editCommand(stepId: string, to: string, input: RewriteInput): readonly (Lines | null)[] {
  const command = rowOf(input, stepId)?.command;
  if (command == null) return [];
  const lines = cutLines(input.source);
  const [start, end] = [command.line - 1, command.end_line ?? command.line];
  const text = lines
    .slice(start, end)
    .map((line) => line.text)
    .join("\n");
  const old = command.verbatim ?? command.text;
  const at = text.indexOf(old);
  if (at === -1 || text.indexOf(old, at + 1) !== -1) return [overWholeLines(lines, start, end, to)];
  const fresh = (text.slice(0, at) + to + text.slice(at + old.length)).split("\n");
  const replaced = fresh.map((line, index) => ({ from: start + index, text: line }));
  return [[...lines.slice(0, start), ...replaced, ...lines.slice(end)]];
}

/** A command over several lines becomes one; what stands before it on its first line stays. */
function overWholeLines(lines: Lines, start: number, end: number, to: string): Lines | null {
  const first = lines[start]?.text ?? "";
  const lead = /^\s*(?:[$>#]\s+)?/.exec(first)?.[0] ?? "";
  if (end - start < 2) return null;
  const ending = first.endsWith("\r") ? "\r" : "";
  return [...lines.slice(0, start), { from: start, text: lead + to + ending }, ...lines.slice(end)];
}

function addCommand(after: string | null, command: string, input: RewriteInput): readonly Lines[] {
  const first = after === null;
  const anchor = first ? input.parsed.steps[0] : rowOf(input, after)?.step;
  if (anchor === undefined) return [];
  const lines = cutLines(input.source);
  const { start, end } = rangeOf(anchor);
  const at = first ? start : end;
  const texts = stepTexts(lines[start]?.text ?? "", command, first);
  const isTight = anchor.commands.length > 0 && end - start === 1;
  return (isTight ? texts.toReversed() : texts).map((each) => [...lines.slice(0, at), ...newLines(each, input.source), ...lines.slice(at)]);
}

const marker = /^(\s*)(?:(\d{1,3})([.)])|([-*+]))\s+/;

/** As a block, and as one line where the step beside it is an item of a list. `first`: it stands in front of that step, not behind it. */
function stepTexts(beside: string, command: string, first: boolean): readonly (readonly string[])[] {
  const around = (texts: readonly string[]): readonly string[] => (first ? [...texts, ""] : ["", ...texts]);
  const block = ["```bash", command, "```"];
  const head = itemHead(beside, first);
  if (head === null) return [around(block)];
  const inner = " ".repeat(head.length);
  return [around([`${head}Run this.`, "", ...block.map((line) => inner + line)]), [`${head}Run this: \`${command}\``]];
}

/** What the next item of the same list begins with; null where the line begins none. */
function itemHead(line: string, first: boolean): string | null {
  const found = marker.exec(line);
  if (found === null) return null;
  const [, indent = "", digits, dot = "", bullet = ""] = found;
  return `${indent}${digits === undefined ? bullet : `${Number(digits) + (first ? 0 : 1)}${dot}`} `;
}

/** A whole step of the document goes behind the whole step of another. */
function moveStep(stepId: string, after: string | null, input: RewriteInput): Lines | null {
  const moved = rowOf(input, stepId);
  const target = placeOf(after, input);
  if (moved === null || moved.step.commands.length > 1 || target === null) return null;
  const lines = cutLines(input.source);
  const { start, end } = rangeOf(moved.step);
  const rest = withoutRange(lines, start, end);
  const place = placeIn(rest, target.line, target.behind);
  const isLoose = [lines[start - 1], lines[end]].some((line) => line?.text.trim() === "");
  const gap = isLoose ? newLines([""], input.source) : [];
  const block = lines.slice(start, end);
  return [...rest.slice(0, place), ...(target.behind ? [...gap, ...block] : [...block, ...gap]), ...rest.slice(place)];
}

interface Place {
  readonly line: number;
  /** After the line before it, not in front of it. */
  readonly behind: boolean;
}

/** Null in the middle of a step that has several commands. */
function placeOf(after: string | null, input: RewriteInput): Place | null {
  if (after === null) {
    const first = input.parsed.steps[0];
    return first === undefined ? null : { line: rangeOf(first).start, behind: false };
  }
  const anchor = rowOf(input, after);
  if (anchor === null || anchor.row.sub < anchor.step.commands.length - 1) return null;
  return { line: rangeOf(anchor.step).end, behind: true };
}

/** Where the line of the original stands now; `behind`: the place after the line before it. */
function placeIn(rest: Lines, at: number, behind: boolean): number {
  const found = rest.findIndex(({ from }) => from === (behind ? at - 1 : at));
  return found + (behind ? 1 : 0);
}
