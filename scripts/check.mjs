// Everything that is proved without running the product: types, purity, lint, boundaries, dead code, format, repository rules.
// `npm run check` shows one line per check; a failing one prints its tool's output. `npm test` runs it before the tests.
import { pathToFileURL } from "node:url";
import { bin, run } from "./lib/run.mjs";
import { repositoryProblems } from "./lib/repository-rules.mjs";

const node = (script, ...args) => ({ command: process.execPath, args: [script, ...args] });
const tool = (name, ...args) => ({ command: bin(name), args });

export const checks = [
  { name: "types", ...tool("tsc", "-p", "tsconfig.json") },
  { name: "purity (scanner and core compile without a world)", ...tool("tsc", "-p", "tsconfig.pure.json") },
  { name: "types of the web pages", ...tool("tsc", "-p", "tsconfig.web.json") },
  { name: "types of web tests and tool settings", ...tool("tsc", "-p", "tsconfig.tools.json") },
  { name: "boundaries", ...tool("depcruise", "packages", "e2e", "--config", ".dependency-cruiser.cjs", "--output-type", "err") },
  { name: "dead code and unlisted dependencies", ...tool("knip", "--no-progress") },
  { name: "format", ...tool("biome", "format", ".") },
  { name: "lint", ...tool("eslint", ".", "--max-warnings", "0"), env: { NODE_OPTIONS: "--max-old-space-size=4096" } },
  { name: "migrations only add", ...node("scripts/run-ts.mjs", "packages/server/src/db/checks/run-checks.ts") },
  { name: "generated files are fresh", ...node("scripts/generate.mjs", "--check") },
];

/** Runs all checks, two at a time; resolves to the list of results in order. */
export const runChecks = async (say) => {
  const results = new Array(checks.length);
  let next = 0;
  const worker = async () => {
    while (next < checks.length) {
      const at = next++;
      const { name, command, args, env } = checks[at];
      const started = Date.now();
      const { code, output } = await run(command, args, { quiet: true, env });
      results[at] = { name, ok: code === 0, output };
      say(`${code === 0 ? "ok  " : "FAIL"} ${name} (${((Date.now() - started) / 1000).toFixed(1)} s)`);
      if (code !== 0) process.stderr.write(`${output}\n`);
    }
  };
  await Promise.all([worker(), worker()]);
  const problems = repositoryProblems();
  say(`${problems.length === 0 ? "ok  " : "FAIL"} repository rules`);
  for (const problem of problems) process.stderr.write(`${problem}\n`);
  results.push({ name: "repository rules", ok: problems.length === 0, output: problems.join("\n") });
  return results;
};

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  const results = await runChecks((line) => process.stdout.write(`${line}\n`));
  process.exit(results.every((result) => result.ok) ? 0 : 1);
}
