// Marks which characters of a command stand where the shell expands nothing: in single quotes, or in a here-document with a quoted word.
// A command text goes in, one flag per character comes out. A hint for finding placeholders, never a proof about what runs.

/** Nothing is expanded here. */
export const LITERAL = 1;
/** The body of a here-document: data, no commands of this shell. */
export const BODY = 2;

const HEREDOC = /<<-?[ \t]*(['"\\]?)([A-Za-z_]\w*)\1/y;

/** A here-document that was opened on the line being read; its body begins on the next one. */
interface Heredoc {
  readonly word: string;
  readonly literal: boolean;
}

/** The sum of LITERAL and BODY that applies, one per UTF-16 unit of the text. */
export function quotedText(text: string): Uint8Array {
  const inside = new Uint8Array(text.length);
  const bodies: Heredoc[] = [];
  let quote = "";
  for (let at = 0; at < text.length; at++) {
    const char = text.charAt(at);
    inside[at] = quote === "'" ? LITERAL : 0;
    if (char === "\\" && quote !== "'") at++;
    else if (quote !== "" || char === "'" || char === '"') quote = nextQuote(quote, char);
    else if (char === "<") at += readHeredoc(text, at, bodies);
    else if (char === "\n") at = skipBodies(text, at + 1, bodies.splice(0), inside) - 1;
  }
  return inside;
}

function nextQuote(quote: string, char: string): string {
  if (quote === "") return char;
  return char === quote ? "" : quote;
}

/** @returns how many more characters belong to the operator */
function readHeredoc(text: string, at: number, open: Heredoc[]): number {
  HEREDOC.lastIndex = at;
  const match = text.charAt(at + 2) === "<" ? null : HEREDOC.exec(text);
  if (match === null) return text.startsWith("<<<", at) ? 2 : 0;
  open.push({ word: match[2] ?? "", literal: match[1] !== "" });
  return match[0].length - 1;
}

/** @returns where the first line after the last terminator begins */
function skipBodies(text: string, from: number, bodies: readonly Heredoc[], inside: Uint8Array): number {
  let at = from;
  for (const { word, literal } of bodies) {
    for (let isEnd = false; !isEnd && at < text.length; ) {
      const newline = text.indexOf("\n", at);
      const end = newline === -1 ? text.length : newline;
      isEnd = text.slice(at, end).trim() === word;
      if (!isEnd) inside.fill(literal ? BODY + LITERAL : BODY, at, end);
      at = end + 1;
    }
  }
  return at;
}
