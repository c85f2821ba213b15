// Looks for a proposed command in what a reader of the source sees. Text and proposal go in; where it stands, in the source's own bytes, or null.
// Blanks and repaired punctuation aside it must be there whole: the beginning of a longer command is another command, so it is not there.

import { firstWord } from "../commands/command-shape.ts";
import { programKind } from "../commands/programs.ts";
import { repairText } from "../commands/repair-text.ts";
import { readPrompt, readRootPrompt } from "../commands/prompts.ts";
import { joinContinued } from "../commands/split-statements.ts";
import { feedLine, newShellState } from "../commands/shell-state.ts";
import { repairFences } from "../source/fences.ts";
import { findCodeSpans } from "../source/inline-code.ts";
import { type SourceLine, withCellLines } from "../source/source-line.ts";

import { statementLines } from "./statement-lines.ts";

export interface Place {
  /** Repaired text of the source; lines that a backslash joins are joined by one blank. */
  readonly command: string;
  readonly line: number;
  readonly endLine: number;
}

interface IndexedLine {
  readonly text: string;
  readonly line: number;
  readonly code: boolean;
}

/** The source without blanks, and where each of its characters stands. */
export interface SourceIndex {
  readonly compact: string;
  readonly lines: readonly IndexedLine[];
  /** Per character of `compact`: index into `lines`, and offset in that line's text. */
  readonly lineOf: Uint32Array;
  /** Per line the statement of a code block that it belongs to, or -1. */
  readonly statementOf: Int32Array;
  readonly offsetOf: Uint32Array;
}

const MAX_COMMAND = 10_000;
const MAX_OCCURRENCES = 200;
const BLANK = /\s/;
/** A backslash at a line's end joins it with the next and is no part of either. */
const CONTINUED = /\\$/;

export function indexSource(source: readonly SourceLine[]): SourceIndex {
  const fenced = repairFences(withCellLines(source));
  const lines = fenced.lines.map(({ text, line, literal }, index) => ({
    text: repairText(text, literal === true).text.trimEnd(),
    line,
    code: fenced.inFence[index] === true,
  }));
  const length = lines.reduce((sum, { text }) => sum + text.length, 0);
  const lineOf = new Uint32Array(length);
  const offsetOf = new Uint32Array(length);
  const kept: string[] = [];
  let at = 0;
  for (const [index, { text }] of lines.entries()) {
    const joined = CONTINUED.test(text) ? text.slice(0, -1).trimEnd() : text;
    for (let offset = 0; offset < joined.length; offset++) {
      const unit = joined.charAt(offset);
      if (BLANK.test(unit)) continue;
      kept.push(unit);
      lineOf[at] = index;
      offsetOf[at] = offset;
      at++;
    }
  }
  return { compact: kept.join(""), lines, lineOf, offsetOf, statementOf: statementLines(lines) };
}

export function compactText(command: string): string {
  return repairText(command)
    .text.replace(/\\\r?\n/g, "")
    .replace(/\s+/g, "");
}

/**
 * @param near - the line where it is said to stand; the nearest place counts, the first of equally near ones
 * @param refused - lines that the text advises against: what stands there alone is no command to propose
 */
export function groundCommand(
  index: SourceIndex,
  command: string,
  near: number | null,
  refused: ReadonlySet<number> = new Set(),
): Place | null {
  const wanted = command.length > MAX_COMMAND ? "" : compactText(command);
  if (wanted === "") return null;
  const breaks = lineBreaks(command);
  let best: Place | null = null;
  let found = index.compact.indexOf(wanted);
  for (let tried = 0; found >= 0 && tried < MAX_OCCURRENCES; tried++) {
    const place = placeAt(index, found, found + wanted.length - 1);
    const fits = place !== null && isOffered(place, refused) && lineBreaks(place.command) === breaks;
    if (fits && isNearer(place, best, near)) best = place;
    found = index.compact.indexOf(wanted, found + 1);
  }
  return best;
}

const isNearer = (place: Place, best: Place | null, near: number | null): boolean =>
  best === null || distance(place, near) < distance(best, near);

const isOffered = ({ line, endLine }: Place, refused: ReadonlySet<number>): boolean => !refused.has(line) && !refused.has(endLine);

/** Two commands on two lines are not one command on one line, though blanks do not count otherwise. */
const lineBreaks = (command: string): number =>
  command
    .replace(/\\\r?\n/g, " ")
    .split("\n")
    .filter((line) => line.trim() !== "").length;

const distance = (place: Place, near: number | null): number => (near === null || !Number.isFinite(near) ? 0 : Math.abs(place.line - near));

interface End {
  /** Index into the lines of the source. */
  readonly at: number;
  readonly offset: number;
}

const endAt = (index: SourceIndex, position: number): End => ({
  at: index.lineOf[position] ?? 0,
  offset: index.offsetOf[position] ?? 0,
});

/** `last` is the position of the last character. */
function placeAt(index: SourceIndex, first: number, last: number): Place | null {
  const start = endAt(index, first);
  const beforeEnd = endAt(index, last);
  const end = { ...beforeEnd, offset: beforeEnd.offset + 1 };
  const opening = index.lines[start.at];
  const closing = index.lines[end.at];
  if (opening === undefined || closing === undefined || !isWhole(index, opening, closing, start, end)) return null;
  return { command: textBetween(index, start, end), line: opening.line, endLine: closing.line };
}

function isWhole(index: SourceIndex, opening: IndexedLine, closing: IndexedLine, start: End, end: End): boolean {
  if (start.at === end.at && !opening.code) return isWholeInProse(opening.text, start.offset, end.offset);
  return (
    joins(index, start.at, end.at) &&
    holdsWholeStatements(index, start.at, end.at) &&
    startsLine(index, start.at, start.offset) &&
    endsLine(closing, end.offset)
  );
}

/** Nothing of the first and the last statement stands outside: a line of a loop or of a here-document is no command. */
function holdsWholeStatements({ statementOf }: SourceIndex, from: number, to: number): boolean {
  const [first = -1, last = -1] = [statementOf[from], statementOf[to]];
  return (first < 0 || statementOf[from - 1] !== first) && (last < 0 || statementOf[to + 1] !== last);
}

/** Several lines are one command inside a code block, or where each but the last ends in a backslash. */
function joins({ lines }: SourceIndex, from: number, to: number): boolean {
  for (let at = from; at < to; at++) {
    const [here, next] = [lines[at], lines[at + 1]];
    if (here === undefined || next === undefined) return false;
    if (!(here.code && next.code) && !CONTINUED.test(here.text)) return false;
  }
  return true;
}

const LIST_MARK = /^\s*(?:[-*+>]|\d{1,3}[.)])\s+$/;

/** Nothing stands in front but a prompt or the mark of a list; in a block a dash is no mark, and `#` among commands is a comment. */
function startsLine(index: SourceIndex, at: number, start: number): boolean {
  const { text, code } = index.lines[at] ?? { text: "", code: false };
  const before = text.slice(0, start);
  if (before.trim() === "" || (code ? /^\s*>\s+$/ : LIST_MARK).test(before)) return true;
  const prompted = readPrompt(text) ?? (code && hasBareCommands(index, at) ? null : readRootPrompt(text));
  return prompted !== null && prompted.text.trimStart() === text.slice(start);
}

/** Whether lines near it in its block have no `#` in front. */
function hasBareCommands({ lines, statementOf }: SourceIndex, at: number): boolean {
  const isBare = (index: number): boolean => (statementOf[index] ?? -1) >= 0;
  for (let near = at - 1; near > at - 200 && lines[near]?.code === true; near--) if (isBare(near)) return true;
  for (let near = at + 1; near < at + 200 && lines[near]?.code === true; near++) if (isBare(near)) return true;
  return false;
}

/** Nothing stands behind but a comment or the backslash that joins the next line, which then is missing. */
function endsLine({ text }: IndexedLine, end: number): boolean {
  const behind = text.slice(end);
  return behind === "" || (/^\s+#/.test(behind) && isOutsideQuotes(text.slice(0, end)));
}

function isOutsideQuotes(text: string): boolean {
  const state = newShellState();
  feedLine(state, text);
  return state.stack.length === 0;
}

/** In prose a command may end where a sentence goes on, but not where the command itself does. */
const GOES_ON = /^\s*(?:[-|&;<>=\\$/~`{[(]|\.[./\w]|where\b)/i;
const BEGAN_BEFORE =
  /(?:[|&;<>=$\\]|\s--?[\w-]*|\b(?:sudo|doas|env|nohup|xargs|exec|echo|printf|time|timeout\s+\S+|watch|nice|ssh\s+\S+))\s*$/i;
/** The end, a mark, or a word that no command goes on with: any other word may be an argument that was left out. */
const SENTENCE_GOES_ON =
  /^(?:\s*$|[.,;:!?)"'](?:\s|$)|\s+(?:and|or|then|to|for|on|at|by|if|when|while|until|before|after|now|please|again|first|once|so|which|that|should|must|will|may|is|are|was|returns?|shows?|manually|here|there|instead|und|oder|dann|bis|wenn|y|luego|hasta|et|puis|ou|depois|poi)\b(?!\s*=))/i;

/** Inside a code span the whole span; else a stretch of words that is a command as far as a sentence can tell. */
function isWholeInProse(text: string, start: number, end: number): boolean {
  const span = findCodeSpans(text).find((one) => start < one.end && end > one.start);
  if (span === undefined)
    return !CONTINUED.test(text) && isCommandInSentence(text.slice(0, start), text.slice(start, end), text.slice(end));
  const codeEnd = span.codeStart + span.code.length;
  if (start < span.codeStart || end > codeEnd || (text.slice(0, span.start).match(/~~/g)?.length ?? 0) % 2 === 1) return false;
  return text.slice(span.codeStart, start).trim() === "" && text.slice(end, codeEnd).trim() === "";
}

/** It begins with a known program, and nothing of a command stands right before or behind it. */
function isCommandInSentence(before: string, command: string, behind: string): boolean {
  if (programKind(firstWord(command)) === null || GOES_ON.test(behind) || BEGAN_BEFORE.test(before)) return false;
  if ((before.match(/~~/g)?.length ?? 0) % 2 === 1) return false;
  return /(?:^|[\s"'(:])$/.test(before) && SENTENCE_GOES_ON.test(behind);
}

/** The indentation of the first line goes from the others too, as it does for a step's own command. */
function textBetween({ lines }: SourceIndex, start: End, end: End): string {
  const before = lines[start.at]?.text.slice(0, start.offset) ?? "";
  const indent = before.trim() === "" ? before : "";
  const pieces = lines.slice(start.at, end.at + 1).map(({ text }, at, all) => {
    const piece = at === all.length - 1 ? text.slice(0, end.offset) : text;
    if (at === 0) return piece.slice(start.offset);
    return piece.startsWith(indent) ? piece.slice(indent.length) : piece.trimStart();
  });
  return pieces
    .slice(1)
    .reduce((text, piece) => (CONTINUED.test(text) ? joinContinued(text.slice(0, -1), piece) : `${text}\n${piece}`), pieces[0] ?? "");
}
