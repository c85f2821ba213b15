// Reads a list: each item that holds a command or an instruction is a step; items below an item are steps of their own when they hold commands.
// A list goes in; the walk gets steps in reading order. Facts, struck items and prerequisites are no steps.

import { readCodeBlock } from "../commands/code-block.ts";
import { findCommands } from "../commands/find-commands.ts";
import { CONDITIONAL, holdsInstruction, isInstruction } from "../meaning/instructions.ts";
import { isBackground } from "../meaning/sections.ts";
import type { Block, CodeBlock, List, ListItem } from "../source/block-tree.ts";
import { firstUrl, plainText } from "../source/plain-text.ts";
import { joinText, type SourceLine } from "../source/source-line.ts";
import { absorbProse, addReading, isAdvisedAgainst } from "./code-steps.ts";
import { describe } from "./describe.ts";
import { type DraftStep, extendTo } from "./draft-step.ts";
import { visitTable } from "./table-steps.ts";
import { adviseAgainst, inRollback, pushStep, startStep, type Walk } from "./walk.ts";

const CHECKBOX = /^\s*\[( |x|X)\]\s+/;
const ROLLBACK_LABEL =
  /^\W*(?:to )?(?:roll ?-?back|revert|undo|back[ -]?out|marcha atrás|zurückrollen|retour arrière)(?: plan| commands?| steps?| with)?\s*[:：]/i;
const STRUCK = /^\s*(?:\[[ xX]\]\s+)?~~[^~]+~~/;

export function visitList(walk: Walk, list: List): void {
  const outer = { condition: walk.condition, context: walk.context };
  for (const item of list.items) {
    walk.condition = outer.condition;
    walk.context = outer.context;
    visitItem(walk, item, list.ordered);
  }
}

function visitItem(walk: Walk, item: ListItem, ordered: boolean): void {
  const head = item.blocks[0];
  const text = head?.kind === "paragraph" ? joinText(head.lines) : "";
  if (STRUCK.test(text)) return;
  if (inRollback(walk)) return visitRollbackItem(walk, item);
  if (isRollbackLabel(text)) {
    collectRollback(walk, item.blocks);
    return;
  }
  const step = startStep(walk, "", item.range[0], item.range[0]);
  const reader: ItemReader = { walk, item, step, ordered, pushed: false };
  if (head?.kind === "paragraph") readHead(reader, head.lines);
  for (const [index, block] of item.blocks.entries()) {
    if (index > 0 || head?.kind !== "paragraph") readBlock(reader, block);
  }
  finish(reader);
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
  const following = reader.item.blocks.flatMap((block) => (block.kind === "code" ? readCodeBlock(block, joinText(lines)).statements : []));
  const background = isBackground(walk.section.kind);
  const text = joinText(lines);
  if (background && !isInstruction(text)) {
    step.description = describe(text, []);
    step.prose.push(...lines);
    extendTo(step, lines[0]?.line ?? step.start, lines.at(-1)?.line ?? step.end);
    return;
  }
  absorbProse(walk, step, lines, following);
}

function readBlock(reader: ItemReader, block: Block): void {
  switch (block.kind) {
    case "paragraph":
    case "heading":
      return absorbProse(reader.walk, reader.step, block.lines, []);
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
  const reading = readCodeBlock(block, intro);
  if (reading.statements.length > 0 && isAdvisedAgainst(intro)) return adviseAgainst(walk, [block.range[0]]);
  addReading(owner, reading, block.range[0], block.range[1]);
}

/** Nested items with commands are steps of their own; others are details of this one. */
function readNested(reader: ItemReader, list: List): void {
  const { walk, step } = reader;
  if (!holdsCommands(list.items.flatMap((item) => item.blocks))) {
    for (const item of list.items) absorbDetail(step, item);
    return;
  }
  const text = plainText(joinText(step.prose));
  const conditional = CONDITIONAL.test(text) && !/^(?:to|before|after)\b/i.test(text);
  finish(reader, /[:：]\s*$/.test(text) || conditional);
  walk.condition = conditional ? text.replace(/:$/, "") : walk.condition;
  walk.context = step.description === "" ? walk.context : step.description;
  visitList(walk, list);
}

function absorbDetail(step: DraftStep, item: ListItem): void {
  const lines = item.blocks.flatMap((block) => (block.kind === "paragraph" ? block.lines : []));
  const text = plainText(joinText(lines));
  if (text !== "" && step.commands.length === 0) step.description += `\n- ${text}`;
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
  if (step.commands.length === 0 && (onlyWithCommand || !isManualStep(walk, step, ordered))) {
    walk.loose.push({ lines: step.prose, section: walk.section, heading: false });
    return;
  }
  if (step.description === "") step.description = walk.context ?? walk.section.title ?? step.commands[0]?.text.split("\n", 1)[0] ?? "";
  if (walk.headingStep !== null && !ordered) return joinHeadingStep(walk.headingStep, step);
  pushStep(walk, step);
}

function joinHeadingStep(heading: DraftStep, item: DraftStep): void {
  heading.prose.push(...item.prose);
  heading.commands.push(...item.commands);
  heading.output.push(...item.output);
  extendTo(heading, item.start, item.end);
}

function isManualStep(walk: Walk, step: DraftStep, ordered: boolean): boolean {
  const text = joinText(step.prose);
  const { kind } = walk.section;
  if (walk.options.chat || kind === "prerequisites" || kind === "follow_up") return false;
  if (/^\s*\[[^[\]]*\]\(#[^()]*\)\s*$/.test(text)) return false;
  if (CHECKBOX.test(text)) return true;
  if (walk.options.lenient) return holdsInstruction(text) || (ordered && plainText(text).length > 3);
  if (kind === "background") return false;
  if (ordered) return plainText(text).length > 3;
  return isInstruction(text) || (kind !== null && isMostlyLink(text));
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

function isRollbackLabel(text: string): boolean {
  return ROLLBACK_LABEL.test(plainText(text));
}

function visitRollbackItem(walk: Walk, item: ListItem): void {
  collectRollback(walk, item.blocks);
  for (const block of item.blocks)
    if (block.kind === "paragraph") walk.loose.push({ lines: block.lines, section: walk.section, heading: false });
}

function collectRollback(walk: Walk, blocks: readonly Block[]): void {
  for (const block of blocks) {
    if (block.kind === "code") walk.rollback.push(...readCodeBlock(block, "").statements);
    else if (block.kind === "paragraph") walk.rollback.push(...findCommands(block.lines).commands);
    else if (block.kind === "list")
      collectRollback(
        walk,
        block.items.flatMap((item) => item.blocks),
      );
  }
}
