// Recognises a rendered page that was copied with its surroundings, and blanks them: toolbar, breadcrumb, byline, counters, footer.
// Lines go in; they come out one to one, chrome as blank lines. What might be an instruction stays.

import { looksLikeCommandLine } from "../commands/command-shape.ts";
import { sectionKind } from "../meaning/sections.ts";
import { type SourceLine, withText } from "./source-line.ts";

const CHROME =
  /^(?:(?:skip to end|go to start) of metadata|pages|expand source|copy|copied!?|copy code|like|be the first to like this|no labels|collapse|edit|share|watch|watching|save for later|created by .*|last (?:updated|modified|edited).*|owned by .*|published .* by .*|\d+ min(?:ute)?(?: read)?|add a reaction|\d+ people viewed|[a-z]|analytics|add label|write a comment.*|unresolved comments|legacy editor|jira links|\d+ likes?|viewed \d+ times|bash|shell|skip to (?:main )?content|was this (?:page |article )?helpful\??(?:\s+yes\s+no)?|(?:(?:edit|history|watch|print|share|export|comments?|view source|talk|more|tools)(?:\s{2,}|\s*[|·•]\s*|$)){2,})$/i;
const AUTHOR = /^By \p{Lu}\p{L}+(?: \p{Lu}[\p{L}.]*){1,3}$/u;
const BYLINE = /^(?:created by .+|published .+ by .+|last (?:updated|modified|edited)\b.*|owned by .+|\d+ min(?:ute)? read)$/i;
const PAGE_MARK =
  /^(?:(?:skip to end|go to start) of metadata|created by .+|owned by .+|published .+ by .+|add a reaction|\d+ people viewed|last (?:updated|modified|edited)\b.*|expand source|be the first to like this|no labels|\d+ min read|was this (?:page |article )?helpful\?.*|.{3,60} » .{3,80})$/i;

const REPOSITORY_MARK =
  /^(?:skip to content|navigation menu|pull requests|merge requests|go to file|blame|raw|history|insights|security|actions|issues|copy raw file|download raw file|edit and raw actions|\d+ lines \(\d+ (?:loc|sloc)\).*)$/i;
const FILE_SIZE = /^\d+ lines \(\d+ (?:loc|sloc)\).*$/i;
/** Buttons above the text of a file. */
const FILE_TOOL =
  /^(?:preview|code|blame|raw|edit|history|outline|copy raw file|download raw file|edit and raw actions|open in .*|\d+ lines \(\d+ (?:loc|sloc)\).*|[\d.]+ [kmg]?b)$/i;
const FOOT =
  /^(?:footer|was this (?:page |article )?helpful\??(?:\s+yes\s+no)?|related (?:content|pages|articles)|be the first to like this|no labels|add label|write a comment.*|© ?\d{4}.*|©)$/i;
const HEAD_LINES = 80;
const FOOT_LINES = 40;

const trimmed = (line: SourceLine): string => line.text.trim();

/** Whether the text carries the buttons and bylines of a wiki page. */
export function isWikiPage(lines: readonly SourceLine[]): boolean {
  return lines.slice(0, 2000).filter((line) => PAGE_MARK.test(trimmed(line))).length >= 2;
}

/** Whether the text is a file as a code host shows it. */
export function isRepositoryPage(lines: readonly SourceLine[]): boolean {
  const head = lines.slice(0, HEAD_LINES).map(trimmed);
  const marks = new Set(head.filter((text) => REPOSITORY_MARK.test(text)).map((text) => text.toLowerCase()));
  return marks.size >= 4 || (marks.size >= 2 && head.some((text) => FILE_SIZE.test(text)));
}

/** Everything up to the buttons right above the text. */
export function withoutRepositoryHead(lines: readonly SourceLine[]): readonly SourceLine[] {
  const end = lines.slice(0, HEAD_LINES).findLastIndex((line) => FILE_TOOL.test(trimmed(line)));
  return lines.map((line, index) => (index <= end ? withText(line, "") : line));
}

export function withoutWikiChrome(lines: readonly SourceLine[]): readonly SourceLine[] {
  return withoutBreadcrumb(lines).map((line) => (isChrome(trimmed(line)) ? withText(line, "") : line));
}

function isChrome(text: string): boolean {
  return CHROME.test(text) || AUTHOR.test(text);
}

/** What stands below the text, as long as nothing in it could be run. */
export function withoutFoot(lines: readonly SourceLine[]): readonly SourceLine[] {
  const from = Math.max(0, lines.length - FOOT_LINES);
  const found = lines.slice(from).findIndex((line) => FOOT.test(trimmed(line)));
  if (found < 0 || lines.slice(from + found).some((line) => line.text.includes("`") || looksLikeCommandLine(line.text))) return lines;
  return lines.map((line, index) => (index >= from + found ? withText(line, "") : line));
}

/** Path and byline above the title; a title that stands only there stays. */
function withoutBreadcrumb(lines: readonly SourceLine[]): readonly SourceLine[] {
  const head = lines.slice(0, 20);
  const byline = head.findLastIndex((line) => BYLINE.test(trimmed(line)));
  if (byline < 0 || !head.slice(0, byline).every(isHeadLine)) return lines;
  const below = lines.findIndex((line, index) => index > byline && !isBare(line));
  const above = head.findLastIndex((line, index) => index < byline && !isBare(line));
  const title = standsAsTitle(lines, below) || trimmed(lines[below] ?? EMPTY) === trimmed(head[above] ?? EMPTY) ? below : above;
  return lines.map((line, index) => {
    if (index === title) return withText(line, `# ${trimmed(line)}`);
    return index <= byline ? withText(line, "") : line;
  });
}

const EMPTY: SourceLine = { text: "", line: 1 };

function isHeadLine(line: SourceLine): boolean {
  return isBare(line) || trimmed(line).split(/\s+/).length <= 12;
}

/** Blank, a separator of the path, or something to click. */
function isBare(line: SourceLine): boolean {
  return /^$|^\/$/.test(trimmed(line)) || isChrome(trimmed(line));
}

/** A short line with nothing beside it that names no part of the page. */
function standsAsTitle(lines: readonly SourceLine[], index: number): boolean {
  const text = trimmed(lines[index] ?? EMPTY);
  const alone = isBare(lines[index - 1] ?? EMPTY) && isBare(lines[index + 1] ?? EMPTY);
  return alone && text.length <= 80 && /^[\p{L}\p{N}]/u.test(text) && !/[.:;,!?]$/.test(text) && namesThePage(text);
}

function namesThePage(text: string): boolean {
  return !CONTENTS.test(text) && sectionKind(text) === null && !looksLikeCommandLine(text);
}

/** What stands above a table of contents. */
export const CONTENTS =
  /^(?:on this page|table of contents|contents|in this article|auf dieser seite|inhalt|en esta página|sur cette page|nesta página):?$/i;
