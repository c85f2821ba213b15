// The server process: reads its environment, opens the database, runs until it is told to stop, and closes the database last.
// To a supervisor it speaks over IPC ({type: "ready", ...}); alone it prints. Exit 0 after SIGINT or SIGTERM, 1 when it could not go on.
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { type Config, readConfig } from "./config.ts";
import type { DatabaseConfig } from "./db/index.ts";
import type { RunningServer } from "./wire.ts";

function databaseConfig({ databaseUrl, migrationDatabaseUrl, dataDir }: Config): DatabaseConfig {
  if (databaseUrl === undefined) return { kind: "embedded", dataFolder: join(dataDir, "database") };
  return { kind: "postgres", url: databaseUrl, ...(migrationDatabaseUrl === undefined ? {} : { migrationUrl: migrationDatabaseUrl }) };
}

/** Not a moment more of two servers: what is under way is taken up from the record, as after a kill. */
function endAtOnce(): never {
  process.stderr.write("SERVER_NOT_ALONE: Another server took this one's place on the database.\n");
  process.exit(1);
}

/** Everything that opens files or ports comes after the configuration was found to be good. */
async function start(config: Config) {
  const { openDatabase } = await import("./db/index.ts");
  mkdirSync(config.dataDir, { recursive: true, mode: 0o700 });
  const opening = openDatabase(databaseConfig(config));
  // The libraries load while the database opens in its own process.
  const [{ wire }, database] = await Promise.all([import("./wire.ts"), opening]);
  database.onDisplaced(endAtOnce);
  try {
    return { server: await wire({ config, database }), database };
  } catch (error) {
    await database.close();
    throw error;
  }
}

function announce(server: RunningServer): void {
  if (process.send !== undefined) {
    const { port, url, agentPort, signInUrl, agentConfigFile, enrolmentTokenFile } = server;
    process.send({ type: "ready", port, url, agentPort, signInUrl, agentConfigFile, enrolmentTokenFile });
    return;
  }
  const link = server.signInUrl === null ? "" : `Sign in with this link (it works once):\n\n${server.signInUrl}\n`;
  process.stdout.write(`dd0c/run listens on ${new URL(server.url).host}, agents on port ${server.agentPort}.\n${link}`);
}

/** Name, code and sentence of a failure; the stack only where it is a fault of ours. */
function describe(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return "code" in error && typeof error.code === "string" ? `${error.code}: ${error.message}` : (error.stack ?? error.message);
}

async function main(): Promise<void> {
  const { server, database } = await start(readConfig(process.env));
  let stopping = false;
  const stop = async (code: number, why?: string): Promise<void> => {
    if (stopping) return;
    stopping = true;
    if (why !== undefined) process.stderr.write(`${why}\n`);
    await server.close();
    await database.close();
    process.exit(code);
  };
  const stopNow = (code: number, why?: string) => void stop(code, why).catch(() => process.exit(1));
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => stopNow(0));
  // Without its supervisor nobody could stop it any more.
  if (process.send !== undefined) process.on("disconnect", () => stopNow(0));
  database.onChildExit((reason) => stopNow(1, `The embedded database ended by itself (${reason}); nothing can be recorded any more.`));
  announce(server);
}

main().catch((error: unknown) => {
  process.stderr.write(`${describe(error)}\n`);
  process.exit(1);
});
