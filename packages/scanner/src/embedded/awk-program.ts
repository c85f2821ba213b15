// An awk program goes in, everything in it that is not reading and printing comes out. Tokens are accepted by list (POSIX awk and
// gawk 5.2); where a slash could be a division or a pattern the program is given up. Used by the rule of awk.
import type { ScriptFinding } from "./sed-script.ts";

type Kind = "word" | "call" | "number" | "string" | "regex" | "operator" | "newline";

interface Token {
  readonly kind: Kind;
  readonly text: string;
}

const unreadable: ScriptFinding = { risk: "unknown", why: "this awk program is not understood" };

const builtins = new Set(
  "length substr index split sub gsub match sprintf sin cos atan2 exp log sqrt int rand srand tolower toupper gensub strftime mktime systime and or xor lshift rshift compl asort asorti patsplit typeof isarray strtonum fflush close".split(
    " ",
  ),
);

/** Words after which a slash begins a pattern. */
const beforePattern = new Set("print printf return in else do case if while for and or not BEGIN END".split(" "));

/** Words that may stand without parentheses, so that a slash behind them can be either. */
const ambiguous = new Set(["length", "getline", "next", "nextfile", "exit", "delete", "break", "continue"]);

const wordStart = /[A-Za-z_]/;
const wordPart = /[A-Za-z0-9_]/;
const numberPart = /[0-9.eExXa-fA-F]/;

/** What a slash behind this token is; undefined where awks could differ. */
function slashAfter({ kind, text }: Token): "pattern" | "division" | undefined {
  if (kind === "word") return slashAfterWord(text);
  if (kind === "number" || text === "]") return "division";
  // `)` may end an expression (division) or a condition (pattern); a string before a slash is odd enough to give up.
  return kind === "string" || text === ")" || text === "++" || text === "--" ? undefined : "pattern";
}

function slashAfterWord(word: string): "pattern" | "division" | undefined {
  if (beforePattern.has(word)) return "pattern";
  return ambiguous.has(word) ? undefined : "division";
}

class Lexer {
  private at = 0;
  readonly tokens: Token[] = [];
  private readonly text: string;

  constructor(text: string) {
    this.text = text;
  }

  /** All tokens, or undefined when the text is not understood. */
  run(): readonly Token[] | undefined {
    while (this.at < this.text.length) if (!this.next()) return undefined;
    return this.tokens;
  }

  private push(kind: Kind, text: string): true {
    this.tokens.push({ kind, text });
    return true;
  }

  private take(test: RegExp): string {
    const start = this.at;
    while (this.at < this.text.length && test.test(this.text[this.at] ?? "")) this.at += 1;
    return this.text.slice(start, this.at);
  }

  private next(): boolean {
    const char = this.text[this.at] ?? "";
    return this.space(char) ?? this.token(char);
  }

  /** Blanks, comments, line ends; undefined where a token begins. */
  private space(char: string): boolean | undefined {
    if (char === " " || char === "\t") return this.skip(1);
    if (char === "\\") return this.text[this.at + 1] === "\n" && this.skip(2);
    if (char === "#") return this.comment();
    return char === "\n" ? this.skip(1) && this.push("newline", "\n") : undefined;
  }

  private token(char: string): boolean {
    if (wordStart.test(char)) return this.word();
    if (/[0-9]/.test(char)) return this.push("number", this.take(numberPart));
    if (char === '"') return this.quoted('"', "string");
    if (char === "/") return this.slash();
    return this.operator();
  }

  private skip(count: number): true {
    this.at += count;
    return true;
  }

  private comment(): true {
    while (this.at < this.text.length && this.text[this.at] !== "\n") this.at += 1;
    return true;
  }

  private word(): true {
    const text = this.take(wordPart);
    return this.push(this.text[this.at] === "(" ? "call" : "word", text);
  }

  private quoted(end: string, kind: Kind): boolean {
    const start = ++this.at;
    for (; this.at < this.text.length; this.at += 1) {
      const char = this.text[this.at];
      if (char === "\\") this.at += 1;
      else if (char === "\n") return false;
      // A slash inside brackets ends the pattern in some awks and not in others.
      else if (char === "[" && end === "/" && this.bracketHoldsSlash()) return false;
      else if (char === end) {
        this.push(kind, this.text.slice(start, this.at));
        return this.skip(1);
      }
    }
    return false;
  }

  private bracketHoldsSlash(): boolean {
    const close = this.text.indexOf("]", this.at + 2);
    return close < 0 || this.text.slice(this.at, close).includes("/");
  }

  private slash(): boolean {
    const previous = this.tokens.at(-1);
    const meaning = previous === undefined ? "pattern" : slashAfter(previous);
    if (meaning === "pattern") return this.quoted("/", "regex");
    return meaning === "division" && this.skip(1) && this.push("operator", "/");
  }

  private operator(): boolean {
    for (const text of ["||", "&&", "|&", ">>", "++", "--", ">=", "<=", "==", "!=", "!~", "+=", "-=", "*=", "%=", "^=", "**"]) {
      if (this.text.startsWith(text, this.at)) return this.skip(text.length) && this.push("operator", text);
    }
    const char = this.text[this.at] ?? "";
    return "{}()[];,+-*%^!<>|?:~$=".includes(char) && this.skip(1) && this.push("operator", char);
  }
}

/** Functions that the program defines itself; their bodies are in the same token stream. */
const definedFunctions = (tokens: readonly Token[]): ReadonlySet<string> => {
  const names = new Set<string>();
  tokens.forEach((token, at) => {
    if (token.text === "function" || token.text === "func") names.add(tokens[at + 1]?.text ?? "");
  });
  return names;
};

const keywordCalls = new Set(["if", "while", "for", "switch", "print", "printf", "return", "in", "getline", "delete", "exit"]);

const runsCommand: ScriptFinding = { risk: "dangerous", why: "the program runs a command (system)" };

const judgeCall = (name: string, defined: ReadonlySet<string>): ScriptFinding | undefined => {
  if (name === "system") return runsCommand;
  return builtins.has(name) || keywordCalls.has(name) || defined.has(name)
    ? undefined
    : { risk: "unknown", why: "the program calls a function that is not known" };
};

const judgeWord = (name: string): ScriptFinding | undefined => {
  // A built-in function may stand apart from its parenthesis.
  if (name === "system") return runsCommand;
  if (name === "ENVIRON" || name === "PROCINFO" || name === "SYMTAB")
    return { risk: "caution", why: "the program can print the environment, secrets included" };
  return undefined;
};

/** Tokens of the variable behind a getline; more than that is not followed. */
const longestVariable = 8;
const partOfVariable = new Set(["$", "[", "]", "NR", "NF", "FNR"]);

/** `getline < FILE` and `getline x < FILE` read another file; a getline alone reads the next line of the input. */
const readsOtherFile = (tokens: readonly Token[], at: number): boolean => {
  let next = at + 1;
  for (let token = tokens[next]; token !== undefined; token = tokens[++next]) {
    if (token.kind !== "word" && token.kind !== "number" && !partOfVariable.has(token.text)) break;
    if (next - at > longestVariable) return true;
  }
  const { kind, text } = tokens[next] ?? { kind: "newline", text: "" };
  return kind === "operator" && text === "<";
};

const readsFile: ScriptFinding = { risk: "caution", why: "the program reads another file (getline <)" };
const sinks = new Set(["/dev/null", "/dev/stdout"]);

/** Where a redirection goes when it is one of the places that keep nothing. */
const goesNowhere = (tokens: readonly Token[], at: number): boolean => {
  const [target, next] = [tokens[at + 1], tokens[at + 2]];
  if (target?.kind !== "string" || !sinks.has(target.text)) return false;
  return next === undefined || next.kind === "newline" || next.text === ";" || next.text === "}";
};

const opening = new Set(["(", "["]);
const closing = new Set([")", "]"]);
const printing = new Set(["print", "printf"]);
const ending = new Set([";", "}"]);
const redirecting = new Set([">", ">>"]);

/**
 * Follows print statements: a `>` in one, outside parentheses, is a redirection and no comparison.
 * A newline does not end the statement here, because behind a comma or an operator it does not in awk either.
 */
class PrintTracker {
  private depth = 0;
  private printDepth = -1;

  redirects(token: Token): boolean {
    if (token.kind === "string" || token.kind === "regex") return false;
    const { text } = token;
    if (opening.has(text)) this.depth += 1;
    else if (closing.has(text)) this.depth -= 1;
    else if (printing.has(text)) this.printDepth = this.depth;
    else if (ending.has(text)) this.printDepth = -1;
    return redirecting.has(text) && this.printDepth === this.depth;
  }
}

const writesFile: ScriptFinding = { risk: "caution", why: "the program writes a file (>)" };

const judgeToken = (token: Token, defined: ReadonlySet<string>): ScriptFinding | undefined => {
  if (token.kind === "call") return judgeCall(token.text, defined);
  if (token.kind === "word") return judgeWord(token.text);
  if (token.kind !== "operator") return undefined;
  if (token.text === "|" || token.text === "|&") return { risk: "dangerous", why: "the program runs a command (|)" };
  return token.text === ">>" ? writesFile : undefined;
};

/** Empty when the program only reads its input and prints. */
export function inspectAwkProgram(text: string): readonly ScriptFinding[] {
  const tokens = new Lexer(text).run();
  if (tokens === undefined) return [unreadable];
  const defined = definedFunctions(tokens);
  const prints = new PrintTracker();
  const findings: ScriptFinding[] = [];
  for (const [at, token] of tokens.entries()) {
    const redirects = prints.redirects(token);
    if (redirects && goesNowhere(tokens, at)) continue;
    if (token.text === "getline" && token.kind !== "string" && readsOtherFile(tokens, at)) findings.push(readsFile);
    const finding = redirects ? writesFile : judgeToken(token, defined);
    if (finding !== undefined) findings.push(finding);
  }
  return findings;
}
