// Finds every command in a paragraph: code spans that are to be run, whole lines that are commands, and commands undelimited in the prose.
// Source lines go in; commands with their physical lines and their place in the paragraph come out, in reading order.

import { joinText, type SourceLine } from "../source/source-line.ts";
import { type CodeSpan, findCodeSpans, maskCodeSpans } from "../source/inline-code.ts";
import { oneLine } from "../source/plain-text.ts";
import { unwrapLines } from "../source/unwrap-lines.ts";
import { findBareCommands, type TextRange } from "./bare-command.ts";
import { firstWord, isIndexRequest, languageOf } from "./command-shape.ts";
import { alsoMentioned, isTalkedAboutIn, type Judgement, judgeMention, SHOWN_BEHIND } from "./mention.ts";
import { programKind } from "./programs.ts";
import { readPrompt } from "./prompts.ts";
import type { FoundStatement, PlacedCommand } from "./statement.ts";
import { findWholeLines, withoutEscapes } from "./whole-lines.ts";

export interface ParagraphReading {
  readonly commands: readonly PlacedCommand[];
  /** Physical lines of commands that the text advises against. */
  readonly advisedAgainst: readonly number[];
  readonly mentions: readonly Mention[];
}

/** A command in the prose that is no step, with what speaks against it. */
export interface Mention {
  readonly command: FoundStatement;
  readonly reason: string;
}

/** A paragraph as it is read: its text, the same with code spans masked, and the line that each offset stands on. */
interface Paragraph {
  readonly text: string;
  readonly masked: string;
  readonly spans: readonly CodeSpan[];
  readonly lineAt: (offset: number) => SourceLine;
}

export function findCommands(lines: readonly SourceLine[]): ParagraphReading {
  const text = joinText(lines);
  const offsets = lineOffsets(lines);
  const spans = findCodeSpans(text);
  const masked = maskCodeSpans(text, spans);
  const lineAt = (offset: number): SourceLine => lines[lineIndex(offsets, offset)] ?? { text: "", line: 1 };
  const paragraph: Paragraph = { text, masked, spans, lineAt };
  const unmarked = findBareCommands(maskLinks(masked));
  const whole = findWholeLines(lines, offsets, maskLinks(masked)).filter((line) => !isLedIn(line, unmarked));
  const marked = readSpans(paragraph);
  const bare = readUnmarked(
    paragraph,
    unmarked.filter((range) => !whole.some((line) => range.start < line.end && line.start < range.end)),
  );
  const commands = [...marked.commands, ...whole, ...bare.commands];
  const named = commands.filter((command) => !isNameOfAnother(command, commands));
  return {
    commands: named.sort((a, b) => a.start - b.start),
    advisedAgainst: [...marked.advisedAgainst, ...bare.advisedAgainst, ...refusedIn(masked).map((offset) => lineAt(offset).line)],
    mentions: marked.mentions,
  };
}

/** What stands in code marks. */
function readSpans({ masked, spans, lineAt }: Paragraph): ParagraphReading {
  const commands: PlacedCommand[] = [];
  const advisedAgainst: number[] = [];
  const mentions: Mention[] = [];
  let mentioned = -1;
  for (const span of spans) {
    const judged = goesOn(masked, mentioned, span.start) ? alsoMentioned(span.code) : judgeSpan(masked, span);
    mentioned = judged.is === "mention" ? span.end : -1;
    if (judged.is === "advised_against") advisedAgainst.push(lineAt(span.start).line);
    if (judged.is !== "command" && judged.is !== "mention") continue;
    const joined = unwrapLines(span.code);
    const command = place(joined, span.code, lineAt(span.codeStart), lineAt(span.end - 1), span, judged.confidence);
    if (judged.is === "command") commands.push(command);
    else mentions.push({ command, reason: judged.reason });
  }
  return { commands, advisedAgainst, mentions };
}

/** What stands in the prose without any marks. */
function readUnmarked({ text, masked, lineAt }: Paragraph, ranges: readonly TextRange[]): ParagraphReading {
  const commands: PlacedCommand[] = [];
  const advisedAgainst: number[] = [];
  for (const range of ranges) {
    const before = sentenceBefore(masked, range.start);
    const after = sentenceAfter(masked, range.end);
    const quoted = OPENING_QUOTE.test(text.slice(0, range.start));
    if (SHOWN_BEHIND.test(after) || (quoted && (QUOTED_WORDS.test(before) || isTalkedAboutIn(before, after)))) continue;
    const code = text.slice(range.start, range.end);
    if (/(?:^|\s)\.{3}(?:\s|$)/.test(code)) continue;
    if (judgeMention(code, before, after).is === "advised_against") advisedAgainst.push(lineAt(range.start).line);
    else commands.push(place(withoutEscapes(code), code, lineAt(range.start), lineAt(range.end - 1), range, 0.9));
  }
  return { commands, advisedAgainst, mentions: [] };
}

function judgeSpan(masked: string, span: CodeSpan): Judgement {
  if (isOwnLine(masked, span)) return judgeMention(span.code, "", "");
  return judgeMention(span.code, sentenceBefore(masked, span.start), sentenceAfter(masked, span.end));
}

/** "it runs `a` for each tag and `b` when that fails": what is said of the first is said of the second. */
function goesOn(masked: string, mentioned: number, start: number): boolean {
  return (
    mentioned >= 0 &&
    /^[^.!?;:\n]{0,60}\b(?:and|or|und|y|et|e)\s*$/i.test(masked.slice(mentioned, start)) &&
    !/\b(?:run|use|then)\b/i.test(masked.slice(mentioned, start))
  );
}

/** Set on a line of its own between the words that explain it, and long enough to be meant. */
function isOwnLine(text: string, span: { readonly start: number; readonly end: number; readonly code: string }): boolean {
  const opens = /\n[ \t]*$/.test(text.slice(Math.max(0, span.start - 40), span.start));
  const first = span.start === 0;
  const closes = /^[ \t]*\n/.test(text.slice(span.end, span.end + 40));
  return (opens || first) && closes && /\s/.test(span.code.trim());
}

const REFUSAL =
  /\b(?:never|nunca|niemals|jamais|nooit|mai|do not|don['’]t)\b([^.!?;\n]{0,80}?\b(?:with|con|mit|avec|com|met|run|use|execute)\s+)([a-z][\w-]+)\s+[a-z-]/giu;

const MAY_REFUSE = /\b(?:n(?:ever|unca|iemals|ooit|o)|jamais|mai|kein|do not|don['’]t)\b/i;

/** Offsets of unmarked commands that a sentence refuses ("nunca vaciar la cola con rabbitmqctl purge_queue"). */
function refusedIn(masked: string): readonly number[] {
  if (!MAY_REFUSE.test(masked)) return [];
  const named = [...masked.matchAll(REFUSAL)].filter((match) => programKind(match[2] ?? "") === "plain");
  return [...named, ...masked.matchAll(REFUSED_STATEMENT)].map((match) => match.index);
}

/** "no DBCC SHRINKFILE please". */
const REFUSED_STATEMENT = /\b(?:no|kein)\s+(?:DBCC|DROP|TRUNCATE|DELETE|SHUTDOWN|KILL|ALTER)\s+[A-Z]{2,}/g;

/** "use `iotop`: `sudo iotop -P`": the lone program is not a second command. */
function isNameOfAnother(command: PlacedCommand, all: readonly PlacedCommand[]): boolean {
  return !/\s/.test(command.text) && all.some((other) => other.start > command.start && other.text.split(/\s+/, 3).includes(command.text));
}

/** "$ " and a blank or two. */
const PROMPT_LENGTH = 4;

/** "which one is DOWN -> echo ...": an ordinary word starts the line, the command stands behind the arrow. */
function isLedIn(line: PlacedCommand, bare: readonly TextRange[]): boolean {
  return (
    programKind(firstWord(line.text)) === "wordlike" &&
    bare.some((range) => range.start > line.start + PROMPT_LENGTH && range.end <= line.end + 1)
  );
}

/** `alert: "mysql threads_running > 60"`: somebody's words are quoted. */
const QUOTED_WORDS = /\b(?:alert|message|error|warning|mail|subject|title|log line|pages?|says?|reads?|called|named)\b[^.]{0,20}["“«]\s*$/i;

const OPENING_QUOTE = /["“«]\s*$/;

/** A link is no part of a command that stands in a sentence. */
function maskLinks(text: string): string {
  return text.includes("](") ? text.replace(/!?\[[^[\]]*\]\([^()\s]*\)/g, (link) => "\uFFFC".repeat(link.length)) : text;
}

function place(
  code: string,
  verbatim: string,
  first: SourceLine,
  last: SourceLine,
  range: { readonly start: number; readonly end: number },
  confidence: number,
): PlacedCommand {
  const prompted = readPrompt(code);
  const text = (prompted?.text ?? code).trim();
  const { context, language } = prompted ?? placeOf(text);
  const bare = readPrompt(verbatim)?.text ?? verbatim;
  const literal = first.literal === true;
  return {
    text,
    verbatim: bare.trim(),
    line: first.line,
    endLine: last.line,
    literal,
    context,
    language,
    confidence,
    start: range.start,
    end: range.end,
  };
}

/** Where a command without a prompt runs, and in which language. */
function placeOf(text: string): Pick<FoundStatement, "context" | "language"> {
  return isIndexRequest(text) ? { context: "repl", language: "console" } : { context: "local", language: languageOf(text) };
}

const SENTENCE_END = /(?<!\b(?:e\.g|i\.e|z\. ?B|bzw|p\. ?ej|p\. ?ex|incl|approx))[.!?;](?:\s|$)|[。！？]|\n(?=\s*\n)/g;

function sentenceBefore(text: string, offset: number): string {
  const window = text.slice(Math.max(0, offset - 240), offset);
  let from = 0;
  for (const end of window.matchAll(SENTENCE_END)) from = end.index + 1;
  return oneLine(window.slice(from));
}

function sentenceAfter(text: string, offset: number): string {
  return oneLine(text.slice(offset, offset + 120));
}

function lineOffsets(lines: readonly SourceLine[]): readonly number[] {
  const offsets: number[] = [];
  let offset = 0;
  for (const line of lines) {
    offsets.push(offset);
    offset += line.text.length + 1;
  }
  return offsets;
}

/** Index of the line that holds the offset, by bisection. */
function lineIndex(offsets: readonly number[], offset: number): number {
  let low = 0;
  let high = offsets.length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((offsets[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}
