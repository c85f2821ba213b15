// The command line as it ships: cold starts, many commands in one go. Prints JSON lines.
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { ownSets, publicSets } from "./labelled-sets.ts";
import { atLeast, figure, type Figure } from "./measure.ts";

const figures: Figure[] = [];

/** Commands per second of one process that reads every labelled line twice. */
const scanLines = (): number => {
  const rows = [...publicSets(), ...ownSets()].flatMap((set) => set.rows);
  const input = [...rows, ...rows].map(({ cmd }) => JSON.stringify({ cmd })).join("\n");
  const started = performance.now();
  spawnSync(process.execPath, ["packages/cli/bin/dd0c.js", "scan", "--jsonl"], { input, maxBuffer: 512e6 });
  return (2_000 * rows.length) / (performance.now() - started);
};

const timed = (...args: readonly string[]): number => {
  const started = performance.now();
  spawnSync(process.execPath, ["packages/cli/bin/dd0c.js", ...args]);
  return performance.now() - started;
};
const cold = (...args: readonly string[]): number[] => Array.from({ length: 7 }, () => timed(...args));
/** One alert against the shared library of some two hundred runbooks, or our few where that is not there. */
const matchArguments = (): readonly string[] => {
  const shared = "../shared/corpus/alerts/runbooks";
  return ["match", "--library", existsSync(shared) ? shared : "templates", "--jsonl", "scripts/lib/sample-alerts.jsonl"];
};
figures.push(figure("CLI cold start, scan", "ms", cold("scan", "kubectl get pods"), "<= 250", { median: 250 }));
figures.push(atLeast("scan --jsonl, start included", "commands/s", scanLines(), ">= 10000", 10_000));
figures.push(figure("CLI cold start, parse", "ms", cold("parse", "templates/high-load.md"), "<= 250", { median: 250 }));
figures.push(figure("CLI cold start, match", "ms", cold(...matchArguments()), "<= 250", { median: 250 }));

for (const each of figures) process.stdout.write(`${JSON.stringify(each)}\n`);
