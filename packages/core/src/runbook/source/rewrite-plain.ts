// Rewrites the habits of plain text into Markdown: drawn headings, legal numbering (3.1), lettered steps, bare check boxes, bullets of
// word processors. Lines go in and come out one to one with their physical numbers; a line that fits no habit is left alone.

import { looksLikeCommandLine } from "../commands/command-shape.ts";
import { isInstruction } from "../meaning/instructions.ts";
import { hasRootPrompts } from "./fence-prompts.ts";
import { followFences } from "./fences.ts";
import { type SourceLine, withText } from "./source-line.ts";

const RULE = /^\s*(?:={4,}|#{4,}|\*{4,}|~{4,}|_{4,}|[-–—]{4,})\s*$/;
const DRAWN = /^\s*(={2,}|\*{2,}|~{2,}|-{2,}|#{2,})\s*(\S.{0,78}?)\s*\1\s*$/;
const CAPITALS = /^[\p{Lu}\d][\p{Lu}\d &/'’().:_-]{3,60}$/u;
const LEGAL = /^\s*\d{1,2}(?:\.\d{1,2}){1,3}[.)]?[\t ]+(?=\S)/;
const CHAPTER = /^(\d{1,2})\t+(\p{Lu}[^\t]{2,60})$/u;
const LETTER = /^\s{0,3}\(?([A-Za-z])[.)][\t ]+(?=\S)/;
/** "(1) ", "1/ ", "1: ", "#1 ", "1- ", "1º ", "Q1 ". */
const ROUND = /^\s{0,3}(?:\(\d{1,2}\)|\[\d{1,2}\]|\d{1,2}[/:]|#\d{1,2}[.:)]?|\d{1,2}[-–]|\d{1,2}[ºª°][.)]?|Q\d{1,2}[.:)]?)[\t ]+(?=\S)/;
const BRACKETED = /^\s*【([^【】]{1,40})】\s*$/;
const MARKED = /^\s*([■◆▼])\s*(\S.{0,80})$/;
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

export function rewritePlain(lines: readonly SourceLine[]): readonly SourceLine[] {
  const fenced = followFences(lines);
  const series = findSeries(lines);
  const ordered = withoutRules(lines, fenced);
  return ordered.map((line, index) => (fenced[index] === true ? line : withText(line, rewriteLine(ordered, index, series))));
}

/** Which kinds of numbering count up in this text; a single "A. " or "(1)" is no numbering. */
interface Series {
  readonly letters: boolean;
  readonly round: boolean;
  readonly capitals: boolean;
}

function findSeries(lines: readonly SourceLine[]): Series {
  const letters = lines.flatMap(({ text }) => LETTER.exec(text)?.[1]?.toUpperCase() ?? []);
  const round = lines.filter(({ text }) => ROUND.test(text)).length;
  const capitals = lines.filter(({ text }, index) => isCapitalHeading(lines, index, text)).length;
  return { letters: letters.length >= 3 && letters.slice(0, 3).join("") === "ABC", round: round >= 2, capitals: capitals >= 2 };
}

/** A text between two rules, or above one, is a heading; other rules are ornament. */
function withoutRules(lines: readonly SourceLine[], fenced: readonly boolean[]): readonly SourceLine[] {
  return lines.map((line, index) => {
    if (fenced[index] === true) return line;
    const before = lines[index - 1]?.text ?? "";
    const closesBox = RULE.test(lines[index - 2]?.text ?? "");
    if (RULE.test(line.text))
      return isHeadingText(before) && !RULE.test(before) && !closesBox && isSetext(line.text) ? line : withText(line, "");
    const boxed = RULE.test(before) && RULE.test(lines[index + 1]?.text ?? "");
    return boxed && line.text.trim() !== "" ? withText(line, `# ${line.text.trim()}`) : line;
  });
}

function isSetext(text: string): boolean {
  return /^\s{0,3}(?:=+|-+)\s*$/.test(text);
}

function isHeadingText(text: string): boolean {
  return text.trim() !== "" && text.trim().length <= 80 && !/^\s*#/.test(text);
}

function rewriteLine(lines: readonly SourceLine[], index: number, series: Series): string {
  const { text } = lines[index] ?? { text: "" };
  if (PAGE_FOOT.test(text)) return "";
  const drawn = DRAWN.exec(text)?.[2];
  if (drawn !== undefined && /\p{L}/u.test(drawn)) return `## ${drawn.replace(/^\d{1,2}[.)]\s+(?=\p{L})/u, "")}`;
  const bracketed = BRACKETED.exec(text)?.[1] ?? (MARKED.exec(text)?.[1] === undefined ? undefined : MARKED.exec(text)?.[2]);
  if (bracketed !== undefined) return `${index === 0 ? "#" : "##"} ${bracketed}`;
  const chapter = CHAPTER.exec(text);
  if (chapter !== null && (LEGAL.test(lines[index + 1]?.text ?? "") || isChapterName(chapter[2] ?? "")))
    return `## ${chapter[2]?.trim() ?? ""}`;
  if (series.capitals && isCapitalHeading(lines, index, text)) return `## ${text.trim()}`;
  if (LEGAL.test(text)) return isLegalHeading(lines, index, text) ? text : text.replace(LEGAL, "1. ");
  return text
    .replace(
      BOX,
      (_, indent: string, mark?: string, _open?: string, done?: string) => `${indent}- [${(done ?? mark === "x") ? "x" : " "}] `,
    )
    .replace(WORD_BULLET, "$1- ")
    .replace(NUMBER_TAB, "$1 ")
    .replace(series.letters ? LETTER : /(?!)/, "1. ")
    .replace(series.round ? ROUND : /(?!)/, "1. ");
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

function isCapitalHeading(lines: readonly SourceLine[], index: number, text: string): boolean {
  const bare = text.trim();
  if (!CAPITALS.test(bare) || (bare.match(/\p{Lu}/gu) ?? []).length < 4 || /[:;]$/.test(bare)) return false;
  const alone = (lines[index - 1]?.text ?? "").trim() === "" && (lines[index + 1]?.text ?? "").trim() === "";
  return alone && index > 0 && !looksLikeCommandLine(bare);
}
