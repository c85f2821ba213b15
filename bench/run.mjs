// `npm run bench`: measures what has a budget and writes its section of bench/RESULTS.md.
// `npm run bench -- panic audit-append`: these alone, printed and not written.
import { spawnSync } from "node:child_process";
import { root } from "../scripts/lib/freshness.mjs";
import { build, install } from "../scripts/lib/setup.mjs";
import { machineLine, writeSection } from "./results.mjs";
import { budgetsReferenceUs, resultsTable } from "./table.mjs";

const benches = [
  "pure",
  "command-line",
  "audit",
  "audit-append",
  "product",
  "approve",
  "panic",
  "panic-replicas",
  "streams",
  "alerts",
  "slack",
];
const asked = process.argv.slice(2);
const unheard = asked.filter((name) => !benches.includes(name));
if (unheard.length > 0) {
  process.stderr.write(`There is no bench "${unheard.join('", "')}". Benches: ${benches.join(", ")}.\n`);
  process.exit(2);
}

const say = (line) => process.stdout.write(`${line}\n`);
await install(say);
await build(say);

const measured = (file) => {
  const { stdout, status } = spawnSync(process.execPath, ["scripts/run-ts.mjs", file], {
    cwd: root,
    encoding: "utf8",
    stdio: ["ignore", "pipe", "inherit"],
    maxBuffer: 64e6,
  });
  if (status !== 0) say(`${file} ended with ${status}; its figures are incomplete`);
  return stdout
    .split("\n")
    .filter((line) => line.startsWith('{"'))
    .map((line) => JSON.parse(line));
};

const figures = [];
for (const name of asked.length > 0 ? asked : benches) {
  const file = `bench/${name}.ts`;
  say(`${file} ...`);
  // Speeds change from hour to hour on shared machines: each bench has its own ratio.
  const [{ referenceUs }] = measured("bench/reference.ts");
  figures.push(...measured(file).map((figure) => ({ ...figure, slowness: referenceUs / budgetsReferenceUs })));
}

const table = resultsTable(figures);
if (asked.length === 0) writeSection("Budgets (`npm run bench`)", table);
say(machineLine());
say(table);
