// Rewrites HTML and Confluence storage format into Markdown, tag by tag: headings, lists, code, tables; macros keep their text.
// Lines go in; Markdown lines with the physical line of their text come out. What a reader does not see is left out and reported.

import { type Confluence, closeConfluence, newConfluence, openConfluence, takeText } from "./confluence-macros.ts";
import { hidesContent, type HidingRules, readHidingRules, SILENT_TAGS, UNSHOWN_TAGS } from "./hiding.ts";
import { decodeHtml } from "./html-entities.ts";
import { attributeOf, type HtmlToken, readHtmlTokens } from "./html-tokens.ts";
import { openTitled } from "./labelled-box.ts";
import { MarkdownWriter } from "./markdown-writer.ts";
import { joinText, type SourceLine } from "./source-line.ts";

export interface RewrittenHtml {
  readonly lines: readonly SourceLine[];
  /** From the head, when no heading names the page. */
  readonly title: string | null;
  /** Physical lines on which hidden text starts. */
  readonly hiddenAt: readonly number[];
  /** Physical lines on which a code block starts that nothing closes. */
  readonly unclosedAt: readonly number[];
}

type Opening = Extract<HtmlToken, { kind: "open" }>;

interface Skip {
  readonly tag: string;
  readonly line: number;
  readonly report: boolean;
  depth: number;
  text: boolean;
}

interface Reader {
  readonly writer: MarkdownWriter;
  readonly confluence: Confluence;
  readonly rules: HidingRules;
  readonly hiddenAt: number[];
  readonly unclosedAt: number[];
  /** An element that is left out, with its nesting and whether leaving it out is to be reported. */
  skip: Skip | null;
  title: string | null;
  headed: boolean;
  codeAt: number;
  /** Per open `<details>`: whether its content stands apart. */
  readonly details: boolean[];
  summary: string | null;
  summaryAt: number;
}

const CLIPBOARD = /^\s*(?:(?:start|end)fragment|\[(?:if|endif)\b.*|)\s*$/i;
/** Around the page, or buttons on it. */
const CHROME_TAGS: ReadonlySet<string> = new Set([
  "nav",
  "footer",
  "button",
  "svg",
  "select",
  "iframe",
  "object",
  "canvas",
  "math",
  "ac:image",
  "ac:adf-attribute",
  "ac:adf-fallback",
]);
const CHROME_CLASS =
  /(?:^|\s)(?:nav|navbar|navigation|menu|breadcrumbs?|page-footer|footer|site-footer|toc|sidebar|toolbar|copy-?btn|copy-button|headerlink|lineno|linenos|linenumbers?|gutter|hljs-ln-numbers)(?:\s|$)/i;
const CHROME_ROLE = /^(?:navigation|banner|contentinfo|menu|menubar|toolbar|button)$/i;
const BLOCK =
  /^(?:p|div|section|article|main|header|aside|blockquote|figure|figcaption|form|fieldset|address|caption|dl|dt|dd|center|hr|body|html|details|thead|tbody|tfoot|label|ac:(?:rich-text-body|layout|layout-section|layout-cell|structured-macro|macro|task-body|adf-extension|adf-node|adf-content))$/;
/** What ends a paragraph by the rules of HTML, so that an unclosed hidden one hides no more than itself. */
const ENDS_PARAGRAPH =
  /^(?:p|div|section|article|main|header|footer|nav|aside|blockquote|figure|form|fieldset|h[1-6]|ul|ol|dl|table|pre|hr|details)$/;

export function rewriteHtml(lines: readonly SourceLine[]): RewrittenHtml {
  const tokens = readHtmlTokens(joinText(lines));
  const writer = new MarkdownWriter();
  const reader: Reader = {
    writer,
    confluence: newConfluence(writer),
    rules: pageRules(tokens),
    hiddenAt: [],
    unclosedAt: [],
    skip: null,
    title: null,
    headed: false,
    codeAt: 0,
    details: [],
    summary: null,
    summaryAt: 1,
  };
  for (const token of tokens) readToken(reader, token);
  endSkip(reader);
  if (writer.inCode) reader.unclosedAt.push(reader.codeAt);
  const numbers = lines.map((line) => line.line);
  const placed = writer.finish().map((line) => place(line, numbers));
  const title = reader.headed ? null : (reader.title?.replace(/\s+/g, " ").trim() ?? null);
  return { lines: placed, title, hiddenAt: reader.hiddenAt, unclosedAt: reader.unclosedAt };
}

/** From the line's place in what was given to its physical line. */
function place(line: SourceLine, numbers: readonly number[]): SourceLine {
  const cells = line.cells?.map((cell) => cell.map((each) => place(each, numbers)));
  return { ...line, line: numbers[line.line - 1] ?? line.line, ...(cells === undefined ? {} : { cells }) };
}

function pageRules(tokens: readonly HtmlToken[]): HidingRules {
  const sheets = tokens.flatMap((token, index) => {
    const before = tokens[index - 1];
    const inStyle = before?.kind === "open" && before.name === "style";
    return inStyle && (token.kind === "text" || token.kind === "comment" || token.kind === "cdata") ? [token.text] : [];
  });
  return readHidingRules(sheets.join("}"));
}

function readToken(reader: Reader, token: HtmlToken): void {
  if (reader.skip !== null && followSkip(reader, token)) return;
  switch (token.kind) {
    case "comment":
      if (!CLIPBOARD.test(token.text)) reader.hiddenAt.push(token.line);
      return;
    case "text":
    case "cdata":
      return readText(reader, token.kind === "cdata" ? token.text : decodeHtml(token.text), token.line);
    case "open":
      return readOpening(reader, token);
    case "close":
      return readClosing(reader, token.name);
  }
}

function readText(reader: Reader, text: string, line: number): void {
  if (takeText(reader.confluence, text)) return;
  if (reader.summary !== null) reader.summary += text;
  else reader.writer.text(text, line);
}

function readOpening(reader: Reader, token: Opening): void {
  if (startsSkip(reader, token)) return;
  if (token.name.includes(":")) {
    const left = openConfluence(reader.confluence, token);
    if (left === "hidden") reader.skip = { tag: token.name, line: token.line, report: true, depth: 1, text: false };
    if (left !== "unknown") return;
  }
  const act = OPENING.get(token.name);
  if (act !== undefined) act(reader, token);
  else if (BLOCK.test(token.name)) endBlock(reader, token.line);
}

function readClosing(reader: Reader, name: string): void {
  if (name.includes(":") && closeConfluence(reader.confluence, name)) return;
  const act = CLOSING.get(name);
  if (act !== undefined) act(reader);
  else if (BLOCK.test(name)) endBlock(reader, 0);
}

function startsSkip(reader: Reader, { name, attributes, empty, line }: Opening): boolean {
  const report = hidesContent(name, attributes, reader.rules);
  if (name === "title") reader.title ??= "";
  const silent = SILENT_TAGS.has(name) || name === "title" || isChrome(name, attributes);
  if (!report && !silent) return false;
  if (!empty) reader.skip = { tag: name, line, report: report && !SILENT_TAGS.has(name), depth: 1, text: false };
  return true;
}

function isChrome(name: string, attributes: string): boolean {
  if (CHROME_TAGS.has(name)) return true;
  if (attributes === "") return false;
  return CHROME_CLASS.test(attributeOf(attributes, "class") ?? "") || CHROME_ROLE.test(attributeOf(attributes, "role") ?? "");
}

/** Whether the token belongs to the element that is left out. */
function followSkip(reader: Reader, token: HtmlToken): boolean {
  const { skip } = reader;
  if (skip === null) return false;
  if (token.kind !== "open" && token.kind !== "close") {
    if (token.kind !== "comment") skipText(reader, skip, token.text);
    return true;
  }
  if (token.kind === "open" && skip.tag === "p" && ENDS_PARAGRAPH.test(token.name)) {
    endSkip(reader);
    return false;
  }
  if (token.name === skip.tag) skip.depth += depthChange(token);
  if (skip.depth === 0) endSkip(reader);
  return true;
}

function skipText(reader: Reader, skip: Skip, text: string): void {
  if (skip.tag === "title" && reader.title !== null) reader.title += decodeHtml(text);
  skip.text ||= /[\p{L}\p{N}]/u.test(text);
}

function depthChange(token: Extract<HtmlToken, { kind: "open" | "close" }>): number {
  if (token.kind === "close") return -1;
  return token.empty ? 0 : 1;
}

function endSkip(reader: Reader): void {
  const { skip } = reader;
  reader.skip = null;
  if (skip?.report === true && (skip.text || UNSHOWN_TAGS.has(skip.tag))) reader.hiddenAt.push(skip.line);
}

/** A block inside preformatted text is a line of it. */
function endBlock({ writer }: Reader, line: number): void {
  if (!writer.inCode) writer.endParagraph();
  else if (line > 0) writer.codeLine(line);
}

type Open = (reader: Reader, token: Opening) => void;
type Close = (reader: Reader) => void;

const openHeading =
  (level: number): Open =>
  (reader) => {
    const { writer } = reader;
    if (writer.inCode) reader.unclosedAt.push(reader.codeAt);
    reader.headed = true;
    writer.heading(level);
  };

const openPre: Open = (reader, token) => {
  if (reader.writer.inCode) return reader.writer.codeLine(token.line);
  reader.codeAt = token.line;
  reader.writer.openCode(languageOf(token.attributes), token.line);
};

const openCode: Open = ({ writer }, { attributes }) => {
  if (writer.inCode) writer.nameCode(languageOf(attributes));
  else writer.openInlineCode();
};

const openItem: Open = (reader, { attributes, line }) => {
  const { writer } = reader;
  if (writer.inCode) return writer.codeLine(line);
  writer.item();
  const task = /(?:^|\s)(?:task-list-item|checklist)/i.test(attributes);
  if (task && /(?:^|[\s"'])checked(?=[\s"'/>=]|$)/i.test(attributes)) writer.text("[x] ", line);
};

const openList =
  (marker: string): Open =>
  ({ writer }) => {
    if (!writer.inCode) writer.openList(marker);
  };

const openCell =
  (header: boolean): Open =>
  ({ writer }, { attributes }) => {
    if (!writer.inCode) writer.openCell(header, spanOf(attributes, "colspan"), spanOf(attributes, "rowspan"));
  };

const openMark =
  (mark: string): Open =>
  ({ writer }) => {
    writer.openMark(mark, mark);
  };

/** A link without a target that can be followed is its text. */
const openLink: Open = ({ writer }, { attributes }) => {
  const target = decodeHtml(attributeOf(attributes, "href") ?? "").trim();
  const usable = /^(?:https?:|mailto:|#|[\w./?-])/i.test(target) && !/^(?:javascript|data|vbscript):/i.test(target) && target.length < 2000;
  const address = target.replace(/\s/g, "%20").replace(/\(/g, "%28").replace(/\)/g, "%29");
  writer.openMark(usable ? "[" : "", usable ? `](${address})` : "");
};

const openInput: Open = ({ writer }, { attributes, line }) => {
  if (!/checkbox/i.test(attributeOf(attributes, "type") ?? "")) return;
  writer.text(/(?:^|\s)checked(?=[\s=/]|$)/i.test(attributes) ? "[x] " : "[ ] ", line);
};

const openTime: Open = ({ writer }, { attributes, empty, line }) => {
  if (empty) writer.text(decodeHtml(attributeOf(attributes, "datetime") ?? ""), line);
};

function languageOf(attributes: string): string {
  const named = attributeOf(attributes, "data-lang") ?? attributeOf(attributes, "data-language") ?? attributeOf(attributes, "lang");
  const classes = `${attributeOf(attributes, "class") ?? ""} ${attributeOf(attributes, "data-syntaxhighlighter-params") ?? ""}`;
  const found = /(?:^|\s)(?:language-|lang-|brush:\s*|highlight-source-|src-)([\w+-]+)/i.exec(classes)?.[1];
  return (found ?? named ?? "").replace(/[^\w+-]/g, "").toLowerCase();
}

function spanOf(attributes: string, name: string): number {
  const span = Number.parseInt(attributeOf(attributes, name) ?? "1", 10);
  return span >= 1 ? span : 1;
}

const closeSummary: Close = (reader) => {
  const title = reader.summary?.replace(/\s+/g, " ").trim() ?? "";
  reader.summary = null;
  if (title !== "") reader.details.push(openTitled(reader.writer, title, reader.summaryAt));
};

const OPENING: ReadonlyMap<string, Open> = new Map<string, Open>([
  ...[1, 2, 3, 4, 5, 6].map((level): [string, Open] => [`h${level}`, openHeading(level)]),
  ["ol", openList("1.  ")],
  ["ul", openList("-   ")],
  ["menu", openList("-   ")],
  ["li", openItem],
  ["pre", openPre],
  ["listing", openPre],
  ["code", openCode],
  ["tt", openCode],
  ["kbd", openCode],
  ["table", ({ writer }) => writer.openTable()],
  ["tr", ({ writer }) => writer.openRow()],
  ["td", openCell(false)],
  ["th", openCell(true)],
  ["br", ({ writer }, { line }) => writer.lineBreak(line)],
  ["strong", openMark("**")],
  ["b", openMark("**")],
  ["del", openMark("~~")],
  ["s", openMark("~~")],
  ["strike", openMark("~~")],
  ["a", openLink],
  ["input", openInput],
  ["time", openTime],
  [
    "summary",
    (reader, { line }) => {
      reader.summary = "";
      reader.summaryAt = line;
    },
  ],
]);

const closeMark: Close = ({ writer }) => writer.closeMark();
const closeInline: Close = ({ writer }) => writer.closeInlineCode();
const closePre: Close = ({ writer }) => writer.closeCode();
const closeList: Close = ({ writer }) => {
  if (!writer.inCode) writer.closeList();
};

const CLOSING: ReadonlyMap<string, Close> = new Map<string, Close>([
  ...[1, 2, 3, 4, 5, 6].map((level): [string, Close] => [`h${level}`, ({ writer }) => writer.endParagraph()]),
  ["ol", closeList],
  ["ul", closeList],
  ["menu", closeList],
  ["li", ({ writer }) => writer.endParagraph()],
  ["pre", closePre],
  ["listing", closePre],
  ["code", closeInline],
  ["tt", closeInline],
  ["kbd", closeInline],
  ["table", ({ writer }) => writer.closeTable()],
  ["tr", ({ writer }) => writer.closeRow()],
  ["td", ({ writer }) => writer.closeCell()],
  ["th", ({ writer }) => writer.closeCell()],
  ["strong", closeMark],
  ["b", closeMark],
  ["del", closeMark],
  ["s", closeMark],
  ["strike", closeMark],
  ["a", closeMark],
  ["summary", closeSummary],
  [
    "details",
    ({ writer, details }) => {
      writer.endParagraph();
      if (details.pop() === true) writer.closeQuote();
    },
  ],
]);
