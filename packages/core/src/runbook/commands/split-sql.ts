// Splits the lines of a code block of SQL into statements at `;` outside quotes and comments; client commands (`\x`) end with their line.
// Source lines go in, statements with their physical lines come out.

import { dedent, rangeOf, type SourceLine } from "../source/source-line.ts";
import type { Statement } from "./statement.ts";

const TOKEN = /--.*|^\s*#.*|\/\*|\*\/|'(?:[^'\\]|\\.|'')*'|"[^"]*"|\$(\w*)\$|;|['"]/g;

interface SqlState {
  /** What ends the open comment or string that spans lines; null outside. */
  open: string | null;
}

export function splitSql(lines: readonly SourceLine[]): readonly Statement[] {
  const statements: Statement[] = [];
  const state: SqlState = { open: null };
  let current: SourceLine[] = [];
  const flush = (): void => {
    const statement = assemble(current);
    if (statement !== null) statements.push(statement);
    current = [];
  };
  for (const line of lines) {
    if (current.length === 0 && state.open === null && /^\s*\\\w/.test(line.text)) {
      current = [line];
      flush();
      continue;
    }
    for (const piece of piecesOf(line, state)) {
      current.push(piece.line);
      if (piece.ends) flush();
    }
    if (line.text.trim() === "" && state.open === null && current.every((one) => isBlankOrComment(one.text))) current = [];
  }
  flush();
  return statements;
}

/** Cuts one line behind each `;` that ends a statement. */
function piecesOf(line: SourceLine, state: SqlState): readonly { readonly line: SourceLine; readonly ends: boolean }[] {
  const pieces: { line: SourceLine; ends: boolean }[] = [];
  let from = 0;
  TOKEN.lastIndex = 0;
  for (let token = TOKEN.exec(line.text); token !== null; token = TOKEN.exec(line.text)) {
    if (!readToken(token[0], state)) continue;
    pieces.push({ line: { ...line, text: line.text.slice(from, TOKEN.lastIndex) }, ends: true });
    from = TOKEN.lastIndex;
  }
  const rest = line.text.slice(from);
  if (rest.trim() !== "" || pieces.length === 0) pieces.push({ line: { ...line, text: rest }, ends: false });
  return pieces;
}

/** Follows comments and strings over line ends; true for a `;` that ends a statement. */
function readToken(token: string, state: SqlState): boolean {
  if (state.open !== null) {
    if (token === state.open || (state.open.length === 1 && token.startsWith(state.open))) state.open = null;
    return false;
  }
  if (token === ";") return true;
  if (token === "/*") state.open = "*/";
  else if (token === "'" || token === '"' || /^\$\w*\$$/.test(token)) state.open = token;
  return false;
}

function isBlankOrComment(text: string): boolean {
  return /^\s*(?:(?:--|#).*)?$/.test(text);
}

function assemble(lines: readonly SourceLine[]): Statement | null {
  const from = lines.findIndex((line) => !isBlankOrComment(line.text));
  if (from < 0) return null;
  const to = lines.findLastIndex((line) => !isBlankOrComment(line.text));
  const taken = dedent(lines.slice(from, to + 1));
  const verbatim = taken
    .map((line) => line.text.trimEnd())
    .join("\n")
    .trim();
  // A backslash at the end goes on in the next line, as in a shell.
  const text = verbatim.replace(/[ \t]*\\\n\s*/g, " ");
  const [line, endLine] = rangeOf(taken);
  return text === ";" ? null : { text, verbatim, line, endLine, literal: taken.every((one) => one.literal === true) };
}
