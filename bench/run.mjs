// `npm run bench`: measures what has a budget and writes its section of bench/RESULTS.md.
import { spawnSync } from "node:child_process";
import { root } from "../scripts/lib/freshness.mjs";
import { build, install } from "../scripts/lib/setup.mjs";
import { writeSection } from "./results.mjs";

const say = (line) => process.stdout.write(`${line}\n`);
await install(say);
await build(say);

const figures = [];
for (const file of [
  "bench/pure.ts",
  "bench/command-line.ts",
  "bench/audit.ts",
  "bench/audit-append.ts",
  "bench/product.ts",
  "bench/panic.ts",
]) {
  say(`${file} ...`);
  const { stdout, status } = spawnSync(process.execPath, ["scripts/run-ts.mjs", file], {
    cwd: root,
    encoding: "utf8",
    stdio: ["ignore", "pipe", "inherit"],
    maxBuffer: 64e6,
  });
  if (status !== 0) say(`${file} ended with ${status}; its figures are incomplete`);
  figures.push(
    ...stdout
      .split("\n")
      .filter((line) => line.startsWith('{"path"'))
      .map((line) => JSON.parse(line)),
  );
}

const rows = figures.map(
  ({ path, unit, median, p99, budget, ok }) =>
    `| ${path} | ${median} ${unit} | ${p99 === null ? "-" : `${p99} ${unit}`} | ${budget} | ${ok ? "ok" : "over"} |`,
);
const table = ["| path | median | p99 | budget | |", "| --- | --- | --- | --- | --- |", ...rows].join("\n");
writeSection("Budgets (`npm run bench`)", table);
say(table);
