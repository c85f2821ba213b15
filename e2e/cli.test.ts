// The command line as scripts call it: CONTRACTS, line by line, through the committed bin files.
import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { root, temporaryFolder } from "./support/product.ts";

const folder = temporaryFolder();
afterAll(folder.remove);

const run = (args: readonly string[], input = "", bin = "dd0c") => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(root, `packages/cli/bin/${bin}.js`), ...args], {
    input,
    encoding: "utf8",
  });
  return { status, stdout, stderr };
};

const runbook =
  "# Disk full\n\n## Steps\n\n1. Look:\n\n   ```\n   $ df -h /data\n   ```\n\n2. Remove old logs:\n\n   ```\n   rm -r /data/old\n   ```\n";
const file = join(folder.path, "runbook.md");
writeFileSync(file, runbook);

describe("dd0c scan", () => {
  it("explains one verdict and exits 0 whatever it is", () => {
    const dangerous = run(["scan", "rm -rf /data"]);
    expect(dangerous).toMatchObject({ status: 0, stderr: "" });
    expect(dangerous.stdout).toContain("dangerous");
    expect(dangerous.stdout).not.toContain("\u001b");
    expect(run(["scan", "ls"]).stdout).toContain("safe");
  });

  it("speaks JSON", () => {
    const verdict = JSON.parse(run(["scan", "--json", "kubectl delete ns x"]).stdout) as Record<string, unknown>;
    expect(verdict).toMatchObject({ cmd: "kubectl delete ns x", risk: "dangerous", targets: [{ name: "x" }] });
    expect(Object.keys(verdict)).toEqual(expect.arrayContaining(["cmd", "risk", "micros", "reasons", "targets", "inverse"]));
  });

  it("shows what would be touched before it is touched, where that is proven", () => {
    const json = (cmd: string) => (JSON.parse(run(["scan", "--json", cmd]).stdout) as { readonly twin: unknown }).twin;
    expect(json("rm -f /srv/app/*.gz")).toEqual({
      command: "find -H /srv/app -mindepth 1 -maxdepth 1 -name '*.gz' '!' -name '.*' '!' -type d -printf '%y %p\\n'",
      lists: "paths",
    });
    expect(json("psql shop -c 'DELETE FROM orders WHERE id = 3'")).toEqual({
      command: "psql -A -t -q -c 'SELECT count(*) FROM orders WHERE id = 3' shop",
      lists: "rows",
    });
    expect(json("kubectl delete ns x")).toBeNull();
    expect(run(["scan", "docker stop web"]).stdout).toContain("look first");
  });

  it("answers --jsonl line by line, in order, with the command unchanged", () => {
    const commands = ["ls -la  ", "rm -rf /\n", "select 1", "psql -c 'select count(*) from t'", "", "grep a b | wc -l"];
    const { status, stdout } = run(["scan", "--jsonl"], commands.map((cmd) => JSON.stringify({ cmd })).join("\n"));
    const answers = stdout
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line) as { cmd: string; risk: string; micros: number; plan?: unknown; not_runnable?: unknown });
    expect(status).toBe(0);
    expect(answers.map(({ cmd }) => cmd)).toEqual(commands);
    expect(answers.map(({ risk }) => risk)).toEqual([
      "safe",
      "dangerous",
      expect.stringMatching(/unknown|dangerous/),
      "safe",
      "unknown",
      "safe",
    ]);
    for (const answer of answers) {
      expect(answer.micros).toBeGreaterThanOrEqual(0);
      expect((answer.plan === undefined) !== (answer.not_runnable === undefined)).toBe(true);
    }
  });

  it("calls wrong usage wrong", () => {
    expect(run(["scan"]).status).toBe(2);
    expect(run(["scan", "--frobnicate", "ls"]).status).toBe(2);
    expect(run(["frobnicate"]).status).toBe(2);
  });
});

describe("dd0c parse", () => {
  it("writes one JSON object, options before or after the file, and from standard input", () => {
    const first = run(["parse", "--json", file]);
    expect(first).toEqual(run(["parse", file, "--json"]));
    expect(first.stdout).toBe(run(["parse", "-", "--json"], runbook).stdout);
    const parsed = JSON.parse(first.stdout) as { title: string; steps: { order: number; command: string; commands: { line: number }[] }[] };
    expect(parsed.title).toBe("Disk full");
    expect(parsed.steps.map(({ order, command, commands }) => [order, command, commands[0]?.line])).toEqual([
      [1, "df -h /data", 8],
      [2, "rm -r /data/old", 14],
    ]);
  });

  it("says when there is nothing to do, and when a file cannot be read", () => {
    const nothing = run(["parse", "-", "--json"], "\n");
    expect({ status: nothing.status, code: (JSON.parse(nothing.stdout) as { error: { code: string } }).error.code }).toEqual({
      status: 3,
      code: "PARSE_FAILED",
    });
    expect(run(["parse", join(folder.path, "gone.md"), "--json"]).status).toBe(2);
    expect(run(["parse"]).status).toBe(2);
  });

  it("is there as ddoc-parse too", () => {
    expect(run([file, "--json"], "", "ddoc-parse").stdout).toBe(run(["parse", file, "--json"]).stdout);
  });
});

describe("dd0c verify-audit", () => {
  it("calls wrong usage wrong and an empty export broken", () => {
    writeFileSync(join(folder.path, "empty.jsonl"), "");
    expect(run(["verify-audit"]).status).toBe(2);
    expect(run(["verify-audit", join(folder.path, "gone.jsonl")]).status).toBe(2);
    expect(run(["verify-audit", join(folder.path, "empty.jsonl")]).status).toBe(1);
  });
});

it("has bin files that the root package names", () => {
  const { bin } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as { bin: Record<string, string> };
  expect(bin).toEqual({ dd0c: "packages/cli/bin/dd0c.js", "ddoc-parse": "packages/cli/bin/ddoc-parse.js" });
  for (const path of Object.values(bin)) expect(readFileSync(join(root, path), "utf8")).toMatch(/^#!\/usr\/bin\/env node\nimport /);
});
