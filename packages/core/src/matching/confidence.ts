// The ranked runbooks of an alert go in, how often a first place like this is right comes out: a logistic regression over few measures.
// The weights come from held-out alerts, runbooks taken away among them, so that "the best of a bad lot" is known for what it is.
import { confidenceWeights } from "./confidence-weights.ts";
import { type AskedAlert, type Evidence, measures } from "./evidence.ts";
import type { MatchLibrary } from "./match-library.ts";
import type { Ranked } from "./rank.ts";

/** Names of the measures, in the order of their weights. */
export const confidenceMeasures = [
  "constant",
  "share",
  "score",
  "lead",
  "exactName",
  "allHeld",
  "titleSaid",
  "pairsHeld",
  "systemsStrange",
  "titleSystemsUnsaid",
  "unheardHeadline",
  "unheardSystem",
  "unheardSubject",
] as const;
export type ConfidenceMeasure = (typeof confidenceMeasures)[number];

/** "None of them" takes part like a runbook with this score: in a library of five the best of a bad lot has few others beside it. */
const noneScore = 9;
/** Words alone are never surer than this: an address or a person's mapping outranks them. */
const surestFromWords = 0.95;
/** Too little for an offer. */
const faint = 0.1;

/** Share of the headline that no runbook knows, rare words counting more. */
function unheardHeadline({ units }: AskedAlert): number {
  let whole = 0;
  let part = 0;
  for (const { headline, unheard, weight, rareness } of units.units) {
    if (!headline) continue;
    whole += weight * rareness;
    if (unheard) part += weight * rareness;
  }
  return whole === 0 ? 0 : part / whole;
}

/** The alert names a system that no runbook of the library names. */
function unheardSystem({ units }: AskedAlert): number {
  const told = units.units.filter(({ unheard, weight }) => unheard && weight > 0.31);
  return told.some(({ meanings }) => meanings.some(({ kind, strength }) => kind === "system" && strength === 1)) ? 1 : 0;
}

/** What the alert is about occurs in no runbook, by no name. */
function unheardSubject({ units }: AskedAlert, library: MatchLibrary): number {
  const subject = units.units.find((unit) => unit.subject);
  if (subject === undefined || !subject.unheard || subject.inside) return 0;
  return subject.meanings.some(({ term }) => library.posting(term) !== undefined) ? 0 : 1;
}

const nobody: Pick<Ranked, "score" | "evidence"> = {
  score: 0,
  evidence: Object.fromEntries(measures.map((measure) => [measure, 0])) as Evidence,
};

/** The first one's share of all that speaks for anything, "none of them" included. */
function shareOfFirst(ranked: readonly Ranked[], top: number): number {
  return ranked.length === 0 ? 0 : 1 / ranked.reduce((sum, { score }) => sum + Math.exp(score - top), Math.exp(noneScore - top));
}

/** The measures of the first of these runbooks. */
export function measureFirst(
  asked: AskedAlert,
  ranked: readonly Ranked[],
  library: MatchLibrary,
): Readonly<Record<ConfidenceMeasure, number>> {
  const [{ score: top, evidence } = nobody, { score: next } = nobody] = ranked;
  return {
    constant: 1,
    share: shareOfFirst(ranked, top),
    score: top / 10,
    lead: Math.min(1, (top - next) / 5),
    exactName: evidence.exactName,
    allHeld: evidence.allHeld,
    titleSaid: evidence.titleSaid,
    pairsHeld: evidence.pairsHeld,
    // Small numbers that mean much: seldom above a half, and then mostly wrong.
    systemsStrange: 2 * evidence.systemsStrange,
    titleSystemsUnsaid: 3 * evidence.titleSystemsUnsaid,
    unheardHeadline: unheardHeadline(asked),
    unheardSystem: unheardSystem(asked),
    unheardSubject: unheardSubject(asked, library),
  };
}

/** "Down" is all they have in common, and the runbook is about a system that the alert never names: it is another thing that is down. */
function onlySymptomShared({ titleSystemsUnsaid, symptomsAgree, ...others }: Evidence): boolean {
  const { sectionName, exactName, pairsHeld, systemsHeld, thingsAgree, serviceAgrees } = others;
  const more = exactName + sectionName + pairsHeld + systemsHeld + thingsAgree + serviceAgrees;
  return symptomsAgree > 0 && titleSystemsUnsaid > 0 && more === 0;
}

/** 0..1 for each of these runbooks, in their order: of the first as measured, of the others what it leaves to them. */
export function confidences(asked: AskedAlert, ranked: readonly Ranked[], library: MatchLibrary): readonly number[] {
  const [first] = ranked;
  if (first === undefined) return [];
  const measured = measureFirst(asked, ranked, library);
  const sum = confidenceMeasures.reduce((all, name) => all + confidenceWeights[name] * measured[name], 0);
  const surest = onlySymptomShared(first.evidence) ? faint : surestFromWords;
  const top = Math.min(surest, 1 / (1 + Math.exp(-sum)));
  return ranked.map(({ score }, at) => (at === 0 ? top : Math.min(top * Math.exp(score - first.score), 1 - top, top)));
}
