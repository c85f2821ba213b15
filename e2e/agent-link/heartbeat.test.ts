// An agent that is connected and says nothing: its run is paused, pages tell the truth about both, and the run goes on only when a person
// says so. Real server, the agent as the program that users start; heartbeats are expected every second instead of every ten.
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { startTestServer, type TestServer } from "../../packages/server/test-support/running-server.ts";
import { approve, begin, openStep, readExecution, type Session, signIn, until } from "../support/session.ts";
import { type AgentProcess, agentProgram, type Host, removeAgentProgram, startProcess } from "./agent-host.ts";

let server: TestServer;
let admin: Session;
let agent: AgentProcess;

beforeAll(async () => {
  await agentProgram();
  server = await startTestServer({ environment: { AGENT_PORT: "0" }, heartbeatIntervalMs: 1_000 });
  admin = await signIn(server.url, await server.newSignInLink());
  const folder = join(server.folder, "edge");
  const host: Host = { folder, work: join(folder, "work"), configFile: join(folder, "agent.json") };
  mkdirSync(host.work, { recursive: true });
  const fields = { server: `127.0.0.1:${server.agentPort}`, name: "edge", workingDirectories: [host.work], graceMs: 200 };
  writeFileSync(host.configFile, JSON.stringify(fields), { mode: 0o600 });
  agent = await startProcess(host, (await admin.call("createEnrolmentToken", { body: { agent_name: "edge" } })).token);
}, 60_000);
afterAll(async () => {
  agent.child.kill("SIGKILL");
  await agent.exited;
  await server.stop();
  removeAgentProgram();
});

const shown = async () => (await admin.call("listAgents", {})).items[0];

it("three missed heartbeats pause the run; it is resumed by a person, and the step that ran all along ends it", async () => {
  await until("the agent", shown, (one) => one?.status === "online");
  const raw_text = "# Wait\n\n1. Wait:\n\n   ```bash\n   sleep 8 && uptime\n   ```\n";
  const runbook = await admin.call("createRunbook", { body: { raw_text, trust_level: 2 } });
  const { id } = await begin(admin, runbook.id);
  const read = () => readExecution(admin, id);
  const waiting = await until("a step that waits", read, (now) => openStep(now) !== undefined);
  await approve(admin, waiting, openStep(waiting)!);
  await until("the start", read, ({ steps }) => steps[0]?.started_at != null);

  agent.child.kill("SIGSTOP");
  const paused = await until("the pause", read, ({ status }) => status === "paused");
  expect(paused.status_reason).toBe("The agent stopped answering. What it was doing is not known yet.");
  expect([paused.steps[0]?.status, paused.steps[0]?.stoppable, (await shown())?.status]).toEqual(["executing", true, "offline"]);
  const [lost] = (await admin.call("listAudit", { query: { type: "agent.heartbeat_lost" } })).items;
  expect(lost?.data["duration_offline_ms"]).toBeGreaterThan(2_000);

  agent.child.kill("SIGCONT");
  await until("the agent again", shown, (one) => one?.status === "online");
  expect((await read()).status).toBe("paused");
  const resumed = await admin.call("resumeExecution", { params: { id }, body: { reason: "it is back" } });
  expect(["running", "completed"]).toContain(resumed.status);
  const done = await until("the end", read, ({ status }) => status === "completed");
  expect(done.steps[0]?.exit_code).toBe(0);
}, 60_000);
