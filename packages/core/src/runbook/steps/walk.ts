// The state of the walk over the block tree, and the few moves that every kind of block makes on it.
// Blocks are visited in reading order; each adds steps, adds to the last step, or changes the section. It never looks ahead past its siblings.

import { forbidsBelow } from "../commands/forbidding.ts";
import type { Mention } from "../commands/find-commands.ts";
import type { FoundStatement } from "../commands/statement.ts";
import { isInstruction } from "../meaning/instructions.ts";
import { isCalledStep } from "../meaning/sections.ts";
import { joinText, rangeOf, type SourceLine } from "../source/source-line.ts";
import type { RunbookWarning } from "../types.ts";
import { describe } from "./describe.ts";
import { type DraftStep, extendTo, newDraft, type Section } from "./draft-step.ts";

/** How the document is to be read. */
export interface WalkOptions {
  /** The text has no headings: short lines above lists are. */
  readonly plain: boolean;
  /** `chat`: only messages with commands are steps. */
  readonly chat: boolean;
  /** Nothing was found by the strict reading: paragraphs and bullets anywhere may be instructions. */
  readonly lenient: boolean;
  /** The document is a rollback procedure: its rollback sections are its steps. */
  readonly rollbackIsProcedure: boolean;
}

/** A piece of text outside the steps, for prerequisites and conditions. */
export interface LooseText {
  readonly lines: readonly SourceLine[];
  readonly section: Section;
  readonly heading: boolean;
}

/** What was collected so far, and where the walk stands. */
export interface Walk {
  readonly options: WalkOptions;
  readonly steps: DraftStep[];
  readonly rollback: FoundStatement[];
  readonly loose: LooseText[];
  readonly mentions: Mention[];
  readonly warnings: RunbookWarning[];
  section: Section;
  /** Groups of alternative sections so far. */
  alternatives: number;
  /** Paragraph that introduces what comes next; not yet a step. */
  pending: readonly SourceLine[] | null;
  /** The step that a code block without an introduction belongs to. */
  open: DraftStep | null;
  /** The numbered heading whose body is being read. */
  headingStep: DraftStep | null;
  /** Condition of the items being read, from the item or sentence above them. */
  condition: string | null;
  /** The items being read are forbidden by the words above them. */
  forbidden: boolean;
  /** The items being read are the parts of a command, which the words above them explain. */
  explained: boolean;
  /** Description for items that carry none of their own. */
  context: string | null;
}

/** The state before the first block: nothing collected, no section. */
export function newWalk(options: WalkOptions): Walk {
  return {
    options,
    steps: [],
    rollback: [],
    loose: [],
    mentions: [],
    warnings: [],
    section: { title: null, kind: null, level: 0, alternative: null, pseudo: false },
    alternatives: 0,
    pending: null,
    open: null,
    headingStep: null,
    condition: null,
    forbidden: false,
    explained: false,
    context: null,
  };
}

/** Whether words or a list that tell to act end a list of what is needed, which only a short line named. */
export function endsNeeds({ section, loose }: Walk, isTold: boolean): boolean {
  const isNeeds = section.kind === "prerequisites" && section.pseudo;
  return isNeeds && isTold && loose.some((text) => text.section === section && !text.heading);
}

export function leaveSection(walk: Walk): void {
  walk.section = { title: null, kind: null, level: 0, alternative: null, pseudo: false };
}

/** A step in the present section and under its condition; it counts once it is pushed. */
export function startStep(walk: Walk, description: string, start: number, end: number): DraftStep {
  return newDraft(walk.section, description, start, end, walk.condition);
}

/** Adds a finished step; later blocks without an introduction belong to it. */
export function pushStep(walk: Walk, step: DraftStep): void {
  walk.steps.push(step);
  walk.open = step;
}

/** A numbered heading is a step of its own unless what is below it takes its place. */
export function endHeadingStep(walk: Walk): void {
  const step = walk.headingStep;
  walk.headingStep = null;
  if (step === null) return;
  if (step.commands.length > 0) pushStep(walk, step);
  else if (step.prose.length > 1) takeOrders(walk, step);
}

function takeOrders(walk: Walk, step: DraftStep): void {
  const orders = ordersIn(step);
  for (const told of orders) pushStep(walk, told);
  if (orders.length === 0) walk.loose.push({ lines: step.prose.slice(1), section: step.section, heading: false });
}

/** Below a heading without commands each paragraph that tells to act is a step, with the remarks behind it; one that tells nothing is whole. */
function ordersIn(step: DraftStep): readonly DraftStep[] {
  const orders: DraftStep[] = [];
  for (const lines of paragraphsOf(step.prose.slice(1))) {
    const text = joinText(lines);
    const [start, end] = rangeOf(lines);
    const last = orders.at(-1);
    if (isInstruction(text)) orders.push(newDraft(step.section, describe(text, []), start, end, step.condition));
    else if (last === undefined) continue;
    else extendTo(last, start, end);
    orders.at(-1)?.prose.push(...lines);
  }
  if (orders.length > 0 && step.output.length === 0) return orders;
  return step.output.length > 0 || namesAStep(step) ? [step] : [];
}

/** "Step 3: Failover", "2. Stop the writer": the heading alone says that something is done. "7. Validation" only counts the sections. */
export function namesAStep({ section, description }: DraftStep): boolean {
  return isCalledStep(section.title ?? "") || isInstruction(description);
}

function paragraphsOf(lines: readonly SourceLine[]): readonly (readonly SourceLine[])[] {
  const paragraphs: SourceLine[][] = [];
  for (const line of lines) {
    const before = paragraphs.at(-1);
    if (before !== undefined && line.line - (before.at(-1)?.line ?? 0) <= 1) before.push(line);
    else paragraphs.push([line]);
  }
  return paragraphs;
}

/** What is read here undoes; in a rollback procedure that is what its steps do. */
export function inRollback(walk: Walk): boolean {
  return walk.section.kind === "rollback" && !walk.options.rollbackIsProcedure;
}

/** Everything here is what not to do. */
export function isRefused(walk: Walk): boolean {
  return walk.forbidden || forbidsBelow(walk.section.title ?? "");
}

/** Whether words without a command may be a step here: never in a chat, nor where everything is what not to do. */
export function takesManualSteps(walk: Walk): boolean {
  return !walk.options.chat && !isRefused(walk);
}

/** Warns of the commands on these lines, which are no steps. */
export function adviseAgainst(walk: Walk, lines: readonly number[]): void {
  for (const line of lines) {
    walk.warnings.push({ code: "ADVISED_AGAINST", message: "The text advises against this command; it is not a step.", line });
  }
}
