// Word node -> arguments, as far as they are known before running; walks the substitutions inside on the way.
// Second stage of the scan, called by walk.ts for every word. A part that is not on the list here is unknown; it never drops one.
import type { DoubleQuotedChild, Word, WordPart } from "unbash";
import type { Arg, ArgShape } from "./arg.ts";
import { expandBraces } from "./braces.ts";
import { walkArithmetic, walkParameter, walkSubstitution } from "./expansions.ts";
import { type Region, type ScanState, spanOf } from "./scan-state.ts";
import type { Span } from "./types.ts";
import type { Walker } from "./walker.ts";

const rank: Readonly<Record<ArgShape, number>> = { literal: 0, one: 1, glob: 2, many: 3 };

/** Collects the parts of one word. */
class WordBuilder {
  shape: ArgShape = "literal";
  head = "";
  /** The word cannot begin with `-` although its beginning is not known. */
  undashed = false;

  literal(text: string): void {
    if (this.shape === "literal") this.head += text;
  }

  open(shape: ArgShape, undashed = false): void {
    if (this.shape === "literal" && this.head === "" && undashed) this.undashed = true;
    if (rank[shape] > rank[this.shape]) this.shape = shape;
  }

  finish(text: string, span: Span, origin: number | undefined): Arg {
    const literal = this.shape === "literal";
    const dash = this.head.startsWith("-") || this.shape === "many" || (!literal && this.head === "" && !this.undashed);
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
  return split ?? [composedWord(word, parts, region, state, walker)];
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
  if (isPlainText(text)) return plainArg(text, region, word);
  if (state.nonAscii && !isAsciiOutsideQuotes(word)) reportNonAscii(state, spanOf(region, word));
  if (word.parts !== undefined || text.includes("\\")) return undefined;
  return text.charCodeAt(0) === 126 ? tildeWord(text, spanOf(region, word)) : plainArg(text, region, word);
}

function plainArg(text: string, region: Region, word: Word): Arg {
  const span = spanOf(region, word);
  const dash = text.charCodeAt(0) === 45;
  if (region.whole !== undefined) return { shape: "literal", text, head: text, dash, span };
  return { shape: "literal", text, head: text, dash, span, origin: span.start };
}

/** Only characters that mean nothing to the shell; asking the parser for the word's parts would cost more than this. */
function isPlainText(text: string): boolean {
  for (let i = 0; i < text.length; i++) if (!isWordCharacter(text.charCodeAt(i))) return false;
  // A here-document's body comes as a word without text and with parts.
  return text !== "";
}

function escapedWord(word: Word, region: Region): Arg {
  const span = spanOf(region, word);
  if (word.text.charCodeAt(0) === 126) return tildeWord(word.value, span);
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
  for (const part of parts) addPart(builder, part, region, state, walker);
  return builder.finish(word.text, span, originOf(parts, region));
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
      builder.literal(part.value);
      return;
    case "DoubleQuoted":
    case "LocaleString":
      for (const child of part.parts) addQuoted(builder, child, region, state, walker);
      return;
    case "SimpleExpansion":
    case "ParameterExpansion":
      addVariable(builder, part, false, region, state, walker);
      return;
    case "CommandExpansion":
    case "ProcessSubstitution":
      walkSubstitution(part, region, state, walker);
      if (part.type === "ProcessSubstitution") builder.open("one", true);
      else builder.open("many");
      return;
    default:
      addPattern(builder, part, region, state, walker);
  }
}

type PatternPart = Extract<WordPart, { type: "ArithmeticExpansion" | "Glob" | "ExtendedGlob" | "BraceExpansion" }>;

function addPattern(builder: WordBuilder, part: PatternPart, region: Region, state: ScanState, walker: Walker): void {
  if (part.type === "ArithmeticExpansion") {
    walkArithmetic(part.expression, region, state, walker, spanOf(region, part));
    builder.open("one");
    return;
  }
  builder.open(part.type === "BraceExpansion" && builder.head === "" ? "many" : "glob");
  const inner = new WordBuilder();
  for (const child of part.parts ?? []) addPart(inner, child, region, state, walker);
  if (inner.shape === "many") builder.open("many");
}

function addQuoted(builder: WordBuilder, part: DoubleQuotedChild, region: Region, state: ScanState, walker: Walker): void {
  switch (part.type) {
    case "Literal":
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

const numericParameters: ReadonlySet<string> = new Set(["?", "$", "#", "!"]);

function addVariable(builder: WordBuilder, part: VariablePart, quoted: boolean, region: Region, state: ScanState, walker: Walker): void {
  if (part.type === "ParameterExpansion") walkParameter(part, region, state, walker);
  const name = plainName(part);
  if (name === undefined) {
    builder.open(quoted && !isList(part) ? "one" : "many");
    return;
  }
  const known = state.variables.get(name);
  if (known?.shape === "literal" && (quoted || isOneWord(known.text))) builder.literal(known.text);
  else if (known?.shape === "one" && !known.dash) builder.open("one", true);
  else if (numericParameters.has(name)) builder.open("one", true);
  else builder.open(quoted && name !== "@" ? "one" : "many");
}

/** The variable's name when the part is `$x` or `${x}` and nothing more. */
export function plainName(part: VariablePart): string | undefined {
  if (part.type === "SimpleExpansion") return part.text.slice(1).replaceAll("\\\n", "");
  if (part.prefix === "#" && part.operation === undefined && part.index === undefined) return "#";
  return part.prefix === undefined && part.operation === undefined && part.index === undefined ? part.parameter : undefined;
}

function isList(part: VariablePart): boolean {
  return part.type === "ParameterExpansion" && (part.parameter === "@" || part.index?.text === "@" || part.prefix === "!");
}

/** Characters that neither split nor glob nor begin an option. */
function isOneWord(text: string): boolean {
  if (text === "") return false;
  for (let i = 0; i < text.length; i++) if (!isWordCharacter(text.charCodeAt(i))) return false;
  return true;
}

function isWordCharacter(code: number): boolean {
  return (
    (code >= 97 && code <= 122) ||
    (code >= 65 && code <= 90) ||
    (code >= 43 && code <= 58) ||
    code === 95 ||
    code === 61 ||
    code === 64 ||
    code === 37
  );
}

/** An unquoted `$T` whose value is known and has blanks, but no globs: the words that bash would make of it. */
function splitVariable(parts: readonly WordPart[], state: ScanState, span: Span): readonly Arg[] | undefined {
  const part = parts[0];
  if (parts.length !== 1 || (part?.type !== "SimpleExpansion" && part?.type !== "ParameterExpansion")) return undefined;
  const name = plainName(part);
  const known = name === undefined ? undefined : state.variables.get(name);
  if (known?.shape !== "literal") return undefined;
  const words = known.text.split(/[ \t\n]+/).filter((word) => word !== "");
  if (words.length < 2 || words.some((word) => !isOneWord(word))) return undefined;
  return words.map((text) => ({ shape: "literal", text, head: text, dash: text.startsWith("-"), span }));
}

function isAsciiOutsideQuotes(word: Word): boolean {
  if (isAscii(word.text)) return true;
  if (word.parts === undefined) return false;
  return word.parts.every(
    (part) => part.type === "SingleQuoted" || part.type === "DoubleQuoted" || part.type === "AnsiCQuoted" || isAscii(part.text),
  );
}

export function isAscii(text: string): boolean {
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) > 126) return false;
  return true;
}

function reportNonAscii(state: ScanState, span: Span): void {
  state.report(
    "text.non-ascii",
    "unknown",
    span,
    "A letter outside ASCII stands outside quotes: it may only look like a command, an option or a dash.",
  );
}
