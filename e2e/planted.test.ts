// The fences hold: a violation planted into a copy of the sources makes the tool that guards it fail.
import { spawnSync } from "node:child_process";
import { appendFileSync, cpSync, mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { root, temporaryFolder } from "./support/product.ts";

const folder = temporaryFolder();
const copy = folder.path;
const bin = (name: string): string => join(root, "node_modules/.bin", name);

const run = (command: string, ...args: readonly string[]) => {
  const { status, stdout, stderr } = spawnSync(command, args, { cwd: copy, encoding: "utf8" });
  return { status, output: stdout + stderr };
};

const ignored = /(^|\/)(node_modules|dist|\.cache|\.dd0c|\.git)(\/|$)/;

beforeAll(() => {
  for (const path of [
    "packages",
    "e2e",
    "package.json",
    ".dependency-cruiser.cjs",
    "tsconfig.base.json",
    "tsconfig.json",
    "tsconfig.pure.json",
  ]) {
    cpSync(join(root, path), join(copy, path), { recursive: true, filter: (source) => !ignored.test(source.slice(root.length)) });
  }
  // Packages of ours resolve to the copy, all others to what is installed.
  mkdirSync(join(copy, "node_modules/@dd0c"), { recursive: true });
  for (const name of ["scanner", "core", "protocol", "executor", "server", "agent", "web"])
    symlinkSync(join(copy, "packages", name), join(copy, "node_modules/@dd0c", name));
  for (const name of [
    "unbash",
    "libpg-query",
    "markdown-it",
    "@types",
    "@pgsql",
    "mdurl",
    "entities",
    "linkify-it",
    "uc.micro",
    "typescript",
  ])
    symlinkSync(join(root, "node_modules", name), join(copy, "node_modules", name));
});
afterAll(folder.remove);

describe("a planted violation", () => {
  it("of purity: core reads files", () => {
    expect(run(bin("tsc"), "-p", "tsconfig.pure.json")).toEqual({ status: 0, output: "" });
    writeFileSync(
      join(copy, "packages/core/src/planted.ts"),
      'import { readFileSync } from "node:fs";\nexport const planted = readFileSync;\n',
    );
    const { status, output } = run(bin("tsc"), "-p", "tsconfig.pure.json");
    expect(status).not.toBe(0);
    expect(output).toMatch(/planted\.ts.*node:fs/);
  });

  it.each([
    ["of an arrow: the web pages import the server", "web", "@dd0c/server", "web-sees-protocol-only"],
    ["of purity: core imports a package that is not listed", "core", "typescript", "pure-dependencies"],
  ])("%s", (_title, name, imported, rule) => {
    const path = `packages/${name}/src/planted.ts`;
    writeFileSync(join(copy, path), `import { wire } from "${imported}";\nexport const planted = wire;\n`);
    const { status, output } = run(bin("depcruise"), path, "--config", ".dependency-cruiser.cjs", "--output-type", "err");
    expect(status).not.toBe(0);
    expect(output).toContain(rule);
  });

  it("of the audit log: somebody updates it", async () => {
    const { rules } = await import("../scripts/lib/repository-rules.mjs");
    const path = "packages/server/src/planted.ts";
    const text = "export const planted = `UPDATE run.audit_events SET data = '{}'`;\n";
    appendFileSync(join(copy, path), text);
    expect(rules["auditIsAppendOnly"]?.([{ path, text }])).toHaveLength(1);
  });
});
