// Turns a judged conversation into the walk that the parser assembles: a step per attempt that is kept, a warning or a mention for the others.
// Events and verdicts go in, a Walk comes out. Who said something is used to tell one speaker from another and is not kept.

import { describe } from "../steps/describe.ts";
import { type DraftStep, extendTo, newDraft, type Section } from "../steps/draft-step.ts";
import { adviseAgainst, newWalk, pushStep, type Walk } from "../steps/walk.ts";
import type { ChatMessage } from "../source/chat-messages.ts";
import { plainText } from "../source/plain-text.ts";
import { joinText, rangeOf, type SourceLine } from "../source/source-line.ts";
import type { Judged } from "./judge-attempts.ts";
import type { Attempt, Conversation, Remark } from "./read-attempts.ts";
import { needsIn } from "./told-needs.ts";

/** @param judged - in the order in which the steps are to come; `sectionOf` - where in the text a message stands */
export function toWalk(
  conversation: Conversation,
  judged: readonly Judged[],
  sectionOf: (message: ChatMessage) => Section | null = () => null,
): Walk {
  const walk = newWalk({ chat: true, plain: true, lenient: false, rollbackIsProcedure: false });
  const outside = walk.section;
  walk.mentions.push(...conversation.mentions);
  adviseAgainst(walk, conversation.advisedAgainst);
  for (const one of judged) {
    walk.section = sectionOf(one.attempt.message) ?? outside;
    if (one.verdict.is === "kept") pushStep(walk, toStep(walk, one));
    else drop(walk, one);
  }
  walk.section = outside;
  for (const event of conversation.events) hearAside(walk, event);
  return walk;
}

/** Text outside the steps, and what anybody says that one needs. */
function hearAside(walk: Walk, event: Attempt | Remark): void {
  const { section } = walk;
  if (event.kind === "remark" && event.printed) return;
  if (event.kind === "remark") walk.loose.push({ lines: event.lines, section, heading: false });
  const said = event.kind === "remark" ? [event.lines] : [event.intro, event.behind];
  for (const lines of said.flatMap(needsIn)) walk.loose.push({ lines, section: { ...section, kind: "prerequisites" }, heading: false });
}

function drop(walk: Walk, { attempt, verdict }: Judged): void {
  if (verdict.is === "kept") return;
  for (const command of attempt.commands) {
    if (verdict.is === "proposed") walk.mentions.push({ command: { ...command, confidence: 0.4 }, reason: verdict.reason });
    else walk.warnings.push({ code: "ADVISED_AGAINST", message: `This command is no step. ${verdict.reason}`, line: command.line });
  }
}

function toStep(walk: Walk, judged: Judged): DraftStep {
  const { attempt, shown } = judged;
  const { commands, intro, behind, output, sentence } = attempt;
  const [{ line, text } = { line: intro[0]?.line ?? attempt.message.start, text: "" }] = commands;
  const own = describeAttempt(intro, behind, sentence) || text.split("\n", 1).join("");
  const lent = lentContext(judged);
  const step = newDraft(walk.section, lent.length > 0 ? `${plainText(joinText(lent))} (${own})` : own, line, line);
  step.prose.push(...intro, ...(sentence === null ? [] : [{ text, line }]), ...behind);
  step.commands.push(...commands);
  step.output.push(...output, ...shown);
  for (const lines of [lent, intro, behind, output, shown]) if (lines.length > 0) extendTo(step, ...rangeOf(lines));
  for (const command of commands) extendTo(step, command.line, command.endLine);
  return step;
}

/** In a chat, what was said before a command that comes with hardly any words. */
function lentContext({ attempt: { manner, commands, intro, behind }, context }: Judged): readonly SourceLine[] {
  return manner === "chat" && commands.length > 0 && isTerse(intro, behind) ? context : [];
}

/** The end of the line or sentence that the command stands in. */
const AFTERWARDS = /\n|(?<=[`)\p{L}\d][.!?])\s+(?=\p{Lu})/u;

/** The words in front of the command where they lead to it, else the sentence whole. */
function describeAttempt(intro: readonly SourceLine[], behind: readonly SourceLine[], sentence: string | null): string {
  const before = joinText(intro).trim();
  const [own = ""] = (sentence ?? "").split(AFTERWARDS, 1);
  const goesOn = behind.length > 0 && own.trim().split(/\s+/).length > 1 && !/`\s*$/.test(own);
  const leads = sentence === null || !goesOn || /[:：→>–—-]\s*$/.test(before);
  const text = leads && before !== "" ? describe(before, []) : describe(`${before} ${own}`.trim(), []);
  return text.replace(/^[\s,;.)”"]+(?:(?:and|then|und|y|et|e)\s+(?=\S))?/i, "");
}

/** "ok doing `cmd`" says nothing by itself; what was said before it does. */
function isTerse(intro: readonly SourceLine[], behind: readonly SourceLine[]): boolean {
  return (`${joinText(intro)} ${joinText(behind)}`.match(/\p{L}{4,}/gu) ?? []).length < 3;
}
