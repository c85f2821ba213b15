// In a bundle the registry asks for a domain's rules when it needs them; nothing of that may change what the scanner says.
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { loadSql, scan } from "@dd0c/scanner";
import { afterAll, beforeAll, expect, it } from "vitest";
import { buildApp } from "./lib/apps.mjs";
import { withLazyRules } from "./lib/lazy-rules.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
const registry = readFileSync(join(root, "packages/scanner/src/registry.ts"), "utf8");
const folder = mkdtempSync(join(root, ".cache", "lazy-rules-"));

beforeAll(async () => {
  await Promise.all([buildApp("cli", folder), loadSql()]);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it("moves the import of every list to where it is used", () => {
  const lazy = withLazyRules(registry);
  const domains = [...registry.matchAll(/^ {2}(\w+): \(\) => \w+Rules,$/gm)].map(([, domain]) => domain);
  expect(domains.length).toBeGreaterThan(8);
  expect(
    [...lazy.matchAll(/^ {2}(\w+): \(\) => require\("\.\/rules\/(\w+)\/list\.ts"\)\.\w+Rules,$/gm)].map(([, domain]) => domain),
  ).toEqual(domains);
  expect(lazy).not.toMatch(/^import .*list\.ts/m);
});

it("leaves every verdict as it is", () => {
  const commands = readFileSync(join(root, "packages/scanner/corpus/pipes.jsonl"), "utf8").trim().split("\n");
  const { stdout } = spawnSync(process.execPath, ["--enable-source-maps", join(folder, "main.js"), "scan", "--jsonl"], {
    input: commands.join("\n"),
    encoding: "utf8",
    maxBuffer: 64e6,
  });
  const lines = stdout.trim().split("\n");
  expect(lines.length).toBe(commands.length);
  for (const line of lines) {
    const { cmd, risk } = JSON.parse(line) as { cmd: string; risk: string };
    expect([cmd, risk]).toEqual([cmd, scan(cmd).risk]);
  }
});
