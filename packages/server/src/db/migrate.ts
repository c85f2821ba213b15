// In: a connection that may take on dd0c_owner, and the migrations of this release. Out: a schema that has them all, applied in order, once.
// Runs before anything else of the server. Never edits what was applied: an edited, missing or misplaced migration stops the start.
import { AppError } from "@dd0c/core";
import type { ClientBase } from "pg";
import type { Migration } from "./migration-files.ts";

type Applied = { name: string; sha256: string };

/** Any number; the same in every release, so that two servers starting together do not both migrate. */
const migrationLock = 7_305_000;

/**
 * Applies what is missing in one transaction, under an advisory lock. Returns the names it applied.
 * Migrations of a newer release are left alone: they only ever add.
 * Errors: MIGRATION_REFUSED (edited, out of order, unknown, or the database refused it; the message says which).
 */
export async function migrate(client: ClientBase, migrations: readonly Migration[]): Promise<string[]> {
  await client.query("BEGIN");
  try {
    await client.query("SELECT pg_advisory_xact_lock($1)", [migrationLock]);
    await client.query("SET LOCAL ROLE dd0c_owner");
    await client.query(
      "CREATE TABLE IF NOT EXISTS run.schema_migrations (name text PRIMARY KEY, sha256 text NOT NULL, applied_at timestamptz NOT NULL DEFAULT now())",
    );
    const applied = await client.query<Applied>("SELECT name, sha256 FROM run.schema_migrations ORDER BY name");
    const pending = pendingMigrations(applied.rows, migrations);
    for (const migration of pending) await apply(client, migration);
    await client.query("COMMIT");
    return pending.map((migration) => migration.name);
  } catch (error) {
    await client.query("ROLLBACK").catch(() => undefined);
    throw error;
  }
}

async function apply(client: ClientBase, migration: Migration): Promise<void> {
  try {
    await client.query(migration.sql);
    await client.query("INSERT INTO run.schema_migrations (name, sha256) VALUES ($1, $2)", [migration.name, migration.sha256]);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : "unknown";
    throw new AppError("MIGRATION_REFUSED", `Migration ${migration.name} failed and nothing was kept: ${reason}`);
  }
}

/** What is left to apply, or the reason why nothing may be. `applied` in order of name. */
export function pendingMigrations(applied: readonly Applied[], migrations: readonly Migration[]): Migration[] {
  refuseForeignHistory(applied, migrations);
  const done = new Set(applied.map(({ name }) => name));
  const lastApplied = applied.at(-1)?.name ?? "";
  const pending = migrations.filter(({ name }) => !done.has(name));
  const misplaced = pending.find(({ name }) => name < lastApplied);
  if (misplaced !== undefined) {
    throw new AppError("MIGRATION_REFUSED", `Migration ${misplaced.name} comes before ${lastApplied}, which is already applied.`);
  }
  return pending;
}

/** What was applied is what this release has, byte for byte; names after its last one are a newer release's. */
function refuseForeignHistory(applied: readonly Applied[], migrations: readonly Migration[]): void {
  const known = new Map(migrations.map((migration) => [migration.name, migration.sha256]));
  const lastKnown = migrations.at(-1)?.name ?? "";
  for (const { name, sha256 } of applied) {
    const expected = known.get(name);
    if (expected === undefined && name <= lastKnown) {
      throw new AppError("MIGRATION_REFUSED", `The database has migration ${name}, which this release does not know.`);
    }
    if (expected !== undefined && expected !== sha256) {
      throw new AppError("MIGRATION_REFUSED", `Migration ${name} was changed after it had been applied.`);
    }
  }
}
