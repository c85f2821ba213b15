// Runs one of our TypeScript programs that are not part of an app (benches, scores): `node scripts/run-ts.mjs FILE [ARGS]`.
import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { build } from "esbuild";
import { root } from "./lib/freshness.mjs";

const [source, ...args] = process.argv.slice(2);
const outfile = join(root, ".cache", "run", `${source.replaceAll("/", "_")}.mjs`);
await build({
  entryPoints: [join(root, source)],
  outfile,
  bundle: true,
  platform: "node",
  format: "esm",
  target: "node20",
  sourcemap: "inline",
  logLevel: "warning",
  plugins: [
    {
      // Files beside a source are found from where the source is, not from the bundle.
      name: "source-places",
      setup(hooks) {
        hooks.onLoad({ filter: /\.ts$/ }, ({ path }) => ({
          contents: readFileSync(path, "utf8").replaceAll("import.meta.url", JSON.stringify(pathToFileURL(path).href)),
          loader: "ts",
        }));
      },
    },
    {
      name: "external-packages",
      setup(hooks) {
        hooks.onResolve({ filter: /^[^./]/ }, ({ path, kind }) =>
          kind === "entry-point" || path.startsWith("@dd0c/") ? undefined : { path, external: true },
        );
      },
    },
  ],
});
spawn(process.execPath, ["--enable-source-maps", outfile, ...args], { stdio: "inherit", cwd: root }).on("exit", (code) =>
  process.exit(code ?? 1),
);
