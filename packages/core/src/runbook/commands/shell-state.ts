// A small shell lexer that answers one question: is the statement complete at the end of this line?
// Lines go in one by one; it follows quotes, substitutions, here-documents, loops and trailing operators. It never decides risk.

interface HereDocument {
  readonly word: string;
  /** Deepest indentation at which the word still ends it: a shell wants none, a page may have moved the whole block. */
  readonly indent: number;
}

export interface ShellState {
  /** Open quotes and brackets, innermost last. */
  readonly stack: string[];
  readonly hereDocuments: HereDocument[];
  /** Open `for`, `while`, `if`, `case`, `{`. */
  blocks: number;
  /** The next word stands where a command may start. */
  atCommand: boolean;
  /** The next word is the name of a function: behind it a command may start again. */
  naming: boolean;
  /** The last line of code ended in a backslash, or in an operator that wants more. */
  joined: "backslash" | "operator" | "no";
}

/** `backslash`: the next line continues this one; `open`: it belongs to the same statement. */
export type LineEnd = "complete" | "backslash" | "open";

export function newShellState(): ShellState {
  return { stack: [], hereDocuments: [], blocks: 0, atCommand: true, naming: false, joined: "no" };
}

const OPENING_WORDS: ReadonlySet<string> = new Set(["for", "while", "until", "select", "if", "case", "{"]);
const CLOSING_WORDS: ReadonlySet<string> = new Set(["done", "fi", "esac", "}"]);
const COMMAND_FOLLOWS: ReadonlySet<string> = new Set(["do", "then", "else", "elif", "!", "{", "time", "while", "until", "if"]);

/** Feeds one physical line (without its line end) and says how it ends. */
export function feedLine(state: ShellState, line: string): LineEnd {
  if (state.hereDocuments.length > 0 && state.joined !== "backslash") return feedHereDocument(state, line);
  const cursor: Cursor = { line, at: 0, trailing: "" };
  while (cursor.at < line.length) step(state, cursor);
  state.joined = joinOf(state, cursor.trailing);
  if (state.joined === "backslash") return "backslash";
  state.naming = false;
  state.atCommand = state.stack.length === 0 || top(state) === "(";
  return isOpen(state) || state.joined === "operator" ? "open" : "complete";
}

function joinOf(state: ShellState, trailing: string): ShellState["joined"] {
  if (trailing === "\\" && !inSingleQuote(state)) return "backslash";
  return /^(?:\||&&|\|\||\|&)$/.test(trailing) ? "operator" : "no";
}

/** What ended the line above the document ends the statement behind it too. */
function feedHereDocument(state: ShellState, line: string): LineEnd {
  const pending = state.hereDocuments[0];
  if (pending !== undefined && line.trim() === pending.word && indentOf(line) <= pending.indent) state.hereDocuments.shift();
  return isOpen(state) || state.joined === "operator" ? "open" : "complete";
}

function indentOf(line: string): number {
  return line.length - line.trimStart().length;
}

/** Whether the text of a here-document is being read. */
export function inHereDocument(state: ShellState): boolean {
  return state.hereDocuments.length > 0 && state.joined !== "backslash";
}

/** Whether only an open quote keeps the statement open (an apostrophe in prose does that). */
export function waitsForQuote(state: ShellState): boolean {
  return state.hereDocuments.length === 0 && ["'", '"', "`"].includes(top(state));
}

function isOpen(state: ShellState): boolean {
  return state.stack.length > 0 || state.blocks > 0 || state.hereDocuments.length > 0;
}

interface Cursor {
  readonly line: string;
  at: number;
  /** The last operator, or a backslash at the line end; empty after a word. */
  trailing: string;
}

function top(state: ShellState): string {
  return state.stack.at(-1) ?? "";
}

function inSingleQuote(state: ShellState): boolean {
  return top(state) === "'";
}

function step(state: ShellState, cursor: Cursor): void {
  const quote = top(state);
  if (quote === "'") return stepSingleQuote(state, cursor);
  if (quote === '"') return stepDoubleQuote(state, cursor);
  stepCode(state, cursor);
}

function stepSingleQuote(state: ShellState, cursor: Cursor): void {
  const end = cursor.line.indexOf("'", cursor.at);
  cursor.trailing = "";
  if (end < 0) {
    cursor.at = cursor.line.length;
    return;
  }
  state.stack.pop();
  cursor.at = end + 1;
}

function stepDoubleQuote(state: ShellState, cursor: Cursor): void {
  const char = cursor.line[cursor.at];
  cursor.trailing = "";
  if (char === "\\") return skipEscape(cursor);
  if (char === '"') state.stack.pop();
  if (char === "$" && cursor.line[cursor.at + 1] === "(") {
    state.stack.push("(");
    state.atCommand = true;
    cursor.at++;
  }
  cursor.at++;
}

/** A backslash with nothing but blanks behind it continues the line. */
function skipEscape(cursor: Cursor): void {
  const lastOfLine = cursor.line.slice(cursor.at + 1).trim() === "";
  cursor.trailing = lastOfLine ? "\\" : "";
  cursor.at = lastOfLine ? cursor.line.length : cursor.at + 2;
}

const WORD = /[^\s'"`()<>|&;\\]+/y;
const OPERATOR = /\|\||&&|\|&|;;|[|&;]/y;
/** The word may be quoted in part; as in a shell, its quotes go. */
const HERE_DOCUMENT = /<<(-?)[ \t]*((?:'[^']*'|"[^"]*"|\\.|[^\s'"\\`;&|<>()])+)/y;

function stepCode(state: ShellState, cursor: Cursor): void {
  const char = cursor.line.charAt(cursor.at);
  switch (char) {
    case " ":
    case "\t":
      cursor.at++;
      return;
    case "\\":
      skipEscape(cursor);
      state.atCommand = false;
      return;
    case "'":
    case '"':
    case "`":
      return stepQuote(state, cursor, char);
    default:
      return stepMark(state, cursor, char);
  }
}

function stepMark(state: ShellState, cursor: Cursor, char: string): void {
  if (char === "(" || char === ")") stepBracket(state, cursor, char);
  else if (char === "<" || char === ">") stepRedirect(state, cursor);
  else if (char === "|" || char === "&" || char === ";") stepOperator(state, cursor);
  else stepWord(state, cursor);
}

function stepQuote(state: ShellState, cursor: Cursor, char: string): void {
  cursor.at++;
  cursor.trailing = "";
  state.atCommand = false;
  if (char === "`" && state.stack.includes("`")) popTo(state, "`");
  else state.stack.push(char);
}

function popTo(state: ShellState, mark: string): void {
  while (state.stack.length > 0 && state.stack.pop() !== mark);
}

/** A `)` without its `(` is a case pattern. */
function stepBracket(state: ShellState, cursor: Cursor, char: string): void {
  cursor.at++;
  cursor.trailing = "";
  if (char === "(") {
    state.stack.push("(");
    state.atCommand = true;
    return;
  }
  if (state.stack.at(-1) === "(") {
    state.stack.pop();
    // `name()` is followed by the body of a function.
    state.atCommand = /\(\s*\)$/.test(cursor.line.slice(Math.max(0, cursor.at - 8), cursor.at));
  } else {
    state.atCommand = true;
  }
}

function stepRedirect(state: ShellState, cursor: Cursor): void {
  cursor.trailing = "";
  if (cursor.line.startsWith("<<<", cursor.at)) {
    cursor.at += 3;
    return;
  }
  HERE_DOCUMENT.lastIndex = cursor.at;
  const match = isArithmetic(state) ? null : HERE_DOCUMENT.exec(cursor.line);
  const word = match?.[2]?.replace(/['"]|\\(?=.)/g, "").trim() ?? "";
  if (match === null || word === "") {
    cursor.at++;
    return;
  }
  state.hereDocuments.push({ word, indent: match[1] === "-" ? Number.POSITIVE_INFINITY : indentOf(cursor.line) });
  cursor.at += match[0].length;
}

/** Inside `((` two brackets shift bits. */
function isArithmetic({ stack }: ShellState): boolean {
  return stack.at(-1) === "(" && stack.at(-2) === "(";
}

function stepOperator(state: ShellState, cursor: Cursor): void {
  OPERATOR.lastIndex = cursor.at;
  const operator = OPERATOR.exec(cursor.line)?.[0] ?? ";";
  cursor.at += operator.length;
  cursor.trailing = operator;
  state.atCommand = true;
}

function stepWord(state: ShellState, cursor: Cursor): void {
  WORD.lastIndex = cursor.at;
  const match = WORD.exec(cursor.line);
  const word = match === null ? cursor.line.charAt(cursor.at) : match[0];
  if (word.startsWith("#") && /^(?:|[\s;|&])$/.test(cursor.line.charAt(cursor.at - 1))) {
    cursor.at = cursor.line.length;
    return;
  }
  cursor.at += word.length;
  cursor.trailing = "";
  if (!word.endsWith("$") && state.atCommand) followKeyword(state, word);
}

function followKeyword(state: ShellState, word: string): void {
  if (state.naming || word === "function") {
    state.naming = !state.naming;
    return;
  }
  if (OPENING_WORDS.has(word) || word.endsWith("(){")) state.blocks++;
  if (CLOSING_WORDS.has(word)) state.blocks = Math.max(0, state.blocks - 1);
  state.atCommand = COMMAND_FOLLOWS.has(word);
}
