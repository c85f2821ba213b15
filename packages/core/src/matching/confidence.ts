// The ranked runbooks of an alert go in, how often a first place like this is right comes out: a logistic regression over few measures.
// The weights come from held-out alerts, runbooks taken away among them, so that "the best of a bad lot" is known for what it is.
import { confidenceWeights } from "./confidence-weights.ts";
import { headlineSystemsMissed, isTerse, subjectMissed, topicHeld, unheardSubject } from "./doubt.ts";
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
  "titleSaid",
  "pairsHeld",
  "systemsStrange",
  "titleSystemsUnsaid",
  "unheardSubject",
  "topicHeld",
  "subjectMissed",
  "terseSubjectMissed",
  "headlineSystemsMissed",
] as const;
export type ConfidenceMeasure = (typeof confidenceMeasures)[number];

/** "None of them" takes part like a runbook with this score: in a library of five the best of a bad lot has few others beside it. */
const noneScore = 9;
/** Words alone are never surer than this: an address or a person's mapping outranks them. */
const surestFromWords = 0.95;
/** Too little for an offer. */
const faint = 0.1;

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
  const slot = library.slotOf(ranked[0]?.runbook.id ?? "") ?? -1;
  const missed = subjectMissed(asked, library, slot);
  return {
    constant: 1,
    share: shareOfFirst(ranked, top),
    score: top / 10,
    lead: Math.min(1, (top - next) / 5),
    exactName: evidence.exactName,
    titleSaid: evidence.titleSaid,
    pairsHeld: evidence.pairsHeld,
    // Small numbers that mean much: seldom above a half, and then mostly wrong.
    systemsStrange: 2 * evidence.systemsStrange,
    titleSystemsUnsaid: 3 * evidence.titleSystemsUnsaid,
    unheardSubject: unheardSubject(asked, library),
    topicHeld: topicHeld(asked, library, slot),
    subjectMissed: missed,
    terseSubjectMissed: isTerse(asked) ? missed : 0,
    headlineSystemsMissed: headlineSystemsMissed(asked, library, slot),
  };
}

/** "Down" is all they have in common: it is another thing that is down. */
const onlySymptomShared = ({ exactName, sectionName, serviceAgrees }: Evidence, topic: number): boolean =>
  topic === 0 && exactName + sectionName + serviceAgrees === 0;

/**
 * 0..1 for each of these runbooks, in their order: of the first as measured, of the others what it leaves to them.
 * @param weights - others than the fitted ones only where weights are fitted
 */
export function confidences(
  asked: AskedAlert,
  ranked: readonly Ranked[],
  library: MatchLibrary,
  weights: Readonly<Record<ConfidenceMeasure, number>> = confidenceWeights,
): readonly number[] {
  const [first] = ranked;
  if (first === undefined) return [];
  const measured = measureFirst(asked, ranked, library);
  const sum = confidenceMeasures.reduce((all, name) => all + weights[name] * measured[name], 0);
  const surest = onlySymptomShared(first.evidence, measured.topicHeld) ? faint : surestFromWords;
  const top = Math.min(surest, 1 / (1 + Math.exp(-sum)));
  return ranked.map(({ score }, at) => (at === 0 ? top : Math.min(top * Math.exp(score - first.score), 1 - top, top)));
}
