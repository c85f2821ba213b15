// Invariants broken for real, on a real PostgreSQL: by its superuser past our rules, or by our own role against them. Each locks the tenant
// that it concerns, takes the affected runbooks' trust, leaves an export, and stays until a person clears it.
import { randomUUID } from "node:crypto";
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { Client } from "pg";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { startPostgres, type TestCluster } from "../../test-support/postgres.ts";
import { cookieOf, type Session, startTestServer, type TestServer } from "../../test-support/running-server.ts";
import { createTenant } from "../app/create-tenant.ts";
import { issueSignInLink } from "../app/issue-sign-in-link.ts";
import { copyCheckpoints } from "../app/copy-checkpoints.ts";
import { takeCheckpoints } from "../app/take-checkpoints.ts";
import { lowerTrust } from "../db/index.ts";
import { compareRecentCopiesJob } from "../jobs/compare-copies.ts";

let cluster: TestCluster;
let superuser: Client;
let server: TestServer;
let admin: Session;
let eve: Session;
let eveTenant: string;

beforeAll(async () => {
  cluster = await startPostgres();
  const { url, superuserUrl } = await cluster.createDatabase();
  superuser = new Client({ connectionString: superuserUrl });
  await superuser.connect();
  server = await startTestServer({ databaseUrl: url });
  admin = await server.signIn();
  const account = { tenantName: "Other", slug: "other", userName: "Eve", email: "eve@example.com" };
  eveTenant = (await createTenant(server.app, account)).tenantId;
  const link = await issueSignInLink(server.app, account.email, server.url);
  eve = server.withCookie(cookieOf(await fetch(link, { redirect: "manual" })));
}, 120_000);
afterAll(async () => {
  await server.stop();
  await superuser.end();
  await cluster.stop();
});

const locked = { status: 423, code: "PARTY_MODE_ACTIVE" };
const runbook = async (session: Session, trust_level: 0 | 1 | 2): Promise<string> =>
  (await session.call("createRunbook", { body: { raw_text: "# Disk\n\n1. Look: `df -h`\n", trust_level } })).id;
const trustOf = async (session: Session, id: string) => (await session.call("getRunbook", { params: { id } })).trust_level;
const causes = async (session = admin) => (await session.call("getPartyMode")).causes;
const eventually = async (session = admin) => {
  for (let tries = 0; tries < 300; tries++) {
    const found = await causes(session);
    if (found.length > 0) return found;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  throw new Error("party mode was never recorded");
};
const exports = (): number => {
  const folder = join(server.folder, "forensics");
  return existsSync(folder) ? readdirSync(folder).length : 0;
};
const clear = (session = admin) => session.call("leavePartyMode", { body: { reason: "looked into it" } });
/** Waits for what follows the record. */
const exported = async (before: number) => {
  for (let tries = 0; tries < 300 && exports() === before; tries++) await new Promise((resolve) => setTimeout(resolve, 10));
  return exports();
};
/** As its superuser may: past triggers and policies. */
const pastRules = async (table: string, change: string, values: unknown[] = []): Promise<void> => {
  await superuser.query("SET session_replication_role = replica");
  await superuser.query(change.replace("TABLE", table), values);
  await superuser.query("SET session_replication_role = origin");
};

afterEach(async () => {
  for (const session of [admin, eve]) if ((await session.call("getPartyMode")).on) await clear(session);
});

describe("trust without an admin's decision on record", () => {
  it("is found at the next start, falls to 0, and leaves other runbooks theirs", async () => {
    const [raised, other] = [await runbook(admin, 1), await runbook(admin, 2)];
    await pastRules("run.runbooks", "UPDATE TABLE SET trust_level = 2 WHERE id = $1", [raised]);
    const before = exports();
    await expect(admin.call("startExecution", { body: { runbook_id: raised } })).rejects.toMatchObject(locked);
    expect(await causes()).toMatchObject([{ cause: "trust_unexplained", runbook_id: raised, agent_id: null, canaries: [] }]);
    expect([await trustOf(admin, raised), await trustOf(admin, other)]).toEqual([0, 2]);
    expect(await exported(before)).toBe(before + 1);
    const [event] = (await admin.call("listAudit", { query: { type: "party_mode.activated" } })).items;
    expect(event).toMatchObject({
      runbook_id: raised,
      actor: { type: "system", id: "invariant-watch" },
      data: { cause: "trust_unexplained" },
    });
    expect((await eve.call("getPartyMode")).on).toBe(false);
    await clear();
    // Nothing is unexplained any more: the fall to 0 is on record too.
    await expect(admin.call("startExecution", { body: { runbook_id: raised } })).rejects.toMatchObject({ code: "AGENT_NOT_FOUND" });
  });

  it("is refused by the database to our own role, and locks the tenant", async () => {
    const id = await runbook(admin, 0);
    const raise = server.database.withTenant(server.tenantId, (tx) => lowerTrust(tx, id, 2, new Date()));
    await expect(raise).rejects.toMatchObject({ code: "DDT01" });
    expect(await eventually()).toMatchObject([{ cause: "trust_unexplained", runbook_id: null }]);
    expect(await trustOf(admin, id)).toBe(0);
  });
});

describe("the wall between tenants", () => {
  it("locks the tenant whose work wrote into another one, and not the other", async () => {
    const trusted = await runbook(admin, 2);
    const before = exports();
    const write = server.database.withTenant(server.tenantId, ({ query }) =>
      query
        .insertInto("settings")
        .values({ tenant_id: eveTenant, key: "governance_mode", value: '"audit"', updated_by: "mallory" })
        .execute(),
    );
    await expect(write).rejects.toMatchObject({ code: "42501" });
    // At once, before anything is on record.
    expect((await admin.call("getPartyMode")).on).toBe(true);
    expect(await eventually()).toMatchObject([{ cause: "row_refused", runbook_id: null }]);
    expect(await trustOf(admin, trusted)).toBe(0);
    expect(await exported(before)).toBe(before + 1);
    expect((await eve.call("getPartyMode")).on).toBe(false);
  });

  it("withholds a row of another tenant that the database gives out, and locks the tenant that fetched it", async () => {
    await runbook(eve, 0);
    await superuser.query("ALTER TABLE run.runbooks DISABLE ROW LEVEL SECURITY");
    const titles = server.database.withTenant(server.tenantId, ({ query }) =>
      query.selectFrom("runbooks").select(["tenant_id", "title"]).execute(),
    );
    await expect(titles).rejects.toMatchObject({ code: "PARTY_MODE_ACTIVE" });
    await superuser.query("ALTER TABLE run.runbooks ENABLE ROW LEVEL SECURITY");
    expect(await eventually()).toMatchObject([{ cause: "foreign_row" }]);
    expect((await eve.call("getPartyMode")).on).toBe(false);
    expect(server.log.join("\n")).not.toContain("Disk");
  });

  it("is no matter of a failure that has nothing to do with it", async () => {
    const fails = server.database.withTenant(server.tenantId, ({ query }) =>
      query
        .insertInto("tenants")
        .values({ id: randomUUID(), name: "x", slug: "x" } as never)
        .returning("no_such_column" as never)
        .execute(),
    );
    await expect(fails).rejects.toThrow();
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(await causes()).toEqual([]);
  });
});

describe("a chain that does not verify", () => {
  const change = (seq: number) =>
    pastRules("run.audit_events", `UPDATE TABLE SET event_data = '{"changed": true}' WHERE chain = $1 AND seq = $2`, [eveTenant, seq]);

  it("locks its tenant when it is verified; a break that people cleared is not found again, a new one behind it is", async () => {
    await runbook(eve, 0);
    expect((await eve.call("verifyAudit")).ok).toBe(true);
    await change(2);
    expect(await eve.call("verifyAudit")).toMatchObject({ ok: false, broken: { seq: 2, reason: "changed" } });
    const [cause] = await causes(eve);
    expect(cause).toMatchObject({ cause: "chain_broken", explanation: expect.stringContaining("Event 2: changed.") as string });
    expect((await admin.call("getPartyMode")).on).toBe(false);

    await eve.call("verifyAudit");
    expect(await causes(eve)).toHaveLength(1);
    await clear(eve);
    expect((await eve.call("verifyAudit")).ok).toBe(false);
    expect(await causes(eve)).toEqual([]);

    await change(3);
    expect(await eve.call("verifyAudit")).toMatchObject({ broken: { seq: 2 } });
    expect((await causes(eve)).map(({ explanation }) => explanation)).toEqual([expect.stringContaining("Event 3: changed.")]);
  });
});

describe("a chain that is not the one of which the object store has a signed copy", () => {
  const going = new AbortController().signal;
  const compare = () => compareRecentCopiesJob.work(server.jobContext, Date.now(), going);

  it("locks its tenant once, and stays visible in the log after people have cleared it", async () => {
    const account = { tenantName: "Third", slug: "third", userName: "Kim", email: "kim@example.com" };
    const { tenantId: tenant } = await createTenant(server.app, account);
    const link = await issueSignInLink(server.app, account.email, server.url);
    const kim = server.withCookie(cookieOf(await fetch(link, { redirect: "manual" })));
    await takeCheckpoints(server.app, tenant, true);
    await copyCheckpoints(server.jobContext, Date.now(), going);
    await compare();
    expect((await kim.call("getPartyMode")).on).toBe(false);
    const [last] = (await kim.call("listAudit", { query: { limit: 1 } })).items;
    const before = (last?.seq ?? 0) - 1;
    await pastRules("run.audit_checkpoints", "DELETE FROM TABLE WHERE chain = $1 AND seq > $2", [tenant, before]);
    await pastRules("run.audit_events", "DELETE FROM TABLE WHERE chain = $1 AND seq > $2", [tenant, before]);
    await pastRules(
      "run.audit_heads",
      "UPDATE TABLE SET seq = $2, hash = (SELECT hash FROM run.audit_events WHERE chain = $1 AND seq = $2) WHERE chain = $1",
      [tenant, before],
    );
    await compare();
    expect(await causes(kim)).toMatchObject([{ cause: "witness_contradicted", agent_id: null, runbook_id: null }]);
    expect((await admin.call("getPartyMode")).on).toBe(false);
    const events = async () => (await kim.call("listAudit", { query: { type: "audit.witness_contradicted" } })).items;
    expect(await events()).toMatchObject([
      { actor: { type: "system", id: "witness" }, data: { witness: "object_store", count: before + 1, kept: last?.hash, found: null } },
    ]);
    await clear(kim);
    await compare();
    expect((await kim.call("getPartyMode")).on).toBe(false);
    expect(await events()).toHaveLength(1);
  });
});
