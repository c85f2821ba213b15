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
const report = join(root, ".cache", "test-report.json");
rmSync(report, { force: true });
const { code } = await run(process.execPath, [
  "node_modules/vitest/vitest.mjs",
  "run",
  "--reporter=default",
  "--reporter=json",
  `--outputFile.json=${report}`,
  ...process.argv.slice(2),
]);

let counts;
try {
  counts = JSON.parse(readFileSync(report, "utf8"));
} catch {
  counts = { numPassedTests: 0, numFailedTests: 1, numPendingTests: 0, numTodoTests: 0 };
}
const failedChecks = checks.filter((check) => !check.ok).length;
for (const check of checks.filter((one) => !one.ok)) say(`check failed: ${check.name}`);
// A suite that failed before its first test counts, and so does a runner that stopped for another reason.
const failedTests = Math.max(counts.numFailedTests, code === 0 ? 0 : 1);
finish(counts.numPassedTests + checks.length - failedChecks, failedTests + failedChecks, counts.numPendingTests + counts.numTodoTests);
