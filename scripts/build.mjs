// Builds every app into packages/<app>/dist: esbuild for what runs on Node, Vite for the web pages.
// Everything is bundled, because a cold start reads one file faster than hundreds; what carries files of its own
// (WebAssembly, data) stays in node_modules.
import { build } from "esbuild";
import { rmSync } from "node:fs";
import { join } from "node:path";
import { hashInputs, markFresh, root } from "./lib/freshness.mjs";
import { run } from "./lib/run.mjs";
import { BUILD_INPUTS } from "./lib/setup.mjs";

const keepOutside = (packages) => ({
  name: "packages-with-files",
  setup(hooks) {
    hooks.onResolve({ filter: /^[^./]/ }, ({ path }) =>
      packages.some((name) => path === name || path.startsWith(`${name}/`)) ? { path, external: true } : undefined,
    );
  },
});

const shared = {
  bundle: true,
  platform: "node",
  target: "node20",
  format: "esm",
  splitting: true,
  sourcemap: "linked",
  logLevel: "warning",
  absWorkingDir: root,
  // CommonJS packages ask for Node's modules with require, which an ES module does not have.
  banner: { js: 'import { createRequire as makeRequire } from "node:module"; const require = makeRequire(import.meta.url);' },
};

/** app folder -> entry points (output name -> source) and the packages that stay outside. */
const apps = {
  cli: { entries: { main: "src/main.ts", "ddoc-parse": "src/ddoc-parse.ts" }, outside: ["libpg-query"] },
  agent: { entries: { main: "src/main.ts" }, outside: ["libpg-query", "@peculiar/x509", "reflect-metadata"] },
  server: {
    entries: { main: "src/main.ts", "embedded-db": "src/db/embedded/child.ts" },
    outside: [
      "libpg-query",
      "@peculiar/x509",
      "reflect-metadata",
      "@electric-sql/pglite",
      "@openfeature/server-sdk",
      "@openfeature/flagd-provider",
      "pg-native",
    ],
  },
};

const only = process.argv.slice(2);
const wanted = (app) => only.length === 0 || only.includes(app);
const hash = hashInputs(BUILD_INPUTS);

for (const [app, { entries, outside }] of Object.entries(apps)) {
  if (!wanted(app)) continue;
  const base = `packages/${app}`;
  rmSync(join(root, base, "dist"), { recursive: true, force: true });
  await build({
    ...shared,
    entryPoints: Object.fromEntries(Object.entries(entries).map(([name, source]) => [name, `${base}/${source}`])),
    outdir: `${base}/dist`,
    plugins: [keepOutside(outside)],
  });
}

if (wanted("web")) {
  const { code, output } = await run(process.execPath, [join(root, "node_modules/vite/bin/vite.js"), "build", "--logLevel", "warn"], {
    cwd: join(root, "packages/web"),
    quiet: true,
  });
  if (code !== 0) {
    process.stderr.write(output);
    process.exit(code);
  }
}
if (only.length === 0) markFresh("build", hash);
