// Finds the lines of a paragraph that are nothing but a command, with the lines on which it goes on.
// Source lines and their masked text go in; commands with their place in the paragraph come out.

import type { SourceLine } from "../source/source-line.ts";
import { firstWord, languageOf, looksLikeCommandLine, looksLikeSentence, withoutPrefixes } from "./command-shape.ts";
import { programKind } from "./programs.ts";
import { readPrompt } from "./prompts.ts";
import { takeStatement } from "./split-statements.ts";
import type { FoundStatement, PlacedCommand } from "./statement.ts";
import { takePrompted } from "./transcript.ts";

const MAX_STATEMENT_LINES = 120;
/** Lines read ahead in vain before a paragraph is read line by line. */
const MAX_WASTED_LINES = 600;

/**
 * @param offsets - where each line starts in the joined text
 * @param masked - the joined text, its code spans and links masked
 */
export function findWholeLines(lines: readonly SourceLine[], offsets: readonly number[], masked: string): readonly PlacedCommand[] {
  const found: PlacedCommand[] = [];
  let previous = "";
  let wasted = 0;
  let next = 0;
  for (const [index, shown] of masked.split("\n").entries()) {
    if (index < next) continue;
    const command = isWholeLine(shown, previous) ? takeLine(lines, index, wasted) : null;
    previous = command === null ? shown : "";
    if (command === null) continue;
    const { statement, count, read } = command;
    wasted += read - count;
    next = index + count;
    found.push({ ...statement, start: offsets[index] ?? 0, end: (offsets[next] ?? masked.length + 1) - 1 });
  }
  return found;
}

interface WholeLine {
  readonly statement: FoundStatement;
  readonly count: number;
  /** Lines that were looked at. */
  readonly read: number;
}

function takeLine(lines: readonly SourceLine[], index: number, wasted: number): WholeLine | null {
  const prompted = readPrompt(lines[index]?.text ?? "");
  if (prompted !== null) {
    const { statements, count } = takePrompted(lines, index, prompted, readPrompt);
    const [statement] = statements;
    return statement === undefined ? null : { statement, count, read: count };
  }
  const { count, read, ...taken } = takeStatement(lines, index, wasted < MAX_WASTED_LINES ? MAX_STATEMENT_LINES : 1);
  const language = languageOf(taken.text);
  const text = language === "sql" ? taken.text.replace(/;\s+\\?\(.*$/s, ";") : taken.text;
  return { statement: { ...taken, text: withoutEscapes(text), context: "local", language, confidence: 1 }, count, read };
}

/** What Markdown escapes in running text: `my\\_db`, and a star behind a word. Where a shell could mean the backslash it stays. */
export function withoutEscapes(text: string): string {
  return text.includes("\\") ? text.replace(/\\(?=_)|(?<=[\w/.-])\\(?=\*(?:[\s)]|$))/g, "") : text;
}

/** @param previous - the line before, empty right behind a command */
function isWholeLine(line: string, previous: string): boolean {
  if (line.includes("\uFFFC") || line.trim() === "") return false;
  if (readPrompt(line) !== null || /^\s*\.\/[\w./-]+\s*$/.test(line)) return true;
  if (!looksLikeCommandLine(line) || looksLikeSentence(line) || /^[A-Z][a-z]+(?!-)\b/.test(line.trim())) return false;
  if (/^\s*export\s+\w+=\S+\s*$/.test(line)) return true;
  const rest = withoutPrefixes(line).trim();
  return rest.includes(" ") && isNoWordOfASentence(rest) && !isSecondHalf(rest, previous.trim());
}

/** `find` and `date` are words as well: their arguments tell. */
function isNoWordOfASentence(text: string): boolean {
  return programKind(firstWord(text)) !== "wordlike" || /\s--?[A-Za-z]|[|$<]|\s[~.]{0,2}\//.test(text);
}

/** The line before stops inside a sentence, which this one may finish. */
function isSecondHalf(text: string, previous: string): boolean {
  return /[a-z,]$/.test(previous) && (previous.length >= 60 || !/\s--?[A-Za-z]|[|=]/.test(text));
}
