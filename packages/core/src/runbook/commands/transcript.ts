// Reads a terminal transcript: prompted lines and their continuations are commands, everything between them is output.
// Lines and a prompt reader go in, statements and output lines come out, each with its physical lines.

import type { SourceLine } from "../source/source-line.ts";
import type { Prompted } from "./prompts.ts";
import { isOpen, splitConsole } from "./split-console.ts";
import { splitPowerShell } from "./split-powershell.ts";
import { splitSql } from "./split-sql.ts";
import { takeStatement } from "./split-statements.ts";
import type { CodeReading, FoundStatement } from "./statement.ts";

const CONTINUATION_PROMPT = /^\s*(?:>>(?: |$)|More\? |> ?|-> ?|[a-z]\w*[-'"(*$][#>] ?|\.\.\.>? ?)/;
const MAX_EXPRESSION_LINES = 200;

export function readTranscript(lines: readonly SourceLine[], read: (line: string) => Prompted | null): CodeReading {
  const statements: FoundStatement[] = [];
  const output: SourceLine[] = [];
  let index = 0;
  while (index < lines.length) {
    const line = lines[index];
    if (line === undefined) break;
    const prompted = read(line.text);
    if (prompted === null) {
      output.push(line);
      index++;
      continue;
    }
    const taken = takePrompted(lines, index, prompted, read);
    statements.push(...taken.statements);
    index += taken.count;
  }
  return { statements, output: trimBlank(output) };
}

export interface Taken {
  readonly statements: readonly FoundStatement[];
  readonly count: number;
}

/** The statements at one prompt and how many lines they take. */
export function takePrompted(
  lines: readonly SourceLine[],
  start: number,
  prompted: Prompted,
  read: (line: string) => Prompted | null,
): Taken {
  const { context, language } = prompted;
  if (/^#/.test(prompted.text.trim())) return { statements: [], count: 1 };
  const following = continuationLines(lines, start, prompted, read);
  if (language === "sql" && /^\s*\\/.test(prompted.text)) {
    const only = following.slice(0, 1);
    return { statements: splitSql(only).map((statement) => ({ ...statement, context, language, confidence: 1 })), count: 1 };
  }
  if (language === "sql") {
    const until = following.findIndex((line) => /;\s*(?:--.*)?$/.test(line.text));
    const taken = following.slice(0, until < 0 ? 1 : until + 1);
    return { statements: splitSql(taken).map((statement) => ({ ...statement, context, language, confidence: 1 })), count: taken.length };
  }
  if (language === "console") {
    const taken = takeExpression(lines, start, read);
    return {
      statements: splitConsole(taken).map((statement) => ({ ...statement, context, language, confidence: 1 })),
      count: taken.length,
    };
  }
  if (language === "powershell") return takePowerShell(lines, start, following);
  const { statement, count } = takeStatement(following, 0);
  return { statements: [{ ...statement, context, language, confidence: 1 }], count };
}

/** The prompted line and those behind a `>>`; what comes without one is output. */
function takePowerShell(lines: readonly SourceLine[], start: number, following: readonly SourceLine[]): Taken {
  let count = 1;
  while (/^\s*(?:>>|More\? )/.test(lines[start + count]?.text ?? "") || /\s[`^]\s*$/.test(lines[start + count - 1]?.text ?? "")) count++;
  const [statement] = splitPowerShell(following.slice(0, count), () => false);
  if (statement === undefined) return { statements: [], count };
  return { statements: [{ ...statement, context: "local", language: "powershell", confidence: 1 }], count };
}

/** One expression at a language console: further prompts belong to it while a bracket or block is open. */
function takeExpression(lines: readonly SourceLine[], start: number, read: (line: string) => Prompted | null): readonly SourceLine[] {
  const taken: SourceLine[] = [];
  for (const line of lines.slice(start, start + MAX_EXPRESSION_LINES)) {
    const prompted = read(line.text);
    const text = prompted === null ? continuationOf(line.text, taken) : expressionAt(prompted, taken);
    if (text === null) break;
    taken.push({ ...line, text });
  }
  return taken;
}

/** At a prompt of the console: the first expression, or more of one whose bracket or block is open. */
function expressionAt({ language, text }: Prompted, taken: readonly SourceLine[]): string | null {
  return language === "console" && (taken.length === 0 || isOpen(taken)) ? text : null;
}

/** Behind `...` or another continuation prompt, while the expression goes on. */
function continuationOf(line: string, taken: readonly SourceLine[]): string | null {
  const prompt = CONTINUATION_PROMPT.exec(line)?.[0];
  return prompt === undefined || !goesOn(taken) ? null : line.slice(prompt.length);
}

/** "..." behind a finished expression is an elision of output. */
function goesOn(taken: readonly SourceLine[]): boolean {
  return isOpen(taken) || taken.length > 1 || /[:\\,]\s*$/.test(taken.at(-1)?.text ?? "");
}

/** The prompted line and those behind it up to the next prompt, continuation prompts removed. */
function continuationLines(
  lines: readonly SourceLine[],
  start: number,
  prompted: Prompted,
  read: (line: string) => Prompted | null,
): readonly SourceLine[] {
  const first = lines[start];
  const result: SourceLine[] = first === undefined ? [] : [{ ...first, text: prompted.text }];
  for (let index = start + 1; index < lines.length && result.length < 120; index++) {
    const line = lines[index];
    if (line === undefined) break;
    const text = isRedirection(lines, start, index) ? line.text : continuedText(line.text, result.at(-1)?.text ?? "", read);
    if (text === null) break;
    result.push({ ...line, text });
  }
  return result;
}

/** `> file` further in than the prompt, or behind a line that goes on without one: a shell draws its prompt at the same place in every line. */
function isRedirection(lines: readonly SourceLine[], start: number, index: number): boolean {
  const indentOf = (at: number): number => lines[at]?.text.search(/\S/) ?? 0;
  if (!/^\s*>{1,2} ?[^\s>]/.test(lines[index]?.text ?? "")) return false;
  return indentOf(index) > indentOf(start) || (index > start + 1 && !CONTINUATION_PROMPT.test(lines[index - 1]?.text ?? ""));
}

/** Without its continuation prompt; null at the next prompt, unless a backslash in the line before says that the command goes on. */
function continuedText(line: string, before: string, read: (line: string) => Prompted | null): string | null {
  const continuation = CONTINUATION_PROMPT.exec(line)?.[0];
  if (continuation !== undefined) return line.slice(continuation.length);
  const prompted = read(line);
  if (prompted === null) return line;
  return /\\\s*$/.test(before) ? prompted.text : null;
}

function trimBlank(lines: readonly SourceLine[]): readonly SourceLine[] {
  const first = lines.findIndex((line) => line.text.trim() !== "");
  if (first < 0) return [];
  let end = lines.length;
  while (end > first && lines[end - 1]?.text.trim() === "") end--;
  return lines.slice(first, end);
}
