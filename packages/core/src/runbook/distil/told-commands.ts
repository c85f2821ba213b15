// Finds commands that a report names in a sentence: "we asked it with dig @res-b1 pay.svc +short and got nothing". There is no order in it to go by.
// A paragraph goes in; the parser's own findings come out together with what stands behind "ran", "with", "using". Every command is a span of the text.

import { findCommands, type ParagraphReading, type PlacedCommand } from "../commands/find-commands.ts";
import { PROSE_WORDS, programKind } from "../commands/programs.ts";
import { findCodeSpans, maskCodeSpans } from "../source/inline-code.ts";
import type { SourceLine } from "../source/source-line.ts";
import { toParagraph, lineIndex } from "./text-pieces.ts";

const LEAD = /\b(?:ran|running|re-?ran|executed|executing|issued|issuing|typed|using|with|via|did|by)\s+(?=([a-z][\w.-]*)\s+(\S+))/g;
/** Programs nobody here knows, by the ending of their names. */
const TOOL = /(?:-control|ctl|-cli|-admin|adm|-tool|-utils?|cmd|\.sh|\.py)$/;
const SHAPED = /[-@+_=/|.:\d]/;
const END =
  /[,;)]\s|[,;).]?$|[.!?]\s|\s(?:and|which|until|then|so|before|after|where|but|because|when|while|again|once|to|for|from|it|as|twice|in)\b(?![-=:/.])|\son\s(?=[a-z]|\d)|\sat\s(?=\d|about|around|the)|\s[-–—]\s|\n/i;

export function findToldCommands(lines: readonly SourceLine[]): ParagraphReading {
  const reading = findCommands(lines);
  const told = toldIn(lines).filter((one) => reading.commands.every((other) => one.end <= other.start || other.end <= one.start));
  if (told.length === 0) return reading;
  return { ...reading, commands: [...reading.commands, ...told].sort((a, b) => a.start - b.start) };
}

function toldIn(lines: readonly SourceLine[]): readonly PlacedCommand[] {
  const { text, offsets } = toParagraph(lines);
  const masked = maskCodeSpans(text, findCodeSpans(text));
  const found: PlacedCommand[] = [];
  for (const { index, 0: lead, 1: program = "", 2: argument = "" } of masked.matchAll(LEAD)) {
    const start = index + lead.length;
    const last = found.at(-1);
    if ((last !== undefined && start < last.end) || !isProgram(program, argument)) continue;
    const code = commandAt(masked, start, program);
    if (code !== null) found.push(placed(code, start, lines[lineIndex(offsets, start)]));
  }
  return found;
}

/** From the program to where the sentence goes on; null where that leaves no argument. */
function commandAt(masked: string, start: number, program: string): string | null {
  const rest = masked.slice(start + program.length, start + 600);
  const code = program + rest.slice(0, END.exec(rest)?.index ?? rest.length);
  return code.includes("\uFFFC") || !/\s\S/.test(code) ? null : code;
}

function isProgram(program: string, argument: string): boolean {
  if (PROSE_WORDS.has(argument.toLowerCase()) || !SHAPED.test(argument)) return false;
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
