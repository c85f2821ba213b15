// Builds every app into packages/<app>/dist: esbuild for what runs on Node, Vite for the web pages.
// `node scripts/build.mjs NAME...` builds some of them: agent, cli, server, web, ddoc-parse (the package for npm, in packages/cli/dist/ddoc-parse).
import { rmSync } from "node:fs";
import { join } from "node:path";
import { appNames, buildApp } from "./lib/apps.mjs";
import { buildDdocParsePackage } from "./lib/ddoc-parse-package.mjs";
import { hashInputs, markFresh, root } from "./lib/freshness.mjs";
import { run } from "./lib/run.mjs";
import { BUILD_INPUTS } from "./lib/setup.mjs";

const only = process.argv.slice(2);
const wanted = (app) => only.length === 0 || only.includes(app);
const hash = hashInputs(BUILD_INPUTS);

for (const app of appNames.filter(wanted)) {
  rmSync(join(root, `packages/${app}/dist`), { recursive: true, force: true });
  await buildApp(app);
}

if (wanted("ddoc-parse") || only.includes("cli")) await buildDdocParsePackage();

if (wanted("web")) {
  const { code, output } = await run(process.execPath, [join(root, "node_modules/vite/bin/vite.js"), "build", "--logLevel", "warn"], {
    cwd: join(root, "packages/web"),
    quiet: true,
    // Whoever builds from inside a test or a workshop gets the same pages.
    env: { NODE_ENV: "production" },
  });
  if (code !== 0) {
    process.stderr.write(output);
    process.exit(code);
  }
}
if (only.length === 0) markFresh("build", hash);
