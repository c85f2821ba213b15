// The programs that run on Node, and how each is bundled: few files, because a cold start reads one faster than hundreds.
// What carries files of its own (WebAssembly, data) stays in node_modules.
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { build } from "esbuild";
import { root } from "./freshness.mjs";
import { directImports } from "./direct-imports.mjs";
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
 * and `rehearse`: the calls (arguments each) that show what of it a cold start needs. V8 takes a compiled form only under the settings that it was made with,
 * so that the module that sets them (`settings`) comes before everything else.
 */
const apps = {
  cli: {
    entries: { "ddoc-parse": "src/ddoc-parse.ts" },
    outside: ["libpg-query"],
    compiled: {
      source: "src/main.ts",
      rehearse: () => ({
        calls: [
          ["parse", "templates/payment-svc-latency.md", "templates/high-load.md", "--json"],
          ["match", "--library", "templates", "--jsonl", "scripts/lib/sample-alerts.jsonl"],
        ],
      }),
    },
  },
  agent: {
    entries: {},
    outside: ["libpg-query", "@peculiar/x509", "reflect-metadata"],
    compiled: { source: "src/main.ts", settings: "src/small-memory.ts", rehearse: () => startRehearsal() },
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
  const plugins = [keepOutside(outside), lazyRules, directImports];
  const place = (source) => join(root, `packages/${app}`, source);
  const sources = Object.entries(entries).map(([name, source]) => [name, place(source)]);
  if (sources.length > 0) await build({ ...modules, entryPoints: Object.fromEntries(sources), outdir, plugins });
  if (compiled === undefined) return;
  await build({ ...oneFile, entryPoints: { program: place(compiled.source) }, outdir, plugins });
  const inject = compiled.settings === undefined ? [] : [place(compiled.settings)];
  await compileProgram(outdir, compiled.rehearse, inject);
};

const compileProgram = async (outdir, rehearse, inject) => {
  const [main, compiler] = ["start-program", "compile-program"].map((name) => join(root, `scripts/lib/${name}.mjs`));
  await build({ ...modules, splitting: false, sourcemap: false, entryPoints: { main, compiler }, outdir, inject });
  const { calls, close } = await rehearse();
  const compilerFile = join(resolve(root, outdir), "compiler.js");
  const { code, output } = await run(process.execPath, [compilerFile, outdir, JSON.stringify(calls)], { cwd: root, quiet: true });
  await close?.();
  rmSync(compilerFile);
  if (code !== 0) throw new Error(`The built program does not run:\n${output}`);
};

/** Bundled from the sources as they are, in a folder where packages are found. */
const startRehearsal = async () => {
  mkdirSync(join(root, ".cache"), { recursive: true });
  const outdir = mkdtempSync(join(root, ".cache", "rehearsal-"));
  try {
    const plugins = [keepOutside(apps.server.outside)];
    await build({
      ...modules,
      sourcemap: false,
      entryPoints: { "rehearse-agent": join(root, "scripts/lib/rehearse-agent.ts") },
      outdir,
      plugins,
    });
    const { rehearseAgent } = await import(pathToFileURL(join(outdir, "rehearse-agent.js")).href);
    return await rehearseAgent();
  } finally {
    rmSync(outdir, { recursive: true });
  }
};
