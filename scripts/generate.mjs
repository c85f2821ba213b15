// Writes every generated file of the repository, or with --check compares and says which are stale.
// Each generator is a function to {path: text}; nothing else may write below these paths.
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { build } from "esbuild";
import { filesBelow, root } from "./lib/freshness.mjs";
import { renderPatternVersion } from "./lib/pattern-version.mjs";
import { run } from "./lib/run.mjs";

/** Bundles a TypeScript module of ours and imports it. */
export const importSource = async (source) => {
  const outfile = join(root, ".cache", "generate", `${source.replaceAll("/", "_")}.mjs`);
  await build({
    entryPoints: [join(root, source)],
    outfile,
    bundle: true,
    platform: "node",
    format: "esm",
    target: "node20",
    logLevel: "warning",
    packages: "external",
    alias: aliases,
  });
  return import(`${pathToFileURL(outfile).href}?${Date.now()}`);
};

const aliases = {
  "@dd0c/scanner": join(root, "packages/scanner/src/index.ts"),
  "@dd0c/core": join(root, "packages/core/src/index.ts"),
  "@dd0c/protocol/http": join(root, "packages/protocol/src/http/index.ts"),
  "@dd0c/protocol/agent": join(root, "packages/protocol/src/agent/index.ts"),
};

const agentProtocol = async () => {
  const folder = mkdtempSync(join(tmpdir(), "dd0c-generate-"));
  try {
    const { code, output } = await run(process.execPath, ["packages/protocol/generate-agent.mjs", folder], { quiet: true });
    if (code !== 0) throw new Error(output);
    return Object.fromEntries(
      filesBelow(folder).map((file) => [`packages/protocol/src/agent/generated${file.slice(folder.length)}`, readFileSync(file, "utf8")]),
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

const errorPage = async () => {
  const { renderErrorPage } = await importSource("scripts/lib/error-page.ts");
  return { "docs/errors.md": renderErrorPage() };
};

const openApi = async () => {
  const { renderOpenApi } = await importSource("scripts/lib/open-api.ts");
  return { "packages/protocol/openapi.json": renderOpenApi() };
};

const rulesPages = async () => {
  const { renderRulesPages } = await importSource("scripts/lib/rules-pages.ts");
  return renderRulesPages();
};

const patternVersion = async () => renderPatternVersion();

export const generators = { patternVersion, agentProtocol, errorPage, openApi, rulesPages };

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  const check = process.argv.includes("--check");
  let stale = 0;
  for (const generator of Object.values(generators)) {
    for (const [path, text] of Object.entries(await generator())) {
      const file = join(root, path);
      if (existsSync(file) && readFileSync(file, "utf8") === text) continue;
      stale += 1;
      process.stdout.write(`${path} ${check ? "is stale: run npm run generate" : "written"}\n`);
      if (check) continue;
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, text);
    }
  }
  process.exit(check && stale > 0 ? 1 : 0);
}
