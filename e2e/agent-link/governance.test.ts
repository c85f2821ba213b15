// Policy, trust and reviews with everything real: a server on either database, policy.json on the disk, two people, an agent that runs steps.
// At the end every gate decision is decided again from the export alone.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Agent, enrol, loadConfig, startAgent } from "@dd0c/agent";
import { gateAnswer, type GateInputs } from "@dd0c/core";
import type { WireExecution } from "@dd0c/protocol/http";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { accept, bobAs, invite } from "../../packages/server/test-support/invite.ts";
import { startPostgres, type TestCluster } from "../../packages/server/test-support/postgres.ts";
import { startTestServer, type TestServer } from "../../packages/server/test-support/running-server.ts";
import { readWitness } from "../../packages/cli/src/audit/witness.ts";
import { verifyAudit } from "./liars-export.ts";
import { approve, begin, openStep, readExecution, type Session, sessionOf, signIn, until, walk } from "../support/session.ts";

const text = (...commands: readonly string[]): string =>
  `# Folder\n\n${commands.map((command, at) => `${at + 1}. Do this.\n\n   \`\`\`bash\n   ${command}\n   \`\`\`\n`).join("\n")}`;

describe.each(["embedded", "postgres"] as const)("governance on %s", (kind) => {
  const folder = mkdtempSync(join(tmpdir(), "dd0c-gov-"));
  const policyFile = join(folder, "policy.json");
  const policy = (content: unknown): void => writeFileSync(policyFile, typeof content === "string" ? content : JSON.stringify(content));
  let cluster: TestCluster | undefined;
  let server: TestServer;
  let agent: Agent;
  let ann: Session;
  let bob: Session;

  const start = async (): Promise<TestServer> => {
    const environment = { DEMO: "1", AGENT_PORT: "0", POLICY_FILE: policyFile };
    if (kind === "embedded") return startTestServer({ environment });
    cluster = await startPostgres();
    return startTestServer({ environment, databaseUrl: (await cluster.createDatabase()).url });
  };

  beforeAll(async () => {
    policy({});
    server = await start();
    ann = await signIn(server.url, await server.newSignInLink());
    await ann.call("setup", { body: { governance_mode: "audit", demo_trust_level: 2 } });
    bob = sessionOf(server.url, await accept(await invite(ann, bobAs("admin"))));
    const config = loadConfig(server.agentConfigFile ?? "");
    const identity = await enrol(config.server, config.name, readFileSync(server.enrolmentTokenFile ?? "", "utf8"));
    agent = await startAgent({ config, identity: () => identity, log: () => undefined });
    await until("the agent online", async () => agent.isConnected(), Boolean);
  }, 120_000);
  afterAll(async () => {
    await agent.stop();
    await server.stop();
    await cluster?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  const save = async (...commands: readonly string[]): Promise<string> =>
    (await ann.call("createRunbook", { body: { raw_text: text(...commands), trust_level: 2 } })).id;
  const runbook = (id: string) => ann.call("getRunbook", { params: { id } });
  const lock = (id: string, body: object) => ann.call("updateRunbook", { params: { id }, body });
  const asked = async (session: Session, id: string): Promise<WireExecution> => {
    const { id: execution } = await begin(session, id);
    return until(
      "a step that waits",
      () => readExecution(session, execution),
      (now) => openStep(now) !== undefined,
    );
  };
  const stepOf = (execution: WireExecution) => openStep(execution)!;
  const events = async (type: string, runbook_id?: string) =>
    (await ann.call("listAudit", { query: { type, limit: 500, ...(runbook_id === undefined ? {} : { runbook_id }) } })).items;

  it("blocks by the layer that says so, and says which", async () => {
    const id = await save("truncate -s 0 made-by-a-test");
    const typed = await asked(ann, id);
    expect(stepOf(typed)).toMatchObject({ gate: "typed", gate_decided_by: null });

    policy({ dangerous_steps: "block" });
    await expect(approve(ann, typed, stepOf(typed))).rejects.toMatchObject({ status: 403, code: "TRUST_LEVEL_EXCEEDED" });
    const blocked = await asked(ann, id);
    expect(stepOf(blocked)).toMatchObject({
      status: "blocked",
      gate_decided_by: "system",
      gate_reason: "Blocked by policy.json: dangerous steps do not run.",
    });
    expect((await ann.call("getSettings", {})).effective).toMatchObject({
      values: { dangerous_steps: "block" },
      decided_by: { dangerous_steps: "system", governance_mode: "tenant" },
    });

    policy({});
    await lock(id, { policy_lock: { dangerous_steps: "block", max_trust_level: 1 } });
    expect(stepOf(await asked(ann, id))).toMatchObject({ status: "blocked", gate_decided_by: "runbook" });
    expect((await runbook(id)).effective_policy.decided_by).toMatchObject({ dangerous_steps: "runbook", max_trust_level: "runbook" });
    await lock(id, { policy_lock: null });
    expect(stepOf(await asked(ann, id)).gate).toBe("typed");
  });

  it("is at its strictest while policy.json cannot be read, and as before when it is mended", async () => {
    const id = await save("df -h");
    policy("{");
    const held = await begin(ann, id).catch((error: unknown) => error);
    expect(held).toMatchObject({ status: 409, code: "REVIEW_REQUIRED" });
    expect(server.log.join("\n")).toContain("POLICY_INVALID");
    policy({ governance_mode: "strict" });
    expect(stepOf(await asked(ann, id))).toMatchObject({ gate: "ask", gate_decided_by: "system" });
    policy({});
    const { id: free } = await begin(ann, id);
    expect((await walk(ann, free)).steps[0]).toMatchObject({ gate: "auto", status: "completed", gate_decided_by: null });
  });

  it("wants another pair of eyes before a dangerous step", async () => {
    const id = await save("truncate -s 0 made-by-a-test");
    await ann.call("updateSettings", { body: { dangerous_approver: "not_the_starter", reason: "four eyes" } });
    const own = await asked(ann, id);
    expect(stepOf(own).gate_reason).toContain("(the organisation's policy)");
    await expect(approve(ann, own, stepOf(own))).rejects.toMatchObject({ status: 403, code: "APPROVER_IS_STARTER" });
    await approve(bob, own, stepOf(own));

    await ann.call("updateSettings", { body: { dangerous_approver: "anyone", author_approval: "after_24_hours", reason: "two days" } });
    const bobs = await asked(bob, id);
    await expect(approve(ann, bobs, stepOf(bobs))).rejects.toMatchObject({ status: 403, code: "APPROVER_IS_AUTHOR" });
    await approve(bob, bobs, stepOf(bobs));
    await ann.call("updateSettings", { body: { author_approval: "at_once", reason: "enough" } });
  });

  it("runs a version only after somebody else reviewed exactly that", async () => {
    const id = await save("df -h");
    await ann.call("updateSettings", { body: { peer_review: "required", reason: "we read each other" } });
    await expect(begin(ann, id)).rejects.toMatchObject({ status: 409, code: "REVIEW_REQUIRED" });
    const { review } = await runbook(id);
    expect(review).toMatchObject({ required: true, done: false });
    const say = (session: Session, version: number, version_sha256: string) =>
      session.call("reviewRunbookVersion", { params: { id, v: version }, body: { version_sha256, note: "reads well" } });
    await expect(say(ann, 1, review.version_sha256)).rejects.toMatchObject({ status: 403, code: "REVIEWER_IS_AUTHOR" });
    await expect(say(bob, 1, "0".repeat(64))).rejects.toMatchObject({ status: 409, code: "DIGEST_MISMATCH" });
    const reviewed = await say(bob, 1, review.version_sha256);
    expect(reviewed.reviews).toMatchObject([{ by: { name: "Bob" }, note: "reads well" }]);
    await say(bob, 1, review.version_sha256);
    expect(await events("runbook.reviewed", id)).toMatchObject([{ data: { version: 1, version_hash: review.version_sha256 } }]);
    await walk(ann, (await begin(ann, id)).id);

    await ann.call("updateRunbook", { params: { id }, body: { raw_text: text("df -i") } });
    await expect(begin(bob, id)).rejects.toMatchObject({ status: 409, code: "REVIEW_REQUIRED" });
    const { key } = await ann.call("createApiKey", { body: { name: "robot", role: "author" } });
    await expect(
      server
        .withKey(key)
        .call("reviewRunbookVersion", { params: { id, v: 2 }, body: { version_sha256: (await runbook(id)).review.version_sha256 } }),
    ).rejects.toMatchObject({ status: 403, code: "HUMAN_REQUIRED" });
    await ann.call("updateSettings", { body: { peer_review: "not_needed", reason: "enough" } });
  });

  it("suggests more trust after ten clean runs, once, and a bad one takes all of it from the next run on", async () => {
    const id = await save("mkdir made-by-ten-runs", "rmdir made-by-ten-runs");
    await ann.call("updateRunbook", { params: { id }, body: { trust_level: 0, reason: "it begins" } });
    const once = async (session: Session, trust: number): Promise<void> => {
      const { id: execution } = await begin(session, id);
      expect((await walk(session, execution)).trust_level).toBe(trust);
    };
    const look = await save("df -h");
    await ann.call("updateRunbook", { params: { id: look }, body: { trust_level: 1, reason: "it begins" } });
    for (let run = 1; run <= 11; run += 1) {
      const { id: execution } = await begin(ann, look);
      await walk(ann, execution);
      expect((await runbook(look)).trust_record).toMatchObject({ clean_runs: run, needed: 10, suggested_level: run >= 10 ? 2 : null });
    }
    const [suggested, ...more] = await events("runbook.trust_suggested", look);
    expect([suggested?.data, more]).toEqual([{ level: 1, suggested_level: 2, clean_runs: 10, needed: 10 }, []]);
    await ann.call("updateRunbook", { params: { id: look }, body: { trust_level: 2, reason: "ten clean runs" } });
    expect((await runbook(look)).trust_record).toEqual({ clean_runs: 0, needed: 10, suggested_level: null, suggested_at: null });
    expect((await events("runbook.trust_promoted", look))[0]?.data).toMatchObject({ old_level: 1, new_level: 2, reason: "ten clean runs" });
    await expect(ann.call("updateRunbook", { params: { id: look }, body: { trust_level: 1 } })).rejects.toMatchObject({
      code: "VALIDATION_FAILED",
    });
    await ann.call("updateRunbook", { params: { id }, body: { trust_level: 2, reason: "for the test" } });
    await once(ann, 2);
  });

  it("keeps a run that goes on at the level that it began with, while the next one starts at 0", async () => {
    const id = await save("rmdir there-is-no-such-folder", "mkdir made-after-a-bad-step");
    const first = await asked(ann, id);
    await approve(ann, first, stepOf(first));
    const paused = await until(
      "the bad step",
      () => readExecution(ann, first.id),
      ({ status }) => status === "paused",
    );
    expect((await runbook(id)).trust_level).toBe(0);
    expect((await events("runbook.trust_downgraded", id))[0]).toMatchObject({
      data: { old_level: 2, new_level: 0, trigger_event: "step.failed" },
    });
    const next = await asked(ann, id);
    expect([next.trust_level, stepOf(next).gate, stepOf(next).gate_reason]).toEqual([
      0,
      "blocked",
      "The runbook's trust level was 0 when this run began.",
    ]);
    await ann.call("resumeExecution", { params: { id: first.id }, body: {} });
    const goesOn = await until(
      "the second step",
      () => readExecution(ann, first.id),
      (now) => openStep(now)?.label === "2",
    );
    expect([paused.trust_level, goesOn.trust_level, stepOf(goesOn).gate]).toEqual([2, 2, "ask"]);
    expect((await runbook(id)).trust_record.clean_runs).toBe(0);
  });

  it("decides every decision of the export again, from the record alone, and arrives at the same", async () => {
    const answer = await fetch(`${server.url}/v1/run/audit/export`, { headers: { cookie: ann.cookie } });
    const lines = (await answer.text())
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as { event?: { type: string; data: Record<string, unknown> } });
    const decisions = lines.flatMap(({ event }) => (event?.data["inputs"] === undefined ? [] : [event.data]));
    const gates = new Set(decisions.map(({ gate }) => gate));
    expect(gates).toEqual(new Set(["auto", "ask", "typed", "blocked"]));
    for (const { gate, inputs } of decisions) {
      expect(gateAnswer(inputs as GateInputs)).toBe(gate);
      expect(inputs).toMatchObject({
        classification: { step_id: expect.any(String) as string, runbook_version: expect.any(String) as string },
      });
    }
    const kinds = ["step.auto_executed", "step.approval_requested", "step.suggested", "step.blocked"];
    expect(decisions.length).toBe(lines.filter(({ event }) => kinds.includes(event?.type ?? "")).length);
  });

  it("says in its export what the agent's own journal says: every dispatch, approval, refusal and result", async () => {
    const { dataFolder } = loadConfig(server.agentConfigFile ?? "");
    const file = join(folder, "audit.jsonl");
    const answer = await fetch(`${server.url}/v1/run/audit/export`, { headers: { cookie: ann.cookie } });
    writeFileSync(file, await answer.text());
    const compared = readWitness(join(dataFolder, "journal/journal.jsonl"))?.journals[0]?.attempts ?? [];
    const ends = new Set(compared.map(({ end }) => end.kind));
    expect([compared.length > 3, compared.some(({ grant }) => grant !== ""), ends.has("finished")]).toEqual([true, true, true]);
    expect(await verifyAudit(file, dataFolder)).toMatchObject({ status: 0, stdout: expect.stringMatching(/^OK: /) as string });
  });
});

it("does not come up with a policy.json that has a field nobody knows", async () => {
  const folder = mkdtempSync(join(tmpdir(), "dd0c-gov-"));
  const file = join(folder, "policy.json");
  writeFileSync(file, '{"governance": "strict"}');
  await expect(startTestServer({ environment: { POLICY_FILE: file } })).rejects.toMatchObject({ code: "POLICY_INVALID" });
  rmSync(folder, { recursive: true, force: true });
});
