// One test database of either kind, opened as the unprivileged login role, plus a superuser's door for planting and inspecting.
// The same suite runs on both kinds: `describe.each(databaseKinds)("... on %s", (kind) => ...)`.
import { createHash, randomUUID } from "node:crypto";
import { cpSync, existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Client, type ClientConfig, type QueryResultRow } from "pg";
import { bootstrapSql, readMigrations } from "../src/db/migration-files.ts";
import { type DatabaseConfig, type OpenDatabase, openDatabase } from "../src/db/open-database.ts";
import { embeddedChildEntry } from "./embedded-child.ts";
import { startPostgres, type TestCluster } from "./postgres.ts";

export type DatabaseKind = DatabaseConfig["kind"];

export const databaseKinds: readonly DatabaseKind[] = ["embedded", "postgres"];

export type TestDatabase = {
  readonly db: OpenDatabase;
  readonly config: DatabaseConfig;
  /** Runs one statement as the superuser, whom nothing but triggers stops. */
  admin<Row extends QueryResultRow>(sql: string, values?: unknown[]): Promise<Row[]>;
  /** Opens it once more with the same configuration (after `db.close()`). */
  reopen(): Promise<OpenDatabase>;
  close(): Promise<void>;
};

const cache = fileURLToPath(new URL("../../../.cache/test", import.meta.url));
let cluster: Promise<TestCluster> | undefined;
let clusterUsers = 0;

/** A fresh, migrated database. Close it in afterAll: the last one closed stops the PostgreSQL cluster. */
export async function openTestDatabase(kind: DatabaseKind): Promise<TestDatabase> {
  return kind === "embedded" ? await openEmbedded() : await openPostgres();
}

async function openEmbedded(): Promise<TestDatabase> {
  const dataFolder = mkdtempSync(join(tmpdir(), "dd0c-em-"));
  cpSync(await embeddedTemplate(), dataFolder, { recursive: true });
  const config: DatabaseConfig = { kind: "embedded", dataFolder, childEntry: await embeddedChildEntry() };
  const server: ClientConfig = { host: join(dataFolder, "socket"), port: 5432, database: "postgres", user: "postgres" };
  return await wrap(config, server, async () => rmSync(dataFolder, { recursive: true, force: true }));
}

async function openPostgres(): Promise<TestDatabase> {
  cluster ??= startPostgres();
  clusterUsers += 1;
  const { url, superuserUrl } = await (await cluster).createDatabase();
  return await wrap({ kind: "postgres", url }, { connectionString: superuserUrl }, async () => {
    clusterUsers -= 1;
    if (clusterUsers > 0) return;
    const last = await cluster;
    cluster = undefined;
    await last?.stop();
  });
}

async function wrap(config: DatabaseConfig, superuser: ClientConfig, cleanUp: () => Promise<void>): Promise<TestDatabase> {
  let db = await openDatabase(config);
  return {
    get db() {
      return db;
    },
    config,
    admin: async <Row extends QueryResultRow>(sql: string, values: unknown[] = []) => {
      const client = new Client(superuser);
      await client.connect();
      try {
        return (await client.query<Row>(sql, values)).rows;
      } finally {
        await client.end();
      }
    },
    reopen: async () => {
      db = await openDatabase(config);
      return db;
    },
    close: async () => {
      await db.close();
      await cleanUp();
    },
  };
}

/** A data folder with all migrations, to copy: initdb and migrations take seconds. Kept per content of the migrations. */
export async function embeddedTemplate(): Promise<string> {
  const content = [bootstrapSql(), ...readMigrations().map((migration) => migration.sha256)].join("\n");
  const kept = join(cache, `embedded-${createHash("sha256").update(content).digest("hex").slice(0, 12)}`);
  if (existsSync(kept)) return kept;
  mkdirSync(cache, { recursive: true });
  const draft = mkdtempSync(join(tmpdir(), "dd0c-tpl-"));
  const db = await openDatabase({ kind: "embedded", dataFolder: draft, childEntry: await embeddedChildEntry() });
  await db.close();
  const copy = `${kept}.${randomUUID()}`;
  cpSync(draft, copy, { recursive: true });
  rmSync(draft, { recursive: true, force: true });
  try {
    renameSync(copy, kept);
  } catch {
    // Another test process was faster.
    rmSync(copy, { recursive: true, force: true });
  }
  return kept;
}
