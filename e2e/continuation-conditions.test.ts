// Conditions of a run that goes on at the agent's host while no server is there: what a step printed there is no evidence for the server, so that
// the person answers, also where a check was declared; the server takes the answers in as they were given.
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { allow, type Part, startAgent, startServer } from "./support/parts.ts";
import { freePorts, type Ports, temporaryFolder } from "./support/product.ts";
import { Pty } from "./support/pty.ts";
import { approve, begin, openStep, readExecution, type Session, signIn, until } from "./support/session.ts";

const words = ["one", "two", "three", "four", "five", "six"] as const;

let folder: ReturnType<typeof temporaryFolder>;
let ports: Ports;
let server: Awaited<ReturnType<typeof startServer>>;
let agent: Part<unknown>;
let session: Session;
let effects: () => readonly string[];
let id: string;
let code: string;

/** A run whose first step is done, and whose person has a code. Steps 3 and 4 hang on what step 2 prints, 5 and 6 on what a person sees. */
async function firstStepDone(program: string): Promise<void> {
  const at = (word: string) => `\`${program} ${word}\``;
  const raw_text = `# Decisions

## Steps

1. Look: ${at("one")}
2. Look again: ${at("two")}
3. If the output contains "two is red", repair it: ${at("three")}
4. Otherwise go another way: ${at("four")}
5. If the light is still red, repair it once more: ${at("five")}
6. Otherwise finish: ${at("six")}
`;
  const runbook = await session.call("createRunbook", { body: { raw_text, source_type: "markdown" } });
  await session.call("updateRunbook", { params: { id: runbook.id }, body: { trust_level: 2, reason: "a test" } });
  ({ id } = await begin(session, runbook.id));
  ({ code } = await session.call("issueRecoveryCode", { params: { id } }));
  const waiting = await until(
    "a step that waits",
    () => readExecution(session, id),
    (now) => openStep(now) !== undefined,
  );
  const first = openStep(waiting);
  if (first !== undefined) await approve(session, waiting, first);
  await until(
    "the second step",
    () => readExecution(session, id),
    (now) => openStep(now)?.status === "awaiting_approval" && now.steps[0]?.status === "completed",
  );
}

beforeAll(async () => {
  folder = temporaryFolder();
  ports = await freePorts();
  const work = join(folder.path, "work");
  mkdirSync(work);
  const [file, program] = [join(work, "effects.txt"), join(work, "effect")];
  writeFileSync(program, `#!/bin/sh\necho "$1" >> ${file}\necho "$1 is red"\n`);
  chmodSync(program, 0o755);
  effects = () => (existsSync(file) ? readFileSync(file, "utf8").trim().split("\n") : []);
  server = await startServer(ports, join(folder.path, "data"));
  for (const word of words) allow(join(folder.path, "data"), { program, arguments: [word], maxRisk: "unknown" });
  agent = await startAgent(server.ready);
  session = await signIn(`http://127.0.0.1:${ports.web}`, server.ready.signInUrl);
  await firstStepDone(program);
}, 60_000);

afterAll(async () => {
  await agent.stop();
  await server.stop();
  folder.remove();
});

it("at the host a person answers each condition by a key, with a note; a declared check too, and it says why", async () => {
  await agent.stop();
  await server.kill();
  const pty = new Pty(["agent", "resume", id, "--config", server.ready.agentConfigFile], { cwd: folder.path });
  const approveHere = async (command: string) => {
    await pty.see(command);
    await pty.answer("y");
    await pty.see(/undo this/);
    await pty.answer("y");
  };
  await pty.answer(code, "code:");
  await approveHere("effect two");
  await pty.see("two is red");
  await pty.see("No server has seen what was printed here.");
  await pty.see("Yes leaves out step 4; no leaves out step 3.");
  await pty.answer("y");
  await pty.answer("two was red", "What did you see?");
  await pty.see("Left out: 4.");
  await approveHere("effect three");
  await pty.see("If the light is still red");
  await pty.see("Yes leaves out step 6; no leaves out step 5.");
  await pty.answer("n");
  await pty.answer("all green", "What did you see?");
  await pty.see("Left out: 5.");
  await approveHere("effect six");
  await pty.see("The run is completed");
  expect(await pty.ended).toBe(0);
  expect(effects()).toEqual(["one", "two", "three", "six"]);
}, 60_000);

it("the server takes both answers in, each with who gave it and marked as late, and the chain holds", async () => {
  server = await startServer(ports, join(folder.path, "data"));
  agent = await startAgent(server.ready);
  session = await signIn(`http://127.0.0.1:${ports.web}`, server.ready.signInUrl);
  const execution = await until(
    "the end of the run",
    () => readExecution(session, id),
    (now) => now.status === "completed",
  );
  expect(execution.steps.map(({ status }) => status)).toEqual(["completed", "completed", "completed", "skipped", "skipped", "completed"]);
  const headers = { cookie: session.cookie };
  const text = await (await fetch(`${session.base}/v1/run/audit/export`, { headers })).text();
  const events = text
    .split("\n")
    .flatMap((line) => (line.includes(id) ? [(JSON.parse(line) as { event: Record<string, unknown> }).event] : []));
  expect(events.filter(({ type }) => type === "execution.branch_answered")).toMatchObject([
    { late: true, actor: { type: "user", via: "agent" }, data: { answer: "yes", note: "two was red", looked_at: null } },
    { late: true, actor: { type: "user", via: "agent" }, data: { answer: "no", note: "all green" } },
  ]);
  expect((await session.call("verifyAudit", {})).ok).toBe(true);
  expect((await session.call("getPartyMode", {})).on).toBe(false);
  expect(effects()).toEqual(["one", "two", "three", "six"]);
}, 60_000);
