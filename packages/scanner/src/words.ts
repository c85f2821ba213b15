// Word node -> arguments, as far as they are known before running; walks the substitutions inside on the way.
// Second stage of the scan, called by walk.ts for every word. A part that is not on the list here is unknown; it never drops one.
import type { DoubleQuotedChild, ParsedScript, Word, WordPart } from "unbash";
import { type Arg, type ArgShape, literalArg } from "./arg.ts";
import { expandBraces } from "./braces.ts";
import { walkArithmetic, walkParameter, walkSubstitution } from "./expansions.ts";
import { type Region, type ScanState, spanOf } from "./scan-state.ts";
import type { Span } from "./types.ts";
import { mayPrintNothing, printsIdentifiers, printsNumber } from "./number-output.ts";
import type { Walker } from "./walker.ts";
import { expandsTilde, isAscii, isDisputed, isDisputedBare, isPlainText, looksLikeOption } from "./word-text.ts";

const rank: Readonly<Record<ArgShape, number>> = { literal: 0, one: 1, glob: 2, many: 3 };

/** Collects the parts of one word. */
class WordBuilder {
  shape: ArgShape = "literal";
  head = "";
  /** The word cannot begin with `-` although its beginning is not known. */
  undashed = false;

  literal(text: string): void {
    if (this.shape === "literal") this.head += text;
    this.follow();
  }

  /** A known value. */
  add(known: Arg): void {
    if (known.shape === "literal") this.literal(known.text);
    else this.addUnknown(known);
  }

  /** One word of which only the beginning is known. */
  addUnknown(known: Arg): void {
    const first = this.shape === "literal" && this.head === "";
    this.open("one", !known.dash);
    if (first) this.head = known.head;
  }

  open(shape: ArgShape, undashed = false): void {
    this.follow();
    if (this.shape === "literal" && this.head === "" && undashed) this.undashed = true;
    if (rank[shape] > rank[this.shape]) this.shape = shape;
  }

  /** What may be no word at all does not keep the part behind it from being the beginning. */
  private follow(): void {
    if (this.shape === "many") this.undashed = false;
  }

  finish(text: string, span: Span, origin: number | undefined): Arg {
    const literal = this.shape === "literal";
    const dash = this.head.startsWith("-") || (!this.undashed && (this.shape === "many" || (!literal && this.head === "")));
    const arg = { shape: this.shape, text: literal ? this.head : text, head: this.head, dash, span };
    return origin === undefined ? arg : { ...arg, origin };
  }
}

/** The arguments that a word stands for. More than one only where that is certain (`{a,b}`, a known variable with blanks). */
export function wordArgs(word: Word, region: Region, state: ScanState, walker: Walker): readonly Arg[] {
  const single = plainWord(word, region, state);
  if (single !== undefined) return [single];
  const parts = word.parts;
  if (parts === undefined) return [escapedWord(word, region)];
  const split = splitVariable(parts, state, spanOf(region, word)) ?? expandBraces(parts, spanOf(region, word));
  if (split === undefined) return [composedWord(word, parts, region, state, walker)];
  reportDisputed(word, parts, region, state);
  return split;
}

/** The word as one argument, for places where the shell neither splits nor globs (assignments, redirections, `[[`). */
export function wordArg(word: Word, region: Region, state: ScanState, walker: Walker): Arg {
  const single = plainWord(word, region, state);
  if (single !== undefined) return single;
  const parts = word.parts;
  return parts === undefined ? escapedWord(word, region) : composedWord(word, parts, region, state, walker);
}

/** A word without quotes, escapes and expansions: the common case. */
function plainWord(word: Word, region: Region, state: ScanState): Arg | undefined {
  const text = word.text;
  // Asking the parser for the parts of a word costs more than looking at its characters.
  if (isPlainText(text)) return plainArg(text, region, word);
  if (state.nonAscii && !isAsciiOutsideQuotes(word)) reportNonAscii(state, spanOf(region, word));
  if (word.parts !== undefined) return undefined;
  if (isDisputedBare(text)) state.reportLostToken(spanOf(region, word));
  if (text.includes("\\")) return undefined;
  return expandsTilde(text) ? tildeWord(text, spanOf(region, word)) : plainArg(text, region, word);
}

function plainArg(text: string, region: Region, word: Word): Arg {
  const span = spanOf(region, word);
  const dash = text.charCodeAt(0) === 45;
  if (region.whole !== undefined) return { shape: "literal", text, head: text, dash, span };
  return { shape: "literal", text, head: text, dash, span, origin: span.start };
}

function escapedWord(word: Word, region: Region): Arg {
  const span = spanOf(region, word);
  if (expandsTilde(word.text)) return tildeWord(word.value, span);
  return { shape: "literal", text: word.value, head: word.value, dash: word.value.startsWith("-"), span };
}

/** `~/x` is one path below a home directory; its beginning is kept for the check of sensitive paths. */
function tildeWord(text: string, span: Span): Arg {
  return { shape: "one", text, head: text, dash: false, span };
}

function composedWord(word: Word, parts: readonly WordPart[], region: Region, state: ScanState, walker: Walker): Arg {
  const builder = new WordBuilder();
  const span = spanOf(region, word);
  if (word.text.charCodeAt(0) === 126) builder.open("one", true);
  if (builder.shape === "one") builder.head = firstLiteral(parts);
  reportDisputed(word, parts, region, state);
  for (const part of parts) addPart(builder, part, region, state, walker);
  if (state.nonAscii && looksLikeOption(builder.head)) reportNonAscii(state, span);
  return withOutputs(builder.finish(word.text, span, originOf(parts, region)), state);
}

/** Variables that hold the output of a command, told from those of which nothing is known. */
function withOutputs(arg: Arg, { outputs }: ScanState): Arg {
  if (outputs.size === 0 || !arg.text.includes("$")) return arg;
  const filled = arg.text.replaceAll(/\$(?:(\w+)|\{(\w+)[^}]*\})/g, (use, plain, braced) => outputs.get(plain ?? braced) ?? use);
  return filled === arg.text ? arg : { ...arg, filled };
}

/** Literal parts outside of quotes that shells read otherwise; in the body of a here-document (no text) blanks and quotes mean nothing. */
function reportDisputed(word: Word, parts: readonly WordPart[], region: Region, state: ScanState): void {
  reportCutName(parts, region, state);
  if (word.text === "") return;
  for (const part of parts) if (part.type === "Literal" && isDisputedBare(part.text)) state.reportLostToken(spanOf(region, part));
}

/** `$a`, a backslash, a newline and `b` are the variable `ab`; the parser ends the name with the line. */
function reportCutName(parts: readonly WordPart[], region: Region, state: ScanState): void {
  const cut = parts.find(
    (part, index) => part.type === "Literal" && part.text.startsWith("\\\n") && parts[index - 1]?.type === "SimpleExpansion",
  );
  if (cut !== undefined) state.reportLostToken(spanOf(region, cut));
}

function firstLiteral(parts: readonly WordPart[]): string {
  const first = parts[0];
  return first?.type === "Literal" ? first.value : "~";
}

/** Offset of the first character when the whole word is one quoted string without escapes. */
function originOf(parts: readonly WordPart[], region: Region): number | undefined {
  const part = parts[0];
  if (parts.length !== 1 || part === undefined || region.whole !== undefined) return undefined;
  if (part.type === "SingleQuoted") return region.base + part.pos + 1;
  if (part.type !== "DoubleQuoted") return undefined;
  const child = part.parts[0];
  return part.parts.length === 1 && child?.type === "Literal" && child.value === child.text ? region.base + child.pos : undefined;
}

function addPart(builder: WordBuilder, part: WordPart, region: Region, state: ScanState, walker: Walker): void {
  switch (part.type) {
    case "Literal":
    case "SingleQuoted":
    case "AnsiCQuoted":
      checkLiteral(part, region, state);
      builder.literal(part.value);
      return;
    case "DoubleQuoted":
    case "LocaleString":
      reportCutName(part.parts, region, state);
      for (const child of part.parts) addQuoted(builder, child, region, state, walker);
      return;
    default:
      addExpansion(builder, part, region, state, walker);
  }
}

type LiteralKind = Extract<WordPart, { type: "Literal" | "SingleQuoted" | "AnsiCQuoted" }>;

/** Text whose meaning bash and the parser see differently. */
function checkLiteral(part: LiteralKind, region: Region, state: ScanState): void {
  if (isDisputed(part)) state.report("shell.literal", "unknown", spanOf(region, part), "Shells read this text in different ways.");
}

type ExpansionPart = Exclude<WordPart, { type: "Literal" | "SingleQuoted" | "AnsiCQuoted" | "DoubleQuoted" | "LocaleString" }>;

function addExpansion(builder: WordBuilder, part: ExpansionPart, region: Region, state: ScanState, walker: Walker): void {
  switch (part.type) {
    case "SimpleExpansion":
    case "ParameterExpansion":
      addVariable(builder, part, false, region, state, walker);
      return;
    case "CommandExpansion":
      walkSubstitution(part, region, state, walker);
      openOutput(builder, part.script);
      return;
    case "ProcessSubstitution":
      walkSubstitution(part, region, state, walker);
      builder.open("one", true);
      return;
    default:
      addPattern(builder, part, region, state, walker);
  }
}

/** Unquoted output of a command: one word only where it is a number, and there for certain. */
function openOutput(builder: WordBuilder, script: ParsedScript | undefined): void {
  if (script === undefined) builder.open("many");
  else if (printsNumber(script)) builder.open(mayPrintNothing(script) ? "many" : "one", true);
  else builder.open("many", printsIdentifiers(script));
}

type PatternPart = Extract<WordPart, { type: "ArithmeticExpansion" | "Glob" | "ExtendedGlob" | "BraceExpansion" }>;

function addPattern(builder: WordBuilder, part: PatternPart, region: Region, state: ScanState, walker: Walker): void {
  if (part.type === "ArithmeticExpansion") {
    walkArithmetic(part.expression, region, state, walker, spanOf(region, part));
    builder.open("one");
    return;
  }
  if (part.type === "ExtendedGlob") {
    // bash reads these only after `shopt -s extglob`, and zsh may run what stands in `*(e:...:)` and `*(+f)`.
    state.report("shell.glob", "unknown", spanOf(region, part), "Shells disagree about such a pattern; some run code inside of it.");
  }
  if (part.type === "BraceExpansion") openBraces(builder, part.text);
  else builder.open("glob");
  const inner = new WordBuilder();
  for (const child of part.parts ?? []) addPart(inner, child, region, state, walker);
  if (inner.shape === "many") builder.open("many");
}

/** At the beginning of a word braces may make anything, unless they count. */
function openBraces(builder: WordBuilder, text: string): void {
  const range = isPlainRange(text);
  builder.open(builder.head === "" && !range ? "many" : "glob", range);
}

/** `{1..5}`, `{01..12}`, `{a..f}`, `{0..10..2}`: words that begin with a digit or a letter. */
export function isPlainRange(text: string): boolean {
  return /^\{(\d{1,6}\.\.\d{1,6}|[a-zA-Z]\.\.[a-zA-Z])(\.\.-?\d{1,4})?\}$/.test(text);
}

function addQuoted(builder: WordBuilder, part: DoubleQuotedChild, region: Region, state: ScanState, walker: Walker): void {
  switch (part.type) {
    case "Literal":
      checkLiteral(part, region, state);
      builder.literal(part.value);
      return;
    case "SimpleExpansion":
    case "ParameterExpansion":
      addVariable(builder, part, true, region, state, walker);
      return;
    case "CommandExpansion":
      walkSubstitution(part, region, state, walker);
      builder.open("one");
      return;
    case "ArithmeticExpansion":
      walkArithmetic(part.expression, region, state, walker, spanOf(region, part));
      builder.open("one");
      return;
    default:
      builder.open("many");
  }
}

type VariablePart = Extract<WordPart, { type: "SimpleExpansion" | "ParameterExpansion" }>;

const numericParameters: ReadonlySet<string> = new Set(["?", "$", "#"]);

/** `$!` is empty, and unquoted no word at all, until something was started in the background. */
function isShellNumber(name: string, quoted: boolean, state: ScanState): boolean {
  return numericParameters.has(name) || (name === "!" && (quoted || state.startedJob));
}

function addVariable(builder: WordBuilder, part: VariablePart, quoted: boolean, region: Region, state: ScanState, walker: Walker): void {
  if (part.type === "ParameterExpansion") walkParameter(part, region, state, walker);
  const name = plainName(part) ?? "";
  const known = isShellNumber(name, quoted, state) ? shellNumber : state.variables.get(name);
  if (known !== undefined && isOneWord(known, quoted)) builder.add(known);
  else builder.open(quoted && !isList(part, name) ? "one" : "many");
}

/** A known value that becomes exactly one word, and not by chance. */
function isOneWord(known: Arg, quoted: boolean): boolean {
  if (known.shape === "literal") return quoted || isPlainText(known.text);
  return known.shape === "one" || (known.shape === "glob" && quoted);
}

/** What `$?`, `$#` and the like stand for. */
const shellNumber: Arg = { shape: "one", text: "a number", head: "", dash: false, span: { start: 0, end: 0 } };

/** The variable's name when the part is `$x` or `${x}` and nothing more; `#` for the length of one. */
export function plainName(part: VariablePart): string | undefined {
  if (part.type === "SimpleExpansion") return part.text.slice(1).replaceAll("\\\n", "");
  if (part.operation !== undefined || part.index !== undefined || part.prefix === "!") return undefined;
  return part.prefix === "#" ? "#" : part.parameter;
}

/** `$@`, `${a[@]}`, `${!a*}`: several words even when quoted. */
function isList(part: VariablePart, name: string): boolean {
  if (part.type === "SimpleExpansion") return name === "@";
  return part.parameter === "@" || part.index?.text === "@" || part.prefix === "!";
}

/** An unquoted `$T` whose value is known and has blanks, but no globs: the words that bash would make of it. */
function splitVariable(parts: readonly WordPart[], state: ScanState, span: Span): readonly Arg[] | undefined {
  const [part, more] = parts;
  if (more !== undefined || (part?.type !== "SimpleExpansion" && part?.type !== "ParameterExpansion")) return undefined;
  const known = state.variables.get(plainName(part) ?? "");
  return known?.shape === "literal" ? splitText(known.text, span) : undefined;
}

function splitText(text: string, span: Span): readonly Arg[] | undefined {
  const words = text.split(/[ \t\n]+/).filter((word) => word !== "");
  return words.length > 1 && words.every(isPlainText) ? words.map((word) => literalArg(word, span)) : undefined;
}

function isAsciiOutsideQuotes(word: Word): boolean {
  if (isAscii(word.text)) return true;
  if (word.parts === undefined) return false;
  return word.parts.every(
    (part) => part.type === "SingleQuoted" || part.type === "DoubleQuoted" || part.type === "AnsiCQuoted" || isAscii(part.text),
  );
}

function reportNonAscii(state: ScanState, span: Span): void {
  state.report(
    "text.non-ascii",
    "unknown",
    span,
    "A letter outside ASCII stands where it may only look like a command, an option or a dash.",
  );
}
