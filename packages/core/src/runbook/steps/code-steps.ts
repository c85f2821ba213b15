// Turns a code block into a step, adds it to the step it belongs to, or keeps it as the output of the step before.
// A block goes in; the walk gets its commands with the sentence that introduced them as description.

import { isShownBelow, readCodeBlock } from "../commands/code-block.ts";
import { findCommands } from "../commands/find-commands.ts";
import { forbidsBelow, forbidsInComment } from "../commands/forbidding.ts";
import type { CodeReading, FoundStatement } from "../commands/statement.ts";
import type { CodeBlock } from "../source/block-tree.ts";
import { isInstruction } from "../meaning/instructions.ts";
import { joinText, rangeOf, type SourceLine } from "../source/source-line.ts";
import { describe } from "./describe.ts";
import { type DraftStep, extendTo } from "./draft-step.ts";
import { visitProse } from "./prose-steps.ts";
import { readProse } from "./read-prose.ts";
import { adviseAgainst, endsNeeds, inRollback, isRefused, leaveSection, pushStep, startStep, type Walk } from "./walk.ts";

const ADVISED_AGAINST =
  /\b(?:never|do not|don['’]t|must not|should not|shouldn['’]t)\s+(?:ever\s+)?(?:run|use|execute|try|do|apply|write)\b(?![^.]*\bwithout\b)[^.]*:?\s*$|\b(?:(?:pattern|thing|command|approach|way)s? to avoid|anti-?pattern|bad example|wrong(?: way)?)\b[^.]*:\s*$/i;

function isAdvisedAgainst(intro: string): boolean {
  const lastSentence = intro.split(/(?<=[.!?])\s+/).at(-1) ?? "";
  return ADVISED_AGAINST.test(intro.trim()) || forbidsBelow(intro) || forbidsBelow(lastSentence);
}

/** Without the statements that a comment of the block forbids. */
export function withoutRefused(walk: Walk, reading: CodeReading, { lines }: CodeBlock): CodeReading {
  const comments = lines.filter(({ text }) => text.includes("#") && forbidsInComment(text.slice(text.indexOf("#"))));
  if (comments.length === 0) return reading;
  const refused = new Set(comments.map(({ text, line }) => (text.trimStart().startsWith("#") ? nextFilled(lines, line) : line)));
  const statements = reading.statements.filter(({ line }) => !refused.has(line));
  adviseAgainst(
    walk,
    reading.statements.filter(({ line }) => refused.has(line)).map(({ line }) => line),
  );
  return { ...reading, statements };
}

/** The first line below that is neither blank nor a comment. */
function nextFilled(lines: readonly SourceLine[], above: number): number {
  return lines.find(({ text, line }) => line > above && text.trim() !== "" && !text.trimStart().startsWith("#"))?.line ?? -1;
}

/** Whether the section, or the sentence in front of the block, tells not to run it. */
export function isRefusedBlock(walk: Walk, intro: string): boolean {
  return isRefused(walk) || isAdvisedAgainst(intro);
}

/** Reads a block outside lists: into the step it belongs to, a step of its own, the rollback, or a warning when the text advises against it. */
export function visitCode(walk: Walk, block: CodeBlock): void {
  const pending = walk.pending;
  walk.pending = null;
  if (pending?.length === 1 && endsNeeds(walk, isInstruction(joinText(pending)))) leaveSection(walk);
  const intro = joinText(pending ?? lastProse(walk));
  const reading = withoutRefused(walk, readCodeBlock(block, intro), block);
  if (reading.statements.length > 0 && isRefusedBlock(walk, intro)) {
    adviseAgainst(walk, [block.range[0]]);
    return;
  }
  if (inRollback(walk)) return keepUndoing(walk, pending, reading);
  if (reading.statements.length === 0) return visitOutput(walk, pending, reading, block);
  addCommands(walk, pending, reading, block);
}

/** What was said last, by the step that is open. */
function lastProse(walk: Walk): readonly SourceLine[] {
  return (walk.headingStep ?? walk.open)?.prose.slice(-1) ?? [];
}

function keepUndoing(walk: Walk, pending: readonly SourceLine[] | null, reading: CodeReading): void {
  if (pending !== null) walk.loose.push({ lines: pending, section: walk.section, heading: false });
  walk.rollback.push(...reading.statements);
}

function visitOutput(walk: Walk, pending: readonly SourceLine[] | null, reading: CodeReading, block: CodeBlock): void {
  if (pending !== null) placeIntroduction(walk, pending, reading, block);
  const shownBy = walk.headingStep ?? walk.open;
  if (shownBy === null) return;
  const bare = pending === null && reading.output.length === 0 && followsCommands(shownBy, block);
  const output = bare ? block.lines : reading.output;
  if (output.length === 0) return;
  shownBy.output.push(...output);
  extendTo(shownBy, rangeOf(pending ?? [], block.range[0])[0], block.range[1]);
}

/** Right below the commands of the step, and like what a command prints. */
function followsCommands(step: DraftStep, block: CodeBlock): boolean {
  return step.commands.length > 0 && step.end >= block.range[0] - 2 && isShownBelow(block);
}

/** "The output looks like:" belongs to the step before; a sentence with a command of its own, or before mere data, stands for itself. */
function placeIntroduction(walk: Walk, pending: readonly SourceLine[], reading: CodeReading, block: CodeBlock): void {
  const owner = walk.headingStep ?? walk.open;
  const standsAlone = owner === null || reading.output.length === 0 || findCommands(pending).commands.length > 0;
  if (!standsAlone) {
    owner.prose.push(...pending);
    return;
  }
  const before = walk.steps.length;
  visitProse(walk, pending, reading.output.length === 0 ? "data" : "nothing");
  const own = walk.steps[before];
  if (own !== undefined) extendTo(own, ...block.range);
}

function addCommands(walk: Walk, pending: readonly SourceLine[] | null, reading: CodeReading, block: CodeBlock): void {
  const owner = walk.headingStep ?? (pending === null ? walk.open : null);
  const step = owner ?? startStep(walk, "", ...block.range);
  if (pending !== null) absorbProse(walk, step, pending, () => reading.statements);
  addReading(step, reading, ...block.range);
  nameStep(walk, step);
  if (owner === null) pushStep(walk, step);
}

/** A step without words of its own is called after what stands above it, else after its first command. */
export function nameStep(walk: Walk, step: DraftStep): void {
  if (step.description !== "") return;
  const [first = ""] = step.commands.slice(0, 1).map((command) => command.text.split("\n", 1).join(""));
  step.description = walk.context ?? walk.section.title ?? first;
}

/** The sentence in front of a block; commands in it count too, unless the block repeats them. @param following - reads what the block holds */
export function absorbProse(walk: Walk, step: DraftStep, lines: readonly SourceLine[], following: () => readonly FoundStatement[]): void {
  const text = joinText(lines);
  const found = readProse(walk, lines);
  const repeated = found.length === 0 ? [] : following();
  const own = found.filter((command) => !isRepeated(command, repeated));
  if (step.description === "") step.description = describe(text, own);
  step.prose.push(...lines);
  step.commands.push(...own);
  extendTo(step, ...rangeOf(lines, step.start));
}

function isRepeated(command: FoundStatement, following: readonly FoundStatement[]): boolean {
  const words = command.text.split(/\s+/);
  return words.length === 1 ? following.length > 0 : following.some((statement) => holdsInOrder(statement.text.split(/\s+/), words));
}

/** "with `etcdctl snapshot save`" above `etcdctl --endpoints $E snapshot save db`. */
function holdsInOrder(words: readonly string[], wanted: readonly string[]): boolean {
  let next = 0;
  for (const word of words) if (word === wanted[next]) next++;
  return next === wanted.length;
}

/** Adds the commands and the output of a block on the lines from `start` to `end`. */
export function addReading(step: DraftStep, reading: CodeReading, start: number, end: number): void {
  step.commands.push(...reading.statements);
  step.output.push(...reading.output);
  extendTo(step, start, end);
}
