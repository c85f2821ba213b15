// The agent as it is released: one file for each architecture, built here, started where nothing else lies. It enrols, parses SQL, and refuses
// to start when a byte of it was changed. The file for arm64 cannot run here: its header is read.
import { execFileSync, spawn, spawnSync } from "node:child_process";
import { copyFileSync, mkdirSync, openSync, readdirSync, readFileSync, readSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { loadSql } from "@dd0c/scanner";
import { afterAll, beforeAll, expect, it } from "vitest";
import { root, temporaryFolder } from "./support/product.ts";
import { type ControlPlane, dispatch, prepare, startControlPlane } from "./agent-link/control-plane.ts";
import { newHost } from "./agent-link/agent-host.ts";

let folder: ReturnType<typeof temporaryFolder>;
let out: string;
let plane: ControlPlane;
/** Where the registry does not give us Node.js, the one that runs this test is the base, and there is no arm64. */
let isWhole = true;

beforeAll(async () => {
  folder = temporaryFolder();
  out = join(folder.path, "release");
  const script = [join(root, "scripts/release-agent.mjs"), "--out", out];
  const built = spawnSync(process.execPath, script, { encoding: "utf8" });
  isWhole = built.status === 0;
  if (!isWhole) execFileSync(process.execPath, [...script, "--arch", "x64", "--this-node"]);
  plane = await startControlPlane();
}, 120_000);

afterAll(async () => {
  await plane.close();
  folder.remove();
});

const binary = (arch: string): string => join(out, `dd0c-agent-linux-${arch}`);

it("starts in an empty folder and says what it is", () => {
  const empty = join(folder.path, "empty");
  mkdirSync(empty);
  copyFileSync(binary("x64"), join(empty, "agent"));
  const { status, stdout } = spawnSync(join(empty, "agent"), ["--version"], { cwd: empty, env: {}, encoding: "utf8" });
  const sums = readFileSync(join(out, "SHA256SUMS"), "utf8");
  expect({ status, stdout }).toEqual({
    status: 0,
    stdout: expect.stringMatching(/^dd0c-agent \S+\npatterns \S+\nsha256 [0-9a-f]{64}\n$/) as string,
  });
  expect(sums).toContain(`${/[0-9a-f]{64}/.exec(stdout)?.[0] ?? "?"}  dd0c-agent-linux-x64`);
  expect(readdirSync(empty)).toEqual(["agent"]);
});

it("refuses to start when a byte of it was changed", () => {
  const bytes = readFileSync(binary("x64"));
  const at = bytes.indexOf("Usage: agent [start] --config");
  expect(at).toBeGreaterThan(0);
  bytes[at] = "u".charCodeAt(0);
  const changed = join(folder.path, "changed");
  writeFileSync(changed, bytes, { mode: 0o755 });
  const { status, stderr } = spawnSync(changed, ["--version"], { encoding: "utf8" });
  expect({ status, stderr }).toEqual({ status: 1, stderr: expect.stringContaining("BINARY_INTEGRITY_FAILED") as string });
});

it("enrols and judges SQL with nothing beside it", async () => {
  await loadSql();
  const host = newHost(plane, { config: { programDirs: [folder.path] } });
  const tokenFile = join(host.folder, "token");
  writeFileSync(tokenFile, plane.newToken(), { mode: 0o600 });
  const child = spawn(binary("x64"), ["--config", host.configFile, "--enroll-token-file", tokenFile], { cwd: host.work, stdio: "ignore" });
  const ended = new Promise((resolve) => child.once("exit", resolve));
  try {
    await plane.online("agent-1");
    // Admitted without a grant only by who has read the statement; there is no psql to run it.
    const step = dispatch(plane, prepare("psql -c 'select 1'"));
    expect(await plane.ending(step)).toMatchObject({ value: { code: "PROGRAM_NOT_FOUND", risk: "safe" } });
  } finally {
    child.kill("SIGTERM");
    await ended;
  }
}, 30_000);

it("is built for arm64 too", () => {
  if (!isWhole) return expect(readdirSync(out)).not.toContain("dd0c-agent-linux-arm64");
  const header = Buffer.alloc(20);
  readSync(openSync(binary("arm64"), "r"), header, 0, 20, 0);
  expect([header.subarray(0, 4).toString("latin1"), header.readUInt16LE(18)]).toEqual(["\u007fELF", 183]);
});
