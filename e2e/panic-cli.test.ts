// `dd0c panic` against a real server and a real agent: what it stops, what it says of each agent, what it never does, how it fails.
import { spawn } from "node:child_process";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { allow, startAgent, startServer } from "./support/parts.ts";
import { freePorts, root, temporaryFolder } from "./support/product.ts";
import { approve, begin, openStep, readExecution, type Session, signIn, until } from "./support/session.ts";

const folder = temporaryFolder();
let base: string;
let server: Awaited<ReturnType<typeof startServer>>;
let agent: Awaited<ReturnType<typeof startAgent>>;
let session: Session;
const keys = { operator: "", viewer: "" };

beforeAll(async () => {
  const ports = await freePorts();
  base = `http://127.0.0.1:${ports.web}`;
  server = await startServer(ports, folder.path);
  allow(folder.path, { program: "sleep", maxRisk: "caution" });
  agent = await startAgent(server.ready);
  session = await signIn(base, server.ready.signInUrl);
  await session.call("setup", { body: { governance_mode: "audit", demo_trust_level: 2 } });
  for (const role of ["operator", "viewer"] as const) keys[role] = (await session.call("createApiKey", { body: { name: role, role } })).key;
}, 120_000);
afterAll(async () => {
  for (const pid of sleepers()) process.kill(Number(pid), "SIGKILL");
  await agent.stop();
  await server.stop();
  folder.remove();
});

interface Ran {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly ms: number;
}

/** Not spawnSync: some of the servers that are asked live in this process. */
const dd0c = (args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Ran> => {
  const started = performance.now();
  const clean = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith("DD0C_")));
  const child = spawn(process.execPath, [join(root, "packages/cli/bin/dd0c.js"), "panic", ...args], {
    env: { ...clean, DD0C_URL: base, DD0C_API_KEY: keys.operator, ...env },
  });
  const ran = { stdout: "", stderr: "" };
  child.stdout.on("data", (bytes: Buffer) => (ran.stdout += bytes.toString()));
  child.stderr.on("data", (bytes: Buffer) => (ran.stderr += bytes.toString()));
  return new Promise((done) => child.on("close", (code) => done({ ...ran, code, ms: performance.now() - started })));
};

/** A number of seconds that no other process of this machine sleeps, and its processes. */
const seconds = String(40_000 + process.pid);
const sleepers = (): readonly string[] =>
  readdirSync("/proc").filter((pid) => {
    try {
      return readFileSync(`/proc/${pid}/cmdline`, "utf8") === `sleep\0${seconds}\0`;
    } catch {
      return false;
    }
  });
/** As the kernel gives it: S sleeps, T is stopped. */
const processStates = () => sleepers().map((pid) => /^State:\s+(\S)/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1]);

const lift = () => session.call("panicOff", { body: { reason: "the test looked" } });

describe("dd0c panic", () => {
  it("stops a step that runs, says so per agent, and never lifts it", async () => {
    expect(await dd0c(["status"])).toMatchObject({ code: 0, stdout: expect.stringMatching(/^Panic is off\./) as string });
    expect(await dd0c(["off"])).toMatchObject({ code: 0, stdout: "Panic is not on.\n" });

    const raw_text = `# Wait\n\n1. Wait.\n\n       sleep ${seconds}\n`;
    const { id } = await session.call("createRunbook", { body: { raw_text, trust_level: 2 } });
    const run = await begin(session, id);
    const waiting = await until(
      "a step to approve",
      () => readExecution(session, run.id),
      (now) => openStep(now) !== undefined,
    );
    await approve(session, waiting, openStep(waiting)!);
    await until(
      "the step running",
      () => readExecution(session, run.id),
      ({ steps }) => steps[0]?.status === "executing" && steps[0].started_at !== null,
    );

    expect(processStates()).toEqual(["S"]);
    const on = await dd0c(["on", "--reason", "wrong database"]);
    expect(on).toMatchObject({ code: 0, stderr: "" });
    expect(on.stdout).toMatch(/^Panic is on since \S+Z, by .+: wrong database\n {2}\S+ +halted since \S+Z\n$/);
    expect(processStates()).toEqual(["T"]);
    expect((await readExecution(session, run.id)).status).toBe("paused");
    expect(await session.call("getPanic", {})).toMatchObject({ on: true, agents: [{ state: "halted" }] });

    const off = await dd0c(["off"]);
    expect(off.code).toBe(1);
    expect(off.stdout).toContain(`${base}/#lift-the-stop`);
    expect(await dd0c(["off", "--json"])).toMatchObject({ code: 1, stdout: expect.stringContaining('"lifted":false') as string });
    expect((await session.call("getPanic", {})).on).toBe(true);
    const refused = await fetch(`${base}/v1/run/panic/off`, {
      method: "POST",
      headers: { authorization: `Bearer ${keys.operator}`, "content-type": "application/json" },
      body: '{"reason":"a machine"}',
    });
    expect([refused.status, ((await refused.json()) as { error: { code: string } }).error.code]).toEqual([403, "HUMAN_REQUIRED"]);
    await session.call("abortExecution", { params: { id: run.id }, body: {} });
    await lift();
  }, 60_000);

  it("calls an agent that is away unreachable, not halted, and says so in its exit code", async () => {
    await agent.kill();
    const gone = await until(
      "the agent gone",
      () => dd0c(["on", "--json"]),
      ({ stdout }) => stdout.includes("unreachable"),
    );
    expect(gone.code).toBe(1);
    expect(JSON.parse(gone.stdout)).toMatchObject({ on: true, agents: [{ state: "unreachable", since: expect.any(String) as string }] });
    const status = await dd0c(["status"]);
    expect(status.code).toBe(1);
    expect(status.stdout).toMatch(/unreachable since \S+Z: not known to have stopped/);
    expect(status.stdout).not.toContain("halted");

    agent = await startAgent(server.ready);
    await until(
      "halted at its return",
      () => dd0c(["status", "--json"]),
      ({ code, stdout }) => code === 0 && stdout.includes("halted"),
    );
    await lift();
  }, 60_000);

  it("is done within a second, program start included", async () => {
    const times: number[] = [];
    for (let run = 0; run < 3; run++) {
      times.push((await dd0c(["on"])).ms);
      await lift();
    }
    expect(Math.min(...times)).toBeLessThan(1_000);
  }, 60_000);

  it("takes the key from a file, and never from an argument", async () => {
    const file = join(folder.path, "key");
    writeFileSync(file, `${keys.viewer}\n`, { mode: 0o600 });
    expect((await dd0c(["status"], { DD0C_API_KEY: "", DD0C_API_KEY_FILE: file })).code).toBe(0);
    expect((await dd0c(["status", "--api-key", keys.viewer])).code).toBe(2);
  });

  it.each([
    ["no key", [], { DD0C_API_KEY: "" }, 2, "DD0C_API_KEY"],
    ["two keys", [], { DD0C_API_KEY_FILE: "/etc/hostname" }, 2, "not both"],
    ["a key file that is missing", [], { DD0C_API_KEY: "", DD0C_API_KEY_FILE: "/no/such/file" }, 2, "/no/such/file"],
    ["an address that is none", [], { DD0C_URL: "ftp://x" }, 2, "DD0C_URL"],
    ["a wrong key", [], { DD0C_API_KEY: "dd0c_wrong" }, 5, "UNAUTHENTICATED"],
  ] as const)("refuses %s", async (_what, args, env, code, says) => {
    const ran = await dd0c(["on", ...args], env);
    expect(ran.code).toBe(code);
    expect(ran.stderr).toContain(says);
    expect((await session.call("getPanic", {})).on).toBe(false);
  });

  it("says that nothing is confirmed when the key may not, when nobody answers, and when it is another program", async () => {
    const viewer = await dd0c(["on"], { DD0C_API_KEY: keys.viewer });
    expect(viewer).toMatchObject({ code: 5, stdout: "", stderr: expect.stringContaining("FORBIDDEN") as string });
    expect(viewer.stderr).toContain("The stop is not confirmed");

    const nobody = await dd0c(["on", "--json"], { DD0C_URL: "http://127.0.0.1:1" });
    expect(nobody.code).toBe(4);
    expect(JSON.parse(nobody.stdout)).toMatchObject({ error: { code: "SERVER_UNREACHABLE" } });

    const other = createServer((_request, answer) => answer.end("<p>hello</p>"));
    await new Promise<void>((listening) => other.listen(0, "127.0.0.1", listening));
    const elsewhere = await dd0c(["on"], { DD0C_URL: `http://127.0.0.1:${(other.address() as AddressInfo).port}` });
    expect(elsewhere).toMatchObject({ code: 4, stdout: "", stderr: expect.stringContaining("UNREADABLE_ANSWER") as string });
    other.close();
  });

  it("calls wrong usage wrong, before anybody is asked", async () => {
    for (const args of [[], ["stop"], ["on", "off"], ["off", "--reason", "x"], ["on", "--reason", ""]])
      expect(await dd0c(args)).toMatchObject({ code: 2, stdout: "" });
  });
});
