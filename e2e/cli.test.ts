// The command line as scripts call it: CONTRACTS, line by line, through the committed bin files.
import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { newSigner, signedArchive, signedExport } from "../packages/core/src/test/signed-export.ts";
import { writeArchiveOf } from "../packages/server/test-support/archive-of.ts";
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

  const signer = newSigner();
  const lines = signedExport({ events: 130, signer, checkpoints: [100, 130] });
  const verify = (text: string | Buffer, ...args: readonly string[]) => {
    writeFileSync(join(folder.path, "audit.jsonl"), text);
    return run(["verify-audit", join(folder.path, "audit.jsonl"), ...args]);
  };
  const whole = `${lines.join("\n")}\n`;
  const headOf = (seq: number): string =>
    (JSON.parse(lines.find((line) => line.includes(`"seq":${seq},`)) ?? "{}") as { hash: string }).hash;
  const witness = (...kept: readonly string[]): string => {
    writeFileSync(join(folder.path, "witness.jsonl"), kept.map((line) => `${line}\n`).join(""));
    return join(folder.path, "witness.jsonl");
  };

  it("says how many events a whole export has, and by whose key", () => {
    const ok = `OK: 130 events, head ${headOf(130)}\n`;
    expect(verify(whole)).toEqual({ status: 0, stdout: ok, stderr: `2 checkpoints, signed by key ${signer.id}\n` });
    expect(verify(whole, "--key", signer.id)).toMatchObject({ status: 0, stdout: ok });
    expect(verify(whole, "--key", "0123456789abcdef")).toMatchObject({
      status: 1,
      stdout: `BROKEN at event 1: signed by key ${signer.id}, which you did not name\n`,
    });
  });

  it("names what is broken, and where", () => {
    const without = (part: string) => `${lines.filter((line) => !line.includes(part)).join("\n")}\n`;
    expect(verify(without('"seq":7,'))).toMatchObject({ status: 1, stdout: "BROKEN at event 7 (found 8): events before it are missing\n" });
    expect(verify(whole.replace("-n p7", "-n p8"))).toMatchObject({
      status: 1,
      stdout: expect.stringContaining("at event 7: the event was changed"),
    });
    expect(verify(without('"count":100,'))).toMatchObject({ status: 1, stdout: "BROKEN at event 100: a checkpoint is missing\n" });
    expect(verify(without('"export"'))).toMatchObject({ status: 1, stdout: "BROKEN at event 131: the tail was cut off\n" });
    expect(verify(whole.replace('03:17:00.000Z"},"sig', '03:18:00.000Z"},"sig')).status).toBe(1);
    expect(verify(lines.filter((line) => line.startsWith('{"event"')).join("\n"))).toMatchObject({
      status: 1,
      stdout: expect.stringContaining("not signed"),
    });
  });

  it("takes a byte that is no UTF-8 for what it is, and a line separator inside a text for text", () => {
    const bytes = Buffer.from(whole.replaceAll("\u00e4", "\ufffd"));
    expect(verify(bytes).status).toBe(1);
    const at = Buffer.from(whole).indexOf("\u00e4");
    const spoilt = Buffer.from(whole);
    spoilt[at] = 0xff;
    expect(verify(spoilt)).toMatchObject({ status: 1, stdout: expect.stringContaining("at event 1: the event was changed") });
    expect(whole).toContain("\u2028");
  });

  it("compares with a witness", () => {
    const kept = lines.filter((line) => line.startsWith('{"checkpoint"'));
    expect(verify(whole, "--witness", witness(...kept)).status).toBe(0);
    expect(verify(whole, "--witness", witness(`{"seq":7,"hash":"${headOf(7)}"}`)).status).toBe(0);
    expect(verify(whole, "--witness", witness(`{"count":7,"head":"${headOf(8)}"}`))).toMatchObject({
      status: 1,
      stdout: "BROKEN at event 7: the witness kept another hash\n",
    });
    const shorter = `${signedExport({ events: 100, signer, checkpoints: [100] }).join("\n")}\n`;
    expect(verify(shorter).status).toBe(0);
    expect(verify(shorter, "--witness", witness(...kept))).toMatchObject({
      status: 1,
      stdout: "BROKEN after event 100: the witness knows 130 events, the tail was cut off\n",
    });
    expect(verify(whole, "--witness", witness(...kept.map((line) => line.replace('"chain":"t1"', '"chain":"t2"')))).status).toBe(1);
    expect(verify(whole, "--witness", witness("{}")).status).toBe(2);
    // Two that were shown different heads: a fork, whichever of them the export agrees with.
    expect(verify(whole, "--witness", witness(`{"seq":7,"hash":"${headOf(7)}"}`, `{"seq":7,"hash":"${headOf(8)}"}`)).status).toBe(1);
    expect(verify(whole, "--witness", join(folder.path, "gone.jsonl")).status).toBe(2);
  });

  it("proves archives alone, in order, and an export behind them", async () => {
    const long = signedExport({ events: 230, signer, checkpoints: [100, 130, 200, 230] });
    const place = (name: string) => join(folder.path, name);
    for (const [first, last] of [
      [1, 100],
      [101, 215],
      [102, 215],
    ] as const)
      await writeArchiveOf(place(`${first}.parquet`), signedArchive(long, signer, first, last));
    writeFileSync(place("long.jsonl"), `${long.join("\n")}\n`);
    writeFileSync(place("short.jsonl"), `${signedExport({ events: 130, signer, checkpoints: [100, 130] }).join("\n")}\n`);
    const check = (...args: readonly string[]) => run(["verify-audit", ...args.map((arg) => (arg.includes(".") ? place(arg) : arg))]);
    const head = (seq: number): string =>
      (JSON.parse(long.find((line) => line.includes(`"seq":${seq},`)) ?? "{}") as { hash: string }).hash;

    expect(check("1.parquet")).toMatchObject({ status: 0, stdout: `OK: 100 events, head ${head(100)}\n` });
    expect(check("101.parquet")).toMatchObject({ status: 0, stdout: `OK: 115 events, head ${head(215)}, from event 101\n` });
    expect(check("1.parquet", "101.parquet", "--key", signer.id)).toMatchObject({
      status: 0,
      stdout: `OK: 215 events, head ${head(215)}\n`,
    });
    expect(check("1.parquet", "101.parquet", "long.jsonl")).toMatchObject({ status: 0, stdout: `OK: 230 events, head ${head(230)}\n` });
    const broken = (...args: readonly string[]) => {
      const { status, stdout } = check(...args);
      return [status, stdout];
    };
    expect(broken("101.parquet", "1.parquet")).toEqual([1, expect.stringContaining("in file 2, at event 216: the archive does not begin")]);
    expect(broken("1.parquet", "102.parquet")).toEqual([1, expect.stringContaining("in file 2, at event 101: the archive does not begin")]);
    expect(broken("1.parquet", "101.parquet", "short.jsonl")).toEqual([1, expect.stringContaining("the tail was cut off")]);
    expect(broken("1.parquet", "--key", "0123456789abcdef")).toEqual([1, expect.stringContaining("which you did not name")]);
    const bytes = readFileSync(place("1.parquet"));
    writeFileSync(place("cut.parquet"), bytes.subarray(0, -100));
    expect(broken("cut.parquet")).toEqual([1, expect.stringContaining("no whole archive")]);
    const kept = `{"count":50,"head":"${head(51)}"}\n`;
    writeFileSync(place("kept.jsonl"), kept);
    expect(broken("1.parquet", "--witness", "kept.jsonl")).toEqual([1, "BROKEN at event 50: the witness kept another hash\n"]);
    expect(check("long.jsonl", "1.parquet").status).toBe(2);
  });

  it("compares with a folder of copies, as the object store keeps them", () => {
    const kept = lines.filter((line) => line.startsWith('{"checkpoint"'));
    const copies = join(folder.path, "checkpoints");
    for (const [n, line] of kept.entries()) {
      mkdirSync(join(copies, `2026-03-0${n + 1}`), { recursive: true });
      writeFileSync(join(copies, `2026-03-0${n + 1}`, "copy.jsonl"), `${line}\n`);
    }
    expect(verify(whole, "--witness", copies)).toMatchObject({ status: 0 });
    const shorter = `${signedExport({ events: 100, signer, checkpoints: [100] }).join("\n")}\n`;
    expect(verify(shorter, "--witness", copies)).toMatchObject({
      status: 1,
      stdout: expect.stringContaining("the witness knows 130 events"),
    });
  });
});

it("has bin files that the root package names", () => {
  const { bin } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as { bin: Record<string, string> };
  expect(bin).toEqual({ dd0c: "packages/cli/bin/dd0c.js", "ddoc-parse": "packages/cli/bin/ddoc-parse.js" });
  for (const path of Object.values(bin)) expect(readFileSync(join(root, path), "utf8")).toMatch(/^#!\/usr\/bin\/env node\nimport /);
});
