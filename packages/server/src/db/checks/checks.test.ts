import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { migrationsFolder } from "../migration-files.ts";
import { editedMigrations, migrationProblems } from "./additive-migrations.ts";
import { auditWriteProblems } from "./audit-writes.ts";
import { splitStatements } from "./split-statements.ts";

const head = "-- sunset_date: none (nothing is replaced)\n";
const problemsOf = (sql: string) => migrationProblems([{ name: "0009_x.sql", sql: head + sql }]);

describe("statements", () => {
  it("are cut at semicolons outside strings, names, comments and bodies", () => {
    const sql = `CREATE TABLE "a;b" (x text DEFAULT 'it''s; fine'); -- one; two
      /* three; */ CREATE FUNCTION f() AS $x$ SELECT ';' $x$; ;`;
    expect(splitStatements(sql)).toEqual([
      { text: `create table "a;b" (x text default '')`, bodies: [] },
      { text: "create function f() as ''", bodies: ["$x$ SELECT ';' $x$"] },
    ]);
  });
});

describe("migrations", () => {
  it("of this release only add", () => {
    const names = readdirSync(migrationsFolder).filter((name) => /^\d{4}_.*\.sql$/.test(name));
    expect(names.length).toBeGreaterThanOrEqual(4);
    expect(migrationProblems(names.map((name) => ({ name, sql: readFileSync(join(migrationsFolder, name), "utf8") })))).toEqual([]);
  });

  it.each([
    "ALTER TABLE run.runbooks ADD COLUMN colour text, ADD COLUMN size numeric(10, 2) NOT NULL DEFAULT 0",
    "CREATE UNIQUE INDEX i ON run.runbooks (title)",
    "INSERT INTO run.plans VALUES ('a; DROP TABLE x')",
    "-- DROP TABLE run.runbooks\nCREATE TABLE run.t (id uuid)",
  ])("may say %s", (sql) => expect(problemsOf(sql)).toEqual([]));

  it.each([
    "DROP TABLE run.runbooks",
    "ALTER TABLE run.runbooks DROP COLUMN title",
    "ALTER TABLE run.runbooks RENAME COLUMN title TO name",
    "ALTER TABLE run.runbooks RENAME TO books",
    "ALTER TABLE run.runbooks ALTER COLUMN title TYPE varchar(10)",
    "ALTER TABLE run.runbooks ALTER title SET DATA TYPE text",
    "ALTER TABLE run.runbooks ADD COLUMN a text, DROP COLUMN b",
    "ALTER TABLE IF EXISTS ONLY run.runbooks DROP COLUMN b",
    "alter\ttable run.runbooks\n/* x */ drop column b",
    "ALTER TABLE run.runbooks DISABLE ROW LEVEL SECURITY",
    "ALTER TABLE run.runbooks NO FORCE ROW LEVEL SECURITY",
    "ALTER TABLE run.runbooks ADD COLUMN needed text NOT NULL",
    "ALTER TYPE mood RENAME VALUE 'a' TO 'b'",
    "DROP POLICY tenant_isolation ON run.runbooks",
    "DO $$ BEGIN EXECUTE 'DROP TABLE run.runbooks'; END $$",
    "CREATE FUNCTION run.f() RETURNS void LANGUAGE plpgsql AS $$ BEGIN DROP TABLE run.runbooks; END $$",
    "DELETE FROM run.settings",
    "UPDATE run.settings SET value = '1'",
    "TRUNCATE run.settings",
    "REVOKE SELECT ON run.runbooks FROM dd0c_app",
    "SET ROLE postgres",
  ])("may not say %s", (sql) => expect(problemsOf(sql)).toHaveLength(1));

  it.each([
    ["no comment", "CREATE TABLE run.t (id int)", "no `-- sunset_date:` comment"],
    ["a new version without a date", `${head}ALTER TABLE run.t ADD COLUMN name_v2 text`, "names no sunset date"],
    ["a date without its beginning", "-- sunset_date: 2026-04-01\nALTER TABLE run.t ADD COLUMN name_v2 text", "no `-- written_date:`"],
    ["a date too far off", "-- written_date: 2026-03-01\n-- sunset_date: 2026-04-01\nCREATE TABLE run.t (id int)", "not within 30 days"],
    ["none without a reason", "-- sunset_date: none\nCREATE TABLE run.t (id int)", "no `-- sunset_date:` comment"],
  ])("with %s are refused", (_name, sql, fault) => {
    expect(migrationProblems([{ name: "0009_x.sql", sql }])).toEqual([expect.stringContaining(fault)]);
  });

  it("with a sunset within 30 days are accepted", () => {
    const sql = "-- written_date: 2026-03-01\n-- sunset_date: 2026-03-31\nALTER TABLE run.t ADD COLUMN name_v2 text";
    expect(migrationProblems([{ name: "0009_x.sql", sql }])).toEqual([]);
  });

  it("that were released stay as they are", () => {
    const [a, b] = [
      { name: "a", sql: "1" },
      { name: "b", sql: "2" },
    ];
    expect(editedMigrations([a, b], [a, b, { name: "c", sql: "3" }])).toEqual([]);
    expect(editedMigrations([a, b], [{ ...a, sql: "other" }])).toEqual([
      "a: was changed after it had been released",
      "b: was removed after it had been released",
    ]);
  });
});

describe("audit records", () => {
  const found = (text: string, path = "packages/server/src/x.ts") => auditWriteProblems([{ path, text }]);

  it.each([
    "UPDATE run.audit_events SET late = true",
    "update\n  audit_events set x = 1",
    'UPDATE ONLY "run"."audit_events" SET x = 1',
    "UPDATE run.audit_events_2026_03 SET late = true",
    "DELETE FROM run.audit_events WHERE seq < 5",
    "delete from audit_checkpoints",
    "TRUNCATE TABLE run.audit_events",
    "DROP TABLE IF EXISTS run.audit_events_2020_01",
    "ALTER TABLE run.audit_events DISABLE TRIGGER ALL",
    "ALTER TABLE run.audit_events DETACH PARTITION run.audit_events_2020_01",
    "MERGE INTO run.audit_events USING x ON true WHEN MATCHED THEN DELETE",
    "GRANT SELECT, UPDATE ON run.audit_events TO dd0c_app",
    'query.updateTable("audit_events").set({ late: true })',
    "query.deleteFrom(\n  'run.audit_events' )",
  ])("are found to be changed by %s", (text) =>
    expect(found(`\n${text}`)[0]).toMatch(/^packages\/server\/src\/x\.ts:\d+: changes or removes/),
  );

  it.each([
    "INSERT INTO run.audit_events (chain) VALUES ('x')",
    "SELECT * FROM run.audit_events FOR UPDATE",
    "CREATE TRIGGER t BEFORE UPDATE OR DELETE OR TRUNCATE ON run.audit_events",
    "GRANT SELECT, INSERT ON run.audit_events TO dd0c_app, dd0c_system",
    "UPDATE run.audit_heads SET seq = 1",
    'query.selectFrom("audit_events")',
  ])("are left alone by %s", (text) => expect(found(text)).toEqual([]));

  it("may be attacked by tests, which prove the refusal", () => {
    expect(found("UPDATE run.audit_events SET late = true", "packages/server/src/x.test.ts")).toEqual([]);
  });
});
