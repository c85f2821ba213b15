// Reads a list: each item that holds a command or an instruction is a step; items below an item are steps of their own when they hold commands.
// A list goes in; the walk gets steps in reading order. Facts, struck items and prerequisites are no steps.

import { isShownBelow, readCodeBlock } from "../commands/code-block.ts";
import { findCommands } from "../commands/find-commands.ts";
import { forbidsBelow } from "../commands/forbidding.ts";
import type { CodeReading } from "../commands/statement.ts";
import { isAdvice, isFact, isInstruction, makesConditional } from "../meaning/instructions.ts";
import { isBackground, isBeforeOrAfter } from "../meaning/sections.ts";
import type { Block, CodeBlock, List, ListItem } from "../source/block-tree.ts";
import { firstUrl, plainText } from "../source/plain-text.ts";
import { joinText, rangeOf, type SourceLine } from "../source/source-line.ts";
import type { SectionKind } from "../types.ts";
import { absorbProse, addReading, isRefusedBlock, nameStep, withoutRefused } from "./code-steps.ts";
import { describe } from "./describe.ts";
import { type DraftStep, extendTo } from "./draft-step.ts";
import { collectRollback, isRollbackLabel } from "./rollback-items.ts";
import { visitTable } from "./table-steps.ts";
import { adviseAgainst, endHeadingStep, inRollback, isRefused, pushStep, startStep, takesManualSteps, type Walk } from "./walk.ts";

const CHECKBOX = /^\s*\[( |x|X)\]\s+/;
/** An entry of a table of contents. */
const OWN_PAGE_LINK = /^\s*\[[^[\]]*\]\(#[^()]*\)\s*$/;
/** "Runbook: [Link](...)" below an alert. */
const RUNBOOK_LINK = /^\W*(?:runbook|playbook|procedure|guide|sop)s?\W*:\s*/i;
/** Ticked, and worded as done: "[x] Change ticket was approved". */
const DONE =
  /^\s*\[[xX]\]\s+[^`]*\b(?:(?:was|were|is|are|has been|have been|got)(?: \w+ly| already)? (?:\w{2,}ed|done|given|sent|set|taken|written|made|put)|already done)\b/;
const STRUCK = /^\s*(?:\[[ xX]\]\s+)?~~[^~]+~~/;

/** Reads the items; each begins under the condition and the words that stand above the list. */
export function visitList(walk: Walk, list: List): void {
  const outer = { condition: walk.condition, context: walk.context };
  const ordered = list.ordered && !tellsFacts(list);
  for (const item of list.items) {
    walk.condition = outer.condition;
    walk.context = outer.context;
    visitItem(walk, item, ordered);
  }
}

/** Numbers in front of facts ("1. The client sends a cookie.") make no steps of them. */
function tellsFacts(list: List): boolean {
  const heads = list.items.map(({ blocks: [head] }) => (head?.kind === "paragraph" ? joinText(head.lines) : ""));
  const told = heads.some((text) => text === "" || isInstruction(text));
  return list.items.length > 1 && !told && heads.filter((text) => isFact(text)).length * 3 >= heads.length * 2;
}

function visitItem(walk: Walk, item: ListItem, ordered: boolean): void {
  const [head, ...rest] = item.blocks;
  const lines = head !== undefined && head.kind === "paragraph" ? head.lines : [];
  const text = joinText(lines);
  if (STRUCK.test(text)) return;
  if (undoes(walk, text)) return collectRollback(walk, item.blocks);
  const step = startStep(walk, "", item.range[0], item.range[0]);
  const reader: ItemReader = { walk, item, step, ordered, pushed: false };
  if (lines.length > 0) readHead(reader, lines);
  for (const block of lines.length > 0 ? rest : item.blocks) readBlock(reader, block);
  finish(reader);
}

/** In a rollback section, or labelled so; in a rollback procedure undoing is what its steps do. */
function undoes(walk: Walk, text: string): boolean {
  return !walk.options.rollbackIsProcedure && (inRollback(walk) || isRollbackLabel(text));
}

interface ItemReader {
  readonly walk: Walk;
  readonly item: ListItem;
  readonly step: DraftStep;
  readonly ordered: boolean;
  pushed: boolean;
}

function readHead(reader: ItemReader, lines: readonly SourceLine[]): void {
  const { walk, step } = reader;
  const background = isBackground(walk.section.kind);
  const text = joinText(lines);
  if (background && !isInstruction(text) && !isRefused(walk)) {
    step.description = describe(text, []);
    step.prose.push(...lines);
    extendTo(step, ...rangeOf(lines, step.start));
    return;
  }
  absorbProse(walk, step, lines, () =>
    reader.item.blocks.flatMap((block) => (block.kind === "code" ? readCodeBlock(block, text).statements : [])),
  );
}

function readBlock(reader: ItemReader, block: Block): void {
  switch (block.kind) {
    case "paragraph":
    case "heading":
      return absorbProse(reader.walk, reader.step, block.lines, () => []);
    case "code":
      return readCode(reader, block);
    case "list":
      return readNested(reader, block);
    case "quote":
      for (const inner of block.blocks) readBlock(reader, inner);
      return;
    case "table":
      finish(reader);
      return visitTable(reader.walk, block);
  }
}

function readCode(reader: ItemReader, block: CodeBlock): void {
  const { step, walk } = reader;
  const owner = reader.pushed ? (walk.open ?? step) : step;
  const intro = step.prose.at(-1)?.text ?? "";
  const reading = withoutRefused(walk, readCodeBlock(block, intro), block);
  if (reading.statements.length > 0 && isRefusedBlock(walk, intro)) return adviseAgainst(walk, [block.range[0]]);
  addReading(owner, orShownOutput(reader, reading, block), block.range[0], block.range[1]);
}

function orShownOutput(reader: ItemReader, reading: CodeReading, block: CodeBlock): CodeReading {
  const before = reader.item.blocks[reader.item.blocks.indexOf(block) - 1];
  const empty = reading.statements.length === 0 && reading.output.length === 0;
  return empty && before?.kind === "code" && reader.step.commands.length > 0 && isShownBelow(block)
    ? { statements: [], output: block.lines }
    : reading;
}

/** Nested items with commands are steps of their own; others are details of this one. */
function readNested(reader: ItemReader, list: List): void {
  const { walk, step } = reader;
  if (!holdsCommands(list.items.flatMap((item) => item.blocks)) && !tellsWhatToDo(list)) {
    for (const item of list.items) absorbDetail(step, item);
    return;
  }
  const text = plainText(joinText(step.prose));
  const conditional = makesConditional(text);
  finish(reader, /[:：]\s*$/.test(text) || conditional || !isInstruction(text));
  walk.condition = conditional ? text.replace(/:$/, "") : walk.condition;
  walk.context = step.description === "" ? walk.context : step.description;
  const { forbidden } = walk;
  walk.forbidden = forbidden || forbidsBelow(text);
  visitList(walk, list);
  walk.forbidden = forbidden;
}

/** Most of what is nested are orders of their own, not remarks on the item above. */
function tellsWhatToDo(list: List): boolean {
  const told = list.items.filter(({ blocks: [head] }) => head?.kind === "paragraph" && isInstruction(joinText(head.lines)));
  return told.length >= 1 && told.length * 2 >= list.items.length;
}

function absorbDetail(step: DraftStep, item: ListItem): void {
  const lines = item.blocks.flatMap((block) => (block.kind === "paragraph" ? block.lines : []));
  const text = plainText(joinText(lines));
  if (text !== "" && step.commands.length === 0) step.description += `\n- ${text}`;
  // A remark of its own: the sentence before it ends here.
  if (lines[0] !== undefined) step.prose.push({ text: "", line: lines[0].line });
  step.prose.push(...lines);
  extendTo(step, item.range[0], item.range[1]);
  for (const block of item.blocks) {
    if (block.kind === "list") for (const nested of block.items) absorbDetail(step, nested);
  }
}

/** Adds the step if the item is one. @param onlyWithCommand - the item merely introduces what is nested in it */
function finish(reader: ItemReader, onlyWithCommand = false): void {
  if (reader.pushed) return;
  reader.pushed = true;
  const { step, walk, ordered } = reader;
  const isStep = step.commands.length > 0 || (!onlyWithCommand && isManualStep(walk, step, ordered));
  if (!isStep) {
    walk.loose.push({ lines: step.prose, section: walk.section, heading: false });
    return;
  }
  nameStep(walk, step);
  endHeadingStep(walk);
  pushStep(walk, step);
}

/** What must be there before, what is done already or long after, and entries of a table of contents. */
function isNeverStep(kind: SectionKind | null, text: string): boolean {
  return isBeforeOrAfter(kind) || OWN_PAGE_LINK.test(text) || DONE.test(text);
}

function isManualStep(walk: Walk, step: DraftStep, ordered: boolean): boolean {
  const text = joinText(step.prose);
  const { kind } = walk.section;
  if (!takesManualSteps(walk) || step.description === "" || isNeverStep(kind, text)) return false;
  if (isTicked(text, kind) || (ordered && isNumberedStep(text, kind))) return true;
  return walk.options.lenient ? ordered || isAdvice(text, kind) : isTold(text, kind);
}

/** A box to tick, unless it stands among facts and tells nobody to act. */
function isTicked(text: string, kind: SectionKind | null): boolean {
  return CHECKBOX.test(text) && (kind !== "background" || isInstruction(text.replace(CHECKBOX, "")));
}

/** A number makes a step of any words, except among facts about the system. */
function isNumberedStep(text: string, kind: SectionKind | null): boolean {
  return kind !== "background" && plainText(text).length > 3;
}

/** A bullet is a step when it tells somebody to act, or sends them somewhere from a section about acting. */
function isTold(text: string, kind: SectionKind | null): boolean {
  if (kind === "background") return false;
  return isInstruction(text) || ((kind !== null || RUNBOOK_LINK.test(text)) && isMostlyLink(text.replace(RUNBOOK_LINK, "")));
}

/** "Follow [the guide](...)": at least half of what a reader sees is the link. */
export function isMostlyLink(markdown: string): boolean {
  if (firstUrl(markdown) === null) return false;
  const shown = plainText(markdown).length;
  const linked = [...markdown.matchAll(/\[([^[\]]*)\]\([^()]*\)|<?https?:\/\/[^\s<>]+>?/g)].reduce(
    (sum, link) => sum + (link[1] ?? link[0]).length,
    0,
  );
  return linked * 2 >= shown;
}

function holdsCommands(blocks: readonly Block[]): boolean {
  return blocks.some((block) => {
    switch (block.kind) {
      case "code":
        return readCodeBlock(block, "").statements.length > 0;
      case "paragraph":
        return findCommands(block.lines).commands.some((command) => command.confidence >= 0.7);
      case "list":
        return holdsCommands(block.items.flatMap((item) => item.blocks));
      case "quote":
        return holdsCommands(block.blocks);
      case "heading":
      case "table":
        return false;
    }
  });
}
