// Text -> shell word, and a list of texts -> command line: the canonical quoting that every rendered command uses.
// parse(quoteWord(t)) is one literal word with value t, for every t without NUL and lone surrogates.

/** Shell source of one word: bare when nothing in it is special, in single quotes, or in `$'...'` when it has control characters. */
export function quoteWord(text: string): string {
  if (text === "") return "''";
  let bare = true;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (isControl(code)) return quoteAnsi(text);
    bare &&= isBare(code);
  }
  return bare ? text : `'${text.replaceAll("'", "'\\''")}'`;
}

/** A command line of literal words. */
export function quoteWords(words: readonly string[]): string {
  return words.map(quoteWord).join(" ");
}

function isControl(code: number): boolean {
  return (code < 32 && code !== 9 && code !== 10) || code === 127;
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
  for (const char of text) {
    const code = char.charCodeAt(0);
    if (isControl(code) || code === 9 || code === 10) body += `\\x${code.toString(16).padStart(2, "0")}`;
    else if (char === "'" || char === "\\") body += `\\${char}`;
    else body += char;
  }
  // A hexadecimal escape takes at most two digits, so what follows it can never be read as part of it.
  return `$'${body}'`;
}
