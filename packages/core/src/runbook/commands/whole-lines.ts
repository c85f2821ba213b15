// Finds the lines of a paragraph that are nothing but a command, with the lines on which it goes on.
// Source lines and their masked text go in; commands with their place in the paragraph come out.

import type { SourceLine } from "../source/source-line.ts";
import { firstWord, languageOf, looksLikeCommandLine, looksLikeSentence, withoutPrefixes } from "./command-shape.ts";
import { programKind } from "./programs.ts";
import { readPrompt } from "./prompts.ts";
import { takeStatement } from "./split-statements.ts";
import { isStandalone } from "./command-strength.ts";
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
  let above: Above = { text: "", isCommand: false };
  let wasted = 0;
  let next = 0;
  for (const [index, shown] of masked.split("\n").entries()) {
    if (index < next) continue;
    const isCommand = isWholeLine(shown, above.text) || isLoneProgram(shown, above);
    const command: WholeLine | null = isCommand ? takeLine(lines, index, wasted) : null;
    above = { text: command === null ? shown : "", isCommand: command !== null };
    if (command === null) continue;
    const { statement, count, read } = command;
    wasted += read - count;
    next = index + count;
    found.push({ ...statement, start: offsets[index] ?? 0, end: (offsets[next] ?? masked.length + 1) - 1 });
  }
  return found;
}

/** The line before; its text is empty when it is a command. */
interface Above {
  readonly text: string;
  readonly isCommand: boolean;
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
    return statement === undefined ? null : { statement: { ...statement, text: withoutRemark(statement) }, count, read: count };
  }
  const { statement: taken, count, read } = takeStatement(lines, index, wasted < MAX_WASTED_LINES ? MAX_STATEMENT_LINES : 1);
  const language = languageOf(taken.text);
  const text = language === "sql" ? taken.text.replace(/;\s+\\?\(.*$/s, ";") : withoutEmphasis(taken.text);
  const statement: FoundStatement = { ...taken, text: withoutEscapes(text), context: "local", language, confidence: 1 };
  return { statement: { ...statement, text: withoutRemark(statement) }, count, read };
}

/** `$ kill -TTIN PID (PID is the number of step one)`: words in brackets behind a command, or behind a drawn arrow, are no part of it. */
function withoutRemark({ text, language }: FoundStatement): string {
  return language === "shell"
    ? text.replace(
        /(?<=\S)\s+\(\p{L}+(?: [\p{L}-]+){2,30}[^|;&<>]*$|(?<=\S)\s{2,}[-=]{1,2}> .*$|(?<=\S) {3,}(?=\p{Ll}+(?: [\p{L}']+){2,}[^|<>&;]*$).*$/u,
        "",
      )
    : text;
}

/** `build -c **destroy** -p x **check it first**`: the marks of emphasis, and words behind the command that are set in it. */
function withoutEmphasis(text: string): string {
  return text.includes("**")
    ? text.replace(/(?<=\S)\s+\*\*\p{L}+ [^*\n]+\*\*\s*$/u, "").replace(/(?<=\s)\*\*([\w./-]+)\*\*(?=\s|$)/g, "$1")
    : text;
}

/** What Markdown escapes in running text: `my\\_db`, and a star behind a word. Where a shell could mean the backslash it stays. */
export function withoutEscapes(text: string): string {
  return text.includes("\\") ? text.replace(/\\(?=_)|(?<=[\w/.-])\\(?=\*(?:[\s)]|$))/g, "") : text;
}

/** A script of this folder, or a variable that is set for what follows. */
const UNMISTAKABLE = /^\s*(?:\.\/[\w./-]+|export\s+\w+=\S+)\s*$/;

/** @param previous - the line before, empty right behind a command */
function isWholeLine(line: string, previous: string): boolean {
  if (line.includes("\uFFFC") || line.trim() === "") return false;
  if (readPrompt(line) !== null || UNMISTAKABLE.test(line)) return true;
  if (isUnknownCall(line)) return previous.length < 60 || !isSecondHalf(line, previous.trim());
  return isKnownCall(line, previous.trim());
}

function isKnownCall(line: string, previous: string): boolean {
  if (/[a-z]\? /.test(line) || !looksLikeCommandLine(line) || looksLikeSentence(line) || /^[A-Z][a-z]+(?!-)\b/.test(line.trim()))
    return false;
  const rest = withoutPrefixes(line).trim();
  return rest.includes(" ") && isNoWordOfASentence(rest) && !isSecondHalf(rest, previous);
}

/** `psql` alone right below `ssh db-1`: one opens another. `lsblk` needs no argument, below a command or below words that lead to it. */
function isLoneProgram(line: string, above: Above): boolean {
  if (above.isCommand && (OPENERS.test(line.trim()) || OPENERS.test(withoutPrefixes(line).trim()))) return true;
  return (above.isCommand || /:\s*$/.test(above.text)) && isStandalone(line);
}

const OPENERS =
  /^(?:psql|mysql|mariadb|redis-cli|mongo|mongosh|cqlsh|sqlite3|sqlplus|rabbitmqctl|irb|bash|sh|zsh|exit|logout|sudo -i|sudo su|vtysh)$/;

/** A program nobody here knows: its first argument is an option, or its name is none of a sentence and neither are its arguments. */
function isUnknownCall(line: string): boolean {
  const text = line.trim();
  return UNKNOWN_CALLS.some((call) => call.test(text)) && !looksLikeSentence(text.replace(/[–—]/g, "-")) && !/[.:!?]$/.test(text);
}

const UNKNOWN_CALLS: readonly RegExp[] = [
  /^(?:sudo )?[a-z][\w.-]{2,} [-–—]{1,2}[A-Za-z][\w-]*(?:[ =]\S|$)/,
  /^(?:sudo )?[a-z]\w*(?:-(?:cli|ctl|admin|tool|util)|ctl|cli|adm) [a-z][\w-]*(?: (?:-|[^\s/$=<:\d]{0,80}[/$=<:\d])\S*)+$/,
];

/** `find` and `date` are words as well: their arguments tell. */
function isNoWordOfASentence(text: string): boolean {
  return programKind(firstWord(text)) !== "wordlike" || /\s--?[A-Za-z]|[|$<]|\s[~.]{0,2}\//.test(text);
}

const LEADS_TO_COMMAND = /\b(?:with|using|run|running|execute|via|mit|con|avec|com)$/i;

/** The line before stops inside a sentence, which this one may finish. */
function isSecondHalf(text: string, previous: string): boolean {
  if (!/[a-z,]$/.test(previous) || LEADS_TO_COMMAND.test(previous)) return false;
  if (previous.length >= 60) return true;
  const isWhole = previous.length <= 45 && programKind(firstWord(text)) === "plain" && text.split(/\s+/).length <= 4;
  return !isWhole && !/\s--?[A-Za-z]|[|=]/.test(text);
}
