// Cleans a rendered page that was copied with its surroundings: a wiki page with gutter numbers in its code, or a file as a code host shows it.
// Lines go in; chrome becomes blank, numbered code a fenced block, what the table of contents lists a heading. Lines keep their numbers.

import { fenceNumberedCode } from "./code-gutters.ts";
import { CONTENTS, isRepositoryPage, isWikiPage, withoutFoot, withoutRepositoryHead, withoutWikiChrome } from "./page-chrome.ts";
import { type SourceLine, withText } from "./source-line.ts";
import { markUpPage } from "./unmarked-page.ts";

const MAX_ENTRIES = 60;

/** Whether the text carries the buttons of a page. */
export function isRenderedPage(lines: readonly SourceLine[]): boolean {
  return isWikiPage(lines) || isRepositoryPage(lines);
}

export function rewritePage(lines: readonly SourceLine[]): readonly SourceLine[] {
  if (!isWikiPage(lines)) {
    const body = withoutFoot(withoutRepositoryHead(lines));
    return isMarked(body) ? body : markUpPage(body);
  }
  return fenceNumberedCode(withContents(withDrawnHeadings(withoutWikiChrome(withoutFoot(lines)))));
}

/** "== Install ==", as a wiki writes it. */
function withDrawnHeadings(lines: readonly SourceLine[]): readonly SourceLine[] {
  return lines.map((line) => withText(line, line.text.replace(/^(={2,4}) ?(?=[^\s=])(.{1,80}?) ?\1\s*$/, "## $2")));
}

/** Fences, headings or numbered items are left: the copy kept its marks. */
function isMarked(lines: readonly SourceLine[]): boolean {
  return lines.some(({ text }) => /^\s*(?:```|~~~|#{1,6} \S)/.test(text));
}

/** The entries of a table of contents name the headings below it. */
function withContents(lines: readonly SourceLine[]): readonly SourceLine[] {
  const mark = lines.findIndex((line) => CONTENTS.test(line.text.trim()));
  if (mark < 0) return lines;
  const start = lines.findIndex((line, index) => index > mark && line.text.trim() !== "");
  let end = start;
  while (end >= 0 && end < lines.length && end - start <= MAX_ENTRIES && (lines[end]?.text.trim() ?? "") !== "") end++;
  const entries = new Set(lines.slice(Math.max(0, start), Math.max(0, end)).map((line) => line.text.trim()));
  const headings = lines.slice(Math.max(0, end)).filter((line) => entries.has(line.text.trim())).length;
  if (headings * 2 < entries.size || entries.size === 0) return lines.map((line, index) => (index === mark ? withText(line, "") : line));
  return lines.map((line, index) => {
    if (index >= mark && index < end) return withText(line, "");
    return index >= end && entries.has(line.text.trim()) ? withText(line, `## ${line.text.trim()}`) : line;
  });
}
