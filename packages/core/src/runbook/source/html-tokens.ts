// Cuts HTML and Confluence storage format into tokens: text, tags, comments and CDATA, each with the physical line it starts on.
// Any text goes in, tokens in order come out; malformed markup becomes text or an unclosed token, and nothing is scanned twice.

export type HtmlToken =
  | { readonly kind: "text" | "cdata" | "comment"; readonly text: string; readonly line: number }
  | { readonly kind: "open"; readonly name: string; readonly attributes: string; readonly empty: boolean; readonly line: number }
  | { readonly kind: "close"; readonly name: string; readonly line: number };

const START = /<(?:!--|!\[CDATA\[|![A-Za-z[]|\?|\/?[A-Za-z])/g;
const TAG = /<(\/?)([A-Za-z][\w:.-]*)([^<>]*)>/y;
/** An attribute that holds "<" or ">": looked for this far and this often. */
const MAX_QUOTED = 4000;
const MAX_EXTENSIONS = 8;
const VOID = /^(?:area|base|br|col|embed|hr|img|input|link|meta|param|source|track|wbr)$/;

const ELEMENTS: ReadonlySet<string> = new Set(
  `a abbr acronym address applet area article aside audio b base basefont bdi bdo big blink blockquote body br button canvas caption center cite code col colgroup
  data datalist dd del details dfn dialog dir div dl dt em embed fieldset figcaption figure font footer form frame frameset h1 h2 h3 h4 h5 h6 head header
  hgroup hr html i iframe img input ins kbd label legend li link main map mark marquee menu meta meter nav nobr noframes noscript object ol optgroup option
  output p param path picture pre progress q rect rp rt ruby s samp script search section select small source span strike strong style sub summary sup svg
  table tbody td template textarea tfoot th thead time title tr track tt u ul var video wbr xml`
    .trim()
    .split(/\s+/),
);

/** `<pod>` in a page whose author escaped nothing: no element has this name, and nothing closes it. */
function isPlaceholder(token: Markup["token"], closed: ReadonlySet<string>): boolean {
  if (token?.kind !== "open" || token.empty || ELEMENTS.has(token.name) || token.name.includes(":") || closed.has(token.name)) return false;
  return !/=/.test(token.attributes);
}

export function readHtmlTokens(source: string): readonly HtmlToken[] {
  const tokens: HtmlToken[] = [];
  // What is missing is looked for once and not again at every start.
  const last: LastEnds = { bracket: source.lastIndexOf(">"), cdata: source.lastIndexOf("]]>") };
  const closed = new Set([...source.matchAll(/<\/([A-Za-z][\w:.-]*)/g)].map((match) => (match[1] ?? "").toLowerCase()));
  let line = 1;
  let from = 0;
  START.lastIndex = 0;
  for (let start = START.exec(source); start !== null; start = START.exec(source)) {
    const read = readMarkup(source, start.index, last);
    if (read === null || isPlaceholder(read.token, closed)) continue;
    if (start.index > from) tokens.push({ kind: "text", text: source.slice(from, start.index), line });
    line += countLines(source, from, start.index);
    if (read.token !== null) tokens.push({ ...read.token, line });
    line += countLines(source, start.index, read.end);
    from = read.end;
    START.lastIndex = read.end;
  }
  if (from < source.length) tokens.push({ kind: "text", text: source.slice(from), line });
  return tokens;
}

function countLines(source: string, from: number, to: number): number {
  let count = 0;
  for (let at = source.indexOf("\n", from); at >= 0 && at < to; at = source.indexOf("\n", at + 1)) count++;
  return count;
}

type Unplaced<T> = T extends HtmlToken ? Omit<T, "line"> : never;

interface Markup {
  /** Null for what has no meaning here (doctype, processing instruction). */
  readonly token: Unplaced<HtmlToken> | null;
  readonly end: number;
}

interface LastEnds {
  readonly bracket: number;
  readonly cdata: number;
}

function readMarkup(source: string, start: number, last: LastEnds): Markup | null {
  if (source.startsWith("<!--", start)) return upTo(source, start, "comment", 4, "-->");
  if (source.startsWith("<![CDATA[", start)) return readCdata(source, start, last.cdata);
  if (last.bracket < start) return null;
  return /[!?]/.test(source.charAt(start + 1)) ? { token: null, end: source.indexOf(">", start) + 1 } : readTag(source, start);
}

/** Without its end it reaches to the end of the text. */
function upTo(source: string, start: number, kind: "comment" | "cdata", skip: number, closing: string): Markup {
  const at = source.indexOf(closing, start + skip);
  const end = at < 0 ? source.length : at;
  return { token: { kind, text: source.slice(start + skip, end) }, end: at < 0 ? end : end + closing.length };
}

/** CDATA without end stops where the body around it ends, so that the rest of the page is not swallowed. */
function readCdata(source: string, start: number, lastEnd: number): Markup {
  if (lastEnd > start) return upTo(source, start, "cdata", 9, "]]>");
  const found = upTo(source, start, "cdata", 9, "</ac:");
  const closed = source.startsWith("</ac:", found.end - 5);
  return closed ? { token: found.token, end: found.end - 5 } : found;
}

function readTag(source: string, start: number): Markup | null {
  TAG.lastIndex = start;
  const simple = TAG.exec(source);
  if (simple === null) return readQuotedTag(source, start);
  const [whole, slash = "", name = "", attributes = ""] = simple;
  const quoted = endsInQuotes(attributes) ? readQuotedTag(source, start) : null;
  return quoted ?? tagOf(slash, name, attributes, start + whole.length);
}

function endsInQuotes(attributes: string): boolean {
  return /^[^"']*(?:(?:"[^"]*"|'[^']*')[^"']*)*$/.test(attributes) ? false : attributes.includes('="') || attributes.includes("='");
}

/** `<a title="a > b">`: a tag whose attribute holds an angle bracket. */
function readQuotedTag(source: string, start: number): Markup | null {
  const window = source.slice(start, start + MAX_QUOTED);
  const head = /^<(\/?)([A-Za-z][\w:.-]*)/.exec(window);
  if (head === null) return null;
  let at = head[0].length;
  for (let extension = 0; extension < MAX_EXTENSIONS; extension++) {
    const stop = /[<>]|=\s*(["'])/.exec(window.slice(at));
    if (stop === null || stop[0] === "<") return null;
    if (stop[0] === ">")
      return tagOf(head[1] ?? "", head[2] ?? "", window.slice(head[0].length, at + stop.index), start + at + stop.index + 1);
    const closing = window.indexOf(stop[1] ?? "", at + stop.index + stop[0].length);
    if (closing < 0) return null;
    at = closing + 1;
  }
  return null;
}

function tagOf(slash: string, rawName: string, attributes: string, end: number): Markup {
  const name = rawName.toLowerCase();
  if (slash === "/") return { token: { kind: "close", name }, end };
  const empty = attributes.endsWith("/") || VOID.test(name);
  return { token: { kind: "open", name, attributes, empty }, end };
}

/** The value of an attribute, entities as written; null when it is not there. */
export function attributeOf(attributes: string, name: string): string | null {
  const found = new RegExp(`(?:^|[\\s/])${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)'|([^\\s"'>]+))`, "i").exec(attributes);
  return found === null ? null : (found[1] ?? found[2] ?? found[3] ?? "");
}
