// Cuts a command line into its simple commands for the intent advisor: words, whether it writes a file, what is fed to it, what is nested in it.
// Deliberately not the scanner's grammar: a second, cruder reading. Whatever it cannot follow it says so, and the advisor then has no opinion.

import { hereDocuments, type HereDocuments } from "./intent-here-documents.ts";

/** What a command reads from its standard input: a text that stands in the line, or (`null`) something nobody can see here. */
export interface Input {
  readonly text: string | null;
  /** The file behind `<`. */
  readonly file?: string;
}

export interface Segment {
  /** Words with quotes removed. */
  readonly words: readonly string[];
  /** Output goes to a file other than /dev/null and the two standard streams. */
  readonly writes: boolean;
  /** Some word may become several, or an option: an unquoted expansion, a glob at its beginning. */
  readonly loose: boolean;
  readonly input: Input | null;
}

interface Reader {
  readonly text: string;
  readonly bodies: readonly string[];
  /** Variables of `for x in a b`: their values are in sight. */
  readonly known: ReadonlySet<string>;
  readonly depth: number;
  readonly segments: Segment[];
  at: number;
  words: string[];
  word: string | null;
  writes: boolean;
  loose: boolean;
  input: Input | null;
  /** The next word is the text of `<<<`, or the file behind `<`. */
  feeds: "text" | "file" | null;
  brackets: number;
  hasCase: boolean;
}

const MAX_DEPTH = 6;
const MAX_SEGMENTS = 40;

/** Characters that do not show, change direction or look like a blank or a dash and are none. */
const DECEIVING = /[\p{Cf}\p{Co}\p{Cn}\p{M}\u00a0\u1680\u2000-\u2015\u2028-\u202f\u205f\u2212\u3000\uff0d]|(?![\n\t])\p{Cc}/u;

/** @returns the simple commands in order, nested ones included, or null when the text cannot be followed (open quote, too deep) */
export function segmentsOf(text: string, depth = 0): readonly Segment[] | null {
  if (depth > MAX_DEPTH || DECEIVING.test(text)) return null;
  const documents = hereDocuments(text.replace(/\\\n/g, ""));
  if (documents === null) return null;
  const nested = nestedInBodies(documents, depth);
  const own = readAll(readerOf(documents, depth));
  return nested === null || own === null || own.length + nested.length > MAX_SEGMENTS ? null : [...own, ...nested];
}

function readAll(reader: Reader): readonly Segment[] | null {
  while (reader.at < reader.text.length) {
    if (!readOne(reader)) return null;
  }
  return endSegment(reader, null) && reader.brackets === 0 ? reader.segments : null;
}

function readerOf({ text, bodies }: HereDocuments, depth: number): Reader {
  const loops = text.matchAll(/\bfor\s+(\w+)\s+in\s+([\w .:/@%+,-]+?)\s*(?:;|\n)/g);
  return {
    text,
    bodies: bodies.map((body) => body.text),
    known: new Set([...loops].flatMap(([, name, values]) => (name === undefined || / -|^-/.test(values ?? "") ? [] : [name]))),
    depth,
    segments: [],
    at: 0,
    words: [],
    word: null,
    writes: false,
    loose: false,
    input: null,
    feeds: null,
    brackets: 0,
    hasCase: false,
  };
}

/** The commands inside bodies that the shell expands. */
function nestedInBodies({ bodies }: HereDocuments, depth: number): readonly Segment[] | null {
  const found: Segment[] = [];
  for (const body of bodies) {
    if (!body.expands || !/[$`]/.test(body.text)) continue;
    const quoted = segmentsOf(`echo "${body.text.replaceAll('"', "")}"`, depth + 1);
    if (quoted === null) return null;
    found.push(...quoted);
  }
  return found;
}

function readOne(reader: Reader): boolean {
  const char = reader.text.charAt(reader.at);
  const two = reader.text.slice(reader.at, reader.at + 2);
  const isFresh = reader.word === null;
  if (isFresh && (two === "[[" || two === "((")) return readCondition(reader, char);
  const special = SPECIAL.get(two) ?? SPECIAL.get(char);
  if (special !== undefined) return special(reader);
  if (char === "#" && isFresh) return skipComment(reader);
  if (isFresh && /^(?:[*?]|\[[^[ \n])/.test(two)) reader.loose = true;
  return append(reader, char, 1);
}

const endWordHere = (reader: Reader): boolean => {
  endWord(reader);
  reader.at++;
  return true;
};

const unfollowed = (): boolean => false;

/** What one or two characters start, the longer first. */
const SPECIAL: ReadonlyMap<string, (reader: Reader) => boolean> = new Map(
  Object.entries<(reader: Reader) => boolean>({
    "'": readSingleQuoted,
    '"': readDoubleQuoted,
    "`": (reader) => readNested(reader, "`", true),
    $: (reader) => readExpansion(reader, true),
    "$'": readDecoded,
    '$"': unfollowed,
    "<(": (reader) => readNested(reader, "(", false),
    ">(": (reader) => readNested(reader, "(", false),
    "\\": readEscape,
    "\u0002": readBody,
    "<": readRedirect,
    ">": readRedirect,
    "&>": readRedirect,
    "&&": (reader) => readOperator(reader, 2),
    "||": (reader) => readOperator(reader, 2),
    "|&": (reader) => readOperator(reader, 2),
    " ": endWordHere,
    "\t": endWordHere,
    "(": readOpening,
    ")": readClosing,
    ...Object.fromEntries([..."|;&\n"].map((operator) => [operator, (reader: Reader) => readOperator(reader, 1)])),
    ...Object.fromEntries([..."{}"].map((brace) => [brace, readBrace])),
  }),
);

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

const ESCAPES: Readonly<Record<string, string>> = { n: "\n", t: "\t", r: "\r", "\\": "\\", "'": "'", '"': '"' };

/** `$'...'`: the characters that it stands for. */
function readDecoded(reader: Reader): boolean {
  const [whole, inner = ""] = /^\$'((?:[^'\\]|\\[^])*)'/.exec(reader.text.slice(reader.at)) ?? [];
  if (whole === undefined) return false;
  let isKnown = true;
  const decoded = inner.replace(/\\(?:x([0-9a-fA-F]{1,2})|([0-7]{1,3})|([^]))/g, (_, hex?: string, octal?: string, other = "") => {
    if (hex !== undefined || octal !== undefined)
      return String.fromCharCode(hex === undefined ? Number.parseInt(octal ?? "0", 8) : Number.parseInt(hex, 16));
    isKnown &&= Object.hasOwn(ESCAPES, other);
    return ESCAPES[other] ?? "";
  });
  return isKnown && append(reader, decoded, whole.length);
}

function readDoubleQuoted(reader: Reader): boolean {
  reader.word ??= "";
  reader.at++;
  while (reader.at < reader.text.length) {
    const char = reader.text.charAt(reader.at);
    if (char === '"') {
      reader.at++;
      return true;
    }
    if (!readQuotedChar(reader, char)) return false;
  }
  return false;
}

function readQuotedChar(reader: Reader, char: string): boolean {
  if (char === "\\")
    return append(
      reader,
      /[$`"\\]/.test(reader.text.charAt(reader.at + 1)) ? reader.text.charAt(reader.at + 1) : reader.text.slice(reader.at, reader.at + 2),
      2,
    );
  if (char === "`") return readNested(reader, "`", false);
  if (char === "$") return readExpansion(reader, false);
  return append(reader, char, 1);
}

const PLAIN_ARITHMETIC = /^(?!.*\$[A-Za-z])[\w\s+\-*/%<>=!&|()?:,$]*$/s;
const PLAIN_PARAMETER = /^\$(?:\{#?\w+(?:(?:[:#%/^,][^}$`[\]]*)|[-+?=][^}$`[\]]*)?\}|\w+|[?#$!@*-])/;

/** `$x`, `${x:-y}`, `$(command)`, `$((1+1))`; forms that evaluate a value once more are not followed. */
function readExpansion(reader: Reader, isBare: boolean): boolean {
  const rest = reader.text.slice(reader.at);
  if (rest.startsWith("$((")) return readArithmetic(reader, rest);
  if (rest.startsWith("$(")) return readNested(reader, "(", isBare);
  const [whole] = PLAIN_PARAMETER.exec(rest) ?? [];
  if (whole === undefined) return !/^\$[{[]/.test(rest) && append(reader, "$", 1);
  if (isBare && mayBeSeveral(reader, whole)) reader.loose = true;
  return append(reader, whole, whole.length);
}

/** Neither a number nor a value in sight, nor behind `x=`, where nothing is split. */
function mayBeSeveral(reader: Reader, parameter: string): boolean {
  return !/^\$(?:[?#$]|\{#)/.test(parameter) && !reader.known.has(parameter.replace(/[${}]/g, "")) && !isAssignment(reader);
}

function isAssignment(reader: Reader): boolean {
  return reader.words.length === 0 && /^\w+=/.test(reader.word ?? "");
}

function readArithmetic(reader: Reader, rest: string): boolean {
  const end = rest.indexOf("))");
  return end >= 0 && PLAIN_ARITHMETIC.test(rest.slice(3, end)) && !rest.slice(3, end).includes("$(") && append(reader, "0", end + 2);
}

/** `$(...)`, backticks, `<(...)`: the commands inside count like any other. */
function readNested(reader: Reader, mark: "`" | "(", isBare: boolean): boolean {
  const start = reader.text.indexOf(mark, reader.at) + 1;
  const end = mark === "`" ? reader.text.indexOf("`", start) : closingBracket(reader.text, start);
  if (end < 0) return false;
  const inner = segmentsOf(reader.text.slice(start, end), reader.depth + 1);
  if (inner === null) return false;
  reader.segments.push(...inner);
  if (isBare && !isAssignment(reader)) reader.loose = true;
  return append(reader, "$()", end + 1 - reader.at);
}

function closingBracket(text: string, start: number): number {
  let depth = 1;
  for (let at = start; at < text.length; at++) {
    const char = text.charAt(at);
    if (char === "'" || char === '"') at = Math.max(at, text.indexOf(char, at + 1));
    if (char === "(") depth++;
    if (char === ")" && --depth === 0) return at;
  }
  return -1;
}

/** Subscripts, prompts and numbers out of variables, which the shell evaluates once more. */
const EVALUATES = /\w\[|@P|\s-v\s|<\(|>\(|\$\w+["}]* -(?:eq|ne|lt|le|gt|ge) | -(?:eq|ne|lt|le|gt|ge) "?\$\{?[A-Za-z]/;

/** `[[ ... ]]` and `(( ... ))`: compared and counted, not run; what is substituted inside counts. Subscripts may run code. */
function readCondition(reader: Reader, bracket: string): boolean {
  const [open, close] = bracket === "[" ? ["[[", "]]"] : ["((", "))"];
  const end = reader.text.indexOf(close, reader.at + 2);
  if (end < 0 || reader.words.some((word) => word !== "!" && !KEYWORDS.has(word))) return false;
  const inner = reader.text.slice(reader.at + 2, end);
  if (EVALUATES.test(inner) || (bracket === "(" && !/^[\w\s+\-*/%<>=!&|?:;,$()]*$/.test(inner))) return false;
  const nested = segmentsOf(`echo "${inner.replaceAll('"', "")}"`, reader.depth + 1);
  if (nested === null) return false;
  reader.segments.push(...nested);
  reader.words = [...reader.words, open];
  reader.at = end + 2;
  return true;
}

const KEYWORDS: ReadonlySet<string> = new Set(["if", "while", "until", "elif", "then", "do", "else", "for"]);

const REDIRECT = /&?>>?[|]?[ \t]*(&\d|&-|[^\s|;&<>()]+)?|<<<|<>|<(?!&)/y;
const HARMLESS_TARGET = /^(?:&(?:\d|-)|["']?\/dev\/(?:null|stdout|stderr|fd\/[12])["']?)$/;

/** `<>` cannot be followed; a target other than /dev/null or another stream is a write. */
function readRedirect(reader: Reader): boolean {
  REDIRECT.lastIndex = reader.at;
  const match = REDIRECT.exec(reader.text);
  if (match === null || match[0] === "<>") return false;
  const [whole, target] = match;
  if (reader.word !== null && /^\d$/.test(reader.word)) reader.word = null;
  endWord(reader);
  reader.at += whole.length;
  if (/^&?>/.test(whole)) return writeTo(reader, target);
  reader.feeds = whole === "<<<" ? "text" : "file";
  return true;
}

function writeTo(reader: Reader, target: string | undefined): boolean {
  if (target === undefined) return false;
  reader.writes ||= !HARMLESS_TARGET.test(target);
  return true;
}

/** The place of a here-document that was set aside. */
function readBody(reader: Reader): boolean {
  const end = reader.text.indexOf("\u0002", reader.at + 1);
  endWord(reader);
  reader.input = { text: reader.bodies[Number(reader.text.slice(reader.at + 1, end))] ?? null };
  reader.at = end + 1;
  return end >= 0;
}

function readOperator(reader: Reader, length: 1 | 2): boolean {
  const operator = reader.text.slice(reader.at, reader.at + length);
  if (/^(?:&&|\|\|?|\|&)$/.test(operator) && isEmpty(reader)) return false;
  reader.at += length;
  return endSegment(reader, operator === "|" || operator === "|&" ? "pipe" : null);
}

/** Nothing stands before, not even a group. */
function isEmpty({ word, words, writes, text, at }: Reader): boolean {
  return word === null && words.length === 0 && !writes && !/[)}]\s*$/.test(text.slice(0, at));
}

/** Braces inside a word, and those that no blank sets apart, are text, unless they stand for several words. */
function readBrace(reader: Reader): boolean {
  const char = reader.text.charAt(reader.at);
  const next = reader.text.charAt(reader.at + 1);
  const isText = reader.word !== null || /[^\s;]/.test(next);
  if (!isText) {
    reader.at++;
    return endSegment(reader, null);
  }
  const isShown = /^(?:for|echo|printf)$/.test(reader.words[0] ?? "");
  const isList = !isShown && char === "{" && /^\{[^}\s]*(?:,|\.\.)[^}\s]*\}/.test(reader.text.slice(reader.at));
  if (isList && (reader.word === null || reader.word.startsWith("-") || reader.words.length === 0)) return false;
  return append(reader, char, 1);
}

/** A group of commands; an opening bracket behind a word (a function, an array, a pattern) is not followed. */
function readOpening(reader: Reader): boolean {
  if (reader.word !== null || reader.words.some((word) => !KEYWORDS.has(word) && word !== "!")) return false;
  reader.brackets++;
  reader.at++;
  return reader.brackets <= MAX_DEPTH;
}

function readClosing(reader: Reader): boolean {
  endWord(reader);
  reader.at++;
  if (reader.brackets > 0) {
    reader.brackets--;
    return endSegment(reader, null);
  }
  const isPattern = reader.hasCase || reader.words[0] === "case";
  reader.hasCase = isPattern;
  if (reader.words[0] !== "case") reader.words = [];
  return isPattern && endSegment(reader, null);
}

function endWord(reader: Reader): void {
  if (reader.word === null) return;
  if (reader.feeds === null) reader.words.push(reader.word);
  else reader.input = reader.feeds === "text" ? { text: reader.word } : { text: null, file: reader.word };
  reader.feeds = null;
  reader.word = null;
}

function endSegment(reader: Reader, then: "pipe" | null): boolean {
  endWord(reader);
  const { words, writes, loose, input } = reader;
  if (reader.feeds !== null || (words.length === 0 && (then === "pipe" || (input !== null && !writes)))) return false;
  if (words.length > 0 || writes) reader.segments.push({ words, writes, loose, input });
  reader.input = then === "pipe" ? { text: writes ? null : printed(words) } : null;
  reader.words = [];
  reader.writes = false;
  reader.loose = false;
  return true;
}

/** What `echo` and `printf` with plain words hand on; null for everything else. */
function printed([program, ...words]: readonly string[]): string | null {
  if (program !== "echo" && program !== "printf") return null;
  const text = (/^-[neE]+$/.test(words[0] ?? "") ? words.slice(1) : words).join(" ");
  return /[$`%]/.test(text) ? null : text.replace(/\\r/g, "").replace(/\\n/g, "\n");
}
