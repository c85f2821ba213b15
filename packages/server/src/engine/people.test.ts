// Time, people and second starts against a real server: reminders that came due while it was down, the escalation, joining, hand-over.
// The clock is the test's own; the agent is a row without a stream, so nothing can run and only decisions are left.
import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startPostgres, type TestCluster } from "../../test-support/postgres.ts";
import { accept, bobAs, invite } from "../../test-support/invite.ts";
import { cookieOf, type Session, startTestServer, type TestServer } from "../../test-support/running-server.ts";
import { issueSignInLink } from "../app/issue-sign-in-link.ts";
import { upsertAgent } from "../db/index.ts";

let cluster: TestCluster;
let databaseUrl: string;
let server: TestServer;
let ann: Session;
let bob: Session;
let bobId: string;
let runbookId: string;
const agentId = randomUUID();
const keysDir = mkdtempSync(join(tmpdir(), "dd0c-keys-"));
const clock = { aheadMs: 0, now: () => Date.now() + clock.aheadMs, monotonic: () => performance.now() };
const minute = 60_000;

const start = async (): Promise<void> => {
  server = await startTestServer({ databaseUrl, clock, environment: { KEYS_DIR: keysDir } });
  ann = await server.signIn();
  const link = await issueSignInLink(server.app, "bob@example.com", server.url).catch(() => undefined);
  if (link !== undefined) bob = server.withCookie(cookieOf(await fetch(link, { redirect: "manual" })));
};

beforeAll(async () => {
  cluster = await startPostgres();
  const created = await cluster.createDatabase();
  databaseUrl = created.url;
  await start();
  bob = server.withCookie(await accept(await invite(ann, bobAs("approver"))));
  bobId = (await bob.call("getSession")).user.id;
  await server.database.withTenant(server.tenantId, (tx) => upsertAgent(tx, { id: agentId, name: "edge", version: "0.1.0" }));
  const raw_text = "# Cache\n\n1. Restart it: `kubectl rollout restart deployment/cache -n shop`\n2. Look: `kubectl get pods -n shop`\n";
  runbookId = (await ann.call("createRunbook", { body: { raw_text, trust_level: 2 } })).id;
}, 120_000);
afterAll(async () => {
  await server.stop();
  await cluster.stop();
  rmSync(keysDir, { recursive: true });
});

const startRun = (session = ann, more: object = {}) =>
  session.call("startExecution", { body: { runbook_id: runbookId, agent_id: agentId, ...more } });
const begin = async (more: object = {}) => {
  const { id } = await startRun(ann, more);
  return ann.call("confirmPreflight", { params: { id }, body: { confirmed: [], variables: {} } });
};
const read = (id: string) => ann.call("getExecution", { params: { id } });
const abort = (id: string) => ann.call("abortExecution", { params: { id }, body: {} });
const typesOf = async (id: string) =>
  (await ann.call("listAudit", { query: { execution_id: id, limit: 500 } })).items.map(({ type }) => type).reverse();
const dataOf = async (id: string, type: string) =>
  (await ann.call("listAudit", { query: { execution_id: id, type } })).items.map(({ data }) => data).reverse();
/** The outbox looks at the clock once a second. */
const eventually = async <T>(look: () => Promise<T>, done: (value: T) => boolean): Promise<T> => {
  for (let tries = 0; tries < 200; tries++) {
    const value = await look();
    if (done(value)) return value;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`never: ${JSON.stringify(await look()).slice(0, 500)}`);
};

describe("an approval that nobody answers", () => {
  it("is spoken of at 5, 15 and 30 minutes, then stalled and escalated, and is never approved by time", async () => {
    const { id } = await begin();
    for (const minutes of [5, 15]) {
      clock.aheadMs += (minutes === 5 ? 5 : 10) * minute;
      const said = await eventually(
        () => dataOf(id, "step.approval_reminded"),
        (each) => each.some((data) => data["waiting_minutes"] === minutes),
      );
      expect(said.map((data) => data["waiting_minutes"])).toEqual(minutes === 5 ? [5] : [5, 15]);
      expect(await read(id)).toMatchObject({ status: "running", escalation: null });
    }
    clock.aheadMs += 15 * minute;
    const stalled = await eventually(
      () => read(id),
      ({ status }) => status === "stalled",
    );
    expect(stalled.escalation?.to.map(({ name, role }) => `${name} ${role}`)).toEqual([expect.stringContaining("admin"), "Bob approver"]);
    expect(stalled.steps[0]).toMatchObject({ status: "pending", actions: [] });
    expect(await dataOf(id, "execution.stalled")).toMatchObject([{ waiting_minutes: 30, escalated_to: [expect.any(String), bobId] }]);
    expect(await typesOf(id)).not.toContain("step.approved");
    await abort(id);
  });

  it("is stalled after a start of the server that was down meanwhile, once, and asks for a fresh rendering and scan", async () => {
    const { steps, id } = await begin();
    const [first] = steps;
    await server.stop();
    clock.aheadMs += 45 * minute;
    await start();
    await eventually(
      () => read(id),
      ({ status }) => status === "stalled",
    );
    // A second start finds nothing that is still due.
    await server.stop();
    await start();
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    const types = await typesOf(id);
    expect(types.filter((type) => type.includes("remind") || type.includes("stalled"))).toEqual([
      "step.approval_reminded",
      "execution.stalled",
    ]);
    const body = { digest: first?.digest ?? "", acknowledge_no_rollback: true };
    const late = ann.call("approveStep", { params: { id, sid: first?.id ?? "" }, body });
    await expect(late).rejects.toMatchObject({ status: 408, code: "APPROVAL_TIMEOUT" });
    const resumed = await bob.call("resumeExecution", { params: { id }, body: { reason: "back" } });
    expect(resumed).toMatchObject({ status: "running", escalation: null });
    expect(resumed.steps[0]).toMatchObject({ status: "awaiting_approval", attempt: 2 });
    expect(await typesOf(id)).toEqual(expect.arrayContaining(["step.approval_revoked", "execution.resumed"]));
    // The old word does not count for the new card: the attempt is another one.
    expect((await dataOf(id, "step.approval_requested")).map((data) => (data["prepared"] as { attempt: number }).attempt)).toEqual([1, 2]);
    await abort(id);
  }, 60_000);
});

describe("a second start", () => {
  const alert = { trigger_source: "alert_webhook", alert_context: { alert_id: "PD-1" } };

  it("for the same alert joins the run that is there, also when both come at once", async () => {
    const both = await Promise.all([startRun(ann, alert), startRun(bob, alert)]);
    expect(new Set(both.map(({ id }) => id)).size).toBe(1);
    expect(both.map(({ joined }) => joined).sort()).toEqual([false, true]);
    const { id } = both[0] ?? { id: "" };
    expect(await typesOf(id)).toEqual(["execution.created", "execution.started", "execution.joined"]);
    const again = await startRun(bob, alert);
    expect([again.id, again.joined, again.joined_by.length]).toEqual([id, true, expect.any(Number)]);
    await abort(id);
    // What is over is not joined.
    const next = await startRun(ann, alert);
    expect([next.joined, next.id === id]).toEqual([false, false]);
    await abort(next.id);
  });

  it("without an alert is refused to who asked to be told, started for who did not, and each run names the other", async () => {
    const { id } = await begin();
    await expect(startRun(bob, { beside_live_run: false })).rejects.toMatchObject({ status: 409, code: "LIVE_RUN_EXISTS" });
    const second = await startRun(bob, { beside_live_run: true });
    expect(second.joined).toBe(false);
    expect(second.other_runs).toMatchObject([{ id, status: "running", same_targets: [] }]);
    const both = await bob.call("confirmPreflight", { params: { id: second.id }, body: { confirmed: [], variables: {} } });
    expect(both.other_runs).toMatchObject([{ id, same_targets: ["cache"] }]);
    expect((await read(id)).other_runs).toMatchObject([{ id: second.id, same_targets: ["cache"] }]);
    await abort(second.id);
    expect((await read(id)).other_runs).toEqual([]);
    await abort(id);
  });
});

describe("who is in charge", () => {
  it("is handed over with a note, taken over, and shown; the open approval keeps its rules", async () => {
    const begun = await begin();
    const { id } = begun;
    const annId = begun.in_charge?.id ?? "";
    expect(begun.in_charge).toMatchObject({ type: "user", name: expect.any(String) });
    expect(begun.people.map(({ name }) => name)).toContain("Bob");
    const given = await ann.call("handOver", { params: { id }, body: { to: bobId, note: "my shift is over" } });
    expect(given.in_charge).toMatchObject({ id: bobId, name: "Bob" });
    expect(given.steps).toEqual(begun.steps);
    await expect(bob.call("handOver", { params: { id }, body: { to: "nobody" } })).rejects.toMatchObject({ code: "VALIDATION_FAILED" });
    const taken = await ann.call("takeOver", { params: { id }, body: { note: "back again" } });
    expect(taken.in_charge?.id).toBe(annId);
    expect(await dataOf(id, "execution.handed_over")).toMatchObject([
      { from: annId, to: bobId, taken: false, note: "my shift is over" },
      { from: bobId, to: annId, taken: true, note: "back again" },
    ]);
    await abort(id);
  });

  it("leaves a chain that holds", async () => {
    expect(await ann.call("verifyAudit")).toMatchObject({ ok: true, broken: null });
  });
});
