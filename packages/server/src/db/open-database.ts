// In: where the database is. Out: a migrated database and the two entrances to it, the same for the embedded and a real PostgreSQL.
// First thing the server opens, last thing it closes. Refuses a login that is stronger than it may be.
import { AppError } from "@dd0c/core";
import { Kysely, PostgresDialect } from "kysely";
import { Client, type ClientConfig, type CustomTypesConfig, type Pool, types as defaultTypes } from "pg";
import { type EmbeddedProcess, startEmbedded } from "./embedded/start-embedded.ts";
import { GuardedPool } from "./guarded-pool.ts";
import { keepHouse } from "./housekeeping.ts";
import { fromJsonColumn } from "./json-columns.ts";
import { migrate } from "./migrate.ts";
import { bootstrapSql, readMigrations } from "./migration-files.ts";
import { refuseUnfitServer } from "./refuse-unfit-server.ts";
import { claimServer, type ServerClaim, type ServerMode } from "./server-claim.ts";
import type { RunTables } from "./tables.ts";
import { createTenancy, type OnTenantBreach, type WithSystem, type WithTenant } from "./tenancy.ts";

/**
 * `embedded`: PostgreSQL in a process of its own, in `dataFolder`. `childEntry` is the bundled child.ts (default: beside the bundle).
 * `postgres`: `url` logs in as the unprivileged role of bootstrap.sql; `migrationUrl` only where that role may not become dd0c_owner.
 */
export type DatabaseConfig =
  | { kind: "embedded"; dataFolder: string; childEntry?: string; idleInTransactionMs?: number }
  | { kind: "postgres"; url: string; migrationUrl?: string };

export type OpenDatabase = {
  readonly kind: DatabaseConfig["kind"];
  readonly withTenant: WithTenant;
  /** Like withTenant, but everything that is read is of one moment, and nothing can be written: for answers made of several statements. */
  readonly readTenant: WithTenant;
  readonly withSystem: WithSystem;
  /** Connections of role dd0c_auth with search_path `auth`, for the identity library alone. */
  readonly authPool: Pool;
  /** Connections of role dd0c_jobs with search_path `jobs`, for the job library alone. */
  readonly jobsPool: Pool;
  /** Names of the migrations that this start applied. */
  readonly applied: readonly string[];
  /** One server at a time does this, of all that use the database; the others wait. Not for work inside a transaction. */
  alone<T>(work: () => Promise<T>): Promise<T>;
  /**
   * From now until `close` this server works on the database: by itself, or with others that share a Redis.
   * Errors: SERVER_NOT_ALONE. The embedded database belongs to one server anyway.
   */
  claim(mode: ServerMode): Promise<void>;
  /** Whom to tell when another server took this one's place while the connection was broken: it must end at once. */
  onDisplaced(listener: () => void): void;
  /** Round trip to the database; rejects when it does not answer. */
  ping(): Promise<void>;
  /** Whom to tell when work of a tenant runs against the wall around it. */
  onTenantBreach(listener: OnTenantBreach): void;
  /** Embedded only: the database's process ended by itself. The server must stop: nothing can be recorded any more. */
  onChildExit(listener: (reason: string) => void): void;
  close(): Promise<void>;
};

const poolSize = 10;
const jobsPoolSize = 2;
const idleInTransactionMs = 60_000;
const jsonbOid = 3_802;
/** Any number; another one than that of the migrations. */
const aloneLock = 7_305_001;

/** How values leave the driver: jsonb through our escape, everything else as `pg` does it (int8 as text, timestamptz as Date). */
const types: CustomTypesConfig = {
  getTypeParser: (oid: number, format?: "text" | "binary") =>
    oid === jsonbOid && format !== "binary" ? fromJsonColumn : defaultTypes.getTypeParser(oid, format as "text"),
};

/**
 * Opens, bootstraps (embedded only), migrates and checks.
 * Errors: INSTANCE_LOCKED (another server has the data folder), DATABASE_UNAVAILABLE, DATABASE_UNFIT (version, roles), MIGRATION_REFUSED.
 */
export async function openDatabase(config: DatabaseConfig): Promise<OpenDatabase> {
  if (config.kind === "postgres") return await connect(config.kind, { connectionString: config.url }, config.migrationUrl);
  const child = await startEmbedded(config);
  try {
    const server: ClientConfig = { host: child.socketFolder, port: 5432, database: "postgres", ssl: false };
    await withClient({ ...server, user: "postgres" }, async (client) => {
      await client.query(bootstrapSql());
    });
    return await connect(config.kind, { ...server, user: "dd0c_login" }, undefined, child);
  } catch (error) {
    await child.stop();
    throw error;
  }
}

async function connect(
  kind: DatabaseConfig["kind"],
  login: ClientConfig,
  migrationUrl: string | undefined,
  child?: EmbeddedProcess,
): Promise<OpenDatabase> {
  await withClient(login, refuseUnfitServer);
  const owner = migrationUrl === undefined ? login : { connectionString: migrationUrl };
  const applied = await withClient(owner, (client) => migrate(client, readMigrations()));
  const pool = new GuardedPool({ ...login, idle_in_transaction_session_timeout: idleInTransactionMs, max: poolSize, types });
  const authPool = new GuardedPool({ ...login, options: "-c role=dd0c_auth -c search_path=auth", max: poolSize });
  const jobsPool = new GuardedPool({ ...login, options: "-c role=dd0c_jobs -c search_path=jobs", max: jobsPoolSize });
  const database = new Kysely<RunTables>({ dialect: new PostgresDialect({ pool }) });
  let tellBreach: OnTenantBreach = () => undefined;
  let tellDisplaced: () => void = () => undefined;
  let claimed: ServerClaim | undefined;
  const tenancy = createTenancy(database, (tenantId, breach) => tellBreach(tenantId, breach));
  const closePools = async (): Promise<void> => {
    await database.destroy();
    await authPool.end();
    await jobsPool.end();
  };
  await keepHouse(tenancy.withSystem, new Date()).catch(async (error: unknown) => {
    await closePools();
    throw error;
  });
  return {
    kind,
    ...tenancy,
    authPool,
    jobsPool,
    applied,
    alone: (work) => (kind === "embedded" ? work() : withClient(login, (client) => alone(client, work))),
    claim: async (mode) => {
      if (kind === "postgres") claimed = await claimServer(login, mode, { onDisplaced: () => tellDisplaced() });
    },
    onDisplaced: (listener) => {
      tellDisplaced = listener;
    },
    ping: async () => {
      await pool.query("SELECT 1");
    },
    onTenantBreach: (listener) => {
      tellBreach = listener;
    },
    onChildExit: (listener) => child?.onUnexpectedExit(listener),
    close: async () => {
      await closePools();
      await claimed?.release();
      await child?.stop();
    },
  };
}

/** The lock ends with the connection, so that a server that dies leaves none behind. */
async function alone<T>(client: Client, work: () => Promise<T>): Promise<T> {
  await client.query("SELECT pg_advisory_lock($1)", [aloneLock]);
  return await work();
}

async function withClient<T>(config: ClientConfig, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client(config);
  try {
    await client.connect();
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : "unknown";
    throw new AppError("DATABASE_UNAVAILABLE", `The database does not answer, or refuses the login: ${reason}`);
  }
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
