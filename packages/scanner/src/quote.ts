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
  let at = 0;
  // By code point: half of a surrogate pair has no escape of its own.
  for (const char of text) {
    const code = char.codePointAt(0) ?? 0;
    if (code === 9 || code === 10 || mustBeEscaped(text, at)) body += escape(code);
    else body += char === "'" || char === "\\" ? `\\${char}` : char;
    at += char.length;
  }
  return `$'${body}'`;
}

/** As many digits as the escape takes, so that what follows can never be read as part of it. */
function escape(code: number): string {
  if (code < 128) return `\\x${code.toString(16).padStart(2, "0")}`;
  return code < 0x10000 ? `\\u${code.toString(16).padStart(4, "0")}` : `\\U${code.toString(16).padStart(8, "0")}`;
}
