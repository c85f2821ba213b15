// Builds every app into packages/<app>/dist: esbuild for what runs on Node, Vite for the web pages.
// Workspace packages are bundled from source; packages from the registry stay in node_modules, except where the
// command line needs a fast cold start.
import { build } from "esbuild";
import { rmSync } from "node:fs";
import { join } from "node:path";
import { hashInputs, markFresh, root } from "./lib/freshness.mjs";
import { run } from "./lib/run.mjs";
import { BUILD_INPUTS } from "./lib/setup.mjs";

const external = (bundled) => ({
  name: "external-packages",
  setup(hooks) {
    hooks.onResolve({ filter: /^[^./]/ }, ({ path, kind }) => {
      if (kind === "entry-point" || path.startsWith("node:") || path.startsWith("@dd0c/")) return undefined;
      return bundled.some((name) => path === name || path.startsWith(`${name}/`)) ? undefined : { path, external: true };
    });
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
};

/** app folder -> entry points (output name -> source) and the registry packages that are bundled too. */
const apps = {
  cli: {
    entries: { main: "src/main.ts", "ddoc-parse": "src/ddoc-parse.ts" },
    bundled: ["unbash", "markdown-it", "mdurl", "uc.micro", "entities", "linkify-it", "punycode.js"],
  },
  agent: { entries: { main: "src/main.ts" }, bundled: ["unbash"] },
  server: { entries: { main: "src/main.ts", "embedded-db": "src/db/embedded/child.ts" }, bundled: ["unbash"] },
};

const only = process.argv.slice(2);
const wanted = (app) => only.length === 0 || only.includes(app);
const hash = hashInputs(BUILD_INPUTS);

for (const [app, { entries, bundled }] of Object.entries(apps)) {
  if (!wanted(app)) continue;
  const base = `packages/${app}`;
  rmSync(join(root, base, "dist"), { recursive: true, force: true });
  await build({
    ...shared,
    entryPoints: Object.fromEntries(Object.entries(entries).map(([name, source]) => [name, `${base}/${source}`])),
    outdir: `${base}/dist`,
    plugins: [external(bundled)],
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
