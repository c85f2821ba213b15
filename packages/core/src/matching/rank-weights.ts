// How much each measure counts. Fitted by `bench/matching/fit.ts`, not by hand.
import type { Measure } from "./evidence.ts";

export const rankWeights: Readonly<Record<Measure, number>> = {
  exactName: 8,
  sectionName: 2.368,
  likeName: 2.377,
  headlineHeld: 3.808,
  allHeld: 5.958,
  amountHeld: 3.287,
  titleSaid: 4.862,
  titleInHeadline: 1.112,
  pairsHeld: 4.002,
  systemsHeld: 2.271,
  systemsStrange: -2.786,
  titleSystemsUnsaid: -1.406,
  symptomsAgree: 0.713,
  symptomsDiffer: -0.046,
  thingsAgree: 2.09,
  serviceAgrees: 1,
};
