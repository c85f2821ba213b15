// Party mode by what an agent reports, with everything real: a server whose scanner differs from the agent's at equal patterns, and an agent
// that runs what this server never planned, because somebody else has the engine's key.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type Agent, enrol, loadConfig, startAgent } from "@dd0c/agent";
import { announcementBytes, grantBytes } from "@dd0c/core";
import { scan } from "@dd0c/scanner";
import { afterEach, describe, expect, it } from "vitest";
import { openEngineKey } from "../../packages/server/src/agents/engine-key.ts";
import { createScannerGuard } from "../../packages/server/src/app/scanner-guard.ts";
import { replayExecutionsJob } from "../../packages/server/src/jobs/replay-executions.ts";
import { verifyChainsJob } from "../../packages/server/src/jobs/verify-chains.ts";
import { asSuperuser } from "../../packages/server/test-support/as-superuser.ts";
import { startTestServer, type TestServer } from "../../packages/server/test-support/running-server.ts";
import { approve, begin, demoRunbook, openStep, readExecution, type Session, signIn, until, walk } from "../support/session.ts";
import { prepare } from "./control-plane.ts";

interface Running {
  readonly server: TestServer;
  readonly admin: Session;
  readonly agent: Agent;
  readonly agentId: string;
}

let running: Running | undefined;
afterEach(async () => {
  await running?.agent.stop();
  await running?.server.stop();
  running = undefined;
});

async function start(judge: typeof scan = scan): Promise<Running> {
  const server = await startTestServer({ environment: { DEMO: "1", AGENT_PORT: "0" }, scanner: createScannerGuard(judge) });
  const admin = await signIn(server.url, await server.newSignInLink());
  await admin.call("setup", { body: { governance_mode: "audit", demo_trust_level: 2 } });
  const config = loadConfig(server.agentConfigFile ?? "");
  const identity = await enrol(config.server, config.name, readFileSync(server.enrolmentTokenFile ?? "", "utf8"));
  const agent = await startAgent({ config, identity: () => identity, log: () => undefined });
  running = { server, admin, agent, agentId: identity.agentId };
  await until("the agent online", async () => agent.isConnected(), Boolean);
  return running;
}

const partyOn = (admin: Session) =>
  until(
    "party mode on record",
    () => admin.call("getPartyMode", {}),
    ({ causes }) => causes.length > 0,
  );
const locked = { status: 423, code: "PARTY_MODE_ACTIVE" };
const trustOf = async (admin: Session, id: string) => (await admin.call("getRunbook", { params: { id } })).trust_level;
const save = async (admin: Session, command: string): Promise<string> =>
  (await admin.call("createRunbook", { body: { raw_text: `# Folder\n\n1. Do it.\n\n       ${command}\n`, trust_level: 2 } })).id;

/** Starts a runbook of one step and approves it. */
async function approveOne(admin: Session, runbookId: string): Promise<string> {
  const { id } = await begin(admin, runbookId);
  const waiting = await until(
    "a step that waits",
    () => readExecution(admin, id),
    (now) => openStep(now) !== undefined,
  );
  await approve(admin, waiting, openStep(waiting)!);
  return id;
}

describe("server and agent with the same patterns", () => {
  const command = "truncate -s 0 made-by-a-test";

  it("that judge one command differently lock the tenant; the runbook loses its trust, others keep theirs", async () => {
    expect(["dangerous", "caution"]).toContain(scan(command).risk);
    const lower = scan(command).risk === "dangerous" ? "caution" : "safe";
    const { admin, agentId } = await start((text) => (text === command ? { ...scan(text), risk: lower, reasons: [] } : scan(text)));
    const [runbookId, other] = [await save(admin, command), await save(admin, "mkdir made-by-a-test")];
    const waitingElsewhere = await begin(admin, other);
    const id = await approveOne(admin, runbookId);
    const { causes } = await partyOn(admin);
    expect(causes).toMatchObject([{ cause: "scanners_disagree", agent_id: agentId, runbook_id: runbookId }]);
    expect([await trustOf(admin, runbookId), await trustOf(admin, other)]).toEqual([0, 2]);
    for (const paused of [id, waitingElsewhere.id])
      await until(
        "the pause",
        () => readExecution(admin, paused),
        ({ status }) => status === "paused",
      );
    await expect(admin.call("startExecution", { body: { runbook_id: other } })).rejects.toMatchObject(locked);
    const { items } = await admin.call("listAudit", { query: { type: "party_mode.activated" } });
    expect(items[0]?.data).toMatchObject({ agent_stricter: true, server_risk: lower, agent_risk: scan(command).risk });
    expect(JSON.stringify(items)).not.toContain("made-by-a-test");
  });

  it("that judge all alike end a whole run without it, and the night finds it stored as it was recorded, unless somebody changed it", async () => {
    const { server, admin } = await start();
    const runbookId = await demoRunbook(admin, /latency/i);
    const { id } = await begin(admin, runbookId);
    await walk(admin, id);
    const { jobContext } = server;
    const night = () => replayExecutionsJob.work(jobContext, Date.now(), new AbortController().signal);
    await night();
    await verifyChainsJob.work(jobContext, Date.now(), new AbortController().signal);
    expect(await admin.call("getPartyMode", {})).toEqual({ on: false, people_needed: 1, causes: [] });

    await asSuperuser(
      server.folder,
      `SET session_replication_role = replica;
       UPDATE run.step_executions SET exit_code = 77, approved_by = 'somebody' WHERE execution_id = '${id}' AND position = 0`,
    );
    await night();
    const { causes } = await partyOn(admin);
    expect(causes).toMatchObject([{ cause: "replay_differs", runbook_id: runbookId }]);
    const { items } = await admin.call("listAudit", { query: { type: "party_mode.activated" } });
    expect(items[0]?.data).toMatchObject({
      execution_id: id,
      differs: expect.arrayContaining(["step_executions.exit_code", "step_executions.approved_by"]),
    });
    await admin.call("leavePartyMode", { body: { reason: "put it back from the events" } });
    await night();
    expect((await admin.call("getPartyMode", {})).on).toBe(false);
  });
});

describe("an agent that runs what this server never sent", () => {
  it("locks the tenant as soon as it says so", async () => {
    const { server, admin, agentId } = await start();
    const trusted = await save(admin, "mkdir made-by-a-test");
    const stolen = await openEngineKey(join(server.folder, "keys", "engine.pem"));
    const { step, announcement, grant, execute } = prepare("mkdir -p made-by-a-thief", { agentId, approved: true });
    const tenant = server.tenantId;
    const sent = server.gateway.send(agentId, {
      $case: "announce",
      value: { executionId: step.executionId, announcement: stolen.sign(announcementBytes({ ...announcement, tenant })) },
    });
    expect(sent).toBe(true);
    server.gateway.send(agentId, { $case: "executeStep", value: { ...execute, grant: stolen.sign(grantBytes({ ...grant!, tenant })) } });
    const { causes } = await partyOn(admin);
    expect(causes).toMatchObject([{ cause: "agent_ran_unplanned", agent_id: agentId, runbook_id: null }]);
    expect(await trustOf(admin, trusted)).toBe(0);
    await expect(admin.call("startExecution", { body: { runbook_id: trusted } })).rejects.toMatchObject(locked);
    const { items } = await admin.call("listAudit", { query: { type: "party_mode.activated" } });
    expect(items).toHaveLength(1);
    expect(items[0]?.data).toMatchObject({ step_execution_id: step.stepExecutionId, fault: "no_such_step" });
  });

  it("finds a step of ours that was never dispatched just as telling", async () => {
    const { server, admin, agentId } = await start();
    const runbookId = await save(admin, "mkdir made-by-a-test");
    const begun = await begin(admin, runbookId);
    const waiting = await until(
      "a step that waits",
      () => readExecution(admin, begun.id),
      (now) => openStep(now) !== undefined,
    );
    const stolen = await openEngineKey(join(server.folder, "keys", "engine.pem"));
    const made = prepare("mkdir -p made-by-a-thief", { agentId, approved: true });
    const tenant = server.tenantId;
    const stepExecutionId = openStep(waiting)!.id;
    const bound = { tenant, execution: begun.id };
    const announcement = {
      ...made.announcement,
      ...bound,
      steps: made.announcement.steps.map((each) => ({ ...each, step_execution: stepExecutionId })),
    };
    server.gateway.send(agentId, {
      $case: "announce",
      value: { executionId: begun.id, announcement: stolen.sign(announcementBytes(announcement)) },
    });
    server.gateway.send(agentId, {
      $case: "executeStep",
      value: {
        ...made.execute,
        step: { executionId: begun.id, stepExecutionId, attempt: 1 },
        grant: stolen.sign(grantBytes({ ...made.grant!, ...bound, step_execution: stepExecutionId })),
      },
    });
    const { causes } = await partyOn(admin);
    expect(causes).toMatchObject([{ cause: "agent_ran_unplanned", agent_id: agentId, runbook_id: runbookId }]);
    await until(
      "the pause",
      () => readExecution(admin, begun.id),
      ({ status }) => status === "paused",
    );
  });
});
