// What the characters of a word say about it: plain, ASCII, or changed by the shell in a way that the syntax tree does not show.
// No regular expressions: these run for every word of every command.

/** Letters, digits and `% + , - . / : @ _ =`: they mean nothing to the shell, in any position of a word. */
function isPlainCode(code: number): boolean {
  if (code >= 97) return code <= 122;
  if (code >= 64) return code <= 90 || code === 95;
  return (code >= 43 && code <= 58) || code === 61 || code === 37;
}

/** Not empty, and only characters that mean nothing to the shell. */
export function isPlainText(text: string): boolean {
  for (let i = 0; i < text.length; i++) if (!isPlainCode(text.charCodeAt(i))) return false;
  return text !== "";
}

export function isAscii(text: string): boolean {
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) > 126) return false;
  return true;
}

/** Hyphens and dashes that look like `-`: U+2010 to U+2015, the minus sign, and the small and full-width forms. */
function isDashLike(code: number): boolean {
  return (code >= 0x2010 && code <= 0x2015) || code === 0x2212 || code === 0x2e3a || code === 0xfe58 || code === 0xfe63 || code === 0xff0d;
}

/** A word that begins as an option would, with a dash that is none: `‐delete`, `–rf`. A dash and a blank is prose. */
export function looksLikeOption(text: string): boolean {
  if (!isDashLike(text.charCodeAt(0))) return false;
  const next = text.charCodeAt(1);
  return next === 45 || isDashLike(next) || (next >= 97 && next <= 122) || (next >= 65 && next <= 90);
}

/** Source text in which the shell expands `~`: at the start, and behind `=` or `:` where the word looks like an assignment. */
export function expandsTilde(source: string): boolean {
  if (source.charCodeAt(0) === 126) return true;
  const tilde = source.indexOf("~");
  return tilde > 0 && isAssignmentLike(source) && (source.includes("=~") || source.includes(":~"));
}

function isAssignmentLike(source: string): boolean {
  const equals = source.indexOf("=");
  for (let i = 0; i < equals; i++) if (!isNameCode(source.charCodeAt(i))) return false;
  return equals > 0;
}

/** Letters, digits and `_`: what stands before the `=` of an assignment. */
function isNameCode(code: number): boolean {
  return isPlainCode(code) && (code >= 65 || code <= 57) && code !== 64 && code > 47;
}

/**
 * Source text of a literal part in which the parser may have overlooked an expansion: `$(`, `${`, `$[` or a backtick without a backslash,
 * and a `$` whose name stands on the next line behind a backslash.
 */
function mayHideExpansion(source: string): boolean {
  for (let i = 0; i < source.length; i++) {
    const code = source.charCodeAt(i);
    if (code === 92) i++;
    else if (code === 96) return true;
    else if (code === 36 && (opensExpansion(source.charCodeAt(i + 1)) || source.startsWith("\\\n", i + 1))) return true;
  }
  return false;
}

/** A literal part that some shell reads otherwise than the parser: an escape of no meaning in `$'...'`, an overlooked expansion. */
export function isDisputed(part: { readonly type: "Literal" | "SingleQuoted" | "AnsiCQuoted"; readonly text: string }): boolean {
  if (part.type === "Literal") return mayHideExpansion(part.text);
  return part.type === "AnsiCQuoted" && (hasOtherEscape(part.text) || shortEscape.test(part.text));
}

/** `\x2ｄ`: a letter outside ASCII where a digit would stand, so that the eye reads another character than the shell. */
const shortEscape = /(?<!\\)(?:\\\\)*\\(x[0-9a-fA-F]?|u[0-9a-fA-F]{0,3}|U[0-9a-fA-F]{0,7}|[0-7]{1,2})[^ -~\t\n]/;

/** What may stand behind a backslash in `$'...'`; before anything else bash keeps the backslash, and zsh does not. */
const escapes: ReadonlySet<string> = new Set("abeEfnrtv\\'\"?01234567xuUc");

function hasOtherEscape(source: string): boolean {
  for (let i = source.indexOf("\\"); i >= 0; i = source.indexOf("\\", i + 2)) if (!escapes.has(source.charAt(i + 1))) return true;
  return false;
}

/**
 * Source text outside quotes in which a character stands that ends a word or opens a quote: the parser passed over its meaning.
 * So is a backslash at its end, which in a file continues the line and in `bash -c` is an argument.
 */
export function isDisputedBare(source: string): boolean {
  for (let i = 0; i < source.length; i++) {
    const code = source.charCodeAt(i);
    if (code === 92 && ++i === source.length) return true;
    if (code !== 92 && meta.has(code)) return true;
  }
  return mayHideExpansion(source);
}

/** Blanks, newline, quotes and `& ( ) ; < > |`. */
const meta: ReadonlySet<number> = new Set([..."\t\n \"&'();<>|"].map((char) => char.charCodeAt(0)));

/** `(`, `[`, `{`. */
function opensExpansion(code: number): boolean {
  return code === 40 || code === 91 || code === 123;
}
