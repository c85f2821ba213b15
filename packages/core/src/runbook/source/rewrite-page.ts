// Cleans a rendered wiki page that was copied with its surroundings: breadcrumb, buttons, counters, and the gutter numbers of code blocks.
// Lines go in; page chrome becomes blank, numbered code becomes a fenced block. Lines keep their physical numbers.

import { type SourceLine, withText } from "./source-line.ts";

const CHROME =
  /^(?:expand source|copy|copied!?|like|be the first to like this|no labels|collapse|edit|share|watch|save for later|created by .*|last (?:updated|modified).*|owned by .*|\d+ min(?:ute)? read|analytics|add label|write a comment.*|unresolved comments|jira links|\d+ likes?|viewed \d+ times|bash|shell)$/i;
const BYLINE = /^(?:created by .+|last (?:updated|modified)\b.*|owned by .+|\d+ min(?:ute)? read)$/i;
const PAGE_MARK = /^(?:created by .+|last (?:updated|modified)\b.*|expand source|be the first to like this|no labels|\d+ min read)$/i;

/** Whether the text carries the buttons and bylines of a wiki page. */
export function isRenderedPage(lines: readonly SourceLine[]): boolean {
  return lines.slice(0, 2000).filter((line) => PAGE_MARK.test(line.text.trim())).length >= 2;
}

export function rewritePage(lines: readonly SourceLine[]): readonly SourceLine[] {
  const bare = withoutBreadcrumb(lines).map((line) => (CHROME.test(line.text.trim()) ? withText(line, "") : line));
  const result: SourceLine[] = [];
  let index = 0;
  while (index < bare.length) {
    const taken = ownLineGutter(bare, index) ?? prefixGutter(bare, index);
    if (taken === null) {
      const line = bare[index];
      if (line !== undefined) result.push(line);
      index++;
      continue;
    }
    result.push(...taken.lines);
    index += taken.count;
  }
  return result;
}

interface Taken {
  readonly lines: readonly SourceLine[];
  readonly count: number;
}

/** "1", "2", "3" on lines of their own, then as many lines of code. */
function ownLineGutter(lines: readonly SourceLine[], start: number): Taken | null {
  let count = 0;
  while (lines[start + count]?.text.trim() === String(count + 1)) count++;
  if (count === 0) return null;
  const code = lines.slice(start + count, start + 2 * count);
  if (code.length < count || code[0]?.text.trim() === "") return null;
  return { lines: fence(code), count: 2 * count };
}

/** "1 kubectl ..." and "2 kubectl ...": a number and one blank in front of each line of code, no dot behind it. */
function prefixGutter(lines: readonly SourceLine[], start: number): Taken | null {
  const code: SourceLine[] = [];
  for (let index = start; index < lines.length; index++) {
    const line = lines[index];
    const prefix = `${code.length + 1} `;
    if (line === undefined || !line.text.startsWith(prefix)) break;
    code.push(withText(line, line.text.slice(prefix.length)));
  }
  const follows = lines[start + code.length]?.text.trim() ?? "";
  return code.length === 0 || follows !== "" ? null : { lines: fence(code), count: code.length };
}

function fence(code: readonly SourceLine[]): readonly SourceLine[] {
  const first = code[0];
  const last = code.at(-1);
  if (first === undefined || last === undefined) return [];
  return [
    { text: "", line: first.line },
    { text: "````", line: first.line },
    ...code,
    { text: "````", line: last.line },
    { text: "", line: last.line },
  ];
}

/** Path and byline above the title; a title that stands only there stays. */
function withoutBreadcrumb(lines: readonly SourceLine[]): readonly SourceLine[] {
  const head = lines.slice(0, 20);
  const byline = head.findLastIndex((line) => BYLINE.test(line.text.trim()));
  const isHead = byline >= 0 && head.slice(0, byline + 1).every((line) => line.text.trim().split(/\s+/).length <= 12);
  if (!isHead) return lines;
  const title = head.findLastIndex((line, index) => index < byline && !/^$|^\/$/.test(line.text.trim()) && !BYLINE.test(line.text.trim()));
  const named = lines
    .slice(byline + 1, byline + 6)
    .some((line) => line.text.trim() !== "" && line.text.trim() === head[title]?.text.trim());
  return lines.map((line, index) => (index <= byline && (named || index !== title) ? withText(line, "") : line));
}
