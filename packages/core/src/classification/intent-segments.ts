// Cuts a command line into its simple commands for the intent advisor: words, whether it writes a file, what is nested in it.
// Deliberately not the scanner's grammar: a second, cruder reading. Whatever it cannot follow it says so, and the advisor then has no opinion.

export interface Segment {
  /** Words with quotes removed. */
  readonly words: readonly string[];
  /** Output goes to a file other than /dev/null. */
  readonly writes: boolean;
}

interface Reader {
  readonly text: string;
  at: number;
  readonly segments: Segment[];
  words: string[];
  word: string | null;
  writes: boolean;
  readonly depth: number;
}

const MAX_DEPTH = 6;

/** @returns the simple commands in order, nested ones included, or null when the text cannot be followed (open quote, too deep) */
export function segmentsOf(text: string, depth = 0): readonly Segment[] | null {
  if (depth > MAX_DEPTH) return null;
  const bare = withoutHereDocuments(text.replace(/\\\n/g, " "));
  if (bare === null) return null;
  const reader: Reader = { text: bare, at: 0, segments: [], words: [], word: null, writes: false, depth };
  while (reader.at < reader.text.length) {
    if (!readOne(reader)) return null;
  }
  endSegment(reader);
  return reader.segments;
}

const HERE_DOCUMENT = /<<-?[ \t]*(['"\\]?)(\w+)['"]?([^\n]*)\n([^]*?)\n?[ \t]*\2(?=\n|$)/g;

/** The body of a here-document is data; one that is expanded may hold commands, which this reading does not follow. */
function withoutHereDocuments(text: string): string | null {
  let expands = false;
  const bare = text.replace(HERE_DOCUMENT, (_, quote: string, _word: string, rest: string, body: string) => {
    if (quote === "" && /\$\(|`/.test(body)) expands = true;
    return rest;
  });
  return expands ? null : bare;
}

function readOne(reader: Reader): boolean {
  const char = reader.text.charAt(reader.at);
  const next = reader.text.charAt(reader.at + 1);
  const isSpecial = SPECIAL[char + next] ?? SPECIAL[char];
  if (isSpecial !== undefined) return isSpecial(reader);
  if (char === "#" && reader.word === null) return skipComment(reader);
  return append(reader, char, 1);
}

const endWordHere = (reader: Reader): boolean => {
  endWord(reader);
  reader.at++;
  return true;
};

/** What one or two characters start, the longer first. */
const SPECIAL: Readonly<Record<string, (reader: Reader) => boolean>> = {
  "'": readSingleQuoted,
  '"': readDoubleQuoted,
  "`": (reader) => readNested(reader, "`"),
  "$(": (reader) => readNested(reader, "("),
  "\\": readEscape,
  "<": readRedirect,
  ">": readRedirect,
  "&>": readRedirect,
  " ": endWordHere,
  "\t": endWordHere,
  ...Object.fromEntries([..."|;&\n(){}"].map((operator) => [operator, readOperator])),
};

function readEscape(reader: Reader): boolean {
  return append(reader, reader.text.charAt(reader.at + 1), 2);
}

function append(reader: Reader, text: string, consumed: number): boolean {
  reader.word = (reader.word ?? "") + text;
  reader.at += consumed;
  return true;
}

function skipComment(reader: Reader): boolean {
  const end = reader.text.indexOf("\n", reader.at);
  reader.at = end < 0 ? reader.text.length : end;
  return true;
}

function readSingleQuoted(reader: Reader): boolean {
  const end = reader.text.indexOf("'", reader.at + 1);
  return end >= 0 && append(reader, reader.text.slice(reader.at + 1, end), end + 1 - reader.at);
}

function readDoubleQuoted(reader: Reader): boolean {
  reader.word ??= "";
  reader.at++;
  while (reader.at < reader.text.length) {
    const char = reader.text[reader.at] ?? "";
    if (char === '"') {
      reader.at++;
      return true;
    }
    if (!readQuotedChar(reader, char)) return false;
  }
  return false;
}

function readQuotedChar(reader: Reader, char: string): boolean {
  if (char === "\\") return append(reader, reader.text[reader.at + 1] ?? "", 2);
  if (char === "`") return readNested(reader, "`");
  if (char === "$" && reader.text[reader.at + 1] === "(") return readNested(reader, "(");
  return append(reader, char, 1);
}

/** `$(...)` and backticks: the commands inside count like any other. */
function readNested(reader: Reader, mark: "`" | "("): boolean {
  const start = reader.at + (mark === "(" ? 2 : 1);
  const end = mark === "`" ? reader.text.indexOf("`", start) : closingBracket(reader.text, start);
  if (end < 0) return false;
  const inner = segmentsOf(reader.text.slice(start, end), reader.depth + 1);
  if (inner === null) return false;
  reader.segments.push(...inner);
  return append(reader, "$()", end + 1 - reader.at);
}

function closingBracket(text: string, start: number): number {
  let depth = 1;
  for (let at = start; at < text.length; at++) {
    if (text[at] === "(") depth++;
    if (text[at] === ")" && --depth === 0) return at;
  }
  return -1;
}

const REDIRECT = /&?>>?\|?\s*(&\d|&-|[^\s|;&<>()]+)?|<<<|<<-?|<>|<&?\d?|<\(/y;

/** Process substitution and `<>` cannot be followed; a target other than /dev/null or another stream is a write. */
function readRedirect(reader: Reader): boolean {
  REDIRECT.lastIndex = reader.at;
  const match = REDIRECT.exec(reader.text);
  if (match === null) return false;
  const [whole, target] = match;
  const writes = whole.replace(/^&/, "").startsWith(">");
  if (whole === "<>" || whole === "<(" || (writes && target === undefined)) return false;
  if (reader.word !== null && /^\d$/.test(reader.word)) reader.word = null;
  endWord(reader);
  if (target !== undefined && !/^(?:&(?:\d|-)|["']?\/dev\/null["']?)$/.test(target)) reader.writes = true;
  reader.at += whole.length;
  return true;
}

/** Braces inside a word, and those that no blank sets apart, are text. */
function readOperator(reader: Reader): boolean {
  const char = reader.text.charAt(reader.at);
  const isText = /[{}]/.test(char) && (reader.word !== null || /\S/.test(reader.text.charAt(reader.at + 1)));
  if (isText) return append(reader, char, 1);
  endSegment(reader);
  reader.at++;
  return true;
}

function endWord(reader: Reader): void {
  if (reader.word !== null) reader.words.push(reader.word);
  reader.word = null;
}

function endSegment(reader: Reader): void {
  endWord(reader);
  if (reader.words.length > 0 || reader.writes) reader.segments.push({ words: reader.words, writes: reader.writes });
  reader.words = [];
  reader.writes = false;
}
