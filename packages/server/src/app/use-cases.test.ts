// The use cases through the front door of a real server: what is saved, who sees it, what is recorded, what is refused.
import { randomUUID } from "node:crypto";
import { existsSync, readFileSync, statSync } from "node:fs";
import { type ApiError, routePath } from "@dd0c/protocol/http";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { cookieOf, type Session, startTestServer, type TestServer } from "../../test-support/running-server.ts";
import { verdictOn } from "../../test-support/verify-lines.ts";
import { createTenant } from "./create-tenant.ts";
import { issueSignInLink } from "./issue-sign-in-link.ts";

let server: TestServer;
let admin: Session;
let stranger: Session;

const text =
  "# Disk\n\n1. Look.\n\n   ```\n   df -h\n   ```\n\n2. Clean up.\n\n   ```\n   rm -r /srv/cache\n   ls /srv\n   ```\n\n3. Tell the owner.\n";
const nobody = "00000000-0000-4000-8000-000000000000";

const types = async (session: Session, runbookId: string): Promise<string[]> =>
  (await session.call("listAudit", { query: { runbook_id: runbookId } })).items.map(({ type }) => type).toReversed();

beforeAll(async () => {
  server = await startTestServer({ environment: { DEMO: "1" } });
  admin = await server.signIn();
  await createTenant(server.app, { tenantName: "Other", slug: "other", userName: "Eve", email: "eve@example.com" });
  const answer = await fetch(await issueSignInLink(server.app, "eve@example.com", server.url), { redirect: "manual" });
  stranger = server.withCookie(cookieOf(answer));
}, 60_000);
afterAll(() => server.stop());

describe("a runbook", () => {
  it("is saved as it was previewed, with an id per step and its events", async () => {
    const preview = await admin.call("parsePreview", { body: { raw_text: text } });
    const saved = await admin.call("createRunbook", { body: { raw_text: text, service_tag: "web" } });
    expect(saved.parsed).toEqual(preview.parsed);
    expect(saved.commands.map(({ step_id: _, ...command }) => command)).toEqual(
      preview.commands.map(({ second_key: _, ...command }) => command),
    );
    expect(preview.commands.map(({ second_key }) => second_key)).toEqual(["turned", "missing", "missing"]);
    expect(saved.commands.map(({ label, classification }) => [label, classification.risk])).toEqual([
      ["1", "safe"],
      ["2a", "dangerous"],
      // "Clean up" stands above it: the second key is not turned.
      ["2b", "caution"],
    ]);
    expect([saved.title, saved.version, saved.trust_level, saved.worst_risk, saved.counts]).toEqual([
      "Disk",
      1,
      0,
      "dangerous",
      { safe: 1, caution: 1, unknown: 0, dangerous: 1, manual: 1 },
    ]);
    expect(await types(admin, saved.id)).toEqual(["runbook.created", "runbook.parsed", "runbook.classified"]);
    const [first] = saved.commands;
    const stored = await admin.call("getClassification", { params: { step_id: first?.step_id ?? "" } });
    expect([stored.command, stored.risk, stored.merge_rule]).toEqual(["df -h", "safe", "rule_3_both_agree_safe"]);
  });

  it("makes a new version for a new text, and the steps keep their ids", async () => {
    const one = await admin.call("createRunbook", { body: { raw_text: text } });
    const two = await admin.call("updateRunbook", { params: { id: one.id }, body: { raw_text: text.replace("df -h", "df -i") } });
    expect(two.version).toBe(2);
    expect(two.commands.map(({ step_id }) => step_id)).toEqual(one.commands.map(({ step_id }) => step_id));
    const versions = await admin.call("listRunbookVersions", { params: { id: one.id } });
    expect(versions.items.map(({ version, created_by }) => [version, created_by.name])).toEqual([
      [2, "Admin"],
      [1, "Admin"],
    ]);
    const old = await admin.call("getRunbookVersion", { params: { id: one.id, v: 1 } });
    expect([old.raw_text, old.commands]).toEqual([text, one.commands]);
    expect((await types(admin, one.id)).slice(3)).toEqual(["runbook.updated", "runbook.parsed", "runbook.classified"]);
  });

  it("is left alone by a change that changes nothing", async () => {
    const one = await admin.call("createRunbook", { body: { raw_text: text } });
    const same = await admin.call("updateRunbook", { params: { id: one.id }, body: { raw_text: text, title: one.title } });
    expect([same.version, await types(admin, one.id)]).toEqual([1, ["runbook.created", "runbook.parsed", "runbook.classified"]]);
  });

  it("is gone from lists after deletion, its record stays", async () => {
    const one = await admin.call("createRunbook", { body: { raw_text: text, service_tag: "gone" } });
    await admin.call("deleteRunbook", { params: { id: one.id } });
    await expect(admin.call("getRunbook", { params: { id: one.id } })).rejects.toMatchObject({ status: 404, code: "RUNBOOK_NOT_FOUND" });
    await expect(admin.call("deleteRunbook", { params: { id: one.id } })).rejects.toMatchObject({ code: "RUNBOOK_NOT_FOUND" });
    expect((await admin.call("listRunbooks", { query: { service: "gone" } })).items).toEqual([]);
    expect((await types(admin, one.id)).at(-1)).toBe("runbook.deleted");
  });

  it("is listed by service, page by page", async () => {
    for (const title of ["a", "b", "c"]) await admin.call("createRunbook", { body: { raw_text: text, service_tag: "paged", title } });
    const first = await admin.call("listRunbooks", { query: { service: "paged", limit: 2 } });
    const second = await admin.call("listRunbooks", { query: { service: "paged", limit: 2, cursor: first.next_cursor ?? "" } });
    expect([...first.items, ...second.items].map(({ title }) => title)).toEqual(["c", "b", "a"]);
    expect(second.next_cursor).toBeNull();
    await expect(admin.call("listRunbooks", { query: { cursor: "x" } })).rejects.toMatchObject({ code: "VALIDATION_FAILED" });
  });

  it("with a character that cannot be stored is refused, but can be asked about", async () => {
    const strange = "1. Run `printf 'a\u0000b'`\n2. Run `ls`\n";
    await expect(admin.call("createRunbook", { body: { raw_text: strange } })).rejects.toMatchObject({ code: "VALIDATION_FAILED" });
    await expect(admin.call("createRunbook", { body: { raw_text: text, title: "a\u0000" } })).rejects.toMatchObject({
      code: "VALIDATION_FAILED",
    });
    expect((await admin.call("parsePreview", { body: { raw_text: strange } })).parsed.steps.length).toBeGreaterThan(0);
    expect((await admin.call("scannerTest", { body: { command: "ls \u0000" } })).risk).not.toBe("safe");
  });
});

describe("trust", () => {
  it("is set by an admin with a reason, and recorded", async () => {
    const { id } = await admin.call("createRunbook", { body: { raw_text: text } });
    await expect(admin.call("updateRunbook", { params: { id }, body: { trust_level: 2 } })).rejects.toMatchObject({
      code: "VALIDATION_FAILED",
    });
    const raised = await admin.call("updateRunbook", { params: { id }, body: { trust_level: 2, reason: "reviewed by two" } });
    const lowered = await admin.call("updateRunbook", { params: { id }, body: { trust_level: 1, reason: "new hosts" } });
    expect([raised.trust_level, lowered.trust_level]).toEqual([2, 1]);
    const events = (await admin.call("listAudit", { query: { runbook_id: id } })).items.slice(0, 2).toReversed();
    expect(events.map(({ type, data }) => [type, data["old_level"], data["new_level"], data["reason"]])).toEqual([
      ["runbook.trust_promoted", 0, 2, "reviewed by two"],
      ["runbook.trust_downgraded", 2, 1, "new hosts"],
    ]);
  });

  it("is refused to authors and to machines", async () => {
    const key = server.withKey((await admin.call("createApiKey", { body: { name: "author", role: "author" } })).key);
    const { id } = await key.call("createRunbook", { body: { raw_text: text } });
    for (const body of [{ trust_level: 1, reason: "x" }, { governance_override: "audit" as const }])
      await expect(key.call("updateRunbook", { params: { id }, body })).rejects.toMatchObject({ status: 403, code: "FORBIDDEN" });
    await expect(key.call("createRunbook", { body: { raw_text: text, trust_level: 1 } })).rejects.toMatchObject({ code: "FORBIDDEN" });
  });
});

describe("another tenant", () => {
  it("finds nothing of ours, by list or by id", async () => {
    const ours = await admin.call("createRunbook", { body: { raw_text: text } });
    expect((await stranger.call("listRunbooks", { query: {} })).items).toEqual([]);
    const params = { id: ours.id };
    const attempts = [
      stranger.call("getRunbook", { params }),
      stranger.call("updateRunbook", { params, body: { title: "theirs" } }),
      stranger.call("deleteRunbook", { params }),
      stranger.call("listRunbookVersions", { params }),
      stranger.call("getRunbookVersion", { params: { id: ours.id, v: 1 } }),
      stranger.call("getClassification", { params: { step_id: ours.commands[0]?.step_id ?? "" } }),
      stranger.call("startExecution", { body: { runbook_id: ours.id } }),
      stranger.call("getExecution", { params: { id: nobody } }),
    ];
    const results = await Promise.allSettled(attempts);
    expect(results.map((result) => (result.status === "rejected" ? (result.reason as ApiError).status : result.value))).toEqual(
      attempts.map(() => 404),
    );
    expect((await stranger.call("listAudit", { query: {} })).items.every(({ chain }) => chain !== ours.id)).toBe(true);
    expect((await stranger.call("listAudit", { query: { runbook_id: ours.id } })).items).toEqual([]);
    expect((await stranger.call("listAgents")).items).toEqual([]);
    expect((await stranger.call("listApiKeys")).items).toEqual([]);
    expect((await admin.call("getRunbook", { params })).title).toBe("Disk");
  });

  it("cannot revoke our keys", async () => {
    const ours = await admin.call("createApiKey", { body: { name: "ours", role: "viewer" } });
    await expect(stranger.call("revokeApiKey", { params: { key_id: ours.id } })).rejects.toMatchObject({ status: 404 });
    expect((await server.withKey(ours.key).call("getSession")).role).toBe("viewer");
  });
});

describe("settings", () => {
  it("are strict until a human chose, and the first page's answers are recorded", async () => {
    expect(await stranger.call("getSettings")).toMatchObject({
      governance_mode: "strict",
      dangerous_steps: "typed",
      max_trust_level: 2,
      max_auto_share_percent: 70,
      effective: { values: { governance_mode: "strict" }, decided_by: { governance_mode: "default" } },
      updated_at: null,
    });
    expect((await admin.call("getSession")).setup_needed).toBe(true);
    const session = await admin.call("setup", { body: { governance_mode: "audit", demo_trust_level: 2 } });
    expect(session.setup_needed).toBe(false);
    const runbooks = (await admin.call("listRunbooks", { query: {} })).items;
    const demo = ["Payment service latency", "Disk filling up", "High load"];
    expect(
      runbooks
        .filter(({ trust_level }) => trust_level === 2)
        .map(({ title }) => title)
        .toSorted(),
    ).toEqual(demo.toSorted());
    const changed = await admin.call("updateSettings", { body: { dangerous_steps: "block", reason: "freeze" } });
    expect([changed.governance_mode, changed.dangerous_steps]).toEqual(["audit", "block"]);
    const [event] = (await admin.call("listAudit", { query: { type: "policy.changed" } })).items;
    expect(event?.data).toMatchObject({
      old: { governance_mode: "audit", dangerous_steps: "typed", max_trust_level: 2 },
      new: { governance_mode: "audit", dangerous_steps: "block", max_trust_level: 2 },
      reason: "freeze",
    });
  });
});

describe("keys", () => {
  it("are shown once and recorded without themselves", async () => {
    const made = await admin.call("createApiKey", { body: { name: "once", role: "viewer" } });
    await admin.call("revokeApiKey", { params: { key_id: made.id } });
    await expect(server.withKey(made.key).call("getSession")).rejects.toMatchObject({ code: "UNAUTHENTICATED" });
    const events = (await admin.call("listAudit", { query: {} })).items.filter(({ data }) => data["key_id"] === made.id);
    expect(events.map(({ type }) => type)).toEqual(["api_key.revoked", "api_key.created"]);
    expect(JSON.stringify([events, await admin.call("listApiKeys")])).not.toContain(made.key.slice(made.prefix.length));
  });
});

describe("Idempotency-Key", () => {
  const create = (key: string, body: unknown): Promise<Response> =>
    fetch(server.url + routePath("createRunbook"), {
      method: "POST",
      headers: { ...admin.headers, "content-type": "application/json", "idempotency-key": key },
      body: JSON.stringify(body),
    });

  it("gives a repetition the first answer, and another request none", async () => {
    const key = randomUUID();
    const body = { raw_text: text, title: "once" };
    const [first, again] = [await create(key, body), await create(key, body)];
    expect([first.status, again.status, again.headers.get("idempotency-replayed")]).toEqual([201, 201, "true"]);
    expect(await again.json()).toEqual(await first.json());
    const other = await create(key, { ...body, title: "twice" });
    expect([other.status, ((await other.json()) as { error: { code: string } }).error.code]).toEqual([409, "IDEMPOTENCY_CONFLICT"]);
  });

  it("lets one of two at once through", async () => {
    const key = randomUUID();
    const statuses = (await Promise.all([1, 2].map(() => create(key, { raw_text: text, title: "race" })))).map(({ status }) => status);
    expect(statuses).toContain(201);
    const titles = (await admin.call("listRunbooks", { query: { limit: 200 } })).items.filter(({ title }) => title === "race");
    expect(titles).toHaveLength(1);
  });

  it("is free again after a refusal", async () => {
    const key = randomUUID();
    expect((await create(key, { raw_text: " " })).status).toBe(422);
    expect((await create(key, { raw_text: text })).status).toBe(201);
  });

  it("never stores a secret", async () => {
    const headers = { ...admin.headers, "content-type": "application/json", "idempotency-key": randomUUID() };
    const make = () =>
      fetch(server.url + routePath("createApiKey"), { method: "POST", headers, body: JSON.stringify({ name: "idem", role: "viewer" }) });
    const [first, again] = [await make(), await make()];
    expect([first.status, again.status]).toEqual([201, 409]);
    const { key } = (await first.json()) as { key: string };
    const rows = await server.database.withTenant(server.tenantId, (tx) =>
      tx.query.selectFrom("idempotency_keys").select("response").execute(),
    );
    expect(JSON.stringify(rows)).not.toContain(key);
  });
});

describe("the audit log", () => {
  it("verifies, and its export verifies line by line", async () => {
    const report = await admin.call("verifyAudit");
    expect([report.ok, report.events === report.head_seq, report.broken]).toEqual([true, true, null]);
    const response = await fetch(server.url + routePath("exportAudit"), { headers: admin.headers });
    expect(response.headers.get("content-type")).toBe("application/x-ndjson; charset=utf-8");
    const lines = (await response.text()).trimEnd().split("\n");
    expect(verdictOn(lines)).toBe(`ok ${report.head_seq + 1}`);
    expect(JSON.parse(lines.findLast((line) => line.startsWith('{"event":')) ?? "{}")).toMatchObject({ event: { type: "audit.exported" } });
    expect((await admin.call("verifyAudit")).ok).toBe(true);
  });

  it("says where a chain was tampered with, and when its tail is gone", async () => {
    const { verifyAudit } = await import("./verify-audit.ts");
    const tampered = (change: string) => ({
      clock: server.app.clock,
      engineKey: server.app.engineKey,
      objects: server.app.objects,
      db: {
        ...server.app.db,
        readTenant: (async (tenant: string, work: (tx: unknown) => Promise<unknown>) => {
          const result = await server.app.db.readTenant(tenant, work);
          const { events } = result as { events?: { event: { seq: number; data: unknown } }[] };
          if (events !== undefined && change === "data") for (const { event } of events) if (event.seq === 3) event.data = { forged: true };
          if (events !== undefined && change === "tail") events.splice(-2);
          return result;
        }) as typeof server.app.db.readTenant,
      },
    });
    const { head_seq } = await admin.call("verifyAudit");
    expect((await verifyAudit(tampered("data"), server.tenantId)).broken).toEqual({ seq: 3, reason: "changed" });
    expect((await verifyAudit(tampered("tail"), server.tenantId)).broken?.seq).toBeGreaterThan(head_seq - 2);
  });
});

describe("agents", () => {
  it("get a one-time token of which only a hash is kept", async () => {
    const issued = await admin.call("createEnrolmentToken", { body: { agent_name: "eu-1" } });
    expect(issued.token).toMatch(/^dd0c-enroll\./);
    const secret = issued.token.split(".")[1] ?? "";
    const rows = await server.database.withTenant(server.tenantId, (tx) => tx.query.selectFrom("enrolment_tokens").selectAll().execute());
    const audit = await admin.call("listAudit", { query: { type: "agent.token_created" } });
    expect(JSON.stringify([rows, audit])).not.toContain(secret);
    expect(audit.items[0]?.data["agent_name"]).toBe("eu-1");
  });
});

describe("the first start", () => {
  it("leaves demo runbooks for this installation and a private token for the local agent", async () => {
    const { items } = await admin.call("listRunbooks", { query: { limit: 200 } });
    const latency = items.find(({ title }) => title === "Payment service latency");
    const runbook = await admin.call("getRunbook", { params: { id: latency?.id ?? "" } });
    expect(runbook.raw_text).not.toContain("{{");
    expect(runbook.commands.map(({ label, classification }) => [label, classification.risk])).toEqual([
      ["1", "safe"],
      ["2", "safe"],
      ["3", "safe"],
      ["4", "safe"],
      ["5", "safe"],
      ["6", "caution"],
      ["7", "dangerous"],
      ["8", "safe"],
      ["9", "safe"],
    ]);
    expect(runbook.commands.every(({ classification }) => classification.scanner.runnable)).toBe(true);
    const token = server.enrolmentTokenFile ?? "";
    expect([existsSync(token), statSync(token).mode & 0o777, statSync(server.agentConfigFile ?? "").mode & 0o777]).toEqual([
      true,
      0o600,
      0o600,
    ]);
    expect(JSON.parse(readFileSync(server.agentConfigFile ?? "", "utf8"))).toMatchObject({
      server: `127.0.0.1:${server.agentPort}`,
      ceiling: "caution",
    });
  });
});
