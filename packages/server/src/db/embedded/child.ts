// In: a data folder (argument 1), an optional idle limit (argument 2), and a parent on the IPC channel. Out: the embedded database, served on
// a unix socket. Own process, so that WebAssembly never blocks the server's loop. Takes the folder's lock before it opens anything, ends when
// the parent is gone or says so, and ignores the terminal's signals: the parent decides when the database stops.
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PGlite } from "@electric-sql/pglite";
import { type Bridge, createBridge } from "./bridge.ts";
import type { ChildReport } from "./child-protocol.ts";
import { type DataFolderLock, lockDataFolder } from "./data-folder-lock.ts";
import { startMaintenance } from "./maintenance.ts";

/** A unix socket path may not be longer than this (108 bytes with the terminator on Linux, 104 on macOS). */
const maxSocketPathBytes = 100;

for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => undefined);

async function main(): Promise<void> {
  const [dataFolder, idleMs] = process.argv.slice(2);
  if (dataFolder === undefined || process.send === undefined) throw new Error("started without a data folder or a parent");
  mkdirSync(dataFolder, { recursive: true, mode: 0o700 });
  const locked = lockDataFolder(dataFolder, process.ppid);
  if (!locked.ok) {
    report({ kind: "locked", pid: locked.holder.pid, parentPid: locked.holder.parentPid });
    process.exitCode = 1;
    process.disconnect();
    return;
  }
  await serve(dataFolder, Number(idleMs ?? 60_000), locked.lock);
}

async function serve(dataFolder: string, idleInTransactionMs: number, lock: DataFolderLock): Promise<void> {
  const database = await openDatabase(join(dataFolder, "postgres"));
  const version = await database.query<{ server_version: string }>("SHOW server_version");
  const bridge = createBridge(database, { serverVersion: version.rows[0]?.server_version ?? "0", idleInTransactionMs });
  const socketFolder = chooseSocketFolder(dataFolder);
  const socketPath = join(socketFolder, ".s.PGSQL.5432");
  rmSync(socketPath, { force: true });
  await bridge.listen(socketPath);
  const endMaintenance = startMaintenance(socketFolder);
  const stop = once(async () => {
    endMaintenance();
    await shutDown(bridge, database, socketFolder, lock);
  });
  process.on("disconnect", stop);
  process.on("message", (message) => {
    if (message === "stop") stop();
  });
  report({ kind: "ready", socketFolder });
  if (!process.connected) stop();
}

/** An interrupted first initialisation must not look like a database: it happens beside and is renamed when whole. */
async function openDatabase(folder: string): Promise<PGlite> {
  if (!existsSync(folder)) {
    const draft = `${folder}.new`;
    rmSync(draft, { recursive: true, force: true });
    const first = await PGlite.create(draft);
    await first.close();
    renameSync(draft, folder);
  }
  return await PGlite.create(folder);
}

function chooseSocketFolder(dataFolder: string): string {
  const beside = join(dataFolder, "socket");
  if (Buffer.byteLength(join(beside, ".s.PGSQL.5432")) > maxSocketPathBytes) return mkdtempSync(join(tmpdir(), "dd0c-db-"));
  mkdirSync(beside, { recursive: true, mode: 0o700 });
  return beside;
}

async function shutDown(bridge: Bridge, database: PGlite, socketFolder: string, lock: DataFolderLock): Promise<void> {
  await bridge.close();
  await database.exec("CHECKPOINT");
  await database.close();
  rmSync(socketFolder, { recursive: true, force: true });
  lock.release();
  process.exit(0);
}

function once(action: () => Promise<void>): () => void {
  let started = false;
  return () => {
    if (started) return;
    started = true;
    action().catch(fail);
  };
}

function report(message: ChildReport): void {
  if (process.connected) process.send?.(message);
}

function fail(error: unknown): void {
  report({ kind: "failed", message: error instanceof Error ? error.message : "unknown" });
  process.stderr.write(`embedded database: ${error instanceof Error ? error.message : "unknown failure"}\n`);
  process.exit(1);
}

process.on("unhandledRejection", fail);
main().catch(fail);
