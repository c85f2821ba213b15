// Texts -> whether two grammars and real bash agree with what the scanner's parser reads, and what the scanner called each text. Test code only.
// A text that is safe or caution must be read alike by all, or bash must show that our parser is right; anything else is a finding.
import { type Risk, scan } from "@dd0c/scanner";
import { callsIn, mayRun, prettyPrinted } from "./bash-oracle.ts";
import { comparable, expectedCalls } from "./expected-calls.ts";
import { type Difference, differenceOf, sameMeaning, type Shape } from "./shape.ts";
import { type Mistake, mistakes } from "./tree-sitter-mistakes.ts";
import { unbashShape } from "./unbash-shape.ts";

export type Trees = "agree" | "differ" | "tree-sitter failed" | "unbash failed";

/** What real bash says of our parser's reading. `cannot say`: its printed form is faulty and the calls cannot be foretold. */
export type BashSays = "confirms" | "contradicts" | "rejects the text" | "cannot say" | "not asked";

export interface Comparison {
  readonly text: string;
  readonly risk: Risk;
  readonly trees: Trees;
  readonly difference: Difference | undefined;
  readonly bash: BashSays;
  /** Its calls were recorded and are the foretold ones. */
  readonly ran: boolean;
}

export type ReadText = (text: string) => Shape;

export const lax = (risk: Risk): boolean => risk === "safe" || risk === "caution";

interface Asked extends Comparison {
  readonly shape: Shape;
}

export interface HowToAsk {
  /** Whether bash is asked about every safe or caution text, or only where the grammars disagree. */
  readonly about: "all" | "disputed";
  /** Whether calls may be recorded: only of texts that our generator wrote. */
  readonly run: boolean;
}

/** Compares every text; bash is asked about those that are safe or caution. */
export function compareTexts(texts: readonly string[], treeSitter: ReadText, how: HowToAsk): readonly Comparison[] {
  const read = texts.map((text) => compareTrees(text, treeSitter));
  const asked = read.filter(({ risk, trees }) => lax(risk) && (how.about === "all" || trees !== "agree"));
  const answers = new Map(askBash(asked, how.run).map((answer) => [answer.text, answer]));
  return read.map(({ shape: _, ...comparison }) => ({ ...comparison, ...answers.get(comparison.text) }));
}

function compareTrees(text: string, treeSitter: ReadText): Asked {
  const shape = unbashShape(text);
  const other = treeSitter(text);
  const difference = differenceOf(shape, other);
  const trees = shape.failed ? "unbash failed" : other.failed ? "tree-sitter failed" : difference === undefined ? "agree" : "differ";
  return { text, risk: scan(text).risk, trees, difference, bash: "not asked", ran: false, shape };
}

interface Answer {
  readonly text: string;
  readonly bash: BashSays;
  readonly ran: boolean;
}

function askBash(asked: readonly Asked[], run: boolean): readonly Answer[] {
  const printed = prettyPrinted(asked.map(({ text }) => text));
  const calls = run ? sameCalls(asked.map(({ text }) => text)) : new Map<string, boolean>();
  return asked.map(({ text, shape }, index) => {
    const same = calls.get(text);
    return { text, bash: answerOf(shape, printed[index], same), ran: same !== undefined };
  });
}

/** Recorded calls are the stronger witness: bash prints some here-documents and patterns in a form that it does not accept itself. */
function answerOf(shape: Shape, printed: string | undefined, sameCalls: boolean | undefined): BashSays {
  if (sameCalls === false) return "contradicts";
  if (printed === undefined) return "rejects the text";
  const again = unbashShape(printed);
  if (sameCalls === true || sameMeaning(shape, again)) return "confirms";
  return again.failed || shape.tokens.some(({ kind }) => kind === "here-document") ? "cannot say" : "contradicts";
}

function sameCalls(texts: readonly string[]): ReadonlyMap<string, boolean> {
  const foretold = texts.filter(mayRun).flatMap((text) => {
    const calls = expectedCalls(text);
    return calls === undefined ? [] : [{ text, calls }];
  });
  const recorded = callsIn(foretold.map(({ text }) => text));
  return new Map(foretold.map(({ text, calls }, index) => [text, comparable(calls) === comparable(recorded[index] ?? [])]));
}

/** A mistake of the engine: it lets the text pass, and bash reads it otherwise or not at all. */
function isWrong({ risk, trees, bash }: Comparison): boolean {
  return lax(risk) && (bash === "contradicts" || bash === "rejects the text" || trees === "unbash failed");
}

/** The reviewed class of a text on which the grammars disagree; undefined when there is none. */
export function mistakeOf({ text }: Comparison): Mistake | undefined {
  return mistakes.find(({ mark }) => mark.test(text));
}

/** bash prints some here-documents in a form that it cannot read, so that nothing is proved where the calls cannot be foretold either. */
export function isUnproved({ risk, bash }: Comparison): boolean {
  return lax(risk) && bash === "cannot say";
}

/** What must not be: a wrong reading, or a disagreement of no reviewed class, or one that bash does not settle and that is no here-document. */
export function isFinding(comparison: Comparison): boolean {
  if (isWrong(comparison)) return true;
  if (!lax(comparison.risk) || comparison.trees === "agree") return false;
  return mistakeOf(comparison) === undefined || (isUnproved(comparison) && !comparison.text.includes("<<"));
}

/** Which kinds of token only one of the trees has. */
export function classOf({ trees, difference }: Comparison): string {
  const kinds = (side: readonly string[]): string => [...new Set(side.map((each) => each.split(" ")[0] ?? ""))].sort().join(" ");
  if (difference === undefined) return trees;
  const { onlyFirst, onlySecond } = difference;
  return `${trees}: ${kinds(onlyFirst) || "nothing"} / ${kinds(onlySecond) || "nothing"}`;
}
