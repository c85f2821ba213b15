// Rewrites what Notion's export adds to Markdown: callouts in `<aside>` become quotes, so that what one says of itself ends with it.
// Lines go in and come out one to one with their physical numbers.

import { followFences } from "./fences.ts";
import { type SourceLine, withText } from "./source-line.ts";

const OPENING = /^\s*<aside>\s*(.*?)\s*$/i;
const CLOSING = /^\s*(.*?)\s*<\/aside>\s*$/i;
const ICON = /^(?:\p{Extended_Pictographic}(?:\uFE0F|\u200D\p{Extended_Pictographic})*|<img\b[^<>]*>)\s*/u;
/** A callout that nothing closes is none. */
const MAX_LINES = 200;

export function rewriteNotion(lines: readonly SourceLine[]): readonly SourceLine[] {
  const fenced = followFences(lines);
  let end = -1;
  let fresh = false;
  return lines.map((line, index) => {
    const opening = index > end && fenced[index] !== true ? OPENING.exec(line.text) : null;
    if (opening !== null) {
      end = closingIndex(lines, index);
      fresh = end >= index;
    }
    if (index > end) return line;
    const words = (opening?.[1] ?? line.text).replace(index === end ? CLOSING : /(?!)/, "$1");
    const text = fresh ? words.replace(ICON, "") : words;
    if (text.trim() !== "") fresh = false;
    return withText(line, `> ${text}`);
  });
}

function closingIndex(lines: readonly SourceLine[], from: number): number {
  const found = lines.slice(from, from + MAX_LINES).findIndex((line) => CLOSING.test(line.text));
  return found < 0 ? -1 : from + found;
}
