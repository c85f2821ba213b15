// The server is killed while a step runs. A person goes on at the agent's host with the code that they got before, in a real terminal; when
// the server is back the agent hands everything over. Each step appends to a file: nothing ran twice. The chain verifies, here and offline.
import { spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { allow, type Part, startAgent, startServer } from "./support/parts.ts";
import { freePorts, type Ports, root, temporaryFolder } from "./support/product.ts";
import { Pty } from "./support/pty.ts";
import { approve, begin, openStep, readExecution, type Session, signIn, until } from "./support/session.ts";

let folder: ReturnType<typeof temporaryFolder>;
let ports: Ports;
let server: Awaited<ReturnType<typeof startServer>>;
let agent: Part<unknown>;
let session: Session;
let program: string;
let effects: () => readonly string[];
let id: string;
let code: string;

beforeAll(async () => {
  folder = temporaryFolder();
  ports = await freePorts();
  const work = join(folder.path, "work");
  mkdirSync(work);
  const file = join(work, "effects.txt");
  program = join(work, "effect");
  // The effect comes first, then time in which somebody can be killed.
  writeFileSync(program, `#!/bin/sh\necho "$1" >> ${file}\nsleep 1\necho "$1 done" >> ${file}\n`);
  chmodSync(program, 0o755);
  effects = () => (existsSync(file) ? readFileSync(file, "utf8").trim().split("\n") : []);
  server = await startServer(ports, join(folder.path, "data"));
  allow(join(folder.path, "data"), { program, arguments: ["one"], maxRisk: "unknown" });
  allow(join(folder.path, "data"), { program, arguments: ["two"], maxRisk: "unknown" });
  allow(join(folder.path, "data"), { program, arguments: ["three"], maxRisk: "unknown" });
  agent = await startAgent(server.ready);
  session = await signIn(`http://127.0.0.1:${ports.web}`, server.ready.signInUrl);
  id = await running();
}, 60_000);

afterAll(async () => {
  await agent.stop();
  await server.stop();
  folder.remove();
});

/** A run whose first step is under way, and whose person has a code. */
async function running(): Promise<string> {
  const step = (word: string, at: number) => `${at}. Step ${word}:\n\n   \`\`\`bash\n   ${program} ${word}\n   \`\`\`\n`;
  const raw_text = `# Effects\n\n${["one", "two", "three"].map((word, at) => step(word, at + 1)).join("\n")}`;
  const runbook = await session.call("createRunbook", { body: { raw_text, source_type: "markdown" } });
  await session.call("updateRunbook", { params: { id: runbook.id }, body: { trust_level: 2, reason: "a test" } });
  const started = await begin(session, runbook.id);
  ({ code } = await session.call("issueRecoveryCode", { params: { id: started.id } }));
  const waiting = await until(
    "a step that waits",
    () => readExecution(session, started.id),
    (now) => openStep(now) !== undefined,
  );
  const first = openStep(waiting);
  if (first !== undefined) await approve(session, waiting, first);
  await until(
    "the effect",
    async () => effects(),
    (lines) => lines.includes("one"),
  );
  return started.id;
}

const agentFile = () => server.ready.agentConfigFile;
const resume = () => new Pty(["agent", "resume", id, "--config", agentFile()], { cwd: folder.path });

/** The end of a call that runs nothing. */
async function refused(words: RegExp): Promise<number> {
  const pty = resume();
  await pty.see(words);
  return pty.ended;
}

describe("the server is lost in the middle of a run", () => {
  it("nobody goes on at the host while the agent runs there, or while the server is there", async () => {
    expect(await refused(/The agent is running/)).toBe(2);
    await until(
      "the end of the first step",
      async () => effects(),
      (lines) => lines.includes("one done"),
    );
    await agent.stop();
    expect(await refused(/The server \S+ is there/)).toBe(2);
    const piped = spawnSync(process.execPath, ["packages/agent/dist/main.js", "resume", id, "--config", agentFile()], { cwd: root });
    expect(piped.status).toBe(4);
  }, 30_000);

  it("without the code, or after a panic, nothing is run", async () => {
    await server.kill();
    const marker = join(folder.path, "data/agent/data/capsules/no-panic");
    rmSync(marker);
    expect(await refused(/PANIC_ACTIVE/)).toBe(2);
    writeFileSync(marker, "");
    const pty = resume();
    for (const guess of ["let me in", "AAAAA-AAAAA-AAAAA-AAAAA-AAAAA", "23456-23456-23456-23456-23456"]) await pty.answer(guess, "code:");
    await pty.see("RECOVERY_CODE_INVALID");
    expect(await pty.ended).toBe(2);
    expect(pty.screen).not.toContain("23456");
    expect(effects()).toEqual(["one", "one done"]);
  }, 30_000);

  it("with the code, the run goes on where it stands, step for step, and can be left and taken up again", async () => {
    let pty = resume();
    await pty.answer(code.toLowerCase(), "code:");
    await pty.see("Step 2 of 3");
    await pty.see(`${program} two`);
    await pty.answer("y");
    expect(pty.screen).not.toMatch(/change the command|look first/);
    await pty.see(/undo this/);
    await pty.answer("y");
    await pty.see("Step 3 of 3");
    await pty.answer("q");
    expect(await pty.ended).toBe(5);
    expect(effects()).toEqual(["one", "one done", "two", "two done"]);

    pty = resume();
    await pty.answer(code, "code:");
    await pty.see("Step 3 of 3");
    await pty.answer("y");
    await pty.see(/undo this/);
    await pty.answer("y");
    await pty.see("The run is completed");
    expect(await pty.ended).toBe(0);
    expect(effects()).toEqual(["one", "one done", "two", "two done", "three", "three done"]);
  }, 40_000);

  it("the server takes it in: the run is over, each event says where it comes from, and the chain holds", async () => {
    server = await startServer(ports, join(folder.path, "data"));
    agent = await startAgent(server.ready);
    session = await signIn(`http://127.0.0.1:${ports.web}`, server.ready.signInUrl);
    const execution = await until(
      "the end of the run",
      () => readExecution(session, id),
      (now) => now.status === "completed",
    );
    expect(execution.steps.map(({ status }) => status)).toEqual(["completed", "completed", "completed"]);
    expect(effects()).toHaveLength(6);
    expect((await session.call("verifyAudit", {})).ok).toBe(true);

    const headers = { cookie: session.cookie };
    const text = await (await fetch(`${session.base}/v1/run/audit/export`, { headers })).text();
    const file = join(folder.path, "audit.jsonl");
    writeFileSync(file, text);
    const verified = spawnSync(process.execPath, ["packages/cli/bin/dd0c.js", "verify-audit", file], { cwd: root, encoding: "utf8" });
    expect(verified).toMatchObject({ status: 0, stdout: expect.stringMatching(/^OK: /) as string });
    const events = text
      .split("\n")
      .flatMap((line) => (line.includes(id) ? [(JSON.parse(line) as { event: Record<string, unknown> }).event] : []));
    const approvals = events.filter(({ type }) => type === "step.approved");
    expect(approvals.map(({ late, actor }) => [late, (actor as { via: string }).via])).toEqual([
      [false, "web"],
      [true, "agent"],
      [true, "agent"],
    ]);
    expect(approvals.slice(1).every(({ data }) => Object.hasOwn(data as object, "under_capsule"))).toBe(true);
    expect(text).not.toContain(code);
  }, 60_000);

  it("a record that nobody signed locks the tenant, and changes nothing about the run", async () => {
    await agent.stop();
    expect(await refused(/The server \S+ is there/)).toBe(2);
    const place = join(folder.path, "data/agent/data/capsules");
    const settled = readdirSync(place).find((name) => name.endsWith(".settled")) ?? "";
    const documents = readFileSync(join(place, settled), "utf8").trim().split("\n");
    const [keyId = "", signature = "", payload = ""] = JSON.parse(documents.at(-1) ?? "") as string[];
    const forged = Buffer.from(Buffer.from(payload, "base64").toString().replace('"by":"engine"', '"by":"person"')).toString("base64");
    expect(forged).not.toBe(payload);
    const lines = [...documents.slice(0, -1), JSON.stringify([keyId, signature, forged])];
    writeFileSync(join(place, "forged.continuation"), `${lines.join("\n")}\n`);
    agent = await startAgent(server.ready);
    const { causes } = await until(
      "party mode",
      () => session.call("getPartyMode", {}),
      ({ on }) => on,
    );
    expect(causes).toMatchObject([{ cause: "agent_ran_unplanned" }]);
    expect((await readExecution(session, id)).status).toBe("completed");
  }, 40_000);
});
