// Reads a paragraph outside lists: commands in its sentences become steps, an instruction becomes a manual step, the rest stays loose text.
// Source lines go in; the walk gets steps, or more prose for the step before (what should be seen, what it means).

import type { PlacedCommand } from "../commands/statement.ts";
import { CONDITIONAL, isAdvice, isInstruction } from "../meaning/instructions.ts";
import { tellsWhatIsShown } from "../meaning/expected-output.ts";
import { isBackground, isBeforeOrAfter, sectionKind } from "../meaning/sections.ts";
import { plainText } from "../source/plain-text.ts";
import { joinText, rangeOf, type SourceLine } from "../source/source-line.ts";
import type { SectionKind } from "../types.ts";
import { describe } from "./describe.ts";
import { extendTo, type DraftStep } from "./draft-step.ts";
import { readProse } from "./read-prose.ts";
import { inRollback, pushStep, startStep, takesManualSteps, type Walk } from "./walk.ts";

const OUTPUT_INTRO =
  /^(?:(?:the |sample |example |expected |and the |this )?(?:output|result|response)s?\b.{0,60}|(?:it|this|that|which|you) (?:should|will|must|would)\b.*|(?:\p{L}+ ){0,4}(?:should|must|has to|have to) (?:now |then |all |both )?(?:be|print|show|return|say|read|list|match|end|contain)\b.*|expected\b.*|.{0,40}\bsomething like\b.*|(?:resultado|ausgabe|résultat|sortie|saída)\b.*)$/iu;
const LABEL = /^([\p{L} -]{3,40})[:：]\s*\S|^(Background|Context|Overview|Meaning|Impact|Hintergrund|Contexto|Contexte)\.\s/u;
const ALL_CLEAR = /\b(?:gone|back|ok|okay|recovered|fixed|green|healthy|resolved|normal|working)\b/i;

/** "Output looks like:", "You should see:", "Expected: ...": belongs to the step before. */
export function isOutputIntro(text: string): boolean {
  return OUTPUT_INTRO.test(plainText(text));
}

/** What the paragraph leads to: without a command of its own it is no step when that is a list. */
export type Introduces = "list" | "data" | "nothing";

/** Reads one paragraph. @param introduces - what follows it, when the caller knows */
export function visitProse(walk: Walk, lines: readonly SourceLine[], introduces: Introduces = "nothing"): void {
  const text = joinText(lines);
  const label = labelKind(text);
  if (isBackground(label)) return keepLoose(walk, lines);
  if (undoes(walk, label))
    return keepRollback(
      walk,
      lines,
      readProse(walk, lines, () => true),
    );
  if (walk.headingStep !== null) return addToHeadingStep(walk.headingStep, lines, readProse(walk, lines));
  const wanted = readProse(walk, lines, (command) => isWanted(walk, command, text));
  if (wanted.length > 0 && finishesItem(walk, lines, text, wanted)) return;
  if (wanted.length > 0) return addProseSteps(walk, lines, text, wanted);
  if (belongsToOpen(walk, lines)) return;
  if (!isManualStep(walk, text, introduces)) return keepLoose(walk, lines);
  const step = startStep(walk, describe(text, []), ...rangeOf(lines));
  step.prose.push(...lines);
  pushStep(walk, step);
}

/** "1. Look at the disk", a blank line, `df -h`: a paragraph of nothing but commands right below a step without any is that step's. */
function finishesItem({ open, section }: Walk, lines: readonly SourceLine[], text: string, commands: readonly PlacedCommand[]): boolean {
  if (open === null || open.commands.length > 0 || open.section !== section || rangeOf(lines)[0] - open.end > 2) return false;
  const words = commands.reduceRight((rest, { start, end }) => rest.slice(0, start) + rest.slice(end), text);
  if (words.trim() !== "") return false;
  addToStep(open, lines, commands);
  return true;
}

function undoes(walk: Walk, label: SectionKind | null): boolean {
  return inRollback(walk) || (label === "rollback" && !walk.options.rollbackIsProcedure);
}

/** What the words before the first colon say about the paragraph. */
function labelKind(text: string): SectionKind | null {
  const label = LABEL.exec(plainText(text));
  return label === null ? null : sectionKind(label[1] ?? label[2] ?? "");
}

function addToHeadingStep(step: DraftStep, lines: readonly SourceLine[], commands: readonly PlacedCommand[]): void {
  if (commands.length === 0 && awaitsOutput(step)) addOutput(step, lines);
  else addToStep(step, lines, commands);
}

/** Takes the paragraph into the step before if it tells what that step shows. */
function belongsToOpen(walk: Walk, lines: readonly SourceLine[]): boolean {
  const step = walk.open;
  const text = joinText(lines);
  if (step === null) return false;
  if (awaitsOutput(step) || (walk.options.chat && ALL_CLEAR.test(text))) {
    addOutput(step, lines);
    return true;
  }
  if (!isOutputIntro(text) && !remarksOn(step, lines, text)) return false;
  addToStep(step, lines, []);
  return true;
}

/** Right below its commands, and telling nobody to do anything. */
function remarksOn(step: DraftStep, lines: readonly SourceLine[], text: string): boolean {
  const isBelow = step.commands.length > 0 && rangeOf(lines)[0] - step.end <= 2;
  return isBelow && !isInstruction(text) && tellsWhatIsShown(text);
}

function keepRollback(walk: Walk, lines: readonly SourceLine[], commands: readonly PlacedCommand[]): void {
  walk.rollback.push(...commands);
  keepLoose(walk, lines);
}

function keepLoose(walk: Walk, lines: readonly SourceLine[]): void {
  walk.loose.push({ lines, section: walk.section, heading: false });
  if (!walk.options.chat) walk.open = null;
}

/** Text about the system mentions commands; only a clear order to run one counts there. */
function isWanted(walk: Walk, command: PlacedCommand, text: string): boolean {
  if (!isBackground(walk.section.kind)) return command.confidence >= 0.5;
  return walk.section.kind !== "follow_up" && command.confidence >= 0.9 && isInstruction(text);
}

/** "Output looks like:" was the last thing said. */
function awaitsOutput(step: DraftStep): boolean {
  const last = step.prose.at(-1);
  const answered = step.commands.some((command) => last !== undefined && command.line > last.line);
  return last !== undefined && !answered && /[:：]\s*$/.test(last.text) && isOutputIntro(last.text);
}

function addOutput(step: DraftStep, lines: readonly SourceLine[]): void {
  step.output.push(...lines);
  extendTo(step, ...rangeOf(lines, step.start));
}

/** A sentence that leads to something else is a step only where nothing clearer was found. */
function isManualStep(walk: Walk, text: string, introduces: Introduces): boolean {
  const { kind } = walk.section;
  if (!takesManualSteps(walk)) return false;
  if (walk.options.lenient) return !isBeforeOrAfter(kind) && isAdvice(text, kind);
  if (isBackground(kind) || leadsOn(text, introduces) || !isUnderWay(walk, text)) return false;
  return isInstruction(text) || closesWithOrder(walk, text);
}

/** To a list, or to whatever its colon announces; a sentence before mere data stands for itself. */
function leadsOn(text: string, introduces: Introduces): boolean {
  return introduces === "list" || (introduces === "nothing" && /[:：]\s*$/.test(text));
}

/** Below a title; in a plain text without one, a sentence that goes on from a step with a condition. */
function isUnderWay(walk: Walk, text: string): boolean {
  return walk.section.title !== null || (walk.options.plain && walk.steps.length > 0 && CONDITIONAL.test(plainText(text)));
}

/** "This is a server error. Run the job again.": a short paragraph of a marked-up page whose last sentence tells to act. */
function closesWithOrder(walk: Walk, text: string): boolean {
  if (walk.options.plain || walk.section.kind === "verification") return false;
  const sentences = plainText(text).split(/(?<=[.!?])\s+(?=\p{Lu}|`)/u);
  return sentences.length > 1 && sentences.length <= 3 && isInstruction(sentences.at(-1) ?? "");
}

function addToStep(step: DraftStep, lines: readonly SourceLine[], commands: readonly PlacedCommand[]): void {
  step.prose.push(...lines);
  step.commands.push(...commands);
  extendTo(step, ...rangeOf(lines, step.start));
}

/** How much of a paragraph describes a step that has no words of its own. */
const MAX_WHOLE = 1_000;

/** One step per run of commands in running text; each is described by the words from the command before it up to its own. */
function addProseSteps(walk: Walk, lines: readonly SourceLine[], text: string, commands: readonly PlacedCommand[]): void {
  const runs = inRuns(text, commands);
  // Said once: a paragraph of nothing but commands would otherwise be copied into each of its steps.
  const whole = runs.length === 1 ? "" : describe(text.slice(0, MAX_WHOLE), []);
  let from = 0;
  for (const [index, run] of runs.entries()) {
    const [first] = run;
    const end = index === runs.length - 1 ? text.length : endOf(run);
    const description = runs.length === 1 ? describe(text, run) : clauseBefore(text, from, first) || whole;
    const step = startStep(walk, description, ...rangeOf(lines));
    step.commands.push(...run);
    step.prose.push({ text: text.slice(from, end), line: first.line });
    if (index === 0 && isTerse(text, first)) lendContext(walk, step);
    pushStep(walk, step);
    from = end;
  }
}

type Run = [PlacedCommand, ...PlacedCommand[]];

/** Commands with nothing but blanks and line ends between them. */
function inRuns(text: string, commands: readonly PlacedCommand[]): readonly Run[] {
  const runs: Run[] = [];
  for (const command of commands) {
    const last = runs.at(-1);
    if (last !== undefined && text.slice(endOf(last), command.start).trim() === "") last.push(command);
    else runs.push([command]);
  }
  return runs;
}

function endOf(run: Run): number {
  return (run.at(-1) ?? run[0]).end;
}

/** The last sentence between the command before and this one. */
function clauseBefore(text: string, from: number, command: PlacedCommand): string {
  const clause = text.slice(from, command.start).replace(/^[\s,;.)”"`]+(?:and\s+|then\s+|und\s+|y\s+|et\s+)?/i, "");
  return describe(clause.slice(lastSentence(clause)), []);
}

function lastSentence(text: string): number {
  let from = 0;
  for (const end of text.matchAll(/[.!?]\s+(?=\p{Lu})/gu)) from = end.index + end[0].length;
  return from;
}

/** "ok doing `cmd`" says nothing by itself; the message before it does. */
function isTerse(text: string, command: PlacedCommand): boolean {
  const words = (text.slice(0, command.start) + text.slice(command.end)).match(/\p{L}{4,}/gu) ?? [];
  return words.length < 3;
}

function lendContext(walk: Walk, step: DraftStep): void {
  const before = walk.loose.at(-1);
  if (!walk.options.chat || before === undefined) return;
  step.description = `${plainText(joinText(before.lines))} (${step.description})`;
  extendTo(step, rangeOf(before.lines, step.start)[0], step.end);
}
