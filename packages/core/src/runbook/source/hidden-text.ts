// Blanks out what a reader of the rendered page would not see: comments of every kind, hidden elements, tooltips of images and links.
// Lines go in and come out one to one; hidden text becomes nothing, so that nothing later can take it for a step, and its lines are reported.

import { hidesContent, SILENT_TAGS } from "./hiding.ts";
import { type CodeSpan, findCodeSpans } from "./inline-code.ts";
import { joinText, type SourceLine, withText } from "./source-line.ts";

export interface Revealed {
  readonly lines: readonly SourceLine[];
  /** Physical lines on which hidden text starts. */
  readonly hiddenAt: readonly number[];
}

const OPENING =
  /<!--|<!\[CDATA\[|<![A-Za-z]|<\?[a-z]+(?=\s)|\{\{?\/\*|\{\{[<%]\/\*|\{\{<\s*comment\s*>\}\}|\{\{!--|\{\{!(?=[^{}]{1,1000}\}\})|\{#(?=\s[^{}]{0,1000}#\}|\s*$)|\{::comment\}|\{::(?=[^{}]{1,1000}\/\})|%%(?=\s[^%]{1,1000}%%|\s*$)|\{%-?\s*comment\s*-?%\}|<([A-Za-z][\w-]{0,30})([\s/][^<>]{0,2000})?>/g;
/** `[//]: # (text)`: a link definition that leads nowhere; its title may go on over lines. */
const MARKDOWN_COMMENT =
  /^\s{0,3}(?:(?:>|[-*+]\s)\s{0,3}){0,4}\[(?:(?:\/\/|comment|#|_)\]:\s*(?:#|<>)|[^[\]]{1,60}\]:\s*(?:#|<>)\s*(?:["'(]|$))/i;
/** `*[word]: what it stands for`: shown only to a pointer that rests on the word. */
const ABBREVIATION = /^\s{0,3}\*\[[^[\]]{1,80}\]:\s/;
/** A tag whose attributes hold a code span: a value of an attribute is no text of the page. */
const CODE_IN_TAG = /<([A-Za-z][\w-]{0,30})\s[^<>`]{0,500}`[^<>]{0,1000}>/g;
/** The words for those who do not see an image, where they are more than a name. */
const ALT = /!\[([^[\]]{1,500})\](?=\(|\[)/g;
/** A tag that goes on in the next line. */
const OPEN_TAG = /<([A-Za-z][\w-]{0,30})(?:\s[^<>]{0,2000})?$/;
const MAX_TAG_LINES = 6;
const OPEN_TITLE = /\s(?:\([^)]*|"[^"]*|'[^']*)$/;
/** The title of a link definition. */
const DEFINITION_TITLE = /^(\s{0,3}\[[^[\]]{1,200}\]:\s*<?[^\s<>]+>?)\s+(?:"[^"]*"|'[^']*'|\([^()]*\))\s*$/;
const VOID = /^(?:area|base|br|col|embed|hr|img|input|link|meta|param|source|track|wbr)$/i;
/** What ends a comment, by how it begins. */
const COMMENT_ENDS: readonly (readonly [RegExp, RegExp])[] = [
  [/^<!--/, /-->/],
  [/^<!\[/, /\]\]>/],
  [/^<!/, />/],
  [/^<\?/, /\?>/],
  [/^\{\{<\s*comment/, /\{\{<\s*\/\s*comment\s*>\}\}/],
  [/^\{\{!--/, /--\}\}/],
  [/^\{\{!/, /\}\}/],
  [/^\{#/, /#\}/],
  [/^\{::comment/, /\{:\/comment\}/],
  [/^\{::/, /\/\}/],
  [/^%%/, /%%/],
  [/^\{\{[<%]/, /\*\/\s*[%>]\}\}/],
  [/^\{\{/, /\*\/\s*\}\}/],
  [/^\{\//, /\*\/\s*\}/],
  [/^\{%/, /\{%-?\s*endcomment\s*-?%\}/],
];
/** Titles of images and links: a tooltip is no text of the page. */
const TOOLTIP = /(!?\[[^[\]]{0,500}\]\(\s*<?[^()\s<>]{1,2000}>?)\s+(?:"[^"]*"|'[^']*'|\([^()]*\))\s*\)/g;
/** What is open at the start of a line: the end that is waited for, and for an element how deep it is nested in its like. */
interface Open {
  readonly end: RegExp;
  readonly tag: string | null;
  depth: number;
  readonly endsAtBlank: boolean;
}

/** @param isCode - tells whether the line with this index lies in a fenced block, where a comment is part of the code */
export function blankHiddenText(lines: readonly SourceLine[], isCode: (index: number) => boolean): Revealed {
  const hiddenAt: number[] = [];
  let open: Open | null = null;
  const result = lines.map((line, index) => {
    if (open === null && isCode(index)) return line;
    if (open?.endsAtBlank === true && line.text.trim() === "") open = null;
    const read =
      open === null ? (readOpenTag(lines, index) ?? readDefinition(line.text) ?? readLine(line.text, null)) : readLine(line.text, open);
    open = read.open;
    if (read.starts) hiddenAt.push(line.line);
    return withText(line, read.text);
  });
  return { lines: result, hiddenAt };
}

/** A hiding tag whose attributes go on in the next lines; they are part of what is hidden. */
function readOpenTag(lines: readonly SourceLine[], index: number): BlankedLine | null {
  const text = lines[index]?.text ?? "";
  const start = OPEN_TAG.exec(text);
  if (start === null) return null;
  const tag = joinText(lines.slice(index, index + MAX_TAG_LINES)).slice(start.index);
  const [, name = "", attributes = ""] = /^<([A-Za-z][\w-]*)\s([^<>]*)>/.exec(tag) ?? [];
  if (name === "" || !hidesElement(name.toLowerCase(), attributes)) return null;
  const before = readLine(text.slice(0, start.index), null);
  return before.open === null ? { text: before.text, open: openElement(name), starts: true } : before;
}

function openElement(tag: string): Open {
  const end = new RegExp(`</?${tag}(?=[\\s/>])[^<>]*>`, "i");
  return { end, tag: tag.toLowerCase(), depth: 1, endsAtBlank: /^p$/i.test(tag) };
}

/** A link definition that is a comment. */
function readDefinition(text: string): BlankedLine | null {
  if (ABBREVIATION.test(text)) return { text: "", open: null, starts: true };
  if (!MARKDOWN_COMMENT.test(text)) return null;
  const goesOn = OPEN_TITLE.test(text);
  return { text: "", open: goesOn ? { end: /[)"']\s*$/, tag: null, depth: 1, endsAtBlank: true } : null, starts: true };
}

function readLine(text: string, open: Open | null): BlankedLine {
  const blanked = blankLine(text, open);
  const shown = withoutTooltips(blanked.text);
  return { text: shown.text, open: blanked.open, starts: blanked.starts || shown.hidden };
}

interface BlankedLine {
  readonly text: string;
  readonly open: Open | null;
  readonly starts: boolean;
}

function blankLine(text: string, before: Open | null): BlankedLine {
  const isInCode = codeTester(text);
  let visible = "";
  let position = 0;
  let open = before;
  let starts = false;
  while (position < text.length) {
    if (open !== null) {
      const end = skipHidden(text, position, open);
      if (end < 0) return { text: visible, open, starts };
      position = end;
      open = null;
      continue;
    }
    const hidden = nextHidden(text, position, isInCode);
    if (hidden === null) break;
    visible += text.slice(position, hidden.start);
    position = hidden.end;
    open = hidden.open;
    starts ||= hidden.reported;
  }
  return { text: open === null ? visible + text.slice(position) : visible, open, starts };
}

/** Where the hidden stretch ends on this line, or -1; elements of the same name inside it are counted. */
function skipHidden(text: string, from: number, open: Open): number {
  const end = new RegExp(open.end.source, "gi");
  end.lastIndex = from;
  for (let match = end.exec(text); match !== null; match = end.exec(text)) {
    if (open.tag === null) return end.lastIndex;
    if (!match[0].startsWith("</")) open.depth += match[0].endsWith("/>") ? 0 : 1;
    else if (--open.depth === 0) return end.lastIndex;
  }
  return -1;
}

interface HiddenStart {
  readonly start: number;
  readonly end: number;
  readonly open: Open;
  readonly reported: boolean;
}

function nextHidden(text: string, from: number, isInCode: (offset: number) => boolean): HiddenStart | null {
  OPENING.lastIndex = from;
  for (let match = OPENING.exec(text); match !== null; match = OPENING.exec(text)) {
    const [whole, tag, attributes] = match;
    const range = { start: match.index, end: match.index + whole.length };
    if (tag === undefined) {
      if (!isInCode(match.index))
        return { ...range, open: { end: commentEnd(whole), tag: null, depth: 1, endsAtBlank: false }, reported: true };
    } else if (hidesElement(tag.toLowerCase(), attributes ?? "")) {
      return {
        ...range,
        open: openElement(tag),
        reported: !SILENT_TAGS.has(tag.toLowerCase()),
      };
    }
  }
  return null;
}

function hidesElement(tag: string, attributes: string): boolean {
  if (VOID.test(tag) || attributes.endsWith("/")) return false;
  return SILENT_TAGS.has(tag) || hidesContent(tag, attributes);
}

function commentEnd(opening: string): RegExp {
  return COMMENT_ENDS.find(([begins]) => begins.test(opening))?.[1] ?? /-->/;
}

/** Whether an offset lies in a code span of the line; asked with rising offsets. */
function codeTester(text: string): (offset: number) => boolean {
  let spans: readonly CodeSpan[] | null = null;
  let next = 0;
  return (offset) => {
    spans ??= findCodeSpans(text);
    while ((spans[next]?.end ?? Number.POSITIVE_INFINITY) <= offset) next++;
    return (spans[next]?.start ?? Number.POSITIVE_INFINITY) <= offset;
  };
}

/** Whole sentences in a tooltip are reported. */
function withoutTooltips(text: string): { readonly text: string; readonly hidden: boolean } {
  if (!text.includes("](") && !text.includes("]:") && !text.includes("![") && !/<[a-z][\w-]{0,30}\s[^<>`]{0,500}`/i.test(text))
    return { text, hidden: false };
  const isInCode = codeTester(text);
  let hidden = false;
  const bare = text
    .replace(CODE_IN_TAG, (whole: string, tag: string) => {
      hidden ||= isSentence(whole);
      return `<${tag}>`;
    })
    .replace(ALT, (whole: string, alt: string) => {
      if (!isSentence(alt) && !/[`]/.test(alt)) return whole;
      hidden = true;
      return "![]";
    });
  const shown = bare.replace(TOOLTIP, (whole: string, link: string, offset: number) => {
    if (isInCode(offset)) return whole;
    hidden ||= isSentence(whole.slice(link.length));
    return `${link})`;
  });
  const definition = DEFINITION_TITLE.exec(shown)?.[1];
  if (definition === undefined) return { text: shown, hidden };
  return { text: definition, hidden: hidden || isSentence(shown.slice(definition.length)) };
}

function isSentence(title: string): boolean {
  return title.trim().split(/\s+/).length > 3;
}
