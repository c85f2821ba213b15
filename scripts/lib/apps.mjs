// The programs that run on Node, and how each is bundled: few files, because a cold start reads one faster than hundreds.
// What carries files of its own (WebAssembly, data) stays in node_modules.
import { build } from "esbuild";
import { root } from "./freshness.mjs";
import { lazyRules } from "./lazy-rules.mjs";

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
  // Blanks and comments cost a cold start a tenth of its time; names stay, for stack traces.
  minifyWhitespace: true,
  minifySyntax: true,
  logLevel: "warning",
  absWorkingDir: root,
  // CommonJS packages ask for Node's modules with require, which an ES module does not have.
  banner: { js: 'import { createRequire as makeRequire } from "node:module"; const require = makeRequire(import.meta.url);' },
};

/** app folder -> entry points (output name -> source) and the packages that stay outside. */
const apps = {
  cli: {
    entries: { main: "src/main.ts", "ddoc-parse": "src/ddoc-parse.ts" },
    outside: ["libpg-query"],
  },
  agent: {
    entries: { main: "src/main.ts" },
    outside: ["libpg-query", "@peculiar/x509", "reflect-metadata"],
  },
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

export const appNames = Object.keys(apps);

/** Bundles one app into `outdir`, relative to the root or absolute. */
export const buildApp = async (app, outdir = `packages/${app}/dist`) => {
  const { entries, outside } = apps[app];
  await build({
    ...shared,
    entryPoints: Object.fromEntries(Object.entries(entries).map(([name, source]) => [name, `packages/${app}/${source}`])),
    outdir,
    plugins: [keepOutside(outside), lazyRules],
  });
};
