// Brings a checkout to the point where it can run: packages installed, everything built. Skips what is fresh.
// Used by `npm start`, `npm test` and the benches, so that a fresh clone needs no other step.
import { existsSync } from "node:fs";
import { join } from "node:path";
import { hashInputs, isFresh, markFresh, root } from "./freshness.mjs";
import { run } from "./run.mjs";

const INSTALL_INPUTS = ["package-lock.json", ".npmrc"];
export const BUILD_INPUTS = [
  "package-lock.json",
  "scripts/build.mjs",
  "scripts/lib/apps.mjs",
  "scripts/lib/compile-program.mjs",
  "scripts/lib/compiled-program.mjs",
  "scripts/lib/direct-imports.mjs",
  "scripts/lib/sample-alerts.jsonl",
  "scripts/lib/ddoc-parse-package.mjs",
  "scripts/lib/lazy-rules.mjs",
  "scripts/lib/rehearse-agent.ts",
  "scripts/lib/start-program.mjs",
  "scripts/lib/without-examples.mjs",
  "tsconfig.base.json",
  "packages",
];

/** Runs `npm ci` unless the lock file is the one installed last. `say` receives progress lines. */
export const install = async (say) => {
  const hash = hashInputs(INSTALL_INPUTS);
  if (existsSync(join(root, "node_modules/esbuild")) && isFresh("install", hash)) return;
  say("Installing packages (once, about a minute) ...");
  const { code } = await run("npm", ["ci", "--no-audit", "--no-fund", "--loglevel=error", "--prefer-offline"]);
  if (code !== 0) throw new Error(`npm ci failed with exit code ${code}. Its messages stand above; check the network and try again.`);
  markFresh("install", hash);
};

/** Builds unless the outputs belong to these sources. */
export const build = async (say) => {
  const hash = hashInputs(BUILD_INPUTS);
  if (existsSync(join(root, "packages/server/dist/main.js")) && isFresh("build", hash)) return;
  say("Building ...");
  const { code } = await run(process.execPath, ["scripts/build.mjs"]);
  if (code !== 0) throw new Error(`The build failed with exit code ${code}. Its messages stand above.`);
};
