// How much each measure counts. Fitted by `bench/matching/fit.ts`, not by hand.
import type { Measure } from "./evidence.ts";

export const rankWeights: Readonly<Record<Measure, number>> = {
  exactName: 8,
  sectionName: 2.195,
  likeName: 2.05,
  headlineHeld: 2.653,
  allHeld: 5.327,
  amountHeld: 2.835,
  proseHeld: 2.314,
  aboutHeld: 3.437,
  nearBest: 3.819,
  titleSaid: 5.173,
  titleInHeadline: -0.027,
  pairsHeld: 3.138,
  systemsHeld: 1.782,
  systemsStrange: -1.663,
  titleSystemsUnsaid: -1.173,
  symptomsAgree: 1.128,
  symptomsDiffer: 0.375,
  thingsAgree: 1.772,
  serviceAgrees: 1,
};
