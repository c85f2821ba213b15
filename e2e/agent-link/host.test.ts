// What a dispatched command may do to the agent's host: real gateway, real agent, real mTLS, real bubblewrap, real git.
import { execFileSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { userInfo } from "node:os";
import { type Agent, loadConfig } from "@dd0c/agent";
import type { StepResult } from "@dd0c/protocol/agent";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Host, newHost, startHere } from "./agent-host.ts";
import { type ControlPlane, dispatch, prepare, type PrepareOptions, startControlPlane } from "./control-plane.ts";

const isRoot = userInfo().uid === 0;
/** Only an agent that is root can be somebody else. */
const runAs = isRoot ? { runAs: "nobody" } : {};
let plane: ControlPlane;
let agent: Agent;
let host: Host;
let listed: string;
let hostile: string;
const log: string[] = [];

/** A repository whose settings name a program, for reading what it holds. */
function evilRepository(folder: string): string {
  const evil = join(folder, "evil.sh");
  mkdirSync(folder, { recursive: true });
  writeFileSync(evil, `#!/bin/sh\necho ran >> '${join(folder, "proof")}'\ncat "$1"\n`, { mode: 0o755 });
  writeFileSync(join(folder, ".gitattributes"), "file diff=evil\n");
  writeFileSync(join(folder, "file"), "content\n");
  const git = (...args: string[]) => execFileSync("git", ["-C", folder, ...args], { stdio: "ignore" });
  git("init", "-q");
  git("config", "diff.evil.textconv", evil);
  git("add", "file", ".gitattributes");
  git("-c", "user.name=a", "-c", "user.email=a@example.org", "commit", "-q", "-m", "first");
  execFileSync("chmod", ["-R", "a+rwX", folder]);
  if (isRoot) execFileSync("chown", ["-R", "nobody", folder]);
  return folder;
}

beforeAll(async () => {
  plane = await startControlPlane();
  host = newHost(plane);
  listed = evilRepository(join(host.work, "listed"));
  hostile = evilRepository(join(host.work, "hostile"));
  for (const folder of [plane.folder, host.folder]) chmodSync(folder, 0o755);
  chmodSync(host.work, 0o777);
  const guarded = { ...runAs, sandbox: "required", limits: { cpuSeconds: 1 }, repositories: [listed] };
  host = newHost(plane, { config: { ...guarded, rateLimit: { intervalMs: 0, burst: 100 } } });
  agent = await startHere(plane, host, "agent-1", log);
});
afterAll(async () => {
  await agent.stop();
  await plane.close();
});

async function run(command: string, options: PrepareOptions = {}) {
  const prepared = prepare(command, options);
  dispatch(plane, prepared);
  const end = await plane.ending(prepared.step);
  const output = plane.about(prepared.step).flatMap((frame) => (frame.$case === "stepOutput" ? [frame.value.data.toString()] : []));
  return { end, output: output.join("") };
}

describe("the agent's host", () => {
  it("is said to be guarded when the agent starts", () => {
    const events = log.map((line) => (JSON.parse(line) as { event: string }).event);
    expect(events).toEqual(expect.arrayContaining(["commands_limited", "reads_in_sandbox"]));
  });

  it("cannot be written by what is proven to only read, and can by what a person approved", async () => {
    expect((await run("grep NoNewPrivs /proc/self/status")).output).toBe("NoNewPrivs:\t1\n");
    const approved = await run("touch made", { approved: true });
    expect([approved.end.$case, existsSync(join(host.work, "made"))]).toEqual(["stepResult", true]);
    expect((await run("grep NoNewPrivs /proc/self/status", { risk: "caution", approved: true })).output).toBe("NoNewPrivs:\t0\n");
  });

  it("keeps its processor: the person reads which limit ended the step", async () => {
    const { end } = await run("yes > /dev/null", { approved: true });
    expect(end).toMatchObject({ $case: "stepResult", value: { outcome: "failed", timedOut: false } });
    expect((end.value as StepResult).message).toBe(
      "A process was ended after 1 seconds of processor time (limits.cpuSeconds in agent.json).",
    );
  });

  it("runs commands as the user of the local file, and as nobody else", async () => {
    const own = isRoot ? "nobody" : undefined;
    const expected = execFileSync("id", isRoot ? ["-u", "nobody"] : ["-u"], { encoding: "utf8" });
    expect((await run("id -u")).output).toBe(expected);
    expect((await run("id -u", { approved: true, risk: "caution" })).output).toBe(expected);
    if (own !== undefined) expect((await run("id -u", { runAs: own })).output).toBe(expected);
    const other = await run("id -u", { runAs: "daemon", approved: true });
    expect(other.end).toMatchObject({ $case: "stepRefused", value: { code: "ENVIRONMENT_NOT_ALLOWED" } });
  });

  it("keeps its keys from them", async () => {
    const { dataFolder } = loadConfig(host.configFile);
    const { end } = await run(`ls ${dataFolder}`);
    expect((end.value as StepResult).outcome).toBe(isRoot ? "failed" : "ok");
  });
});

describe("git in a repository that names a program", () => {
  it("asks first where the local file does not list it; the report keeps the risk of the text", async () => {
    const { end } = await run(`git -C ${hostile} log -p`);
    expect(end).toMatchObject({ $case: "stepRefused", value: { code: "AGENT_STRICTER", risk: "safe" } });
    expect((end.value as { message: string }).message).toMatch(/not listed under repositories in the agent's local file/);
    expect(existsSync(join(hostile, "proof"))).toBe(false);
  });

  it("runs when a person said yes, and the program that the repository names cannot write even then", async () => {
    const { end, output } = await run(`git -C ${hostile} log -p`, { approved: true });
    expect([(end.value as StepResult).outcome, output.includes("+content")]).toEqual(["ok", true]);
    expect(existsSync(join(hostile, "proof"))).toBe(false);
  });

  it("runs unasked where its owner listed it", async () => {
    const { end, output } = await run(`git -C ${listed} log -p`);
    expect([(end.value as StepResult).outcome, output.includes("+content")]).toEqual(["ok", true]);
  });

  it("would run that program: without the sandbox it leaves its proof", () => {
    execFileSync("git", ["-c", `safe.directory=${hostile}`, "-C", hostile, "log", "-p"], { stdio: "ignore" });
    expect(existsSync(join(hostile, "proof"))).toBe(true);
  });
});
