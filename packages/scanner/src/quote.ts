// Text -> shell word, and a list of texts -> command line: the canonical quoting that every rendered command uses.
// parse(quoteWord(t)) is one literal word with value t, for every t without NUL and lone surrogates.
import { mustBeEscaped } from "./refuse.ts";

/** Shell source of one word: bare when nothing in it is special, in single quotes, or in `$'...'` when it has control characters. */
export function quoteWord(text: string): string {
  if (text === "") return "''";
  let bare = true;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if ((code < 32 || code > 126) && mustBeEscaped(text, i)) return quoteAnsi(text);
    bare &&= isBare(code);
  }
  return bare ? text : `'${text.replaceAll("'", "'\\''")}'`;
}

/** A command line of literal words. */
export function quoteWords(words: readonly string[]): string {
  return words.map(quoteWord).join(" ");
}

/** Letters, digits and `% + , - . / : @ _ =`. */
function isBare(code: number): boolean {
  return (
    (code >= 97 && code <= 122) ||
    (code >= 65 && code <= 90) ||
    (code >= 43 && code <= 58) ||
    code === 61 ||
    code === 64 ||
    code === 95 ||
    code === 37
  );
}

function quoteAnsi(text: string): string {
  let body = "";
  for (let i = 0; i < text.length; i++) {
    const char = text.charAt(i);
    const code = text.charCodeAt(i);
    if (code === 9 || code === 10 || mustBeEscaped(text, i)) body += escape(code);
    else body += char === "'" || char === "\\" ? `\\${char}` : char;
  }
  return `$'${body}'`;
}

/** Escapes take at most two or four digits, so what follows can never be read as part of them. */
function escape(code: number): string {
  return code < 128 ? `\\x${code.toString(16).padStart(2, "0")}` : `\\u${code.toString(16).padStart(4, "0")}`;
}
