// Where the fitting of the ranking starts and is pulled back to: a guess by reason, made before any weight was fitted.
import type { Measure } from "../../packages/core/src/matching/evidence.ts";

export const rankPrior: Readonly<Record<Measure, number>> = {
  exactName: 8,
  sectionName: 2,
  likeName: 3,
  headlineHeld: 3,
  allHeld: 4,
  amountHeld: 2,
  proseHeld: 1,
  aboutHeld: 2,
  nearBest: 2,
  titleSaid: 5,
  titleInHeadline: 2,
  pairsHeld: 3,
  systemsHeld: 2,
  systemsStrange: -3,
  titleSystemsUnsaid: -2,
  symptomsAgree: 1,
  symptomsDiffer: -1,
  thingsAgree: 1,
  serviceAgrees: 1,
};
