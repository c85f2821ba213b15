// ddoc-parse as somebody gets it from a registry: packed, installed in an empty folder without a network, and called there.
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, afterAll, describe, expect, it } from "vitest";
import { buildDdocParsePackage } from "../scripts/lib/ddoc-parse-package.mjs";
import { Output, root, temporaryFolder } from "./support/product.ts";

const folder = temporaryFolder();
const home = join(folder.path, "home");
const program = join(home, "node_modules/.bin/ddoc-parse");
const corpus = join(root, "../shared/corpus/runbooks");

const paste =
  '# Disk full\n\n## Steps\n\n1. Look at <host>:\n\n   ```\n   $ df -h /data\n   ```\n\n2. Count: `psql -c "select count(*) from files"`\n3. Remove old logs: `rm -r /data/old`\n';
const file = (name: string, text: string): string => {
  writeFileSync(join(home, name), text);
  return name;
};

interface Ended {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

const call = (command: string, args: readonly string[], input = "", env: NodeJS.ProcessEnv = {}): Ended => {
  const { status, stdout, stderr } = spawnSync(command, args, {
    cwd: home,
    input,
    encoding: "utf8",
    maxBuffer: 64e6,
    env: { ...process.env, ...env },
  });
  return { status, stdout, stderr };
};
const run = (...args: readonly string[]): Ended => call(program, args);

beforeAll(async () => {
  const built = await buildDdocParsePackage(join(folder.path, "package"));
  mkdirSync(home);
  const packed = spawnSync("npm", ["pack", "--json", "--pack-destination", folder.path], { cwd: built, encoding: "utf8" });
  const [{ filename }] = JSON.parse(packed.stdout) as [{ filename: string }];
  writeFileSync(join(home, "package.json"), '{"private":true}\n');
  const installed = call("npm", ["install", "--offline", "--ignore-scripts", "--no-audit", "--no-fund", join(folder.path, filename)]);
  expect(installed).toMatchObject({ status: 0 });
  file("paste.md", paste);
  file("clean.md", "# T\n\n1. Look: `df -h /data`\n");
  file("nothing.md", "Hello there.\n");
});
afterAll(folder.remove);

describe("the package", () => {
  it("is one program with its parser of SQL, its licences and no dependency", () => {
    const installed = join(home, "node_modules/ddoc-parse");
    expect(readdirSync(installed).sort()).toEqual(
      ["LICENSE", "README.md", "THIRD-PARTY.txt", "ddoc-parse.js", "libpg-query.wasm", "lint.md", "package.json"].sort(),
    );
    expect(readdirSync(join(home, "node_modules")).sort()).toEqual([".bin", ".package-lock.json", "ddoc-parse"]);
    const manifest = JSON.parse(readFileSync(join(installed, "package.json"), "utf8")) as Record<string, unknown>;
    expect(manifest).toMatchObject({ name: "ddoc-parse", license: "Apache-2.0", bin: { "ddoc-parse": "ddoc-parse.js" } });
    expect(manifest["dependencies"]).toBeUndefined();
    expect(readFileSync(join(installed, "THIRD-PARTY.txt"), "utf8")).toMatch(
      /markdown-it.*\(MIT\)[\s\S]*unbash.*\(ISC\)[\s\S]*Lukas Fittl[\s\S]*PostgreSQL Global Development Group/,
    );
  });

  it("runs with npx on a paste, and judges SQL with the parser that came along", () => {
    const { status, stdout, stderr } = call("npx", ["--offline", "ddoc-parse", "paste.md"]);
    expect({ status, stderr: stderr.replace(/^npm warn.*\n/gm, "") }).toEqual({ status: 0, stderr: "" });
    expect(stdout).toContain("● safe       df -h /data");
    expect(stdout).toContain('● safe       psql -c "select count(*) from files"');
    expect(stdout).toContain("■ dangerous  rm -r /data/old");
    expect(stdout).not.toContain("\u001b");
  });

  it("gives the object of `dd0c parse --json` for one file, and one object per line for several", () => {
    const ours = spawnSync(process.execPath, [join(root, "packages/cli/bin/dd0c.js"), "parse", "paste.md", "--json"], {
      cwd: home,
      encoding: "utf8",
    });
    expect(run("--json", "paste.md").stdout).toBe(ours.stdout);
    const lines = run("paste.md", "clean.md", "nothing.md", "--json").stdout.trimEnd().split("\n");
    const objects = lines.map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(objects.map(({ file: name }) => name)).toEqual(["paste.md", "clean.md", "nothing.md"]);
    expect({ file: "paste.md", ...(JSON.parse(ours.stdout) as object) }).toEqual(objects[0]);
    expect(objects[2]).toMatchObject({ error: { code: "PARSE_FAILED" } });
  });

  it("writes Markdown that it reads back as the same steps", () => {
    const commands = (json: string): unknown =>
      (JSON.parse(json) as { steps: { command: string; section: string }[] }).steps.map(({ command, section }) => [command, section]);
    const { stdout } = run("--markdown", "paste.md");
    expect(commands(call(program, ["-", "--json"], stdout).stdout)).toEqual(commands(run("paste.md", "--json").stdout));
  });

  it("makes a draft of a chat, and tells beside it what was left out", () => {
    file(
      "chat.txt",
      "mara [9:00 AM]\nweb is down\ntilo [9:02 AM]\ntried `systemctl restart db`, same error\n`systemctl restart web`\nmara [9:04 AM]\nit's back\n",
    );
    const { status, stdout, stderr } = run("--distil", "chat.txt");
    expect({ status, stderr }).toEqual({
      status: 0,
      stderr: 'chat.txt:4: systemctl restart db: It did not help: "same error".\n',
    });
    expect(stdout).toContain("```bash\n   systemctl restart web\n   ```");
    const { kind, markdown, notes } = JSON.parse(run("--distil", "--json", "chat.txt").stdout) as Record<string, unknown>;
    expect({ kind, markdown, notes }).toEqual({
      kind: "chat",
      markdown: stdout,
      notes: [{ line: 4, text: "systemctl restart db", reason: 'It did not help: "same error".' }],
    });
  });

  it("says its version and how it is called", () => {
    expect(run("--version")).toEqual({ status: 0, stdout: "0.1.0\n", stderr: "" });
    expect(run("--help").stdout).toContain("Exit codes: 0 done, 1 findings, 2 wrong usage or unreadable input, 3 nothing to do found.");
  });
});

it("prints what its README shows", () => {
  const readme = readFileSync(join(root, "packages/cli/package/README.md"), "utf8");
  const [, name = "", text = ""] = /^`(\S+\.md)`:\n\n````markdown\n([^]*?)^````$/m.exec(readme) ?? [];
  file(name, text);
  const examples = [...readme.matchAll(/^````console\n\$ npx ddoc-parse (.*)\n([^]*?)^````$/gm)];
  expect(examples.length).toBe(3);
  for (const [, args = "", shown] of examples) expect(run(...args.split(" ")).stdout).toBe(shown);
});

describe("exit codes", () => {
  it.each<[readonly string[], number]>([
    [["paste.md"], 0],
    [["nothing.md"], 3],
    [["nothing.md", "--json"], 3],
    [["nothing.md", "clean.md"], 0],
    [["gone.md"], 2],
    [["gone.md", "clean.md"], 2],
    [[], 2],
    [["--frobnicate", "paste.md"], 2],
    [["--markdown", "--json", "paste.md"], 2],
    [["--distil", "--lint", "paste.md"], 2],
    [["--distil", "paste.md"], 3],
    [["--max-warnings", "3", "paste.md"], 2],
    [["--lint", "--max-warnings", "many", "paste.md"], 2],
    [["--watch", "-"], 2],
    [["--lint", "clean.md"], 0],
    [["--lint", "paste.md"], 1],
    [["--lint", "--max-warnings", "1", "paste.md"], 0],
    [["--lint", "nothing.md"], 3],
    [["--lint", "gone.md"], 2],
  ])("%j: %i", (args, status) => {
    const ended = run(...args);
    expect({ args, status: ended.status }).toEqual({ args, status });
    if (status === 2) expect(ended.stderr).toMatch(/\S/);
  });

  it("lists findings for editors and machines", () => {
    expect(run("--lint", "paste.md").stdout).toMatch(
      /^paste\.md:12:22: warning DANGEROUS_WITHOUT_ROLLBACK "rm -r \/data\/old" has no rollback\. .*\n$/,
    );
    expect(JSON.parse(run("--lint", "--json", "paste.md").stdout)).toMatchObject({
      file: "paste.md",
      errors: 0,
      warnings: 1,
      findings: [{ code: "DANGEROUS_WITHOUT_ROLLBACK", severity: "warning", line: 12, column: 22 }],
    });
  });

  it("puts no finding before the reader that went away", () => {
    const { status } = spawnSync("bash", ["-c", `${program} --json paste.md paste.md clean.md | head -c 1`], { cwd: home });
    expect(status).toBe(0);
  });
});

describe("--watch", () => {
  let child: ChildProcess | undefined;
  afterAll(() => child?.kill("SIGKILL"));

  it("prints again on every change, outlives broken files, and ends on Ctrl-C with 0", async () => {
    file("watched.md", "# First\n\n1. Look: `uptime -p`\n");
    child = spawn(process.execPath, [program, "--watch", "watched.md"], { cwd: home, stdio: ["ignore", "pipe", "pipe"] });
    const output = new Output(child);
    await output.waitFor(/First[\s\S]*uptime -p[\s\S]*Waiting for changes/, 10_000);
    file("watched.md", "nothing to do here\n");
    await output.waitFor(/Nothing to do was found/, 10_000);
    rmSync(join(home, "watched.md"));
    await output.waitFor(/watched\.md cannot be read \(ENOENT\)/, 10_000);
    file("next.md", "# Second\n\n1. Look: `df -h /`\n");
    renameSync(join(home, "next.md"), join(home, "watched.md"));
    await output.waitFor(/Second[\s\S]*df -h \//, 10_000);
    const ended = new Promise<number | null>((resolve) => child?.on("exit", (code) => resolve(code)));
    child.kill("SIGINT");
    expect(await ended).toBe(0);
  });
});

describe.skipIf(!existsSync(corpus))("64 runbooks (skipped when ../shared/corpus/runbooks is absent)", () => {
  it("are linted in at most 3 s", { timeout: 60_000 }, () => {
    // Processor time of its main thread (fields 14 and 15, in hundredths), told at its end: what else the machine does has no part in it.
    const meter = join(home, "meter.cjs");
    const told = join(home, "seconds");
    writeFileSync(
      meter,
      `const { readFileSync, writeFileSync } = require("node:fs");
       process.on("exit", () => {
         const fields = readFileSync("/proc/self/task/" + process.pid + "/stat", "utf8").split(") ")[1].split(" ");
         writeFileSync(${JSON.stringify(told)}, String((Number(fields[11]) + Number(fields[12])) / 100));
       });`,
    );
    const { status, stdout, stderr } = call(program, ["--lint", "--json", corpus], "", { NODE_OPTIONS: `--require ${meter}` });
    expect({ status, stderr }).toEqual({ status: 1, stderr: "" });
    expect(stdout.trimEnd().split("\n").length).toBeGreaterThanOrEqual(64);
    const seconds = Number(readFileSync(told, "utf8"));
    expect(seconds).toBeGreaterThan(0);
    expect(seconds).toBeLessThanOrEqual(3);
  });
});
