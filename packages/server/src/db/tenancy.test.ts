import { AsyncLocalStorage } from "node:async_hooks";
import { randomUUID } from "node:crypto";
import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { databaseKinds, openTestDatabase, type TestDatabase } from "../../test-support/test-database.ts";
import type { TenantTx } from "./tenancy.ts";

describe.each(databaseKinds)("tenancy on %s", (kind) => {
  let test: TestDatabase;
  const [ours, theirs] = [randomUUID(), randomUUID()];

  beforeAll(async () => {
    test = await openTestDatabase(kind);
    await test.db.withSystem("create-tenant", async ({ query }) => {
      for (const id of [ours, theirs]) await query.insertInto("tenants").values({ id, name: id, slug: id }).execute();
    });
  });
  afterAll(() => test.close());

  const addAgent = (scope: string, owner: string) =>
    test.db.withTenant(scope, ({ query }) =>
      query
        .insertInto("agents")
        .values({
          id: randomUUID(),
          tenant_id: owner,
          name: randomUUID(),
          status: "active",
          agent_version: "1",
          capabilities: "{}",
          ceiling: null,
          journal_id: null,
          fencing_epoch: 0,
          connected_at: null,
          last_heartbeat: null,
        })
        .execute(),
    );
  const agentsSeenBy = (scope: string) =>
    test.db.withTenant(scope, ({ query }) => query.selectFrom("agents").select("tenant_id").execute());

  it("shows a tenant its own rows and zero rows of another", async () => {
    await addAgent(ours, ours);
    expect(await agentsSeenBy(ours)).toEqual([{ tenant_id: ours }]);
    expect(await agentsSeenBy(theirs)).toEqual([]);
    expect(await test.db.withTenant(theirs, ({ query }) => query.selectFrom("tenants").select("id").execute())).toEqual([{ id: theirs }]);
  });

  it("refuses to write a row for another tenant (42501)", async () => {
    await expect(addAgent(ours, theirs)).rejects.toMatchObject({ code: "42501" });
  });

  it("changes zero rows of another tenant", async () => {
    const result = await test.db.withTenant(theirs, ({ query }) => query.updateTable("agents").set({ name: "taken" }).executeTakeFirst());
    expect(result.numUpdatedRows).toBe(0n);
  });

  it("has no rights outside a tenant's or a listed reason's transaction", async () => {
    const roles = await test.db.withTenant(
      ours,
      async ({ query }) => await sql<{ c: string; s: string }>`select current_user c, session_user s`.execute(query),
    );
    expect(roles.rows).toEqual([{ c: "dd0c_app", s: "dd0c_login" }]);
    await expect(test.db.authPool.query("select * from run.tenants")).rejects.toMatchObject({ code: "42501" });
  });

  it("forgets role and tenant with the transaction, on every pooled connection", async () => {
    await Promise.all(Array.from({ length: 30 }, () => agentsSeenBy(ours)));
    const seen = await Promise.all(
      Array.from({ length: 30 }, () =>
        test.db.withSystem("schedule", ({ query }) => sql<{ t: string | null }>`select run.current_tenant_id() t`.execute(query)),
      ),
    );
    expect(new Set(seen.map((result) => result.rows[0]?.t))).toEqual(new Set([null]));
  });

  it("reads of one moment see nothing that was written between them, and write nothing", async () => {
    const names = ({ query }: TenantTx) => query.selectFrom("agents").select("name").execute();
    // The embedded database has one session: there nothing can come between.
    const outside = AsyncLocalStorage.snapshot();
    const between = async () => (kind === "postgres" ? outside(() => addAgent(ours, ours)) : undefined);
    const [before, after] = await test.db.readTenant(ours, async (tx) => {
      const first = await names(tx);
      await between();
      return [first, await names(tx)];
    });
    expect(after).toEqual(before);
    expect(await test.db.readTenant(ours, names)).toHaveLength((before?.length ?? 0) + (kind === "postgres" ? 1 : 0));
    await expect(test.db.readTenant(ours, ({ query }) => query.deleteFrom("agents").execute())).rejects.toMatchObject({ code: "25006" });
  });

  it.each(["off", "on", "remote_apply"])("waits for the disk at a commit where the server's default is %s", async (standing) => {
    await test.admin(`ALTER ROLE dd0c_login SET synchronous_commit = ${standing}`);
    const again = kind === "postgres" ? await test.reopen() : test.db;
    const setting = ({ query }: Pick<TenantTx, "query">) =>
      sql<{ now: string }>`select current_setting('synchronous_commit') as now`.execute(query).then(({ rows }) => rows[0]?.now);
    const waits = kind === "postgres" && standing !== "off" ? standing : "on";
    expect([await again.withTenant(ours, setting), await again.withSystem("schedule", setting)]).toEqual([waits, waits]);
    await test.admin("ALTER ROLE dd0c_login RESET synchronous_commit");
    if (again !== test.db) await again.close();
  });

  it("refuses a nested transaction instead of waiting for itself", async () => {
    await expect(test.db.withTenant(ours, () => agentsSeenBy(ours))).rejects.toThrow("inside a transaction");
    await expect(test.db.withTenant(ours, () => test.db.authPool.query("select 1"))).rejects.toThrow("inside a transaction");
  });

  it("lets work that a transaction started, and that outlives it, open its own", async () => {
    let later: Promise<unknown> = Promise.resolve();
    await test.db.withTenant(ours, async () => {
      later = new Promise((resolve) => setTimeout(resolve, 50)).then(() => agentsSeenBy(ours));
    });
    expect(await later).toEqual(await agentsSeenBy(ours));
  });

  it("refuses a tenant id that is none", async () => {
    await expect(agentsSeenBy("' or true --")).rejects.toThrow("lower-case UUID");
  });
});
