// The programs that run on Node, and how each is bundled: few files, because a cold start reads one faster than hundreds.
// What carries files of its own (WebAssembly, data) stays in node_modules.
import { join } from "node:path";
import { build } from "esbuild";
import { root } from "./freshness.mjs";
import { lazyRules } from "./lazy-rules.mjs";
import { run } from "./run.mjs";

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
  sourcemap: "linked",
  // Blanks and comments cost a cold start a tenth of its time; names stay, for stack traces.
  minifyWhitespace: true,
  minifySyntax: true,
  logLevel: "warning",
  absWorkingDir: root,
};

const modules = {
  ...shared,
  format: "esm",
  splitting: true,
  // CommonJS packages ask for Node's modules with require, which an ES module does not have.
  banner: { js: 'import { createRequire as makeRequire } from "node:module"; const require = makeRequire(import.meta.url);' },
};

/** One file that is started by start-program.mjs, from its compiled form. */
const oneFile = {
  ...shared,
  format: "cjs",
  // A script that comes from its compiled form has no import of its own.
  supported: { "dynamic-import": false },
  define: { "import.meta.url": "ownUrl" },
  banner: { js: 'const ownUrl = require("node:url").pathToFileURL(__filename).href;' },
  outExtension: { ".js": ".cjs" },
};

/**
 * app folder -> entry points (output name -> source) and the packages that stay outside. `compiled`: the program that is kept in its compiled form,
 * and the arguments that show what of it a cold start needs.
 */
const apps = {
  cli: {
    entries: { "ddoc-parse": "src/ddoc-parse.ts" },
    outside: ["libpg-query"],
    compiled: { source: "src/main.ts", args: ["parse", "templates/payment-svc-latency.md", "templates/high-load.md", "--json"] },
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
  const { entries, outside, compiled } = apps[app];
  const plugins = [keepOutside(outside), lazyRules];
  const sources = Object.entries(entries).map(([name, source]) => [name, `packages/${app}/${source}`]);
  await build({ ...modules, entryPoints: Object.fromEntries(sources), outdir, plugins });
  if (compiled !== undefined) await buildCompiled(`packages/${app}/${compiled.source}`, compiled.args, outdir, plugins);
};

const buildCompiled = async (source, args, outdir, plugins) => {
  await build({ ...oneFile, entryPoints: { program: source }, outdir, plugins });
  await build({ ...modules, sourcemap: false, entryPoints: { main: join(root, "scripts/lib/start-program.mjs") }, outdir });
  const { code, output } = await run(process.execPath, [join(root, "scripts/lib/compile-program.mjs"), outdir, ...args], {
    cwd: root,
    quiet: true,
  });
  if (code !== 0) throw new Error(`The built program does not run:\n${output}`);
};
