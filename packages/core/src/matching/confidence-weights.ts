// How much each measure of confidence counts. Fitted by `bench/matching/fit.ts`, not by hand.
import type { ConfidenceMeasure } from "./confidence.ts";

export const confidenceWeights: Readonly<Record<ConfidenceMeasure, number>> = {
  constant: -4.714,
  share: 0.865,
  score: 1.676,
  lead: 1.775,
  exactName: 0.335,
  titleSaid: 1.97,
  pairsHeld: 1.683,
  systemsStrange: -0.77,
  titleSystemsUnsaid: -0.401,
  unheardSubject: -0.552,
  topicHeld: 0.174,
  subjectMissed: -0.282,
  terseSubjectMissed: -0.998,
  headlineSystemsMissed: -1.974,
};
