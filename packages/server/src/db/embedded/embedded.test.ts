import { fork, spawn } from "node:child_process";
import { once } from "node:events";
import { cpSync, existsSync, mkdtempSync, readFileSync, readlinkSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Client, type ClientConfig } from "pg";
import { afterEach, beforeAll, describe, expect, it } from "vitest";
import { embeddedChildEntry } from "../../../test-support/embedded-child.ts";
import { embeddedTemplate } from "../../../test-support/test-database.ts";
import { maintain } from "./maintenance.ts";
import { type EmbeddedOptions, type EmbeddedProcess, startEmbedded } from "./start-embedded.ts";

describe("the embedded database's process", () => {
  let childEntry: string;
  let template: string;
  const running: EmbeddedProcess[] = [];
  const folders: string[] = [];

  beforeAll(async () => {
    childEntry = await embeddedChildEntry();
    template = await embeddedTemplate();
  });
  afterEach(async () => {
    for (const child of running.splice(0)) await child.stop();
    for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
  });

  /** Never opened before; its first start takes seconds. */
  function emptyFolder(): string {
    const folder = mkdtempSync(join(tmpdir(), "dd0c-child-"));
    folders.push(folder);
    return folder;
  }

  /** As an earlier server left it. */
  function newFolder(): string {
    const folder = emptyFolder();
    cpSync(template, folder, { recursive: true });
    return folder;
  }

  async function start(dataFolder: string, options: Partial<EmbeddedOptions> = {}): Promise<EmbeddedProcess> {
    const child = await startEmbedded({ dataFolder, childEntry, ...options });
    running.push(child);
    return child;
  }

  async function connect(child: EmbeddedProcess, config: ClientConfig = {}): Promise<Client> {
    const client = new Client({ host: child.socketFolder, port: 5432, user: "postgres", database: "postgres", ssl: false, ...config });
    client.on("error", () => undefined);
    await client.connect();
    return client;
  }

  const lockFile = (folder: string): { pid: number } => JSON.parse(readFileSync(join(folder, "database.lock"), "utf8")) as { pid: number };

  async function kill(child: EmbeddedProcess): Promise<string> {
    const reason = new Promise<string>((resolve) => child.onUnexpectedExit(resolve));
    process.kill(child.pid, "SIGKILL");
    return await reason;
  }

  it("keeps what was committed and nothing else through kill -9, and its successor takes the lock over", async () => {
    const folder = newFolder();
    const first = await start(folder);
    const writer = await connect(first);
    await writer.query("CREATE TABLE t (n int)");
    await writer.query("INSERT INTO t SELECT generate_series(1, 1000)");
    await writer.query("BEGIN");
    await writer.query("INSERT INTO t SELECT generate_series(1001, 2000)");
    expect(await kill(first)).toBe("SIGKILL");
    expect(lockFile(folder).pid).toBe(first.pid);

    const second = await start(folder);
    expect(lockFile(folder).pid).toBe(second.pid);
    const reader = await connect(second);
    expect((await reader.query("SELECT count(*)::int AS n, max(n) AS last FROM t")).rows).toEqual([{ n: 1000, last: 1000 }]);
    await reader.end();
  });

  it("survives kill -9 in the middle of a stream of commits", async () => {
    const folder = newFolder();
    const first = await start(folder);
    const client = await connect(first);
    await client.query("CREATE TABLE t (n int)");
    let acknowledged = 0;
    const writing = (async () => {
      for (let n = 1; ; n++) {
        await client.query("INSERT INTO t VALUES ($1)", [n]);
        acknowledged = n;
      }
    })().catch(() => undefined);
    while (acknowledged < 50) await new Promise((resolve) => setTimeout(resolve, 5));
    await kill(first);
    await writing;
    const reader = await connect(await start(folder));
    const [row] = (await reader.query<{ n: number; last: number }>("SELECT count(*)::int AS n, max(n) AS last FROM t")).rows;
    expect(row?.n).toBe(row?.last);
    expect(row?.n).toBeGreaterThanOrEqual(acknowledged);
    expect(row?.n).toBeLessThanOrEqual(acknowledged + 1);
    await reader.end();
  });

  it("begins again after a first start that was cut short", async () => {
    const folder = emptyFolder();
    const child = fork(childEntry, [folder], { stdio: "ignore", execArgv: [] });
    while (!existsSync(join(folder, "postgres.new"))) await new Promise((resolve) => setTimeout(resolve, 5));
    child.kill("SIGKILL");
    await once(child, "exit");
    expect(existsSync(join(folder, "postgres"))).toBe(false);
    const client = await connect(await start(folder));
    expect((await client.query("SELECT 1 AS one")).rows).toEqual([{ one: 1 }]);
    await client.end();
  });

  it("refuses a second server on the same folder and names the first", async () => {
    const folder = newFolder();
    const begun = performance.now();
    await start(folder);
    const startedMs = performance.now() - begun;
    await expect(start(folder)).rejects.toMatchObject({ code: "INSTANCE_LOCKED", details: { pid: process.pid } });
    // Without waiting for the first to go: sooner than a start takes on this machine now, or within three seconds.
    expect(performance.now() - begun - startedMs).toBeLessThan(Math.max(3_000, startedMs));
  });

  it("lets exactly one of several starters take a dead one's lock over", async () => {
    const folder = newFolder();
    await kill(await start(folder));
    const results = await Promise.allSettled([start(folder), start(folder), start(folder), start(folder)]);
    expect(results.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected", "rejected", "rejected"]);
  });

  it("takes over the lock of a process id that now belongs to another program", async () => {
    const folder = newFolder();
    await (await start(folder)).stop();
    const stale = { nonce: "n", pid: process.pid, startTime: "1", bootId: bootId(), pidNamespace: pidNamespace(), parentPid: process.pid };
    writeFileSync(join(folder, "database.lock"), JSON.stringify(stale));
    await start(folder);
  });

  it("waits for a predecessor whose server is gone already, and opens when it has closed", async () => {
    const folder = newFolder();
    const holder = spawn("sleep", ["60"], { stdio: "ignore" });
    const [startTime] = (readFileSync(`/proc/${holder.pid}/stat`, "utf8").split(") ")[1] ?? "").split(" ").slice(19);
    const gone = { nonce: "n", pid: holder.pid, startTime, bootId: bootId(), pidNamespace: pidNamespace(), parentPid: 4_000_000 };
    writeFileSync(join(folder, "database.lock"), JSON.stringify(gone));
    const starting = start(folder);
    const early = await Promise.race([starting.then(() => "opened"), new Promise((resolve) => setTimeout(resolve, 1_500, "waiting"))]);
    expect(early).toBe("waiting");
    holder.kill("SIGKILL");
    await starting;
  });

  it("checkpoints and vacuums what has changed much", async () => {
    const child = await start(newFolder());
    const client = await connect(child);
    await client.query("CREATE TABLE churn (n int)");
    await client.query("INSERT INTO churn SELECT generate_series(1, 2000)");
    for (let round = 0; round < 3; round++) await client.query("UPDATE churn SET n = n + 1");
    const before = await client.query<{ lsn: string }>("SELECT checkpoint_lsn::text AS lsn FROM pg_control_checkpoint()");
    expect(await maintain(child.socketFolder)).toContain("public.churn");
    const after = await client.query<{ lsn: string }>("SELECT checkpoint_lsn::text AS lsn FROM pg_control_checkpoint()");
    expect(after.rows).not.toEqual(before.rows);
    expect(await maintain(child.socketFolder)).toEqual([]);
    await client.end();
  });

  it("ignores the terminal's signals and ends when its parent is gone", async () => {
    const folder = newFolder();
    const child = fork(childEntry, [folder], { stdio: "ignore", execArgv: [] });
    await once(child, "message");
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) child.kill(signal);
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(child.exitCode ?? child.signalCode).toBeNull();
    child.disconnect();
    const [code] = (await once(child, "exit")) as [number];
    expect(code).toBe(0);
    expect(existsSync(join(folder, "database.lock"))).toBe(false);
  });

  it("uses another place for its socket where the folder's path is too long for one", async () => {
    const folder = join(emptyFolder(), "x".repeat(90));
    cpSync(template, folder, { recursive: true });
    const child = await start(folder);
    expect(child.socketFolder.startsWith(folder)).toBe(false);
    const client = await connect(child);
    expect((await client.query("SELECT 1 AS one")).rows).toEqual([{ one: 1 }]);
    await client.end();
  });

  describe("bridge", () => {
    it("gives each client its turn: a transaction is seen by others only when it is committed", async () => {
      const child = await start(newFolder());
      const [one, two] = [await connect(child), await connect(child)];
      await one.query("CREATE TABLE t (n int)");
      await one.query("BEGIN");
      await one.query("INSERT INTO t VALUES (1)");
      const waiting = two.query<{ n: number }>("SELECT count(*)::int AS n FROM t");
      await one.query("INSERT INTO t VALUES (2)");
      await one.query("COMMIT");
      expect((await waiting).rows).toEqual([{ n: 2 }]);
      await Promise.all([one.end(), two.end()]);
    });

    it("rolls back what a client that is gone left open", async () => {
      const child = await start(newFolder());
      const [one, two] = [await connect(child), await connect(child)];
      await one.query("CREATE TABLE t (n int)");
      await one.query("BEGIN");
      await one.query("INSERT INTO t VALUES (1)");
      const waiting = two.query<{ n: number }>("SELECT count(*)::int AS n FROM t");
      (one as unknown as { connection: { stream: { destroy(): void } } }).connection.stream.destroy();
      expect((await waiting).rows).toEqual([{ n: 0 }]);
      await two.end();
    });

    it("ends a transaction whose client falls silent (25P03)", async () => {
      const child = await start(newFolder(), { idleInTransactionMs: 300 });
      const [one, two] = [await connect(child), await connect(child)];
      const ended = new Promise<unknown>((resolve) => one.on("error", resolve));
      await one.query("BEGIN");
      expect((await two.query("SELECT 1 AS one")).rows).toEqual([{ one: 1 }]);
      expect(await ended).toMatchObject({ code: "25P03" });
      await two.end();
    });

    it("reports SQLSTATEs, keeps a failed transaction failed, and goes on after it", async () => {
      const child = await start(newFolder());
      const client = await connect(child);
      await expect(client.query("SELECT $1::int / 0", [1])).rejects.toMatchObject({ code: "22012" });
      await client.query("BEGIN");
      await expect(client.query("SELECT nope")).rejects.toMatchObject({ code: "42703" });
      await expect(client.query("SELECT 1")).rejects.toMatchObject({ code: "25P02" });
      await client.query("ROLLBACK");
      expect((await client.query("SELECT 1 AS one")).rows).toEqual([{ one: 1 }]);
      await client.end();
    });

    it("keeps settings, roles and temporary tables of one client from another", async () => {
      const child = await start(newFolder());
      const one = await connect(child);
      await one.query("CREATE ROLE narrow LOGIN");
      await one.query("SET search_path = pg_catalog");
      await one.query("SET ROLE narrow");
      await one.query("CREATE TEMP TABLE secret (n int)").catch(() => undefined);
      const two = await connect(child, { options: "-c search_path=pg_temp,public" });
      const state = "SELECT current_user AS who, current_setting('search_path') AS path, to_regclass('pg_temp.secret') AS leaked";
      expect((await two.query(state)).rows).toEqual([{ who: "postgres", path: "pg_temp,public", leaked: null }]);
      const three = await connect(child, { user: "narrow" });
      expect((await three.query(state)).rows).toEqual([{ who: "narrow", path: "public", leaked: null }]);
      await Promise.all([one.end(), two.end(), three.end()]);
    });

    it("refuses what it cannot keep apart: unknown roles, odd options, named statements", async () => {
      const child = await start(newFolder());
      await expect(connect(child, { user: "nobody_here" })).rejects.toMatchObject({ code: "22023" });
      await expect(connect(child, { user: 'a"; DROP' })).rejects.toMatchObject({ code: "28000" });
      await expect(connect(child, { options: "--x" })).rejects.toMatchObject({ code: "28000" });
      const client = await connect(child);
      await expect(client.query({ name: "kept", text: "SELECT 1" })).rejects.toMatchObject({ code: "0A000" });
    });

    it("carries answers and parameters of several megabytes", async () => {
      const child = await start(newFolder());
      const client = await connect(child);
      const big = "x".repeat(5_000_000);
      const rows = (await client.query<{ n: number; back: string }>("SELECT length($1) AS n, $1 || 'y' AS back", [big])).rows;
      expect(rows[0]?.n).toBe(big.length);
      expect(rows[0]?.back).toBe(`${big}y`);
      await client.end();
    });
  });
});

const bootId = (): string => readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim();
const pidNamespace = (): string => readlinkSync("/proc/self/ns/pid");
