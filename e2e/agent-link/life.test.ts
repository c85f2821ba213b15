// The life of an agent with everything real: a server and its database, an agent over mTLS. Certificates are revoked, renewed and replaced
// while steps run; a program that nobody registered gets no work. What people see is read from the answers of the API.
import { mkdtempSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Agent, type AgentIdentity, enrol, loadConfig, renew, startAgent } from "@dd0c/agent";
import { ApiError } from "@dd0c/protocol/http";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { startTestServer, type TestServer } from "../../packages/server/test-support/running-server.ts";
import { approve, openStep, readExecution, type Session, signIn, until } from "../support/session.ts";

let server: TestServer;
let admin: Session;
let count = 0;
const agents: Agent[] = [];

beforeAll(async () => {
  server = await startTestServer({ environment: { AGENT_PORT: "0" } });
  admin = await signIn(server.url, await server.newSignInLink());
  await admin.call("setup", { body: { governance_mode: "strict", demo_trust_level: 2 } });
}, 60_000);
afterEach(async () => {
  for (const agent of agents.splice(0)) await agent.stop();
});
afterAll(() => server.stop());

interface Life {
  readonly agent: Agent;
  readonly config: ReturnType<typeof loadConfig>;
  identity: AgentIdentity;
  readonly log: string[];
}

const token = async (name: string): Promise<string> => (await admin.call("createEnrolmentToken", { body: { agent_name: name } })).token;

function configOf(name: string) {
  const folder = mkdtempSync(join(server.folder, "agent-"));
  const file = join(folder, "agent.json");
  const fields = {
    server: `127.0.0.1:${server.agentPort}`,
    name,
    workingDirectories: [folder],
    graceMs: 200,
    rateLimit: { intervalMs: 0 },
  };
  writeFileSync(file, JSON.stringify(fields), { mode: 0o600 });
  return loadConfig(file);
}

/** An agent in a data folder of its own. @param first enrolled earlier, or by a new token here */
async function live(name: string, first?: AgentIdentity): Promise<Life> {
  const config = configOf(name);
  const log: string[] = [];
  let identity = first ?? (await enrol(config.server, config.name, await token(name)));
  const agent = await startAgent({
    config,
    identity: () => identity,
    log: (_level, event, facts) => void log.push(`${event} ${JSON.stringify(facts)}`),
  });
  agents.push(agent);
  return {
    agent,
    config,
    log,
    get identity() {
      return identity;
    },
    set identity(next) {
      identity = next;
    },
  };
}

const connected = (life: Life): Promise<boolean> => until("a stream", async () => life.agent.isConnected(), Boolean);
const shown = async (life: Life) => (await admin.call("listAgents", {})).items.find(({ id }) => id === life.identity.agentId)!;
const events = async (type: string) => (await admin.call("listAudit", { query: { type, limit: 500 } })).items.map(({ data }) => data);
const nextName = (): string => `edge-${++count}`;

/** A run of one command on this agent, approved. */
async function running(life: Life, command: string): Promise<{ readonly id: string; readonly sid: string }> {
  const raw_text = `# Work\n\n1. Do it:\n\n   \`\`\`bash\n   ${command}\n   \`\`\`\n`;
  const { id } = await admin.call("createRunbook", { body: { raw_text, trust_level: 2 } });
  const started = await admin.call("startExecution", { body: { runbook_id: id, agent_id: life.identity.agentId } });
  await admin.call("confirmPreflight", { params: { id: started.id }, body: { confirmed: started.checklist.map(({ id: each }) => each) } });
  const waiting = await until(
    "a question",
    () => readExecution(admin, started.id),
    (now) => openStep(now) !== undefined,
  );
  const step = openStep(waiting)!;
  await approve(admin, waiting, step);
  return { id: started.id, sid: step.id };
}
const stepOf = async (run: { readonly id: string; readonly sid: string }) =>
  (await readExecution(admin, run.id)).steps.find(({ id }) => id === run.sid)!;

describe("a revoked certificate", () => {
  it("ends its live stream at once, lets nobody in, renews nothing, and is on record with its reason", async () => {
    const life = await live(nextName());
    await connected(life);
    const { certificates, status } = await shown(life);
    expect([status, certificates.length, certificates[0]?.in_use]).toEqual(["online", 1, true]);
    const [{ serial } = { serial: "" }] = certificates;
    const asked = performance.now();
    await admin.call("revokeAgent", { params: { id: life.identity.agentId }, body: { serial, reason: "a laptop was lost" } });
    await until(
      "the end of the stream",
      async () => life.agent.isConnected(),
      (on) => !on,
      2_000,
    );
    expect(performance.now() - asked).toBeLessThan(2_000);
    expect(life.log.some((line) => line.startsWith('certificate_refused {"reason":"CERTIFICATE_INVALID: revoked"'))).toBe(true);
    life.agent.redial();
    await until(
      "a second refusal",
      async () => life.log.filter((line) => line.startsWith("certificate_refused")).length,
      (n) => n >= 2,
    );
    await expect(renew(life.config.server, life.identity)).rejects.toMatchObject({ code: "CERTIFICATE_INVALID" });
    expect(await shown(life)).toMatchObject({
      status: "offline",
      certificate_expires_at: null,
      status_reason: expect.stringContaining("new one-time token"),
      certificates: [{ serial, in_use: false, revoked_at: expect.any(String) }],
    });
    expect(await events("agent.revoked")).toMatchObject([
      { agent_id: life.identity.agentId, certificate_serials: [serial], whole_agent: false, reason: "a laptop was lost" },
    ]);
    // Once is enough: saying it again records nothing.
    await admin.call("revokeAgent", { params: { id: life.identity.agentId }, body: { serial, reason: "again" } });
    expect(await events("agent.revoked")).toHaveLength(1);
  });

  it("leaves another certificate of the same agent alone; without a serial everything ends, its unused tokens too", async () => {
    const name = nextName();
    const life = await live(name);
    await connected(life);
    const [first] = (await shown(life)).certificates;
    life.identity = await renew(life.config.server, life.identity);
    life.agent.redial();
    await until(
      "the stream with the new certificate",
      () => shown(life),
      ({ certificates }) => certificates[0]?.in_use === true,
    );
    await admin.call("revokeAgent", { params: { id: life.identity.agentId }, body: { serial: first!.serial, reason: "the old one" } });
    await admin.call("registerAgentBinary", { body: { hash: "a".repeat(64), name: "a wake-up of every stream" } });
    expect(await shown(life)).toMatchObject({
      status: "online",
      certificates: [{ in_use: true, revoked_at: null }, { serial: first!.serial }],
    });
    const unused = await token(name);
    await admin.call("revokeAgent", { params: { id: life.identity.agentId }, body: { reason: "sold" } });
    await until(
      "the end of the stream",
      async () => life.agent.isConnected(),
      (on) => !on,
      2_000,
    );
    expect(await shown(life)).toMatchObject({ status: "revoked" });
    await expect(enrol(life.config.server, name, unused)).rejects.toMatchObject({ code: "ENROLMENT_TOKEN_INVALID" });
  });

  it("is an admin's own deed: no key may do it, nothing unknown can be revoked", async () => {
    const life = await live(nextName());
    const { key } = await admin.call("createApiKey", { body: { name: "ci", role: "operator" } });
    const body = { reason: "because" };
    const params = { id: life.identity.agentId };
    await expect(server.withKey(key).call("revokeAgent", { params, body })).rejects.toMatchObject({ code: "HUMAN_REQUIRED" });
    const wrong = { params, body: { ...body, serial: "00" } };
    await expect(admin.call("revokeAgent", wrong)).rejects.toMatchObject({ code: "CERTIFICATE_NOT_FOUND" });
    const nobody = { params: { id: "00000000-0000-4000-8000-000000000000" }, body };
    await expect(admin.call("revokeAgent", nobody)).rejects.toBeInstanceOf(ApiError);
  });
});

describe("enrolling again", () => {
  it("on a new machine ends what the old one held; what it was doing is outcome unknown", async () => {
    const name = nextName();
    const old = await live(name);
    await connected(old);
    const run = await running(old, "sleep 30");
    await until(
      "the step on its way",
      () => stepOf(run),
      ({ status }) => status === "executing",
    );
    const fresh = await live(name);
    expect(fresh.identity.agentId).toBe(old.identity.agentId);
    await until(
      "the end of the old stream",
      async () => old.agent.isConnected(),
      (on) => !on,
      5_000,
    );
    await connected(fresh);
    expect(old.log.some((line) => line.includes("CERTIFICATE_INVALID: revoked"))).toBe(true);
    expect(
      (
        await until(
          "the answer",
          () => stepOf(run),
          ({ status }) => status !== "executing",
        )
      ).status,
    ).toBe("outcome_unknown");
    expect((await shown(fresh)).certificates.map(({ revoked_at }) => revoked_at === null)).toEqual([true, false]);
    expect((await events("agent.registered"))[0]).toMatchObject({ replaced_serials: [expect.any(String)] });
  });

  it("is refused for the data folder of another agent, and the token stays good for its owner", async () => {
    const one = await live(nextName());
    const name = nextName();
    const another = await token(name);
    await expect(enrol(one.config.server, name, another, one.identity)).rejects.toMatchObject({ code: "TOKEN_OF_ANOTHER_AGENT" });
    expect((await enrol(one.config.server, name, another)).agentId).not.toBe(one.identity.agentId);
  });
});

describe("a renewed certificate", () => {
  it("is used at once, and the step that runs meanwhile arrives whole", async () => {
    const life = await live(nextName());
    await connected(life);
    const run = await running(life, "seq 1 300 && sleep 1 && seq 301 600");
    await until(
      "the step on its way",
      () => stepOf(run),
      ({ status }) => status === "executing",
    );
    life.identity = await renew(life.config.server, life.identity);
    life.agent.redial();
    const done = await until(
      "the end",
      () => stepOf(run),
      ({ status }) => status === "completed",
      10_000,
    );
    expect(done.exit_code).toBe(0);
    const { chunks } = await admin.call("getStepOutput", { params: run });
    expect(chunks.map(({ text }) => text).join("")).toBe(Array.from({ length: 600 }, (_, at) => `${at + 1}\n`).join(""));
    const { certificates } = await shown(life);
    expect(certificates.map(({ in_use }) => in_use)).toEqual([true, false]);
  });
});

describe("a program that nobody registered", () => {
  let life: Life;
  beforeEach(async () => {
    life = await live(nextName());
    await connected(life);
  });

  it("gets no work, says why on its page, and works again when an admin registers it; other agents go on", async () => {
    const { binary_hash: hash, status } = await shown(life);
    expect([status, hash]).toEqual(["online", expect.stringMatching(/^[0-9a-f]{64}$/)]);
    await admin.call("retireAgentBinary", { params: { hash: hash! } });
    const blocked = await until(
      "the block",
      () => shown(life),
      (agent) => agent.status === "blocked",
    );
    expect(blocked.status_reason).toContain("nobody registered");
    const raw_text = "# Work\n\n1. Look:\n\n   ```bash\n   uptime\n   ```\n";
    const { id } = await admin.call("createRunbook", { body: { raw_text, trust_level: 2 } });
    const started = await admin.call("startExecution", { body: { runbook_id: id, agent_id: life.identity.agentId } });
    await admin.call("confirmPreflight", { params: { id: started.id }, body: { confirmed: started.checklist.map((each) => each.id) } });
    const waiting = await readExecution(admin, started.id);
    const step = openStep(waiting);
    if (step !== undefined) await expect(approve(admin, waiting, step)).rejects.toMatchObject({ code: "AGENT_OFFLINE" });
    await admin.call("registerAgentBinary", { body: { hash: hash!, name: "release 0.1.0" } });
    await until(
      "the end of the block",
      () => shown(life),
      (agent) => agent.status === "online",
    );
    const again = await readExecution(admin, started.id);
    await approve(admin, again, openStep(again)!);
    await until(
      "the end",
      async () => (await readExecution(admin, started.id)).status,
      (now) => now === "completed",
    );
    expect((await admin.call("listAgentBinaries", {})).items).toContainEqual(
      expect.objectContaining({ hash, name: "release 0.1.0", retired_at: null }),
    );
    expect((await events("agent.binary_registered")).some(({ by }) => by === "enrolment")).toBe(true);
    expect(await events("agent.binary_retired")).toMatchObject([{ binary_hash: hash }]);
  });
});
