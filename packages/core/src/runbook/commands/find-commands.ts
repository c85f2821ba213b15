// Finds every command in a paragraph: code spans that are to be run, whole lines that are commands, and commands undelimited in the prose.
// Source lines go in; commands with their physical lines and their place in the paragraph come out, in reading order.

import { joinText, type SourceLine } from "../source/source-line.ts";
import { type CodeSpan, findCodeSpans, maskCodeSpans } from "../source/inline-code.ts";
import { unwrapLines } from "../source/unwrap-lines.ts";
import type { CommandContext, CommandLanguage } from "../types.ts";
import { findBareCommands, type TextRange } from "./bare-command.ts";
import { looksLikeCommandLine, looksLikePowerShell, looksLikeSentence, looksLikeSql, withoutPrefixes, firstWord } from "./command-shape.ts";
import { alsoMentioned, type Judgement, judgeMention, SHOWN_BEHIND } from "./mention.ts";
import { programKind } from "./programs.ts";
import { readPrompt } from "./prompts.ts";
import { takeStatement } from "./split-statements.ts";
import { takePrompted } from "./transcript.ts";
import type { FoundStatement } from "./statement.ts";

export interface PlacedCommand extends FoundStatement {
  /** Offsets in the paragraph's joined text, marks included. */
  readonly start: number;
  readonly end: number;
}

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

export function findCommands(lines: readonly SourceLine[]): ParagraphReading {
  const text = joinText(lines);
  const offsets = lineOffsets(lines);
  const spans = findCodeSpans(text);
  const masked = maskCodeSpans(text, spans);
  const commands: PlacedCommand[] = [];
  const advisedAgainst: number[] = [];
  const mentions: Mention[] = [];
  const lineAt = (offset: number): SourceLine => lines[lineIndex(offsets, offset)] ?? { text: "", line: 1 };
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
  const bare = findBareCommands(maskLinks(masked));
  const wholeLines = findWholeLines(lines, offsets, masked).filter((line) => !isLedIn(line, bare));
  commands.push(...wholeLines);
  for (const range of bare) {
    if (wholeLines.some((line) => range.start < line.end && line.start < range.end)) continue;
    const sentence = sentenceBefore(masked, range.start);
    const code = text.slice(range.start, range.end);
    const after = sentenceAfter(masked, range.end);
    if (SHOWN_BEHIND.test(after) || (/["“«]\s*$/.test(text.slice(0, range.start)) && QUOTED_WORDS.test(sentence))) continue;
    if (judgeMention(code, sentence, after).is === "advised_against") advisedAgainst.push(lineAt(range.start).line);
    else commands.push(place(withoutEscapes(code), code, lineAt(range.start), lineAt(range.end - 1), range, 0.9));
  }
  advisedAgainst.push(...refusedIn(masked).map((offset) => lineAt(offset).line));
  const named = commands.filter((command) => !isNameOfAnother(command, commands));
  return { commands: named.sort((a, b) => a.start - b.start), advisedAgainst, mentions };
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

/** Offsets of unmarked commands that a sentence refuses ("nunca vaciar la cola con rabbitmqctl purge_queue"). */
function refusedIn(masked: string): readonly number[] {
  const named = [...masked.matchAll(REFUSAL)].filter((match) => programKind(match[2] ?? "") === "plain");
  return [...named, ...masked.matchAll(REFUSED_STATEMENT)].map((match) => match.index);
}

/** "no DBCC SHRINKFILE please". */
const REFUSED_STATEMENT = /\b(?:no|kein)\s+(?:DBCC|DROP|TRUNCATE|DELETE|SHUTDOWN|KILL|ALTER)\s+[A-Z]{2,}/g;

/** "use `iotop`: `sudo iotop -P`": the lone program is not a second command. */
function isNameOfAnother(command: PlacedCommand, all: readonly PlacedCommand[]): boolean {
  return !/\s/.test(command.text) && all.some((other) => other.start > command.start && other.text.split(/\s+/, 3).includes(command.text));
}

/** "which one is DOWN -> echo ...": an ordinary word starts the line, the command stands behind the arrow. */
function isLedIn(line: PlacedCommand, bare: readonly TextRange[]): boolean {
  return programKind(firstWord(line.text)) === "wordlike" && bare.some((range) => range.start > line.start && range.end <= line.end + 1);
}

/** `alert: "mysql threads_running > 60"`: somebody's words are quoted. */
const QUOTED_WORDS = /\b(?:alert|message|error|warning|mail|subject|title|log line|pages?|says?|reads?|called|named)\b[^.]{0,20}["“«]\s*$/i;

/** A link is no part of a command that stands in a sentence. */
function maskLinks(text: string): string {
  return text.includes("](") ? text.replace(/!?\[[^[\]]*\]\([^()\s]*\)/g, (link) => "\uFFFC".repeat(link.length)) : text;
}

const MAX_STATEMENT_LINES = 120;
/** Lines read ahead in vain before a paragraph is read line by line. */
const MAX_WASTED_LINES = 600;

/** Lines of a paragraph that are nothing but a command, with their continuations. */
function findWholeLines(lines: readonly SourceLine[], offsets: readonly number[], masked: string): readonly PlacedCommand[] {
  const shown = maskLinks(masked).split("\n");
  const found: PlacedCommand[] = [];
  let index = 0;
  let wasted = 0;
  while (index < lines.length) {
    const behindCommand = found.at(-1)?.endLine === lines[index - 1]?.line;
    const command = isWholeLine(shown[index] ?? "", behindCommand ? "" : (shown[index - 1] ?? "")) ? wholeLine(lines, index, wasted) : null;
    if (command === null) {
      index++;
      continue;
    }
    const { statement, count, read } = command;
    wasted += read - count;
    found.push({ ...statement, start: offsets[index] ?? 0, end: (offsets[index + count] ?? masked.length + 1) - 1 });
    index += count;
  }
  return found;
}

interface WholeLine {
  readonly statement: FoundStatement;
  readonly count: number;
  /** Lines that were looked at. */
  readonly read: number;
}

function wholeLine(lines: readonly SourceLine[], index: number, wasted: number): WholeLine | null {
  const line = lines[index];
  if (line === undefined) return null;
  const prompted = readPrompt(line.text);
  if (prompted !== null) {
    const { statements, count } = takePrompted(lines, index, prompted, readPrompt);
    const [statement] = statements;
    return statement === undefined ? null : { statement, count, read: count };
  }
  const { count, read, ...taken } = takeStatement(lines, index, wasted < MAX_WASTED_LINES ? MAX_STATEMENT_LINES : 1);
  const { context, language } = languageOf(taken.text);
  const text = language === "sql" ? taken.text.replace(/;\s+\\?\(.*$/s, ";") : taken.text;
  return { statement: { ...taken, text: withoutEscapes(text), context, language, confidence: 1 }, count, read };
}

const OPTION = /\s--?[A-Za-z]|[|=]/;

/** What Markdown escapes in running text: `my\\_db`, and a star behind a word. Where a shell could mean the backslash it stays. */
function withoutEscapes(text: string): string {
  return text.includes("\\") ? text.replace(/\\(?=_)|(?<=[\w/.-])\\(?=\*(?:[\s)]|$))/g, "") : text;
}

function isWholeLine(line: string, previous: string): boolean {
  if (line.includes("\uFFFC") || line.trim() === "") return false;
  if (readPrompt(line) !== null || /^\s*\.\/[\w./-]+\s*$/.test(line)) return true;
  if (!looksLikeCommandLine(line) || looksLikeSentence(line) || /^[A-Z][a-z]+(?!-)\b/.test(line.trim())) return false;
  const rest = withoutPrefixes(line);
  const strong = programKind(firstWord(rest)) !== "wordlike" || /\s--?[A-Za-z]|[|$<]|\s[~.]{0,2}\//.test(rest);
  return strong && rest.trim().includes(" ") && (!/[a-z,]$/.test(previous.trim()) || (previous.trim().length < 60 && OPTION.test(rest)));
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
  const { context, language } = prompted ?? languageOf(text);
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

function languageOf(text: string): { readonly context: CommandContext; readonly language: CommandLanguage } {
  if (looksLikeSql(text)) return { context: "local", language: "sql" };
  return { context: "local", language: looksLikePowerShell(text) ? "powershell" : "shell" };
}

const SENTENCE_END = /[.!?;](?:\s|$)|\n(?=\s*\n)/g;

function sentenceBefore(text: string, offset: number): string {
  const window = text.slice(Math.max(0, offset - 240), offset);
  let from = 0;
  for (const end of window.matchAll(SENTENCE_END)) from = end.index + 1;
  return window.slice(from).replace(/\s+/g, " ");
}

function sentenceAfter(text: string, offset: number): string {
  return text.slice(offset, offset + 120).replace(/\s+/g, " ");
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
