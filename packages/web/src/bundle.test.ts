// Builds the pages as a release does and looks at what a browser would get.
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build } from "vite";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const BUDGET_BYTES = 180 * 1024;

interface Manifest {
  readonly [source: string]: { readonly file: string; readonly imports?: readonly string[]; readonly isEntry?: boolean };
}

const root = fileURLToPath(new URL("..", import.meta.url));
const outDir = mkdtempSync(join(tmpdir(), "dd0c-web-"));
const modules: string[] = [];
let manifest: Manifest;

const read = (file: string) => readFileSync(join(outDir, file), "utf8");

/** Files that must be there before a page can be drawn: its own and everything it imports. */
const filesFor = (source: string, found = new Set<string>()): ReadonlySet<string> => {
  const chunk = manifest[source];
  if (chunk === undefined) throw new Error(`no chunk for ${source}`);
  if (found.has(chunk.file)) return found;
  found.add(chunk.file);
  for (const imported of chunk.imports ?? []) filesFor(imported, found);
  return found;
};

beforeAll(async () => {
  process.env["NODE_ENV"] = "production"; // A test run sets "test", which would measure React's development build.
  await build({
    root,
    logLevel: "error",
    build: { outDir, emptyOutDir: true, manifest: "manifest.json" },
    plugins: [
      {
        name: "list-modules",
        generateBundle: (_options, bundle) => {
          for (const chunk of Object.values(bundle)) if (chunk.type === "chunk") modules.push(...Object.keys(chunk.modules));
        },
      },
    ],
  });
  manifest = JSON.parse(read("manifest.json")) as Manifest;
});

afterAll(() => rmSync(outDir, { recursive: true, force: true }));

describe("the web bundle", () => {
  it.each([
    "src/pages/home/home-page.tsx",
    "src/pages/execution/execution-page.tsx",
    "src/pages/editor/new-runbook-page.tsx",
    "src/pages/try/try-page.tsx",
  ])("loads at most 180 kB of compressed JavaScript for %s", (page) => {
    const files = new Set([...filesFor("index.html"), ...filesFor(page)]);
    const bytes = [...files].reduce((sum, file) => sum + gzipSync(read(file)).length, 0);
    expect(bytes).toBeGreaterThan(10_000);
    expect(bytes).toBeLessThanOrEqual(BUDGET_BYTES);
  });

  it("holds our own pages", () => {
    expect(modules.some((id) => id.includes("/packages/web/src/main.tsx"))).toBe(true);
  });

  it.each([
    "/packages/scanner/",
    "/packages/core/",
    "/packages/server/",
    "/node_modules/zod/",
    "/node_modules/unbash/",
    "/node_modules/libpg-query/",
  ])("holds nothing of %s", (part) => {
    expect(modules.filter((id) => id.replaceAll("\\", "/").includes(part))).toEqual([]);
  });

  it("has no inline script and fetches nothing from elsewhere", () => {
    const page = read("index.html");
    expect(page.match(/<script(?![^>]*\bsrc=)[^>]*>/g)).toBeNull();
    expect([...page.matchAll(/(?:src|href)="([^"]*)"/g)].map((match) => match[1]).filter((address) => !address!.startsWith("/"))).toEqual(
      [],
    );
  });

  it("names every asset after its content", () => {
    expect(readdirSync(join(outDir, "assets")).filter((name) => !/-[\w-]{8}\.(js|css|svg)$/.test(name))).toEqual([]);
  });
});
