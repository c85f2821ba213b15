// Reads a paragraph outside lists: commands in its sentences become steps, an instruction becomes a manual step, the rest stays loose text.
// Source lines go in; the walk gets steps, or more prose for the step before (what should be seen, what it means).

import { findCommands, type PlacedCommand } from "../commands/find-commands.ts";
import { holdsInstruction, isInstruction } from "../meaning/instructions.ts";
import { isBackground, sectionKind } from "../meaning/sections.ts";
import { plainText } from "../source/plain-text.ts";
import { joinText, type SourceLine } from "../source/source-line.ts";
import { describe } from "./describe.ts";
import { extendTo, type DraftStep } from "./draft-step.ts";
import { adviseAgainst, inRollback, pushStep, startStep, type Walk } from "./walk.ts";

const OUTPUT_INTRO =
  /^(?:(?:the |sample |example |expected |and the |this )?(?:output|result|response)s?\b.{0,60}|(?:it|this|that|which|you) (?:should|will|must|would)\b.*|expected\b.*|(?:resultado|ausgabe|résultat|sortie|saída)\b.*)$/i;
const LABEL = /^([\p{L} -]{3,40})[:：]\s*\S/u;
const ALL_CLEAR = /\b(?:gone|back|ok|okay|recovered|fixed|green|healthy|resolved|normal|working)\b/i;

/** "Output looks like:", "You should see:", "Expected: ...": belongs to the step before. */
export function isOutputIntro(text: string): boolean {
  return OUTPUT_INTRO.test(plainText(text));
}

/** @param introducesList - the paragraph only leads to a list: without a command it is no step */
export function visitProse(walk: Walk, lines: readonly SourceLine[], introducesList = false): void {
  const text = joinText(lines);
  const label = sectionKind(LABEL.exec(plainText(text))?.[1] ?? "");
  if (label === "prerequisites" || label === "background") return keepLoose(walk, lines);
  const { commands, advisedAgainst } = findCommands(lines);
  adviseAgainst(walk, advisedAgainst);
  if (inRollback(walk) || label === "rollback") {
    walk.rollback.push(...commands);
    return keepLoose(walk, lines);
  }
  const owner = walk.headingStep ?? walk.open;
  if (owner !== null && commands.length === 0 && awaitsOutput(owner)) return addOutput(owner, lines);
  if (walk.headingStep !== null) return addToStep(walk.headingStep, lines, commands);
  const wanted = commands.filter((command) => isWanted(walk, command, text));
  if (wanted.length > 0) return addProseSteps(walk, lines, text, wanted);
  if (walk.open !== null && walk.options.chat && ALL_CLEAR.test(text)) return addOutput(walk.open, lines);
  if (walk.open !== null && isOutputIntro(text)) return addToStep(walk.open, lines, []);
  if (!introducesList && isManualStep(walk, text)) {
    const step = startStep(walk, describe(text, []), lines[0]?.line ?? 1, lines.at(-1)?.line ?? 1);
    step.prose.push(...lines);
    return pushStep(walk, step);
  }
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
  const last = step.prose.at(-1)?.text ?? "";
  return /[:：]\s*$/.test(last) && isOutputIntro(last);
}

function addOutput(step: DraftStep, lines: readonly SourceLine[]): void {
  step.output.push(...lines);
  extendTo(step, lines[0]?.line ?? step.start, lines.at(-1)?.line ?? step.end);
}

function isManualStep(walk: Walk, text: string): boolean {
  if (walk.options.chat || /[:：]\s*$/.test(text)) return false;
  const { kind } = walk.section;
  if (walk.options.lenient) return kind !== "prerequisites" && kind !== "follow_up" && holdsInstruction(text);
  return kind !== null && !isBackground(kind) && isInstruction(text);
}

function addToStep(step: DraftStep, lines: readonly SourceLine[], commands: readonly PlacedCommand[]): void {
  step.prose.push(...lines);
  step.commands.push(...commands.filter((command) => command.confidence >= 0.7));
  extendTo(step, lines[0]?.line ?? step.start, lines.at(-1)?.line ?? step.end);
}

/** One step per command of running text; each is described by the words from the command before it up to its own. */
function addProseSteps(walk: Walk, lines: readonly SourceLine[], text: string, commands: readonly PlacedCommand[]): void {
  const before = walk.loose.at(-1);
  for (const [index, command] of commands.entries()) {
    const from = index === 0 ? 0 : (commands[index - 1]?.end ?? 0);
    const to = index === commands.length - 1 ? text.length : command.end;
    const placed = { ...command, start: command.start - from, end: command.end - from };
    const step = startStep(walk, stepText(text, from, command, placed, commands.length), command.line, command.endLine);
    step.commands.push(command);
    step.prose.push({ text: text.slice(index === 0 ? 0 : from, to), line: command.line });
    extendTo(step, lines[0]?.line ?? command.line, lines.at(-1)?.line ?? command.endLine);
    if (walk.options.chat && index === 0 && before !== undefined && isTerse(text, command)) lendContext(step, before.lines);
    pushStep(walk, step);
  }
}

function stepText(text: string, from: number, command: PlacedCommand, placed: PlacedCommand, count: number): string {
  if (count === 1) return describe(text, [placed]);
  const clause = text.slice(from, command.start).replace(/^[\s,;.)”"`]+(?:and\s+|then\s+|und\s+|y\s+|et\s+)?/i, "");
  const sentence = clause.slice(lastSentence(clause));
  return describe(sentence, []) || describe(text, []);
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

function lendContext(step: DraftStep, lines: readonly SourceLine[]): void {
  step.description = `${plainText(joinText(lines))} (${step.description})`;
  extendTo(step, lines[0]?.line ?? step.start, step.end);
}
