// The agent is killed -9 while a step runs, and comes back: the processes that outlived it are named on the run's page, a person ends them,
// and only then is the outcome said to be unknown. Everything real, as separate processes.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { allow, type Part, startAgent, startServer } from "./support/parts.ts";
import { freePorts, type Ports, temporaryFolder } from "./support/product.ts";
import { approve, begin, openStep, readExecution, type Session, signIn, until } from "./support/session.ts";

let folder: ReturnType<typeof temporaryFolder>;
let ports: Ports;
let server: Awaited<ReturnType<typeof startServer>>;
let agent: Part<unknown>;
let session: Session;

beforeAll(async () => {
  folder = temporaryFolder();
  ports = await freePorts();
  server = await startServer(ports, join(folder.path, "data"));
  allow(join(folder.path, "data"), { program: "sleep", arguments: ["*"], maxRisk: "unknown" });
  agent = await startAgent(server.ready);
  session = await signIn(`http://127.0.0.1:${ports.web}`, server.ready.signInUrl);
}, 60_000);
afterAll(async () => {
  await agent.stop();
  await server.stop();
  folder.remove();
});

const stepOf = async (id: string) => (await readExecution(session, id)).steps[0]!;

async function running(command: string): Promise<string> {
  const raw_text = `# Wait\n\n1. Wait:\n\n   \`\`\`bash\n   ${command}\n   \`\`\`\n`;
  const runbook = await session.call("createRunbook", { body: { raw_text } });
  await session.call("updateRunbook", { params: { id: runbook.id }, body: { trust_level: 2, reason: "a test" } });
  const { id } = await begin(session, runbook.id);
  const waiting = await until(
    "a step that waits",
    () => readExecution(session, id),
    (now) => openStep(now) !== undefined,
  );
  await approve(session, waiting, openStep(waiting)!);
  await until(
    "the start",
    () => stepOf(id),
    ({ started_at }) => started_at !== null,
  );
  return id;
}

/** Living processes that carry the step's marker. */
const processesOf = (stepExecutionId: string): readonly string[] =>
  readdirSync("/proc").filter((pid) => {
    try {
      return /^\d+$/.test(pid) && readFileSync(`/proc/${pid}/environ`, "latin1").includes(`DD0C_STEP=${stepExecutionId}\0`);
    } catch {
      return false;
    }
  });

describe("a step", () => {
  it("that outlived its agent is still running, stoppable, and of unknown outcome when it is gone", async () => {
    const id = await running("sleep 55");
    await agent.kill();
    const step = await stepOf(id);
    // A read stands in its sandbox, which is a process too.
    const processes = processesOf(step.id).length;
    expect([step.status, processes]).toEqual(["executing", 2]);
    agent = await startAgent(server.ready);
    const found = await until(
      "the survivor on the page",
      () => stepOf(id),
      ({ still_running }) => still_running !== null,
    );
    expect([found.status, found.still_running, found.stoppable]).toEqual(["executing", { processes }, true]);
    await session.call("stopStep", { params: { id, sid: step.id }, body: { reason: "nobody waits for it" } });
    await until(
      "the answer",
      () => stepOf(id),
      ({ status }) => status === "outcome_unknown",
    );
    expect(processesOf(step.id)).toEqual([]);
    const { status, status_reason } = await readExecution(session, id);
    expect([status, status_reason]).toEqual(["paused", expect.stringContaining("Nobody can tell")]);
    const asked = (await session.call("listAudit", { query: { execution_id: id, type: "step.stop_requested" } })).items;
    expect(asked.map(({ data, actor }) => [data["reason"], actor.type])).toEqual([["nobody waits for it", "user"]]);
  }, 60_000);

  it("that runs is ended by a person; with the run, if that is what is wanted", async () => {
    const one = await running("sleep 56");
    await session.call("stopStep", { params: { id: one, sid: (await stepOf(one)).id }, body: {} });
    const ended = await until(
      "its end",
      () => stepOf(one),
      ({ status }) => status !== "executing",
    );
    // A read that ended otherwise than it should is a diagnosis: a person looks at it.
    expect([ended.status, (await readExecution(session, one)).status, processesOf(ended.id)]).toEqual(["completed", "paused", []]);
    const two = await running("sleep 57");
    await session.call("abortExecution", { params: { id: two }, body: { reason: "wrong host", terminate: true } });
    const { id } = await stepOf(two);
    await until(
      "the end of its processes",
      async () => processesOf(id).length,
      (count) => count === 0,
    );
    expect((await readExecution(session, two)).status).toBe("aborted");
  }, 60_000);
});
