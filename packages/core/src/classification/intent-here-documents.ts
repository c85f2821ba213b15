// Sets the here-documents of a command line aside, so that the intent advisor's lexer reads words only.
// A text goes in; out come the text with a mark in each one's place, and the bodies. Null when one has no end.

export interface HereDocuments {
  /** Each here-document is replaced by its index between two U+0002. */
  readonly text: string;
  readonly bodies: readonly { readonly text: string; readonly expands: boolean }[];
}

const START = /(?<!<)<<(-?)[ \t]*(?:'(\w+)'|"(\w+)"|(\\?)(\w+))/;
/** A number behind `<<` inside `$((...))` is a shift. */
const SHIFT = /\(\([^)]*<<[^)]*\)\)/;

export function hereDocuments(text: string): HereDocuments | null {
  const bodies: { text: string; expands: boolean }[] = [];
  let rest = text;
  for (let match = startIn(rest); match !== null; match = startIn(rest)) {
    const [whole, dash, single, double, escape = "", bare] = match;
    const word = single ?? double ?? bare ?? "";
    const lineEnd = rest.indexOf("\n", match.index);
    const end = lineEnd < 0 ? null : endOf(rest.slice(lineEnd + 1), word, dash === "-");
    if (end === null || bodies.length > 8) return null;
    const body = rest.slice(lineEnd + 1, lineEnd + 1 + end.start);
    const after = rest.slice(lineEnd + 1 + end.end);
    rest = `${rest.slice(0, match.index)} \u0002${bodies.length}\u0002 ${rest.slice(match.index + whole.length, lineEnd)}\n${after}`;
    bodies.push({ text: body, expands: bare !== undefined && escape === "" });
  }
  return { text: rest, bodies };
}

/** `<<` inside quotes is text. */
function startIn(text: string): RegExpExecArray | null {
  const match = SHIFT.test(text) ? null : START.exec(text);
  if (match === null) return null;
  const before = text.slice(text.lastIndexOf("\n", match.index) + 1, match.index).replace(/\\./g, "");
  const isQuoted = [/"/g, /'/g].some((quote) => (before.match(quote)?.length ?? 0) % 2 === 1);
  return isQuoted ? null : match;
}

function endOf(text: string, word: string, isIndented: boolean): { readonly start: number; readonly end: number } | null {
  let start = 0;
  for (const line of text.split("\n")) {
    if ((isIndented ? line.replace(/^\t+/, "") : line) === word) return { start, end: start + line.length };
    start += line.length + 1;
  }
  return null;
}
