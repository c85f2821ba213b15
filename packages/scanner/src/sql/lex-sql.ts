// SQL text of a dialect without a grammar of ours -> tokens, or a doubt: where two readings of the text are possible (backslash modes,
// executable comments, nested comments, quotes that do not end) it says so instead of choosing one. Linear; judges nothing.

/** `word`: upper-case keyword or name. `name`: quoted name. `symbol`: one character. `client`: a backslash command of the client. */
export interface SqlToken {
  readonly kind: "word" | "name" | "string" | "number" | "variable" | "symbol" | "client";
  /** Words in upper case, names and strings without their quotes. */
  readonly text: string;
  /** As written, without quotes. */
  readonly raw: string;
  readonly start: number;
  readonly end: number;
}

/** How a dialect is written, as far as dialects differ. */
export interface SqlSyntax {
  /** Quotes of names beside `"`: backtick or square bracket. */
  readonly nameQuotes: "" | "`" | "[" | "`[";
  readonly hashComment?: true;
  readonly slashComment?: true;
  /** `--` begins a comment only before a blank. */
  readonly dashNeedsBlank?: true;
  readonly dollarQuotes?: true;
  /** Backslash commands of the mysql client, `\G` among them. */
  readonly clientCommands?: true;
  /** `'''` and `"""` quote too. */
  readonly tripleQuotes?: true;
  /** `#t` is a name. */
  readonly hashNames?: true;
}

interface LexedSql {
  readonly tokens: readonly SqlToken[];
  readonly doubt?: string;
}

const MAX_TOKENS = 8_192;

const isBlank = (code: number): boolean => code === 32 || (code >= 9 && code <= 13);
const isDigit = (code: number): boolean => code >= 48 && code <= 57;
const isWordStart = (code: number): boolean => (code >= 65 && code <= 90) || (code >= 97 && code <= 122) || code === 95;
const isWordPart = (code: number): boolean => isWordStart(code) || isDigit(code) || code === 36;

class Lexer {
  readonly tokens: SqlToken[] = [];
  doubt: string | undefined;
  private at = 0;
  private readonly text: string;
  private readonly syntax: SqlSyntax;

  constructor(text: string, syntax: SqlSyntax) {
    this.text = text;
    this.syntax = syntax;
  }

  run(): void {
    while (this.at < this.text.length && this.doubt === undefined) {
      if (this.tokens.length >= MAX_TOKENS) this.doubt = "it is too long to look at";
      else if (!this.blank() && !this.comment() && !this.quoted() && !this.plain()) this.other();
    }
  }

  private code(ahead = 0): number {
    return this.text.charCodeAt(this.at + ahead);
  }

  private push(kind: SqlToken["kind"], raw: string, start: number): void {
    const text = kind === "word" || kind === "variable" ? raw.toUpperCase() : raw;
    this.tokens.push({ kind, text, raw, start, end: this.at });
  }

  private blank(): boolean {
    if (!isBlank(this.code())) return false;
    this.at += 1;
    return true;
  }

  private comment(): boolean {
    const two = this.text.slice(this.at, this.at + 2);
    if (two === "/*") this.blockComment();
    else if (two === "--") this.dashComment();
    else if (two === "//" && this.syntax.slashComment === true) this.lineComment();
    else if (two.startsWith("#") && this.syntax.hashComment === true) this.lineComment();
    else return false;
    return true;
  }

  private lineComment(): void {
    const end = this.text.indexOf("\n", this.at);
    this.at = end < 0 ? this.text.length : end + 1;
  }

  private dashComment(): void {
    const next = this.code(2);
    if (this.syntax.dashNeedsBlank === true && !Number.isNaN(next) && !isBlank(next)) this.doubt = "-- without a blank may be no comment";
    else this.lineComment();
  }

  private blockComment(): void {
    const end = this.text.indexOf("*/", this.at + 2);
    const body = this.text.slice(this.at + 2, end < 0 ? undefined : end);
    if (end < 0) this.doubt = "a comment does not end";
    else if (/^M?!/.test(body)) this.doubt = "a comment is run by some servers";
    else if (body.includes("/*")) this.doubt = "comments stand inside a comment";
    else if (/^\s*\+[\s\S]*set_var/i.test(body)) this.doubt = "a hint sets a variable";
    else this.at = end + 2;
  }

  private quoted(): boolean {
    const quote = this.text.charAt(this.at);
    if (quote === "'" || quote === '"') this.quotedBy(quote, quote === "'" ? "string" : "name");
    else if (quote !== "" && this.syntax.nameQuotes.includes(quote)) this.quotedBy(quote === "[" ? "]" : quote, "name");
    else if (quote === "$" && this.syntax.dollarQuotes === true && this.code(1) === 36) this.dollarQuoted();
    else return false;
    return true;
  }

  private dollarQuoted(): void {
    const start = this.at;
    const end = this.text.indexOf("$$", start + 2);
    if (end < 0) this.doubt = "a quote does not end";
    else {
      this.at = end + 2;
      this.push("string", this.text.slice(start + 2, end), start);
    }
  }

  /** A backslash before a quote ends the text in one mode of the server and not in the other. */
  private quotedBy(quote: string, kind: "string" | "name"): void {
    const { text, at: start } = this;
    if (this.syntax.tripleQuotes === true && text.startsWith(quote.repeat(3), start)) this.doubt = "a triple quote";
    let backslash = false;
    for (let i = start + 1; i < text.length; i += 1) {
      const char = text.charAt(i);
      if (char === "\\") {
        const next = text.charAt(i + 1);
        backslash = true;
        if (next === quote) return this.giveUp("a backslash before a quote can be read in two ways");
        if (next === "\\") i += 1;
      } else if (char === quote) {
        if (text.charAt(i + 1) !== quote) return this.endQuote(kind, start, i, backslash);
        i += 1;
      }
    }
    this.giveUp("a quote does not end");
  }

  private giveUp(doubt: string): void {
    this.doubt ??= doubt;
  }

  private endQuote(kind: "string" | "name", start: number, end: number, backslash: boolean): void {
    const body = this.text.slice(start + 1, end);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: the range of ASCII is meant
    if (backslash && /[^\x00-\x7f]/.test(body)) this.giveUp("a backslash beside other alphabets can be read in two ways");
    this.at = end + 1;
    this.push(kind, body, start);
  }

  private plain(): boolean {
    const code = this.code();
    if (isWordStart(code) || this.isHash(code)) this.word(this.at);
    else if (isDigit(code)) this.number(this.at);
    else if (code === 64) this.variable(this.at);
    else return false;
    return true;
  }

  private isHash(code: number): boolean {
    return code === 35 && this.syntax.hashNames === true;
  }

  private word(start: number): void {
    this.at += 1;
    while (isWordPart(this.code()) || this.isHash(this.code())) this.at += 1;
    this.push("word", this.text.slice(start, this.at), start);
  }

  private number(start: number): void {
    while (isWordPart(this.code()) || (this.code() === 46 && isDigit(this.code(1)))) this.at += 1;
    this.push("number", this.text.slice(start, this.at), start);
  }

  /** `@x`, `@@global`, `@stage`. */
  private variable(start: number): void {
    while (this.code() === 64) this.at += 1;
    while (isWordPart(this.code())) this.at += 1;
    this.push("variable", this.text.slice(start, this.at), start);
  }

  private other(): void {
    const start = this.at;
    const char = this.text.charAt(start);
    if (char === "\\") return this.backslash(start);
    if (char === "$" && !isDigit(this.code(1))) return this.giveUp("a dollar sign");
    if (!"()[]{},.;:=<>!+-*/%&|^~?$".includes(char)) return this.giveUp(`the character ${char}`);
    this.at += 1;
    this.push("symbol", char, start);
  }

  /** `\G` and `\g` end a statement; every other backslash command is left to the judge. */
  private backslash(start: number): void {
    if (this.syntax.clientCommands !== true) return this.giveUp("a backslash outside quotes");
    const letter = this.text.charAt(start + 1);
    this.at += 2;
    if (letter === "G" || letter === "g") this.push("symbol", ";", start);
    else this.push("client", letter, start);
  }
}

/** The tokens of `text`, comments left out; `doubt` says why the reading is not certain. */
export function lexSql(text: string, syntax: SqlSyntax): LexedSql {
  const lexer = new Lexer(text, syntax);
  lexer.run();
  return lexer.doubt === undefined ? { tokens: lexer.tokens } : { tokens: lexer.tokens, doubt: lexer.doubt };
}
