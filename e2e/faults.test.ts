// Agent, server and database are killed while a step runs. Each run of the step appends one line to a file: the file is the proof that
// nothing happened twice. The execution says what is true, and the chain verifies.
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { allow, type Part, startAgent, startServer } from "./support/parts.ts";
import { ended, freePorts, type Ports, temporaryFolder } from "./support/product.ts";
import { approve, begin, openStep, readExecution, type Session, signIn, until } from "./support/session.ts";

let folder: ReturnType<typeof temporaryFolder>;
let ports: Ports;
let server: Awaited<ReturnType<typeof startServer>>;
let agent: Part<unknown>;
let session: Session;
let program: string;
let lines: () => number;

beforeEach(async () => {
  folder = temporaryFolder();
  ports = await freePorts();
  const work = join(folder.path, "work");
  mkdirSync(work);
  const file = join(work, "effects.txt");
  // The effect comes first, then time in which somebody can be killed.
  writeFileSync(join(work, "effect"), `#!/bin/sh\necho effect >> ${file}\nsleep 3\n`);
  chmodSync(join(work, "effect"), 0o755);
  program = join(work, "effect");
  lines = () => (existsSync(file) ? readFileSync(file, "utf8").trim().split("\n").length : 0);
  server = await startServer(ports, join(folder.path, "data"));
  allow(join(folder.path, "data"), { program, arguments: [], maxRisk: "unknown" });
  agent = await startAgent(server.ready);
  session = await signIn(`http://127.0.0.1:${ports.web}`, server.ready.signInUrl);
});
afterEach(async () => {
  await agent.stop();
  await server.stop();
  folder.remove();
});

/** A run whose one step is approved and has had its effect. */
async function running(): Promise<string> {
  const raw_text = `# Effect\n\n1. Run it:\n\n   \`\`\`bash\n   ${program}\n   \`\`\`\n`;
  const runbook = await session.call("createRunbook", { body: { raw_text, source_type: "markdown" } });
  await session.call("updateRunbook", { params: { id: runbook.id }, body: { trust_level: 2, reason: "a test" } });
  const started = await begin(session, runbook.id);
  const waiting = await until(
    "a step that waits",
    () => readExecution(session, started.id),
    (now) => openStep(now) !== undefined,
  );
  const step = openStep(waiting);
  expect(step).toMatchObject({ status: "awaiting_approval", risk: "unknown" });
  if (step !== undefined) await approve(session, waiting, step);
  await until(
    "the effect",
    async () => lines(),
    (count) => count === 1,
  );
  return started.id;
}

const verified = async (): Promise<boolean> => (await session.call("verifyAudit", {})).ok;
const settled = (id: string) =>
  until(
    "a truthful state",
    () => readExecution(session, id),
    (now) => ["completed", "outcome_unknown"].includes(now.steps[0]?.status ?? ""),
    45_000,
  );

describe("killed while a step runs", () => {
  it("the agent: the step is not run again, and nobody claims to know how it ended", async () => {
    const id = await running();
    await agent.kill();
    agent = await startAgent(server.ready);
    const execution = await settled(id);
    expect(execution.steps[0]?.status).toBe("outcome_unknown");
    expect(lines()).toBe(1);
    expect(await verified()).toBe(true);
  });

  it("the server: the result arrives after its return, once", async () => {
    const id = await running();
    await server.kill();
    server = await startServer(ports, join(folder.path, "data"));
    session = await signIn(`http://127.0.0.1:${ports.web}`, server.ready.signInUrl);
    const execution = await settled(id);
    expect(execution.steps[0]).toMatchObject({ status: "completed", exit_code: 0 });
    expect(lines()).toBe(1);
    expect(await verified()).toBe(true);
  });

  it("the embedded database: the server says so and ends, and what was recorded is there afterwards", async () => {
    const id = await running();
    const child = readdirSync("/proc").find((pid) => {
      try {
        return (
          readFileSync(`/proc/${pid}/cmdline`, "utf8").includes("embedded-db.js") &&
          readFileSync(`/proc/${pid}/stat`, "utf8").includes(` ${server.child.pid} `)
        );
      } catch {
        return false;
      }
    });
    expect(child).toBeDefined();
    process.kill(Number(child), "SIGKILL");
    expect(await ended(server.child)).toBe(1);
    expect(server.stderr()).toContain("embedded database ended by itself");
    server = await startServer(ports, join(folder.path, "data"));
    session = await signIn(`http://127.0.0.1:${ports.web}`, server.ready.signInUrl);
    expect((await settled(id)).steps[0]?.status).toBe("completed");
    expect(lines()).toBe(1);
    expect(await verified()).toBe(true);
  });
});
