// Cuts an incident review into its sections and these into sentences, so that it is read like a conversation: who tried what, and what came of it.
// Lines go in; sections with the sentences of those that tell what was done come out, or null where the text is no review.

import { sectionKind } from "../meaning/sections.ts";
import type { ChatMessage } from "../source/chat-messages.ts";
import { findCodeSpans, maskCodeSpans } from "../source/inline-code.ts";
import { plainText } from "../source/plain-text.ts";
import { joinText, rangeOf, type SourceLine } from "../source/source-line.ts";
import type { Section } from "../steps/draft-step.ts";
import type { Saying } from "./read-attempts.ts";
import { cut, toParagraph } from "./text-pieces.ts";
import { timelineRows } from "./timeline-rows.ts";

export interface ReviewSection {
  readonly section: Section;
  /** It tells what was done; others give causes, consequences and plans. */
  readonly tells: boolean;
  readonly lines: readonly SourceLine[];
}

const TITLE =
  /\b(?:post-?mortem|incident (?:review|report|retrospective|summary|analysis)|(?:incident|outage) retrospective|root cause analysis|rca|after[- ]action (?:review|report)|störungsbericht|informe de incidente|rapport d['’]incident|relatório de incidente)\b/i;
const TELLING =
  /^(?:(?:detailed )?timeline\b.*|what happened\b.*|detection\b.*|response\b.*|chronolog\w*|what we (?:did|tried)\b(?!.*\b(?:in vain|did(?:n['’]t| not)|no effect|without))|how (?:(?:we|they|it was|was it|was this|this was) )(?:found|noticed|fixed|solved|resolved|recovered|mitigated|stopped|detected)\b.*|ablauf|zeitverlauf|cronología|chronologie)$/i;
const REVIEW_SECTION =
  /^(?:timeline\b.*|what (?:happened|fixed it|went (?:well|wrong|badly))|detection|trigger|impact|resolution|root cause(?:s|\(s\))?|contributing factors|(?:corrective |next )?action(?:s| items?| points?)|follow[- ]?ups?|next steps|lessons(?: learned)?|learnings|summary|where we got lucky|why (?:it|did it) took? .*|why (?:was|did|were) .*)$/i;
const NUMBERED_INCIDENT = /^[#*\s]*(?:INC|INCIDENT|OUTAGE|SEV|MAJOR)[-_ #]{0,2}\d{1,8}\b|\bSEV-?[0-4]\b/i;
const ACTIONS =
  /^(?:(?:corrective|next|open|remaining|preventive|further) )?(?:actions?(?: items?| points?| required)?|next steps|to-?dos?|tasks|maßnahmen|acciones|actions)$/i;
/** Somebody is to do it later: a ticket, a box to tick, a column for its owner. */
const TRACKED =
  /(?<![\w-])[A-Z][A-Z0-9]{1,9}-\d+\b|(?:^|[\s(\w/])#\d+\b|^\s*[-*+]\s+\[[ xX]\]\s|^\s*\|.*\b(?:owner|who|assignee|ticket|due|wer|frist|responsable)\b/i;
const CLOCK = /^\s*(?:[-*+•|]\s*)?(?:\*\*)?\[?(?:\d{4}-\d\d-\d\d[ T])?~?\d{1,2}:\d{2}/;
const HEADING = /^\s{0,3}#{1,6}\s+(.+?)\s*#*\s*$/;
const BOLD = /^\s*\*\*([^*]+)\*\*:?\s*$/;
const RUN_IN = /^\s*(?:\*\*)?(\p{Lu}[\p{L} /'’()-]{3,40}?)(?:\*\*)?[.:](?:\*\*)?\s+(\S.*)$/u;
const ENTRY =
  /^\s*(?:[-*+•]\s+|\d{1,3}[.)]\s+)?(?:\*\*)?(?:\[?(?:\d{4}-\d\d-\d\d[ T])?~?\d{1,2}:\d{2}(?::\d{2})?\]?(?:\s?(?:UTC|[AP]M|CES?T|Z))?(?:\*\*)?\s*(?:[-–—:|]\s*)?|(?<=[-*+•.)]\s+))/i;
const MAX_TITLE = 60;

/** @param told - somebody says that it is one: its title need not */
export function readReview(lines: readonly SourceLine[], told = false): readonly ReviewSection[] | null {
  if (told) return cutSections(lines);
  const head = lines.filter(({ text }) => text.trim() !== "").slice(0, 6);
  const says = (pattern: RegExp): boolean => head.some(({ text }) => text.length <= 160 && pattern.test(text));
  if (!says(TITLE) && !says(NUMBERED_INCIDENT)) return null;
  const sections = cutSections(lines);
  if (!says(TITLE) && !sections.some(isTimeline)) return null;
  const known = new Set(sections.map(({ section }) => (section.title ?? "").toLowerCase()).filter((title) => REVIEW_SECTION.test(title)));
  return known.size >= 2 ? sections : null;
}

function cutSections(lines: readonly SourceLine[]): readonly ReviewSection[] {
  const sections: { section: Section; tells: boolean; lines: SourceLine[] }[] = [];
  let fenced = false;
  for (const [index, line] of lines.entries()) {
    if (/^\s*(?:```|~~~)/.test(line.text)) fenced = !fenced;
    const title = fenced ? null : titleAt(lines, index);
    if (title === null) sections.at(-1)?.lines.push(line);
    else {
      sections.push({ ...toSection(title.text), lines: [] });
      if (title.rest !== "") sections.at(-1)?.lines.push({ ...line, text: title.rest });
    }
  }
  return sections.map((one) => (isTracked(one) ? { ...one, section: { ...one.section, kind: "follow_up" }, tells: false } : one));
}

/** Under a heading that tells, at least two lines with a time. */
function isTimeline({ tells, lines }: ReviewSection): boolean {
  return tells && lines.filter(({ text }) => CLOCK.test(text)).length >= 2;
}

/** "Actions" with tickets, owners or boxes to tick are follow-ups; with times they tell what was done. */
function isTracked({ section, lines }: ReviewSection): boolean {
  const title = (section.title ?? "").replace(/[:.]$/, "");
  return ACTIONS.test(title) && lines.some(({ text }) => TRACKED.test(text)) && !lines.some(({ text }) => CLOCK.test(text));
}

interface FoundTitle {
  readonly text: string;
  /** What follows on the same line. */
  readonly rest: string;
}

function titleAt(lines: readonly SourceLine[], index: number): FoundTitle | null {
  const text = textAt(lines, index);
  const marked = HEADING.exec(text) ?? BOLD.exec(text);
  if (marked !== null) return { text: plainText(marked.slice(1).join("")), rest: "" };
  if (textAt(lines, index - 1).trim() !== "") return null;
  const bare = text.trim().replace(/:$/, "");
  return isTitleLine(bare) && textAt(lines, index + 1).trim() !== "" ? { text: bare, rest: "" } : runIn(text);
}

function runIn(text: string): FoundTitle | null {
  const [, name = "", rest = ""] = RUN_IN.exec(text) ?? [];
  return isKnown(name) ? { text: name, rest } : null;
}

function textAt(lines: readonly SourceLine[], index: number): string {
  return lines[index]?.text ?? "";
}

function isTitleLine(text: string): boolean {
  if (text.length > MAX_TITLE || !/^\p{Lu}/u.test(text) || /[.,;`]$/.test(text)) return false;
  return isKnown(text) || /^\p{Lu}[\p{L}\d '’-]{2,40}$/u.test(text);
}

function isKnown(title: string): boolean {
  return title !== "" && (REVIEW_SECTION.test(title) || TELLING.test(title) || sectionKind(title) !== null);
}

function toSection(title: string): { readonly section: Section; readonly tells: boolean } {
  const kind = TELLING.test(title) ? null : sectionKind(title);
  const tells = kind === null ? TELLING.test(title) : kind !== "background" && kind !== "follow_up" && kind !== "prerequisites";
  return { section: { title, kind, alternative: null, level: 2, pseudo: false }, tells };
}

interface Collector {
  readonly sayings: Saying[];
  paragraph: SourceLine[];
  fenced: boolean;
}

/** The sentences of a section, each as something that was said; a code block stays with the sentence above it. */
export function sayingsOf(lines: readonly SourceLine[]): readonly Saying[] {
  const collector: Collector = { sayings: [], paragraph: [], fenced: false };
  const rows = timelineRows(lines);
  for (const [index, line] of lines.entries()) {
    const words = collector.fenced ? null : rows.wordsOf(index);
    if (words === null) addLine(collector, line);
    else {
      endParagraph(collector);
      collector.sayings.push(...words.flatMap((cell) => sentences([cell])).map((one) => ({ ...one, row: true })));
    }
  }
  endParagraph(collector);
  return collector.sayings;
}

function addLine(collector: Collector, line: SourceLine): void {
  const mark = /^\s*(?:```|~~~)/.test(line.text);
  const text = line.text.replace(ENTRY, "");
  if (mark || text !== line.text || text.trim() === "") endParagraph(collector);
  if (mark || collector.fenced) appendTo(collector.sayings, line);
  else if (text.trim() !== "") collector.paragraph.push({ ...line, text });
  if (mark) collector.fenced = !collector.fenced;
}

function endParagraph(collector: Collector): void {
  collector.sayings.push(...sentences(collector.paragraph));
  collector.paragraph = [];
}

function appendTo(sayings: Saying[], line: SourceLine): void {
  const last = sayings.pop();
  sayings.push(saying(last === undefined ? [line] : [...last.lines, line]));
}

function saying(lines: readonly SourceLine[]): Saying {
  const [start, end] = rangeOf(lines);
  const message: ChatMessage = { author: null, minute: null, automatic: false, start, end };
  return { message, lines };
}

function sentences(lines: readonly SourceLine[]): readonly Saying[] {
  if (lines.length === 0) return [];
  const paragraph = toParagraph(lines);
  const text = joinText(lines);
  const masked = maskCodeSpans(text, findCodeSpans(text));
  const found: Saying[] = [];
  let from = 0;
  for (const end of masked.matchAll(/[.!?](?=\s+[\p{Lu}"“(])/gu)) {
    found.push(saying(cut(paragraph, from, end.index + 1)));
    from = end.index + 1;
  }
  found.push(saying(cut(paragraph, from, text.length)));
  return found.filter((one) => one.lines.length > 0);
}
