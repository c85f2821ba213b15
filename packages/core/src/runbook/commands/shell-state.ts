// A small shell lexer that answers one question: is the statement complete at the end of this line?
// Lines go in one by one; it follows quotes, substitutions, here-documents, loops and trailing operators. It never decides risk.

interface HereDocument {
  readonly word: string;
}

export interface ShellState {
  /** Open quotes and brackets, innermost last. */
  readonly stack: string[];
  readonly hereDocuments: HereDocument[];
  /** Open `for`, `while`, `if`, `case`, `{`. */
  blocks: number;
  /** The next word stands where a command may start. */
  atCommand: boolean;
}

/** `backslash`: the next line continues this one; `open`: it belongs to the same statement. */
export type LineEnd = "complete" | "backslash" | "open";

export function newShellState(): ShellState {
  return { stack: [], hereDocuments: [], blocks: 0, atCommand: true };
}

const OPENING_WORDS: ReadonlySet<string> = new Set(["for", "while", "until", "select", "if", "case", "{"]);
const CLOSING_WORDS: ReadonlySet<string> = new Set(["done", "fi", "esac", "}"]);
const COMMAND_FOLLOWS: ReadonlySet<string> = new Set(["do", "then", "else", "elif", "!", "{", "time", "while", "until", "if"]);

/** Feeds one physical line (without its line end) and says how it ends. */
export function feedLine(state: ShellState, line: string): LineEnd {
  const pending = state.hereDocuments[0];
  if (pending !== undefined) {
    if (line.trim() === pending.word) state.hereDocuments.shift();
    return isOpen(state) ? "open" : "complete";
  }
  const cursor: Cursor = { line, at: 0, trailing: "" };
  while (cursor.at < line.length) step(state, cursor);
  if (cursor.trailing === "\\" && !inSingleQuote(state)) return "backslash";
  state.atCommand = state.stack.length === 0 || top(state) === "(";
  return isOpen(state) || /^(?:\||&&|\|\||\|&)$/.test(cursor.trailing) ? "open" : "complete";
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
const HERE_DOCUMENT = /<<-?\s*(?:(['"])([^'"]+)\1|\\?([\w.-]+))/y;

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
    state.atCommand = false;
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
  const match = HERE_DOCUMENT.exec(cursor.line);
  const word = match?.[2] ?? match?.[3];
  if (match !== null && word !== undefined && !state.stack.includes('"')) {
    state.hereDocuments.push({ word });
    cursor.at += match[0].length;
    return;
  }
  cursor.at++;
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
  if (OPENING_WORDS.has(word) || word.endsWith("(){")) state.blocks++;
  if (CLOSING_WORDS.has(word)) state.blocks = Math.max(0, state.blocks - 1);
  state.atCommand = COMMAND_FOLLOWS.has(word);
}
