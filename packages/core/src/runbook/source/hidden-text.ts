// Blanks out what a reader of the rendered page would not see: HTML comments, hidden elements, Markdown's comment idioms.
// Lines go in and come out one to one; hidden text becomes blanks, so nothing later can take it for a step, and its lines are reported.

import { type SourceLine, withText } from "./source-line.ts";

export interface Revealed {
  readonly lines: readonly SourceLine[];
  /** Physical lines on which hidden text starts. */
  readonly hiddenAt: readonly number[];
}

const HIDING =
  /display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0|opacity\s*:\s*0(?![.\d])|color\s*:\s*(?:#fff\b|#ffffff\b|white\b|transparent)/i;
const OPENING = /<!--|<([A-Za-z][\w-]{0,30})(\s[^<>]{0,2000})?>/g;
const MARKDOWN_COMMENT = /^\s{0,3}\[(?:\/\/|comment|#|_)\]:\s*(?:#|<>)/i;

/** @param isCode - tells whether the line with this index lies in a fenced block, where a comment is part of the code */
export function blankHiddenText(lines: readonly SourceLine[], isCode: (index: number) => boolean): Revealed {
  const hiddenAt: number[] = [];
  const result: SourceLine[] = [];
  let until: RegExp | null = null;
  for (const [index, line] of lines.entries()) {
    if (until === null && isCode(index)) {
      result.push(line);
      continue;
    }
    if (until === null && MARKDOWN_COMMENT.test(line.text)) {
      hiddenAt.push(line.line);
      result.push(withText(line, ""));
      continue;
    }
    const blanked = blankLine(line.text, until);
    if (blanked.starts) hiddenAt.push(line.line);
    until = blanked.until;
    result.push(withText(line, blanked.text));
  }
  return { lines: result, hiddenAt };
}

interface BlankedLine {
  readonly text: string;
  readonly until: RegExp | null;
  readonly starts: boolean;
}

/** `until` is what ends the hidden stretch that is open at the start or, in the result, at the end of the line. */
function blankLine(text: string, open: RegExp | null): BlankedLine {
  let visible = "";
  let position = 0;
  let until = open;
  let starts = false;
  while (position < text.length) {
    if (until !== null) {
      const end = until.exec(text.slice(position));
      if (end === null) return { text: visible, until, starts };
      position += end.index + end[0].length;
      until = null;
      continue;
    }
    const hidden = nextHidden(text, position);
    if (hidden === null) break;
    visible += text.slice(position, hidden.start);
    position = hidden.end;
    until = hidden.until;
    starts = true;
  }
  return { text: until === null ? visible + text.slice(position) : visible, until, starts };
}

interface HiddenStart {
  readonly start: number;
  readonly end: number;
  readonly until: RegExp;
}

function nextHidden(text: string, from: number): HiddenStart | null {
  OPENING.lastIndex = from;
  for (let match = OPENING.exec(text); match !== null; match = OPENING.exec(text)) {
    const end = match.index + match[0].length;
    if (match[1] === undefined) {
      if (!insideInlineCode(text, match.index)) return { start: match.index, end, until: /-->/ };
      continue;
    }
    if (hides(match[2] ?? "")) return { start: match.index, end, until: new RegExp(`</${match[1]}\\s*>`, "i") };
  }
  return null;
}

function hides(attributes: string): boolean {
  return /\shidden(?=[\s=>]|$)/i.test(attributes) || (/\sstyle\s*=/i.test(attributes) && HIDING.test(attributes));
}

function insideInlineCode(text: string, offset: number): boolean {
  return (text.slice(0, offset).split("`").length - 1) % 2 === 1 && text.includes("`", offset);
}
