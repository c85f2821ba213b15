// Who may work on one PostgreSQL, on a real one: a lone server excludes every other, servers that share a Redis exclude only a lone one.
import { Client } from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openTestDatabase, type TestDatabase } from "../../test-support/test-database.ts";
import { claimServer, type ServerClaim, type ServerMode } from "./server-claim.ts";

let test: TestDatabase;
const held: ServerClaim[] = [];
let displaced = 0;

beforeAll(async () => {
  test = await openTestDatabase("postgres");
});
afterAll(() => test.close());

const claim = async (mode: ServerMode, waitMs = 0): Promise<ServerClaim> => {
  if (test.config.kind !== "postgres") throw new Error("this is about PostgreSQL");
  const claimed = await claimServer({ connectionString: test.config.url }, mode, { waitMs, onDisplaced: () => (displaced += 1) });
  held.push(claimed);
  return claimed;
};
const releaseAll = async (): Promise<void> => {
  await Promise.all(held.splice(0).map((each) => each.release()));
  displaced = 0;
};
const refused = { code: "SERVER_NOT_ALONE" };
const lockers = "SELECT pid FROM pg_locks WHERE locktype = 'advisory' AND granted";
/** As a broken network does it: the server's side of the connection is gone. */
const cut = () => test.admin(`SELECT pg_terminate_backend(pid) FROM (${lockers}) AS locked`);
const countLocks = async (): Promise<number> => (await test.admin(lockers)).length;

async function until(what: string, holds: () => Promise<boolean> | boolean): Promise<void> {
  const end = performance.now() + 10_000;
  while (!(await holds())) {
    if (performance.now() > end) throw new Error(`not in time: ${what}`);
    await new Promise((wait) => setTimeout(wait, 20));
  }
}

describe("the claim of a server", () => {
  it.each([
    ["alone", "alone"],
    ["alone", "shared"],
    ["shared", "alone"],
  ] as const)("%s refuses one that works %s", async (first, second) => {
    await claim(first);
    await expect(claim(second)).rejects.toMatchObject(refused);
    await releaseAll();
    await claim(second);
    await releaseAll();
  });

  it("is shared by any number that share a Redis", async () => {
    await Promise.all([claim("shared"), claim("shared"), claim("shared")]);
    expect(await countLocks()).toBe(3);
    await releaseAll();
    expect(await countLocks()).toBe(0);
  });

  it("holds no vacuum back, however long it stands", async () => {
    await claim("alone");
    const facts = "SELECT state, backend_xid, backend_xmin FROM pg_stat_activity";
    expect(await test.admin(`${facts} WHERE pid IN (SELECT pid FROM (${lockers}) AS locked)`)).toEqual([
      { state: "idle in transaction", backend_xid: null, backend_xmin: null },
    ]);
    await releaseAll();
  });

  it("waits for a server that is ending", async () => {
    const first = await claim("alone");
    setTimeout(() => void first.release(), 500);
    await claim("alone", 5_000);
    await releaseAll();
  });

  it("is taken again when the connection breaks", async () => {
    await claim("alone");
    const [before] = await test.admin<{ pid: number }>(lockers);
    await cut();
    await until("the lock again", async () => {
      const [now] = await test.admin<{ pid: number }>(lockers);
      return now !== undefined && now.pid !== before?.pid;
    });
    await expect(claim("alone")).rejects.toMatchObject(refused);
    expect(displaced).toBe(0);
    await releaseAll();
    expect(await countLocks()).toBe(0);
  });

  it("that another server took meanwhile is gone, and that is said once", async () => {
    await claim("alone");
    const [mine] = await test.admin<{ pid: number; objid: number }>("SELECT pid, objid FROM pg_locks WHERE locktype = 'advisory'");
    const other = new Client({ connectionString: test.config.kind === "postgres" ? test.config.url : "" });
    await other.connect();
    const taken = other.query("SELECT pg_advisory_lock($1)", [mine?.objid]);
    await until(
      "the other one waits",
      async () => (await test.admin("SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND NOT granted")).length > 0,
    );
    await test.admin("SELECT pg_terminate_backend($1)", [mine?.pid]);
    await taken;
    await until("the word", () => displaced === 1);
    await other.end();
    await releaseAll();
  });
});
