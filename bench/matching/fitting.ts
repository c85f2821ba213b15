// Labelled alerts as choices among candidates go in, weights come out: of the ranking first, of the confidence from what that ranking does
// on alerts that it was not fitted on. Folds are cut by runbook, so that no runbook of a test is in its training.
import type { MatchLibrary } from "@dd0c/core";
import { type ConfidenceMeasure, confidenceMeasures, confidences, measureFirst } from "../../packages/core/src/matching/confidence.ts";
import { type AskedAlert, measures } from "../../packages/core/src/matching/evidence.ts";
import { maxMatches, offerThreshold } from "../../packages/core/src/matching/match-alert.ts";
import { askedAlert, rank, type Ranked } from "../../packages/core/src/matching/rank.ts";
import { rankPrior } from "./rank-prior.ts";
import type { LabelledAlert } from "./labelled-alerts.ts";
import { dot, fitChoices, fitOutcomes, type Outcome } from "./logistic.ts";
import type { Answered } from "./tally.ts";

export interface Row {
  readonly id: string;
  /** What is kept together in one fold. */
  readonly group: string;
  readonly asked: AskedAlert;
  readonly ranked: readonly Ranked[];
  readonly right: readonly string[];
  readonly library: MatchLibrary;
}

export interface Fitted {
  readonly rank: readonly number[];
  readonly confidence: readonly number[];
}

const folds = 5;
/** An alert whose runbook was taken away counts less than one for which there never was one: a sibling is often no bad offer. */
const takenAwayWeight = 0.06;
/** Alerts that nothing fits are few in the sets and many in life. */
const strangeWeight = 3;

export const rowsOf = (alerts: readonly LabelledAlert[], library: MatchLibrary): readonly Row[] =>
  alerts.map(({ id, alert, right }) => {
    const asked = askedAlert(alert, library);
    return { id, group: right[0] ?? id, asked, ranked: rank(asked, library), right, library };
  });

const vector = ({ evidence }: Ranked): readonly number[] => measures.map((measure) => evidence[measure]);
/** Rivals beyond these are never close, and each costs as much as a near one. */
const rivals = 25;

export function fitRank(rows: readonly Row[]): readonly number[] {
  const choices = rows.map(({ ranked, right }) => {
    const near = ranked.filter(({ runbook }, at) => at < rivals || right.includes(runbook.id));
    return { candidates: near.map(vector), right: near.flatMap(({ runbook }, at) => (right.includes(runbook.id) ? [at] : [])) };
  });
  const prior = measures.map((measure) => rankPrior[measure]);
  return fitChoices(
    choices.filter(({ right }) => right.length > 0),
    measures.length,
    { ridge: 0.001, rounds: 150, prior },
  );
}

const reranked = (ranked: readonly Ranked[], weights: readonly number[]): readonly Ranked[] =>
  ranked
    .map((each) => ({ ...each, score: dot(weights, vector(each)) }))
    .sort((a, b) => b.score - a.score || (a.runbook.id < b.runbook.id ? -1 : 1));

const firstMeasures = ({ asked, library }: Row, ranked: readonly Ranked[]): readonly number[] => {
  const measured = measureFirst(asked, ranked, library);
  return confidenceMeasures.map((name) => measured[name]);
};

function outcomesOf(rows: readonly Row[], weights: readonly number[]): readonly Outcome[] {
  return rows.flatMap((row) => {
    const { ranked, right } = row;
    const ordered = reranked(ranked, weights);
    const isRight = right.includes(ordered[0]?.runbook.id ?? "");
    const whole = { measures: firstMeasures(row, ordered), right: isRight, weight: right.length === 0 ? strangeWeight : 1 };
    if (right.length === 0) return [whole];
    const without = ordered.filter(({ runbook }) => !right.includes(runbook.id));
    return [whole, { measures: firstMeasures(row, without), right: false, weight: takenAwayWeight }];
  });
}

const foldOf = ({ group }: Row): number => [...group].reduce((hash, char) => (hash * 31 + char.charCodeAt(0)) >>> 0, 7) % folds;
const eachFold = Array.from({ length: folds }, (_, fold) => fold);

/** Confidence learns from rankings that did not see the alert: what was fitted looks surer than it is. */
export function fitAll(rows: readonly Row[]): Fitted {
  const outcomes = eachFold.flatMap((fold) =>
    outcomesOf(
      rows.filter((row) => foldOf(row) === fold),
      fitRank(rows.filter((row) => foldOf(row) !== fold)),
    ),
  );
  return { rank: fitRank(rows), confidence: fitOutcomes(outcomes, confidenceMeasures.length, { ridge: 0.0005, rounds: 600 }) };
}

/** What matchAlert would say of this row with these weights. */
export function answered(row: Row, { rank: weights, confidence }: Fitted, threshold = offerThreshold): Answered {
  const { id, ranked, right } = row;
  const ordered = reranked(ranked, weights);
  const named = Object.fromEntries(confidenceMeasures.map((name, at) => [name, confidence[at] ?? 0])) as Record<ConfidenceMeasure, number>;
  const [sure = 0] = confidences(row.asked, ordered, row.library, named);
  const offered = ordered.length > 0 && sure >= threshold;
  const at = ordered.slice(0, maxMatches).findIndex(({ runbook }) => right.includes(runbook.id));
  return { id, answerable: right.length > 0, offered, place: offered && at >= 0 ? at + 1 : null, confidence: offered ? sure : 0 };
}

/** Each of `tested` answered with weights that were fitted without its runbook, and without it. */
export function crossValidated(learned: readonly Row[], tested: readonly Row[], threshold = offerThreshold): readonly Answered[] {
  return eachFold.flatMap((fold) => {
    const fitted = fitAll(learned.filter((row) => foldOf(row) !== fold));
    return tested.filter((row) => foldOf(row) === fold).map((row) => answered(row, fitted, threshold));
  });
}
