import { Client } from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { describeSchema } from "../../test-support/describe-schema.ts";
import { startPostgres, type TestCluster } from "../../test-support/postgres.ts";
import { databaseKinds, openTestDatabase, type TestDatabase } from "../../test-support/test-database.ts";
import { exemptTables, unguardedTables } from "../../test-support/unguarded-tables.ts";
import { ensurePartitions } from "./housekeeping.ts";
import { migrate, pendingMigrations } from "./migrate.ts";
import { bootstrapSql, type Migration, readMigrations } from "./migration-files.ts";
import { openDatabase } from "./open-database.ts";

describe.each(databaseKinds)("schema on %s", (kind) => {
  let test: TestDatabase;
  beforeAll(async () => {
    test = await openTestDatabase(kind);
  });
  afterAll(() => test.close());

  it("is what schema.sql says", async () => {
    await expect(await describeSchema((sql) => test.admin(sql))).toMatchFileSnapshot("./schema.sql");
  });

  const walk = () => unguardedTables((sql) => test.admin(sql));

  it("guards every table by row-level security, partitions too", async () => {
    expect(await walk()).toEqual([]);
    const [partitions] = await test.admin<{ n: number }>(
      "SELECT count(*)::int AS n FROM pg_class WHERE relispartition AND relname LIKE 'audit_events_%' AND relkind = 'r'",
    );
    expect(partitions?.n).toBe(3);
  });

  it.each([
    ["CREATE TABLE run.planted (tenant_id uuid)", "planted: row-level security is not enabled and forced"],
    [
      "CREATE TABLE run.planted (tenant_id uuid); ALTER TABLE run.planted ENABLE ROW LEVEL SECURITY",
      "planted: row-level security is not enabled and forced",
    ],
    [
      "CREATE TABLE run.planted (tenant_id uuid); ALTER TABLE run.planted ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY; CREATE POLICY p ON run.planted USING (true)",
      "planted: not exactly one policy that binds reads and writes to the tenant",
    ],
    [
      "CREATE TABLE run.planted (tenant_id uuid); ALTER TABLE run.planted ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY; CREATE POLICY p ON run.planted TO dd0c_app USING (tenant_id = (SELECT run.current_tenant_id())) WITH CHECK (true)",
      "planted: not exactly one policy that binds reads and writes to the tenant",
    ],
    ["CREATE VIEW run.planted AS SELECT * FROM run.runbooks", "planted: row-level security is not enabled and forced"],
  ])("finds a planted hole: %s", async (plant, fault) => {
    await test.admin(plant);
    try {
      expect(await walk()).toEqual([fault]);
    } finally {
      await test.admin(plant.startsWith("CREATE VIEW") ? "DROP VIEW run.planted" : "DROP TABLE run.planted");
    }
  });

  it("gives a reason for each exemption", () => {
    for (const reason of Object.values(exemptTables)) expect(reason.length).toBeGreaterThan(20);
  });

  it("finds nothing left to apply on the second start", async () => {
    await test.db.close();
    expect((await test.reopen()).applied).toEqual([]);
  });
});

const migration = (position: number, name: string, sql: string): Migration => ({ position, name, sql, sha256: `sha of ${sql}` });
const [one, two, three] = [migration(1, "0001_a", "x"), migration(2, "0002_b", "y"), migration(3, "0003_c", "z")];
const applied = (...of: Migration[]) => of.map(({ name, sha256 }) => ({ name, sha256 }));

describe("pending migrations", () => {
  it("are those that are not applied, in order", () => {
    expect(pendingMigrations(applied(one), [one, two, three])).toEqual([two, three]);
  });
  it("are none where a newer release was here before", () => {
    expect(pendingMigrations(applied(one, two, three), [one, two])).toEqual([]);
  });
  it.each([
    ["an edited one", applied(one, { ...two, sha256: "other" }), [one, two], "0002_b was changed"],
    ["one before what is applied", applied(one, three), [one, two, three], "0002_b comes before 0003_c"],
    ["one that this release lost", applied(one, two), [one, three], "0002_b, which this release does not know"],
  ])("refuse %s", (_name, done, files, message) => {
    expect(() => pendingMigrations(done, files)).toThrow(
      expect.objectContaining({ code: "MIGRATION_REFUSED", message: expect.stringContaining(message) }),
    );
  });
});

describe("a real PostgreSQL", () => {
  let cluster: TestCluster;
  beforeAll(async () => {
    cluster = await startPostgres();
  });
  afterAll(() => cluster.stop());

  async function asSuperuser<T>(url: string, work: (client: Client) => Promise<T>): Promise<T> {
    const client = new Client({ connectionString: url });
    await client.connect();
    try {
      return await work(client);
    } finally {
      await client.end();
    }
  }

  it("is refused before an administrator prepared it, and accepted after", async () => {
    const { url, superuserUrl } = await cluster.createEmptyDatabase();
    await expect(openDatabase({ kind: "postgres", url })).rejects.toMatchObject({
      code: "DATABASE_UNFIT",
      message: expect.stringContaining("bootstrap.sql"),
    });
    await asSuperuser(superuserUrl, (client) => client.query(bootstrapSql()));
    const db = await openDatabase({ kind: "postgres", url });
    expect(db.applied).toEqual(readMigrations().map(({ name }) => name));
    await db.close();
  });

  it("is refused with a login that row-level security does not bind", async () => {
    const { superuserUrl } = await cluster.createDatabase();
    await expect(openDatabase({ kind: "postgres", url: superuserUrl })).rejects.toMatchObject({
      code: "DATABASE_UNFIT",
      message: expect.stringContaining("superuser"),
    });
  });

  it("that does not answer is said to be unavailable", async () => {
    await expect(openDatabase({ kind: "postgres", url: "postgres://dd0c_login@127.0.0.1:1/x" })).rejects.toMatchObject({
      code: "DATABASE_UNAVAILABLE",
    });
  });

  it("keeps nothing of a migration that fails", async () => {
    const { superuserUrl } = await cluster.createDatabase();
    await asSuperuser(superuserUrl, async (client) => {
      const files = [...readMigrations(), migration(99, "9999_broken", "CREATE TABLE run.half (n int); SELECT 1 / 0")];
      await expect(migrate(client, files)).rejects.toMatchObject({
        code: "MIGRATION_REFUSED",
        message: expect.stringContaining("9999_broken"),
      });
      expect((await client.query("SELECT to_regclass('run.half') AS half")).rows).toEqual([{ half: null }]);
    });
  });

  it("is migrated once by two servers that start together", async () => {
    const { url, superuserUrl } = await cluster.createEmptyDatabase();
    await asSuperuser(superuserUrl, (client) => client.query(bootstrapSql()));
    const both = await Promise.all([openDatabase({ kind: "postgres", url }), openDatabase({ kind: "postgres", url })]);
    expect(both.map((db) => db.applied.length).sort()).toEqual([0, readMigrations().length]);
    for (const db of both) await db.close();
  });

  it("runs with migrations under a login of their own, where the server's may not own the schema", async () => {
    const { url, superuserUrl } = await cluster.createEmptyDatabase();
    await asSuperuser(superuserUrl, async (client) => {
      await client.query(bootstrapSql());
      await client.query("CREATE ROLE migrator LOGIN NOINHERIT; GRANT dd0c_owner, dd0c_auth TO migrator");
      await client.query("CREATE ROLE narrow LOGIN NOINHERIT; GRANT dd0c_app, dd0c_system, dd0c_auth TO narrow");
    });
    const narrow = url.replace("dd0c_login", "narrow");
    await expect(openDatabase({ kind: "postgres", url: narrow })).rejects.toThrow();
    const db = await openDatabase({ kind: "postgres", url: narrow, migrationUrl: url.replace("dd0c_login", "migrator") });
    await ensurePartitions(db.withSystem, new Date("2032-01-01T00:00:00Z"));
    await db.close();
  });
});
