// `npm run score` runs this last: the matcher against labelled alerts, shared and our own; it writes a section of bench/RESULTS.md.
// What is printed is what `matchAlert` says with the weights as they are, then what it says of alerts and runbooks that weights were not fitted on.
// Ends with 1 when a goal is missed on the shared alerts. `--misses` names every alert that got the wrong answer.
import { writeSection } from "../results.mjs";
import { answers } from "./answers.ts";
import { crossValidated, rowsOf } from "./fitting.ts";
import { isThere, libraryOf, ownSet, sharedRunbooks, sharedSet, wideRunbooks } from "./labelled-alerts.ts";
import { type Answered, cells, heads, meetsGoals, type Tally, tally } from "./tally.ts";

function printMisses(name: string, answered: readonly Answered[]): void {
  for (const { id, answerable, offered, place, confidence } of answered)
    if (answerable ? place !== 1 : offered)
      console.log(`${name} ${id}: ${answerable ? `place ${place ?? "-"}` : "an offer where none fits"}, ${confidence}`);
}

function main(): void {
  if (!isThere()) {
    console.log("not scored: ../shared/corpus/alerts is not there");
    return;
  }
  const [narrow, wide] = [libraryOf(sharedRunbooks()), libraryOf(wideRunbooks())];
  const [shared, first, second] = [sharedSet(), ownSet("first"), ownSet("second")];
  const [third, fourth, fifth] = [ownSet("third"), ownSet("fourth"), ownSet("fifth")];
  const fitted: readonly (readonly [string, readonly Answered[]])[] = [
    [`shared alerts, ${narrow.size()} runbooks`, answers(shared, narrow)],
    [`the same, ${wide.size()} runbooks`, answers(shared, wide)],
    ["own alerts, first set (written blind, mended since)", answers(first, wide)],
    ["own alerts, second set (written blind, nothing fitted on it)", answers(second, wide)],
    ["own alerts, third set (written blind, fitted on since)", answers(third, wide)],
    ["own alerts, fourth set (written blind, fitted on since)", answers(fourth, wide)],
    ["own alerts, fifth set (written blind, nothing fitted on it)", answers(fifth, wide)],
  ];
  const rows = [...rowsOf(shared, narrow), ...rowsOf(first, wide), ...rowsOf(third, wide), ...rowsOf(fourth, wide)];
  const heldOut = crossValidated([...rows, ...rowsOf(shared, wide)], rows);
  const held: readonly (readonly [string, readonly Answered[]])[] = [
    ["held out (alert and runbook not fitted on): shared", heldOut.filter(({ id }) => id.startsWith("alert"))],
    ["held out (alert and runbook not fitted on): own first, third and fourth", heldOut.filter(({ id }) => !id.startsWith("alert"))],
  ];
  const all = [...fitted, ...held];
  const table = [
    ["alerts of", ...heads],
    ["---", ...heads.map(() => "---")],
    ...all.map(([name, answered]) => [name, ...cells(tally(answered))]),
  ];
  const body = table.map((row) => `| ${row.join(" | ")} |`).join("\n");
  console.log(body);
  if (process.argv.includes("--misses")) for (const [name, answered] of all) printMisses(name, answered);
  writeSection("Alerts and runbooks (`npm run score`)", body);
  const goal: Tally = tally(fitted[0]?.[1] ?? []);
  if (!meetsGoals(goal)) process.exitCode = 1;
}

main();
