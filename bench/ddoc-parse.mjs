// `node bench/ddoc-parse.mjs`: the package of ddoc-parse as it is published: size of the tarball, start times, a folder of runbooks.
// Packs it, installs the tarball in an empty folder, measures there, and writes its section of bench/RESULTS.md.
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buildDdocParsePackage } from "../scripts/lib/ddoc-parse-package.mjs";
import { root } from "../scripts/lib/freshness.mjs";
import { writeSection } from "./results.mjs";

const RUNS = 21;
const folder = mkdtempSync(join(tmpdir(), "dd0c-bench-"));
const home = join(folder, "home");
mkdirSync(home);
const must = (command, args, cwd) => {
  const ended = spawnSync(command, args, { cwd, encoding: "utf8", maxBuffer: 64e6 });
  if (ended.status !== 0) throw new Error(`${command} ${args.join(" ")} ended with ${ended.status}: ${ended.stderr}`);
  return ended.stdout;
};
const [packed] = JSON.parse(
  must("npm", ["pack", "--json", "--pack-destination", folder], await buildDdocParsePackage(join(folder, "package"))),
);
writeFileSync(join(home, "package.json"), '{"private":true}\n');
must("npm", ["install", "--offline", "--ignore-scripts", "--no-audit", "--no-fund", join(folder, packed.filename)], home);
const installed = join(home, "node_modules/ddoc-parse");
const program = join(installed, "ddoc-parse.js");

/** Milliseconds of whole processes, sorted. */
const timed = (args, runs = RUNS) =>
  Array.from({ length: runs }, () => {
    const started = performance.now();
    spawnSync(process.execPath, [program, ...args], { cwd: root, maxBuffer: 64e6 });
    return performance.now() - started;
  }).sort((a, b) => a - b);

const rows = [];
const row = (what, samples, limit) => {
  const [median, worst] = [samples[Math.floor(samples.length / 2)], samples.at(-1)];
  const budget = limit === undefined ? "reported" : `<= ${limit} ms`;
  rows.push(
    `| ${what} | ${Math.round(median)} ms | ${Math.round(worst)} ms | ${budget} | ${limit === undefined || median <= limit ? "ok" : "over"} |`,
  );
};

const sql = join(folder, "sql.md");
writeFileSync(sql, '# Count\n\n1. Count: `psql -c "select count(*) from orders"`\n');
row(
  "node itself (`node -e 0`)",
  Array.from({ length: RUNS }, () => {
    const started = performance.now();
    spawnSync(process.execPath, ["-e", "0"]);
    return performance.now() - started;
  }).sort((a, b) => a - b),
);
row("--version", timed(["--version"]), 250);
row("one runbook, pretty", timed(["templates/high-load.md"]), 250);
row("one runbook, --json", timed(["templates/high-load.md", "--json"]), 250);
row("one runbook, --markdown", timed(["templates/high-load.md", "--markdown"]), 250);
row("one runbook, --lint", timed(["templates/high-load.md", "--lint"]), 250);
row("one runbook with SQL (loads PostgreSQL's parser)", timed([sql]));
const corpus = join(root, "../shared/corpus/runbooks");
if (existsSync(corpus)) row("--lint, folder of 64 runbooks", timed(["--lint", corpus], 5), 3_000);

const kilobytes = (bytes) => `${Math.round(bytes / 1000)} kB`;
const body = [
  `Tarball ${kilobytes(packed.size)}, unpacked ${kilobytes(packed.unpackedSize)}: program ${kilobytes(statSync(program).size)}, PostgreSQL's parser ${kilobytes(statSync(join(installed, "libpg-query.wasm")).size)}. No dependencies.`,
  "",
  `Whole processes, ${RUNS} runs each (5 for the folder).`,
  "",
  "| call | median | worst | budget | |",
  "| --- | --- | --- | --- | --- |",
  ...rows,
].join("\n");
writeSection("ddoc-parse as a package (`node bench/ddoc-parse.mjs`)", body);
process.stdout.write(`${body}\n`);
rmSync(folder, { recursive: true, force: true });
