// Rewrites the habits of plain text into Markdown: drawn headings, legal numbering (3.1), lettered steps, bare check boxes, bullets of
// word processors. Lines go in and come out one to one with their physical numbers; a line that fits no habit is left alone.

import { looksLikeCommandLine } from "../commands/command-shape.ts";
import { isInstruction } from "../meaning/instructions.ts";
import { sectionKind } from "../meaning/sections.ts";
import { hasRootPrompts } from "./fence-prompts.ts";
import { followFences } from "./fences.ts";
import { type SourceLine, textAt, withText } from "./source-line.ts";

const RULE = /^\s*(?:={4,}|#{4,}|\*{4,}|~{4,}|_{4,}|[-–—]{4,})\s*$/;
const DRAWN = /^\s*(={2,}|\*{2,}|~{2,}|-{2,}|#{2,})\s*(\S.{0,78}?)\s*\1\s*$/;
const CAPITALS = /^[\p{Lu}\d][\p{Lu}\d &/'’().:_-]{3,60}$/u;
/** "3.1 ", but no address. */
const LEGAL = /^\s*(?!\d+(?:\.\d+){3}\s)\d{1,2}(?:\.\d{1,2}){1,3}[.)]?[\t ]+(?=\S)/;
const CHAPTER = /^\d{1,2}(\.?)\t+(\p{Lu}[^\t]{2,60})$/u;
const LETTER = /^\s{0,3}\(?([A-Za-z])[.)][\t ]+(?=\S)/;
/** "(1) ", "1/ ", "1: ", "#1 ", "1- ", "1 - ", "1º ", "Q1 ". */
const ROUND = /^\s{0,3}(?:\(\d{1,2}\)|\[\d{1,2}\]|\d{1,2}[/:]|#\d{1,2}[.:)]?|\d{1,2} ?[-–]|\d{1,2}[ºª°][.)]?|Q\d{1,2}[.:)]?)[\t ]+(?=\S)/;
const BRACKETED = /^\s*【([^【】]{1,40})】\s*$/;
const MARKED = /^\s*[■◆▼]\s*(\S.{0,80})$/;
/** Feet of pages that a word processor printed. */
const PAGE_FOOT = /^\s*(?:page|seite|página|pagina)\s+\d+\s+(?:of|von|de|di|van)\s+\d+\s*$/i;
const BOX = /^(\s*)(?:\[( |x|X)\]|(☐|⬜|🔲)|(☑|✅|☒))[\t ]*(?=\S)/u;
const WORD_BULLET = /^(\s*)(?:o|§|·|\uF0B7|\uF0A7|Ø)\t+(?=\S)/;
const NUMBER_TAB = /^(\s*\d{1,3}[.)])\t+(?=\S)/;

/** Headings or fences of Markdown: the text keeps its own structure. */
export function isMarkedUp(lines: readonly SourceLine[]): boolean {
  return (
    lines.some(({ text }) => /^\s{0,12}(?:```|~~~)/.test(text)) ||
    (lines.some(({ text }) => /^#{1,6} \S/.test(text)) && !hasRootPrompts(lines))
  );
}

/** The lines as Markdown, one for each; what lies in a fence stays as it is. */
export function rewritePlain(lines: readonly SourceLine[]): readonly SourceLine[] {
  const fenced = followFences(lines);
  const series = findSeries(lines);
  const ordered = withoutRules(lines, fenced);
  return ordered.flatMap((line, index) => {
    if (fenced[index] === true) return [line];
    const own = withText(line, rewriteLine(ordered, index, series));
    return opensBody(line.text, textAt(ordered, index + 1)) ? [own, { text: "", line: line.line }] : [own];
  });
}

/** "STEP 2: is it alive" right above lines that are set in: its body begins there. */
function opensBody(text: string, next: string): boolean {
  return /^(?:step|schritt|paso|étape|passo)\s*#?\d{1,3}\s*[-–—:.]/i.test(text) && /^(?:\t| {2,})\s*\S/.test(next);
}

/** Which kinds of numbering count up in this text; a single "A. " or "(1)" is no numbering. */
interface Series {
  readonly letters: boolean;
  readonly round: boolean;
  readonly capitals: boolean;
  /** "1." and a tab begin chapters and no steps. */
  readonly chapters: boolean;
}

function findSeries(lines: readonly SourceLine[]): Series {
  const letters = lines.flatMap(({ text }) => LETTER.exec(text)?.[1]?.toUpperCase() ?? []);
  const round = lines.filter(({ text }) => ROUND.test(text)).length;
  const capitals = lines.filter((_, index) => isCapitalHeading(lines, index)).length;
  return {
    letters: letters.length >= 3 && letters.slice(0, 3).join("") === "ABC",
    round: round >= 2,
    capitals: capitals >= 2,
    chapters: areChapters(lines.flatMap(({ text }) => (NUMBER_TAB.test(text) ? [text.replace(NUMBER_TAB, "").trim()] : []))),
  };
}

/** Two names of known sections among them, and no instruction. */
function areChapters(names: readonly string[]): boolean {
  return names.filter((name) => sectionKind(name) !== null).length >= 2 && names.every((name) => name.length <= 60 && isChapterName(name));
}

/** A text between two rules, or above one, is a heading; other rules are ornament. */
function withoutRules(lines: readonly SourceLine[], fenced: readonly boolean[]): readonly SourceLine[] {
  return lines.map((line, index) => {
    if (fenced[index] === true) return line;
    if (RULE.test(line.text)) return isUnderline(lines, index) ? line : withText(line, "");
    return isBoxed(lines, index) ? withText(line, `# ${line.text.trim()}`) : line;
  });
}

/** Markdown makes a heading of the text above it; a rule that closes a box is ornament, for the text in the box is a heading already. */
function isUnderline(lines: readonly SourceLine[], index: number): boolean {
  const above = textAt(lines, index - 1);
  const closesBox = RULE.test(textAt(lines, index - 2));
  return isSetext(textAt(lines, index)) && isHeadingText(above) && !RULE.test(above) && !closesBox;
}

function isBoxed(lines: readonly SourceLine[], index: number): boolean {
  return textAt(lines, index).trim() !== "" && RULE.test(textAt(lines, index - 1)) && RULE.test(textAt(lines, index + 1));
}

function isSetext(text: string): boolean {
  return /^\s{0,3}(?:=+|-+)\s*$/.test(text);
}

function isHeadingText(text: string): boolean {
  return text.trim() !== "" && text.trim().length <= 80 && !/^\s*#/.test(text);
}

function rewriteLine(lines: readonly SourceLine[], index: number, series: Series): string {
  const text = textAt(lines, index);
  if (PAGE_FOOT.test(text)) return "";
  const heading = drawnHeading(text) ?? bracketedHeading(text, index) ?? chapterHeading(lines, index, series);
  if (heading !== null) return heading;
  if (series.capitals && isCapitalHeading(lines, index)) return `## ${text.trim()}`;
  if (LEGAL.test(text)) return isLegalHeading(lines, index, text) ? text : text.replace(LEGAL, "1. ");
  return rewriteItem(text, series);
}

/** Without its number: a numbered heading would be a step. */
function drawnHeading(text: string): string | null {
  const drawn = DRAWN.exec(text)?.[2];
  return drawn !== undefined && /\p{L}/u.test(drawn) ? `## ${drawn.replace(/^\d{1,2}[.)]\s+(?=\p{L})/u, "")}` : null;
}

/** The first line of a text is its title. */
function bracketedHeading(text: string, index: number): string | null {
  const title = BRACKETED.exec(text)?.[1] ?? MARKED.exec(text)?.[1];
  return title === undefined ? null : `${index === 0 ? "#" : "##"} ${title}`;
}

/** A number and a tab begin a chapter where sections of it follow, or where nothing is told to be done. */
function chapterHeading(lines: readonly SourceLine[], index: number, { chapters }: Series): string | null {
  const [, dot, name] = CHAPTER.exec(textAt(lines, index)) ?? [];
  if (name === undefined || (dot === "." && !chapters)) return null;
  return LEGAL.test(textAt(lines, index + 1)) || isChapterName(name) ? `## ${name.trim()}` : null;
}

/** A line has one of these markers at most: what one is rewritten to is none of the others. */
function rewriteItem(text: string, { letters, round }: Series): string {
  const item = text.replace(BOX, markdownBox).replace(WORD_BULLET, "$1- ").replace(NUMBER_TAB, "$1 ");
  const lettered = letters ? item.replace(LETTER, "1. ") : item;
  return round ? lettered.replace(ROUND, "1. ") : lettered;
}

function markdownBox(_box: string, indent: string, mark?: string, _open?: string, done?: string): string {
  const ticked = done !== undefined || mark?.toLowerCase() === "x";
  return `${indent}- [${ticked ? "x" : " "}] `;
}

function isChapterName(text: string): boolean {
  return !isInstruction(text) && !/[.:!?]$/.test(text.trim());
}

/** "3.1 Scope" on a line of its own above a paragraph; "3.1 Open the console." is a step. */
function isLegalHeading(lines: readonly SourceLine[], index: number, text: string): boolean {
  const rest = text.replace(LEGAL, "").trim();
  const alone = (lines[index + 1]?.text.trim() ?? "") === "";
  const below = lines.slice(index + 1, index + 6).find((line) => line.text.trim() !== "");
  return alone && below !== undefined && !LEGAL.test(below.text) && rest.length <= 60 && !/[.:;!?]$/.test(rest) && !isInstruction(rest);
}

/** On a line of its own; the first line is the title of the text. */
function isCapitalHeading(lines: readonly SourceLine[], index: number): boolean {
  const bare = textAt(lines, index).trim();
  const alone = textAt(lines, index - 1).trim() === "" && textAt(lines, index + 1).trim() === "";
  return alone && index > 0 && isInCapitals(bare) && !looksLikeCommandLine(bare);
}

/** With the letters of a word or two: a date or "T-5" is no heading, and neither is what announces something. */
function isInCapitals(bare: string): boolean {
  return CAPITALS.test(bare) && (bare.match(/\p{Lu}/gu) ?? []).length >= 4 && !/[:;]$/.test(bare);
}
