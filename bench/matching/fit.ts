// Fits the weights of ranking and confidence and prints them, to be put into packages/core/src/matching/{rank,confidence}-weights.ts by hand.
// `node scripts/run-ts.mjs bench/matching/fit.ts`: first what they reach on alerts and runbooks that they were not fitted on, then the weights.
import { confidenceMeasures } from "../../packages/core/src/matching/confidence.ts";
import { measures } from "../../packages/core/src/matching/evidence.ts";
import { crossValidated, fitAll, type Fitted, rowsOf } from "./fitting.ts";
import { libraryOf, ownSet, sharedRunbooks, sharedSet, wideRunbooks } from "./labelled-alerts.ts";
import { shareLine, tally } from "./tally.ts";

const narrow = libraryOf(sharedRunbooks());
const wide = libraryOf(wideRunbooks());
const shared = rowsOf(sharedSet(), narrow);
// The same alerts in a wider library are other choices: what is best among two hundred need not be among two hundred and fifty.
const sharedWide = rowsOf(sharedSet(), wide);
const own = process.argv.includes("--shared-only")
  ? []
  : [...rowsOf(ownSet("first"), wide), ...rowsOf(ownSet("third"), wide), ...rowsOf(ownSet("fourth"), wide)];
const learned = [...shared, ...sharedWide, ...own];

const held = crossValidated(learned, [...shared, ...own]);
console.log(shareLine("held out, shared", tally(held.filter(({ id }) => id.startsWith("alert")))));
if (own.length > 0) console.log(shareLine("held out, own", tally(held.filter(({ id }) => !id.startsWith("alert")))));
const fitted: Fitted = fitAll(learned);
const print = (names: readonly string[], weights: readonly number[]): void =>
  names.forEach((name, at) => console.log(`  ${name}: ${(weights[at] ?? 0).toFixed(3)},`));
print(measures, fitted.rank);
print(confidenceMeasures, fitted.confidence);
