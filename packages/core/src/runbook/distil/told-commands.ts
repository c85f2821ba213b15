// Finds commands that a report names in a sentence: "we asked it with dig @res-b1 pay.svc +short and got nothing". There is no order in it to go by.
// A paragraph goes in; the parser's own findings come out together with what stands behind "ran", "with", "using", and with marked code that
// the words say was run. Every command is a span of the text.

import { findCommands, type Mention, type ParagraphReading } from "../commands/find-commands.ts";
import type { PlacedCommand } from "../commands/statement.ts";
import { PROSE_WORDS, programKind } from "../commands/programs.ts";
import { looksLikeSql } from "../commands/command-shape.ts";
import { type CodeSpan, findCodeSpans, maskCodeSpans } from "../source/inline-code.ts";
import type { SourceLine } from "../source/source-line.ts";
import { isComplete, isOnlyNamed, type Manner, wasRun } from "./ran-spans.ts";
import { toParagraph, lineIndex } from "./text-pieces.ts";

const LEAD = /\b(?:ran|running|re-?ran|executed|executing|issued|issuing|typed|using|with|via|did|by)\s+(?=([a-z][\w.-]*)\s+(\S+))/g;
/** Programs nobody here knows, by the ending of their names. */
const TOOL = /(?:-control|ctl|-cli|-admin|adm|-tool|-utils?|cmd|\.sh|\.py)$/;
const SHAPED = /[-@+_=/|.:\d]/;
const END =
  /[,;)]\s|[,;).]?$|[.!?]\s|\s(?:and|which|until|then|so|before|after|where|but|because|when|while|again|once|to|for|from|it|as|twice|in|gave|returned|showed|printed|said|says|reported)\b(?![-=:/.])|\son\s(?=[a-z]|\d)|\sat\s(?=\d|about|around|the)|\s[-–—]\s|\n/i;

/** "don't ever do CLUSTER RESET HARD": statements in capitals need no marks to be refused. */
const REFUSED =
  /\b(?:never|don['’]?t|do not|please don['’]?t)(?: ever| even| just)? (?:ever )?(?:do|run|use|try|issue|type|send|execute) (?:an? |the |any )?(?=[A-Z]{3,} [A-Z]{3,}\b)/gi;

const NAMED = "The sentence only names this command.";

/** @param manner - what kind of text tells it: a review tells of every command that it names */
export function findToldCommands(lines: readonly SourceLine[], manner: Manner = "chat"): ParagraphReading {
  const reading = findCommands(lines);
  const { text, offsets } = toParagraph(lines);
  const spans = findCodeSpans(text);
  const place: Place = { lines, offsets, masked: maskCodeSpans(text, spans) };
  const refused = new Set([...reading.advisedAgainst, ...refusedIn(place)]);
  const taken = [...reading.commands, ...apartFrom(reading.commands, toldIn(place), text.length)];
  const ran = apartFrom(taken, spans, text.length).filter((span) => isRun(place, span, manner));
  const free = ran.map((span) => spanned(place, span)).filter(({ line }) => !refused.has(line));
  const named = new Set(manner === "review" ? reading.commands.filter((one) => isNamed(place.masked, one)) : []);
  const commands = [...taken.filter((one) => !named.has(one)), ...free].sort((a, b) => a.start - b.start);
  const known = new Set(free.map(keyOf));
  const mentions = [...reading.mentions.filter(({ command }) => !known.has(keyOf(command))), ...[...named].map(toMention)];
  return { commands, advisedAgainst: [...refused], mentions };
}

interface Place {
  readonly lines: readonly SourceLine[];
  readonly offsets: readonly number[];
  /** The paragraph with its code spans masked. */
  readonly masked: string;
}

interface Range {
  readonly start: number;
  readonly end: number;
}

/** Those that share no character with the others. */
function apartFrom<T extends Range>(others: readonly Range[], ranges: readonly T[], length: number): readonly T[] {
  const covered = new Uint8Array(length);
  for (const { start, end } of others) covered.fill(1, start, end);
  return ranges.filter(({ start, end }) => !covered.subarray(start, end).includes(1));
}

function keyOf({ line, text }: { readonly line: number; readonly text: string }): string {
  return `${String(line)}:${text}`;
}

function toMention(command: PlacedCommand): Mention {
  return { command: { ...command, confidence: 0.2 }, reason: NAMED };
}

function isNamed(masked: string, { start, end }: Range): boolean {
  return isOnlyNamed(sentenceBefore(masked, start), masked.slice(end, end + 80));
}

function isRun({ masked }: Place, { start, end, code }: CodeSpan, manner: Manner): boolean {
  const opening = masked.slice(masked.lastIndexOf("\n", start - 1) + 1, start);
  return isComplete(code) && wasRun(manner, opening, sentenceBefore(masked, start), masked.slice(end, end + 120));
}

function sentenceBefore(masked: string, start: number): string {
  return (
    masked
      .slice(Math.max(0, start - 240), start)
      .split(/[.!?;]\s/)
      .at(-1) ?? ""
  );
}

function spanned({ lines, offsets }: Place, { start, end, code, codeStart }: CodeSpan): PlacedCommand {
  const text = code.replace(/\s*\n\s*/g, " ").trim();
  const first = lines[lineIndex(offsets, codeStart)];
  const line = first?.line ?? 1;
  const endLine = lines[lineIndex(offsets, end - 1)]?.line ?? line;
  const language = looksLikeSql(text) ? "sql" : "shell";
  return {
    text,
    verbatim: code.trim(),
    line,
    endLine,
    literal: first?.literal === true,
    context: "local",
    language,
    confidence: 0.8,
    start,
    end,
  };
}

function refusedIn({ lines, offsets, masked }: Place): readonly number[] {
  return [...masked.matchAll(REFUSED)]
    .filter(({ index, 0: words }) => /^[A-Z]{3,} [A-Z]{3,}\b/.test(masked.slice(index + words.length)))
    .map(({ index }) => lines[lineIndex(offsets, index)]?.line ?? 1);
}

function toldIn({ lines, offsets, masked }: Place): readonly PlacedCommand[] {
  const found: PlacedCommand[] = [];
  for (const { index, 0: lead, 1: program = "", 2: argument = "" } of masked.matchAll(LEAD)) {
    const start = index + lead.length;
    const last = found.at(-1);
    if ((last !== undefined && start < last.end) || !isProgram(program, argument)) continue;
    const code = commandAt(masked, start, program);
    if (code !== null && SHAPED.test(code.slice(program.length))) found.push(placed(code, start, lines[lineIndex(offsets, start)]));
  }
  return found;
}

/** From the program to where the sentence goes on; null where that leaves no argument. */
function commandAt(masked: string, start: number, program: string): string | null {
  const rest = masked.slice(start + program.length, start + 600);
  const unquoted = rest.replace(/"[^"\n]*"|'[^'\n]*'/g, (quoted) => "x".repeat(quoted.length));
  const code = program + rest.slice(0, END.exec(unquoted)?.index ?? rest.length);
  return code.includes("\uFFFC") || !/\s\S/.test(code) ? null : code;
}

function isProgram(program: string, argument: string): boolean {
  if (PROSE_WORDS.has(argument.toLowerCase())) return false;
  return TOOL.test(program) || programKind(program) === "plain";
}

function placed(code: string, start: number, line: SourceLine | undefined): PlacedCommand {
  const at = line?.line ?? 1;
  const literal = line?.literal === true;
  return {
    text: code,
    verbatim: code,
    line: at,
    endLine: at,
    literal,
    context: "local",
    language: "shell",
    confidence: 0.8,
    start,
    end: start + code.length,
  };
}
