// Finds the conditions in a piece of prose: "If the lag is above 30s", "unless ...", "in case ...", "Otherwise", in seven languages.
// Source lines go in; each condition comes out with its words, its line and what is to be done then. Commands in code spans say nothing.

import { findCodeSpans, maskCodeSpans } from "../source/inline-code.ts";
import { joinText, type SourceLine } from "../source/source-line.ts";

export interface Condition {
  readonly kind: "if" | "else";
  /** As written, the word that opens it included. */
  readonly text: string;
  readonly line: number;
  /** What follows it up to the end of the sentence. */
  readonly consequent: string;
}

/** Where a condition may begin: a sentence, a clause, a list item or its box to tick, a bracket. */
const START =
  /(?:(?:^(?:\[[ xX]?\]\s+|☐\s*)?|[.!?:;,…]\s+|\n\s*(?:[-*]\s+)?|\s[-–—]\s+|\()(?:(?:[Aa]nd|[Bb]ut|[Tt]hen)\s+)?|\b(?:[Aa]nd|[Bb]ut|[Tt]hen)\s+)(?=\p{L})/gu;

const IF =
  /^(?:if|in case|in the event|whenever|when|unless|falls|wenn|sofern|im falle?|es sei denn|außer wenn|si|en caso de|en caso que|cuando|siempre que|a menos que|salvo que|cuando|dans le cas où|en cas|lorsque|quand|sauf si|à moins que|se|caso|quando|a menos que|a não ser que|qualora|nel caso|a meno che|als|indien|wanneer|tenzij|mits)\b|^\p{L}{2,}(?:場合(?:は|には)?|たら|なければ|なら(?:ば)?|ときは)(?=[、，,])/iu;
/** Conditions only where a clause of their own follows: "Once the node is back, ...", "Depending on the region: ...". */
const IF_WITH_CLAUSE =
  /^(?:once (?!more\b|again\b|a\b|per\b|every\b|in\b|or\b|only\b|for\b)|should (?:the|a|an|it|this|these|that|any|you|your|there|one|both|all)\b|depending on\b|sobald\b|je nach|abhängig von\b|sollten? (?:der|die|das|ein|eine|es|dies)\b|una vez que\b|dependiendo de|en función de|dès que\b|une fois que\b|selon (?:le|la|les) (?:cas|résultat|région)|en fonction d[eu]\b|assim que\b|dependendo d[aeo]|non appena\b|una volta che\b|a seconda d|zodra\b|afhankelijk van\b)(?=[^.!?\n]{2,160}?[,:–—])/iu;
const EITHER = /^(?:either|entweder|soit|o bien|ofwel|hetzij)\s(?=[^.!?\n]{2,160}?[\s,](?:or|oder|soit|o bien|ofwel|hetzij)\s)/iu;
const OR = /[\s,](?=(?:or|oder|soit|o bien|ofwel|hetzij)\s)/giu;

const ELSE =
  /^(?:otherwise|else|or else|if not(?=\s*(?:[,:;.]|$|then\b|do\b))|failing that|in all other cases|sonst|andernfalls|ansonsten|falls nicht(?=\s*[,:;.]|$)|wenn nicht(?=\s*[,:;.]|$)|en caso contrario|de lo contrario|de no ser así|si no(?=\s*[,:;.]|$)|sinon|dans le cas contraire|autrement|caso contrário|do contrário|senão|se não(?=\s*[,:;.]|$)|altrimenti|in caso contrario|se no(?=\s*[,:;.]|$)|anders(?=\s*[,:;.]|\s+\p{L}+\s)|zo niet|in het andere geval)(?!\p{L})|^(?:それ以外|そうでない|そうでなければ|さもなければ)/iu;

/** Words that need no sentence of their own are only conditions at its start: "shows when it started" is none. */
const OPENS_SENTENCE =
  /^(?:when|whenever|once|wenn|sobald|cuando|quando|quand|lorsque|se|si|caso|als|wanneer|depending|should|sollte)(?!\p{L})/iu;

const CONDITION_END =
  /[,:;…、，：。]|\.\s|\.$|\n|\s[–—-]\s|\b(?:then|go to|goto|continue|proceed|skip|restart|stop|escalate|contact|page|run|fail over|you (?:should|can|must|need)|please)\b|\uFFFC{3,}\s*$/iu;
const SENTENCE_END = /[.;](?=\s|$)|\n|[。；]/;

const MAX_CONDITION_LENGTH = 400;

/** Whether a text is a condition from its first word on. */
export function isCondition(text: string): boolean {
  return IF.test(text) || IF_WITH_CLAUSE.test(`${text.slice(0, MAX_CONDITION_LENGTH)},`);
}

export function isElse(text: string): boolean {
  return ELSE.test(text);
}

export function findConditions(prose: readonly SourceLine[]): readonly Condition[] {
  const text = joinText(prose);
  const masked = maskCodeSpans(text, findCodeSpans(text));
  const found: Condition[] = trailing(masked).map(({ from, end }) => ({
    kind: "if",
    text: text.slice(from, end).trim(),
    line: lineAt(prose, from),
    consequent: text.slice(masked.lastIndexOf("\n", from) + 1, from),
  }));
  let until = 0;
  for (const match of masked.matchAll(START)) {
    const start = match.index + match[0].length;
    if (start < until) continue;
    for (const { kind, from, end } of conditionsAt(masked, start, match[0])) {
      const words = text.slice(from, end).replace(/\s+/g, " ").trim();
      if (saysNothing(words, kind) || text.charAt(end) === "?") continue;
      until = Math.max(until, end);
      found.push({ kind, text: words, line: lineAt(prose, from), consequent: consequentAt(text, masked, kind === "if" ? end : from) });
    }
  }
  return found;
}

/** "Roll back if no-go": the condition closes the sentence. "Check if it runs" asks and "if needed" says nothing. */
const TRAILING =
  /(?<=[\p{L}\uFFFC"'`)][ \t])(?:if|unless)[ \t]+(?!needed|necessary|required|possible|applicable|any\b|desired|appropriate|you (?:want|like|wish|prefer|are not sure))[^.!?:;,()\n]{3,90}?(?=[.!?;)]*[ \t]*(?:\n|$)|[.!?;][ \t])/giu;
const WORD_BEFORE = /([\p{L}\uFFFC]+)["'`)]*[ \t]+$/u;
const ASKS =
  /^(?:check|checks|see|verify|know|determine|ask|tell|confirm|test|even|as|only|and|or|but|then|decide|look|sure|out|validate|find|asks|unclear|consider|especially|particularly)$/i;

function trailing(masked: string): readonly Range[] {
  if (!/[ \t](?:if|unless)[ \t]/i.test(masked)) return [];
  return [...masked.matchAll(TRAILING)]
    .filter(({ index }) => {
      const before = WORD_BEFORE.exec(masked.slice(Math.max(0, index - 60), index))?.[1];
      return before !== undefined && !ASKS.test(before);
    })
    .map((match) => ({ kind: "if" as const, from: match.index, end: match.index + match[0].length }));
}

interface Range {
  readonly kind: "if" | "else";
  readonly from: number;
  readonly end: number;
}

/** One word, "in case" by itself, "(if needed)": nothing to decide by. */
function saysNothing(words: string, kind: Condition["kind"]): boolean {
  if (words.endsWith("?")) return true;
  return kind === "if" && (/^(?:\p{Script=Latin}+|in (?:the )?(?:case|event)|en cas|im falle?)$/iu.test(words) || TRIVIAL.test(words));
}

const TRIVIAL =
  /^(?:if|when|where) (?:needed|necessary|required|possible|applicable|any|desired|appropriate|relevant|available|not already(?: \w+)?|you (?:want|like|wish|prefer))$/i;

/** None, one, or the two of an "either ... or ...". */
function conditionsAt(masked: string, start: number, lead: string): readonly Range[] {
  const rest = masked.slice(start, start + MAX_CONDITION_LENGTH);
  const opens = lead.trim() === "" || /[.!?:;…\n\]☐-]\s*$/.test(lead);
  if (ELSE.test(rest)) return [{ kind: "else", from: start, end: start + sentenceEnd(rest) }];
  if (opens && EITHER.test(rest)) return eitherOr(rest, start);
  if (!opensCondition(rest, opens)) return [];
  const bracket = lead.endsWith("(") ? rest.indexOf(")") : -1;
  return [{ kind: "if", from: start, end: start + conditionEnd(bracket === -1 ? rest : rest.slice(0, bracket)) }];
}

function opensCondition(rest: string, opensSentence: boolean): boolean {
  if (!opensSentence) return IF.test(rest) && !OPENS_SENTENCE.test(rest);
  return IF.test(rest) || IF_WITH_CLAUSE.test(rest);
}

function eitherOr(rest: string, start: number): readonly Range[] {
  const end = sentenceEnd(rest);
  const or = [...rest.slice(0, end).matchAll(OR)].at(-1)?.index ?? end;
  return [
    { kind: "if", from: start, end: start + or },
    { kind: "else", from: start + or + 1, end: start + end },
  ];
}

function conditionEnd(rest: string): number {
  const from = /^(?:\p{Script=Latin}+\s*)?/u.exec(rest)?.[0].length ?? 0;
  const end = CONDITION_END.exec(rest.slice(from));
  return end === null ? rest.length : from + end.index;
}

function sentenceEnd(rest: string): number {
  return SENTENCE_END.exec(rest)?.index ?? rest.length;
}

function consequentAt(text: string, masked: string, end: number): string {
  const rest = masked.slice(end, end + MAX_CONDITION_LENGTH);
  return text.slice(end, end + sentenceEnd(rest));
}

function lineAt(prose: readonly SourceLine[], offset: number): number {
  let position = 0;
  for (const line of prose) {
    position += line.text.length + 1;
    if (offset < position) return line.line;
  }
  return prose.at(-1)?.line ?? 1;
}
