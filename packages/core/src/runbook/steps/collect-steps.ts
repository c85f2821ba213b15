// Walks the block tree and collects steps: list items, numbered headings, code with the sentence that introduces it, table rows, prose.
// Blocks go in, a Walk with draft steps, rollback commands and loose text comes out. Nothing is merged across list items.

import { forbidsBelow } from "../commands/forbidding.ts";
import { isInstruction, makesConditional } from "../meaning/instructions.ts";
import { isPlatform, isStepHeading, sectionKind, withoutStepNumber } from "../meaning/sections.ts";
import type { Block, Heading, Paragraph } from "../source/block-tree.ts";
import type { Alternative } from "../types.ts";
import { plainText } from "../source/plain-text.ts";
import { joinText, rangeOf, type SourceLine } from "../source/source-line.ts";
import { visitCode } from "./code-steps.ts";
import { newDraft, type Section } from "./draft-step.ts";
import { visitList } from "./list-steps.ts";
import { isOutputIntro, visitProse } from "./prose-steps.ts";
import { visitTable } from "./table-steps.ts";
import { endHeadingStep, endsNeeds, leaveSection, namesAStep, newWalk, pushStep, type Walk, type WalkOptions } from "./walk.ts";

const BOLD_LINE = /^(?:\*\*|__)[^*_]+(?:\*\*|__):?$/;
const STEP_LINE = /^(?:step|schritt|paso|étape|passo)\s*#?\d+\s*[-–—:.]/i;

/** "**Passo 6** Acompanhar": the number alone is bold. */
const BOLD_STEP = /^(?:\*\*|__)(?:step|schritt|paso|étape|passo|stap|passaggio)\s*#?\d+[a-z]?[.:]?(?:\*\*|__)\s*[-–—:.]?\s*\S/i;

/** Reads all blocks in order; a numbered heading that is still open at the end is closed. */
export function collectSteps(blocks: readonly Block[], options: WalkOptions): Walk {
  const walk = newWalk(options);
  visitBlocks(walk, blocks);
  leaveHeadingStep(walk, 0);
  return walk;
}

function visitBlocks(walk: Walk, blocks: readonly Block[]): void {
  let labelled: { readonly section: Section; readonly from: number } | null = null;
  for (const [index, block] of blocks.entries()) {
    const { section } = walk;
    visitBlock(walk, block, blocks[index + 1]);
    if (labelled !== null && index > labelled.from && walk.section === section) walk.section = labelled.section;
    if (labelled !== null && index > labelled.from) labelled = null;
    if (isLabel(block) && walk.section !== section) labelled = { section, from: index };
  }
  flushPending(walk);
}

/** "Prereqs:" speaks of the one block below it. */
function isLabel(block: Block): boolean {
  return block.kind === "paragraph" && /^[^*_].*[:：]\s*$/.test(joinText(block.lines).trim());
}

function visitBlock(walk: Walk, block: Block, next: Block | undefined): void {
  if (block.kind !== "code" && block.kind !== "paragraph") flushPending(walk, block.kind === "list");
  switch (block.kind) {
    case "heading":
      return visitHeading(walk, block, next);
    case "paragraph":
      return visitParagraph(walk, block, next);
    case "code":
      return visitCode(walk, block);
    case "list":
      return visitListBlock(walk, block);
    case "quote":
      return visitQuote(walk, block.blocks);
    case "table":
      return visitTable(walk, block);
  }
}

/** A box apart: a section that begins in it ends with it. */
function visitQuote(walk: Walk, blocks: readonly Block[]): void {
  const { section } = walk;
  visitBlocks(walk, blocks);
  if (walk.section === section) return;
  walk.section = section;
  walk.open = null;
  walk.condition = null;
}

/** @param pseudo - a bold or short line that acts as a heading: below a real heading it says what kind of text follows, and names nothing */
function visitHeading(walk: Walk, heading: Heading, next: Block | undefined, pseudo = false): void {
  const text = plainText(joinText(heading.lines));
  leaveHeadingStep(walk, heading.level);
  walk.loose.push({ lines: heading.lines, section: walk.section, heading: true });
  enterSection(walk, text, heading.level, pseudo);
  const { kind } = walk.section;
  if (!isStepHeading(text) || kind === "rollback" || kind === "follow_up" || isOnlySection(heading, next)) return;
  const [line] = rangeOf(heading.lines);
  walk.headingStep = newDraft(walk.section, withoutStepNumber(text), line, line);
  walk.headingStep.prose.push({ text: walk.headingStep.description, line });
}

/** The steps are below it: deeper headings, or a numbered list. */
function isOnlySection(heading: Heading, next: Block | undefined): boolean {
  if (next === undefined) return false;
  return next.kind === "heading" ? next.level > heading.level : next.kind === "list" && next.ordered;
}

function enterSection(walk: Walk, title: string, level: number, pseudo: boolean): void {
  const around = walk.section;
  const keepsTitle = pseudo && around.title !== null && !around.pseudo;
  walk.section = {
    title: keepsTitle ? around.title : title,
    ...(keepsTitle && isStepHeading(title) ? { kind: around.kind, level: around.level } : kindWithin(around, title, level)),
    alternative: alternativeOf(walk, title),
    pseudo: pseudo && !keepsTitle,
  };
  walk.open = null;
  walk.condition = makesConditional(title) ? title : null;
  walk.context = null;
}

/** A deeper heading without a known kind stays in the kind of the section around it. */
function kindWithin(around: Section, title: string, level: number): Pick<Section, "kind" | "level"> {
  const kind = sectionKind(title);
  const inherits = kind === null && level > around.level && around.level > 0;
  return inherits ? { kind: around.kind, level: around.level } : { kind, level };
}

/** Neighbouring sections named after platforms are ways to do the same thing. */
function alternativeOf(walk: Walk, title: string): Alternative | null {
  if (!isPlatform(title)) return null;
  if (walk.section.alternative === null) walk.alternatives++;
  return { group: walk.alternatives, label: title };
}

/** A heading that says all itself is a step too, unless deeper headings take its place. */
function leaveHeadingStep(walk: Walk, nextLevel: number): void {
  const step = walk.headingStep;
  const onlyTitle = step !== null && step.commands.length === 0 && step.prose.length <= 1;
  if (onlyTitle && nextLevel <= step.section.level) {
    walk.headingStep = null;
    if (namesAStep(step)) pushStep(walk, step);
  }
  endHeadingStep(walk);
}

function visitParagraph(walk: Walk, paragraph: Paragraph, next: Block | undefined): void {
  const introducesCode = next?.kind === "code";
  if (isPseudoHeading(walk, paragraph, next)) {
    flushPending(walk);
    const text = plainText(joinText(paragraph.lines)).replace(/:$/, "");
    const level = walk.section.level === 0 ? 2 : walk.section.level;
    return visitHeading(walk, { kind: "heading", level, lines: paragraph.lines.map((line) => ({ ...line, text })) }, next, true);
  }
  flushPending(walk);
  const text = joinText(paragraph.lines);
  if (introducesCode || (next?.kind === "list" && (/[:：]\s*$/.test(text) || forbidsBelow(text)))) {
    walk.pending = paragraph.lines;
    return;
  }
  visitProse(walk, paragraph.lines);
}

/** "Requirements" before a list, "**Step 2**" alone on its line, "Step 1 - Find the node". */
function isPseudoHeading(walk: Walk, paragraph: Paragraph, next: Block | undefined): boolean {
  const raw = joinText(paragraph.lines).trim();
  if (paragraph.lines.length !== 1 || raw.length > 200) return false;
  if (isStepLine(raw)) return true;
  return raw.length <= 100 && isHeadingLine(walk, raw, next);
}

function isHeadingLine(walk: Walk, raw: string, next: Block | undefined): boolean {
  const text = plainText(raw);
  if (BOLD_LINE.test(raw)) return namesSection(text) || isStepHeading(text) || isPlatform(text);
  return isShortTitle(text) && (titlesList(walk, text, next) || (namesSection(text) && hasBody(next)));
}

/** Numbers the step below it; a line that is not bold and holds code is the step itself. */
function isStepLine(raw: string): boolean {
  return BOLD_STEP.test(raw) || (STEP_LINE.test(plainText(raw)) && !raw.includes("`"));
}

function namesSection(text: string): boolean {
  return sectionKind(text.replace(/:$/, "")) !== null;
}

/** In a text without headings a few words above a list are its heading, unless they are an order or lead on. */
function titlesList(walk: Walk, text: string, next: Block | undefined): boolean {
  return walk.options.plain && next?.kind === "list" && !isInstruction(text) && !/[.:;,]$/.test(text);
}

function hasBody(next: Block | undefined): boolean {
  return next !== undefined && next.kind !== "heading";
}

function isShortTitle(text: string): boolean {
  return text.split(/\s+/).length <= 4 && /^\p{Lu}/u.test(text) && !/[.!?]$/.test(text) && !isOutputIntro(text);
}

/** A paragraph that introduced nothing after all. */
function flushPending(walk: Walk, beforeList = false): void {
  const pending = walk.pending;
  if (pending === null) return;
  walk.pending = null;
  if (!beforeList) return visitProse(walk, pending);
  introduceList(walk, pending);
}

/** "If the tokens do not match:" makes the items below it conditional; a command in the sentence is a step of its own. */
function introduceList(walk: Walk, lines: readonly SourceLine[]): void {
  const text = plainText(joinText(lines));
  visitProse(walk, lines, "list");
  walk.condition = makesConditional(text) ? text.replace(/:$/, "") : null;
  walk.context = isInstruction(text) ? text.replace(/:$/, "") : null;
  walk.forbidden = forbidsBelow(text);
  walk.explained = EXPLAINS.test(text);
}

function visitListBlock(walk: Walk, list: Extract<Block, { kind: "list" }>): void {
  if (beginsSteps(walk, list)) leaveSection(walk);
  const around = walk.section;
  if (walk.explained) walk.section = { ...around, kind: "background" };
  visitList(walk, list);
  walk.section = around;
  walk.explained = false;
  walk.condition = null;
  walk.context = null;
  walk.forbidden = false;
}

/** "In the above example, we": what follows are the parts of a command, one by one. */
const EXPLAINS =
  /^\W*(?:in|breaking down) (?:the|this) (?:above |previous )?(?:example|command)(?: above)?,? (?:we|the|is|does)\b.{0,40}$/i;

/** Below a drawn heading for prerequisites and the words under it, a list that counts from one and tells to act needs no heading of its own. */
function beginsSteps(walk: Walk, { ordered, items }: Extract<Block, { kind: "list" }>): boolean {
  const head = items[0]?.blocks[0];
  return ordered && head?.kind === "paragraph" && endsNeeds(walk, isInstruction(joinText(head.lines)));
}
