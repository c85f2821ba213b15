// The publishable package of ddoc-parse: one bundled program, PostgreSQL's parser beside it (read only when a command holds SQL), no dependencies.
// Writes a folder for `npm pack`; the licences of what is bundled go into it.
import { build } from "esbuild";
import { chmodSync, cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "./freshness.mjs";
import { lazyRules } from "./lazy-rules.mjs";

/** CommonJS packages ask for Node's modules with require, and PostgreSQL's parser for its file beside the program. */
const HEAD = [
  "#!/usr/bin/env node",
  'import { createRequire as makeRequire } from "node:module";',
  "const require = makeRequire(import.meta.url), __dirname = import.meta.dirname;",
].join("\n");

const source = join(root, "packages/cli/package");

/** Folders of installed packages that a bundle took files from. */
const bundledPackages = (metafile) => {
  const folders = Object.keys(metafile.inputs).flatMap((path) => /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path)?.[0] ?? []);
  return [...new Set(folders)].sort();
};

const licenceOf = (folder) => {
  const { name, version, license } = JSON.parse(readFileSync(join(root, folder, "package.json"), "utf8"));
  const file = ["LICENSE", "LICENSE.md", "LICENSE.txt", "LICENSE-MIT.txt", "license", "LICENCE"].find((each) =>
    existsSync(join(root, folder, each)),
  );
  if (file === undefined) throw new Error(`${folder} has no licence file; it cannot be bundled.`);
  return `${name} ${version} (${license})\n\n${readFileSync(join(root, folder, file), "utf8").trim()}\n`;
};

/** @param outdir - emptied and filled; absolute or relative to the root */
export const buildDdocParsePackage = async (outdir = "packages/cli/dist/ddoc-parse") => {
  const target = join(outdir.startsWith("/") ? "" : root, outdir);
  rmSync(target, { recursive: true, force: true });
  mkdirSync(target, { recursive: true });
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: ["packages/cli/src/ddoc-parse.ts"],
    outfile: join(target, "ddoc-parse.js"),
    bundle: true,
    platform: "node",
    target: "node20",
    format: "esm",
    minify: true,
    metafile: true,
    legalComments: "none",
    logLevel: "warning",
    banner: { js: HEAD },
    plugins: [lazyRules],
  });
  chmodSync(join(target, "ddoc-parse.js"), 0o755);
  writeFileSync(
    join(target, "THIRD-PARTY.txt"),
    [...bundledPackages(metafile).map(licenceOf), readFileSync(join(source, "compiled-in.txt"), "utf8")].join(`\n${"-".repeat(80)}\n\n`),
  );
  cpSync(join(root, "node_modules/libpg-query/wasm/libpg-query.wasm"), join(target, "libpg-query.wasm"));
  chmodSync(join(target, "libpg-query.wasm"), 0o644);
  cpSync(join(root, "LICENSE"), join(target, "LICENSE"));
  cpSync(join(root, "docs/lint.md"), join(target, "lint.md"));
  cpSync(join(source, "README.md"), join(target, "README.md"));
  const { version } = JSON.parse(readFileSync(join(root, "packages/cli/package.json"), "utf8"));
  const manifest = JSON.parse(readFileSync(join(source, "package.json"), "utf8"));
  writeFileSync(join(target, "package.json"), `${JSON.stringify({ ...manifest, version }, null, 2)}\n`);
  return target;
};
