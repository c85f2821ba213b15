// `npm test`: installs what tests need (packages of the registry and of Debian), builds, checks, runs every test.
// Last line: `N passed, N failed, N skipped`, where each check counts as one test.
import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { runChecks } from "./check.mjs";
import { ensureDebianPackages } from "./lib/debian.mjs";
import { root } from "./lib/freshness.mjs";
import { run } from "./lib/run.mjs";
import { build, install } from "./lib/setup.mjs";

const say = (line) => process.stdout.write(`${line}\n`);
const finish = (passed, failed, skipped) => {
  say(`${passed} passed, ${failed} failed, ${skipped} skipped`);
  process.exit(failed === 0 && passed > 0 ? 0 : 1);
};

try {
  await ensureDebianPackages(say);
  await install(say);
  await build(say);
} catch (error) {
  say(error.message);
  finish(0, 1, 0);
}

const checks = await runChecks(say);

/** Stories and what is paced mostly wait, the others mostly compute: side by side they share two cores well. A choice of files needs no lanes. */
const chosen = process.argv.slice(2);
const lanes =
  chosen.length > 0
    ? [chosen]
    : [["--project=pure", "--project=unit", "--maxWorkers=1"], ["--project=slack", "--maxWorkers=1"], ["--project=e2e"]];
const results = await Promise.all(lanes.map(runLane));
const sum = (count) => results.reduce((total, each) => total + count(each), 0);
const failedChecks = checks.filter((check) => !check.ok).length;
for (const check of checks.filter((one) => !one.ok)) say(`check failed: ${check.name}`);
finish(
  sum(({ counts }) => counts.numPassedTests) + checks.length - failedChecks,
  // A suite that failed before its first test counts, and so does a runner that stopped for another reason.
  sum(({ code, counts }) => Math.max(counts.numFailedTests, code === 0 ? 0 : 1)) + failedChecks,
  sum(({ counts }) => counts.numPendingTests + counts.numTodoTests),
);

async function runLane(args, at) {
  const report = join(root, ".cache", `test-report-${at}.json`);
  rmSync(report, { force: true });
  const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${report}`];
  const { code } = await run(process.execPath, ["node_modules/vitest/vitest.mjs", "run", ...reporters, ...args]);
  return { code, counts: readCounts(report) };
}

function readCounts(report) {
  try {
    return JSON.parse(readFileSync(report, "utf8"));
  } catch {
    return { numPassedTests: 0, numFailedTests: 1, numPendingTests: 0, numTodoTests: 0 };
  }
}
