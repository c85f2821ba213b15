// How much each measure of confidence counts. Fitted by `bench/matching/fit.ts`, not by hand.
import type { ConfidenceMeasure } from "./confidence.ts";

export const confidenceWeights: Readonly<Record<ConfidenceMeasure, number>> = {
  constant: -2.976,
  share: 1.848,
  score: 0.637,
  lead: 1.785,
  exactName: 0.885,
  allHeld: 0.649,
  titleSaid: 0.572,
  pairsHeld: 0.734,
  systemsStrange: -1.151,
  titleSystemsUnsaid: -0.208,
  unheardHeadline: -0.241,
  unheardSystem: 0.091,
  unheardSubject: -0.815,
};
