import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Client, type ClientConfig } from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { embeddedChildEntry } from "../../../test-support/embedded-child.ts";
import { embeddedTemplate } from "../../../test-support/test-database.ts";
import { type EmbeddedProcess, startEmbedded } from "./start-embedded.ts";
import { createStatementCache } from "./statement-cache.ts";

const frame = (type: string, body: Buffer): Buffer => {
  const head = Buffer.alloc(5);
  head.write(type, 0, "latin1");
  head.writeInt32BE(body.length + 4, 1);
  return Buffer.concat([head, body]);
};
/** As `pg` sends a statement with parameters. */
const turnOf = (text: string, name = ""): Buffer[] => [
  frame("P", Buffer.from(`${name}\0${text}\0\0\0`, "latin1")),
  frame("B", Buffer.from(`\0${name}\0\0\0\0\0\0\0`, "latin1")),
  frame("D", Buffer.from("P\0", "latin1")),
  frame("E", Buffer.from("\0\0\0\0\0", "latin1")),
  frame("S", Buffer.alloc(0)),
];
const parsed = frame("1", Buffer.alloc(0));
const rest = Buffer.concat([frame("2", Buffer.alloc(0)), frame("C", Buffer.from("SELECT 1\0")), frame("Z", Buffer.from("I"))]);
const failed = Buffer.concat([frame("E", Buffer.from("SERROR\0C0A000\0\0")), frame("Z", Buffer.from("I"))]);

describe("frames of a statement that comes again", () => {
  const run = (cache: ReturnType<typeof createStatementCache>, text: string, answer = Buffer.concat([parsed, rest])) => {
    const turn = cache.turn(turnOf(text));
    return { sent: turn.bytes.toString("latin1"), heard: turn.answered(answer) };
  };

  it("keeps it at the second meeting, sends no text at the third, and the client hears the same each time", () => {
    const cache = createStatementCache();
    expect(run(cache, "select 1")).toEqual({
      sent: Buffer.concat(turnOf("select 1")).toString("latin1"),
      heard: Buffer.concat([parsed, rest]),
    });
    expect(run(cache, "select 1")).toEqual({
      sent: Buffer.concat(turnOf("select 1", "kept_1")).toString("latin1"),
      heard: Buffer.concat([parsed, rest]),
    });
    expect(run(cache, "select 1", rest)).toEqual({
      sent: Buffer.concat(turnOf("select 1", "kept_1").slice(1)).toString("latin1"),
      heard: Buffer.concat([parsed, rest]),
    });
    expect(cache.retired()).toEqual([]);
  });

  it("keeps nothing that the database did not parse, and drops what fails, to begin with the text again", () => {
    const cache = createStatementCache();
    run(cache, "select nope", failed);
    run(cache, "select nope", failed);
    expect(run(cache, "select nope", failed).sent).toContain("select nope");
    run(cache, "select 1");
    run(cache, "select 1");
    expect(run(cache, "select 1", failed).heard).toEqual(Buffer.concat([parsed, failed]));
    expect(Buffer.concat(cache.retired()).toString("latin1")).toContain("Skept_");
    expect(run(cache, "select 1").sent).toContain("select 1");
  });

  it("drops the one unused for longest, and everything when a definition changes", () => {
    const cache = createStatementCache(2);
    for (const text of ["select 1", "select 2"]) for (const _ of [1, 2]) run(cache, text);
    run(cache, "select 1", rest);
    for (const _ of [1, 2]) run(cache, "select 3");
    expect(Buffer.concat(cache.retired()).toString("latin1")).toMatch(/^C\0\0\0\x0cSkept_2\0$/);
    cache
      .turn([frame("Q", Buffer.from("alter table t add column n int\0"))])
      .answered(Buffer.concat([frame("C", Buffer.from("ALTER TABLE\0")), rest]));
    expect(cache.retired()).toHaveLength(2);
    expect(run(cache, "select 1").sent).toContain("select 1");
  });

  it("leaves alone what is not the ordinary case: named statements, several at once, long texts", () => {
    const cache = createStatementCache();
    for (const frames of [
      turnOf("select 1", "mine"),
      [...turnOf("select 1").slice(0, 4), ...turnOf("select 2")],
      turnOf(`select '${"x".repeat(9_000)}'`),
    ])
      for (const _ of [1, 2, 3]) expect(cache.turn(frames).bytes).toEqual(Buffer.concat(frames));
  });
});

describe("statements kept by the embedded database", () => {
  let folder: string;
  let child: EmbeddedProcess;
  const clients: Client[] = [];
  const connect = async (config: ClientConfig = {}): Promise<Client> => {
    const client = new Client({ host: child.socketFolder, port: 5432, user: "postgres", database: "postgres", ssl: false, ...config });
    await client.connect();
    clients.push(client);
    return client;
  };

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "dd0c-statements-"));
    cpSync(await embeddedTemplate(), folder, { recursive: true });
    child = await startEmbedded({ dataFolder: folder, childEntry: await embeddedChildEntry() });
  });
  afterAll(async () => {
    for (const client of clients) await client.end();
    await child.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  it("obey the row-level security of whoever runs them, however often another has run them", async () => {
    const owner = await connect();
    await owner.query("CREATE TABLE public.owned (who text, n int)");
    await owner.query("ALTER TABLE public.owned ENABLE ROW LEVEL SECURITY");
    await owner.query("CREATE POLICY own ON public.owned USING (who = current_setting('app.who', true) AND current_user = 'reader_one')");
    await owner.query("INSERT INTO public.owned VALUES ('a', 1), ('b', 2)");
    for (const role of ["reader_one", "reader_two"]) {
      await owner.query(`CREATE ROLE ${role} LOGIN`);
      await owner.query(`GRANT SELECT ON public.owned TO ${role}`);
    }
    const rowsFor = async (client: Client, role: string, who: string): Promise<unknown[]> => {
      await client.query("BEGIN");
      await client.query("SELECT set_config('role', $1, true), set_config('app.who', $2, true)", [role, who]);
      const { rows } = await client.query<{ n: number }>("SELECT n FROM public.owned WHERE n > $1 ORDER BY n", [0]);
      await client.query("COMMIT");
      return rows.map(({ n }) => n);
    };
    const other = await connect();
    for (let round = 0; round < 8; round += 1) {
      expect(await rowsFor(owner, "reader_one", "a")).toEqual([1]);
      expect(await rowsFor(other, "reader_one", "b")).toEqual([2]);
      expect(await rowsFor(owner, "reader_two", "a")).toEqual([]);
      expect(await rowsFor(other, "postgres", "a")).toEqual([1, 2]);
    }
    await owner.query("REVOKE SELECT ON public.owned FROM reader_one");
    await expect(rowsFor(owner, "reader_one", "a")).rejects.toMatchObject({ code: "42501" });
    await owner.query("ROLLBACK");
  });

  it("mean the tables of whoever runs them, and follow a table that changes", async () => {
    const owner = await connect();
    for (const schema of ["left_one", "right_one"]) {
      await owner.query(`CREATE SCHEMA ${schema}`);
      await owner.query(`CREATE TABLE ${schema}.place AS SELECT '${schema}'::text AS name`);
    }
    const [left, right] = [await connect({ options: "-c search_path=left_one" }), await connect({ options: "-c search_path=right_one" })];
    const read = async (client: Client) => (await client.query("SELECT * FROM place WHERE name <> $1", [""])).rows;
    for (let round = 0; round < 4; round += 1) {
      expect(await read(left)).toEqual([{ name: "left_one" }]);
      expect(await read(right)).toEqual([{ name: "right_one" }]);
    }
    await owner.query("ALTER TABLE left_one.place ADD COLUMN n int DEFAULT 7");
    expect(await read(left)).toEqual([{ name: "left_one", n: 7 }]);
    expect(await read(right)).toEqual([{ name: "right_one" }]);
  });

  it("do not outlive their number, in a transaction that failed neither", async () => {
    const client = await connect();
    await client.query("BEGIN");
    for (let at = 0; at < 260; at += 1) for (const _ of [1, 2]) await client.query(`SELECT $1::int + ${at} AS n`, [1]);
    await expect(client.query("SELECT $1::int / 0", [1])).rejects.toMatchObject({ code: "22012" });
    for (let at = 0; at < 4; at += 1)
      await expect(client.query(`SELECT $1::int + ${at} AS n`, [1])).rejects.toMatchObject({ code: "25P02" });
    await client.query("ROLLBACK");
    const kept = await client.query<{ n: number }>("SELECT count(*)::int AS n FROM pg_prepared_statements");
    expect(kept.rows[0]?.n).toBeGreaterThan(100);
    expect(kept.rows[0]?.n).toBeLessThanOrEqual(200);
    expect((await client.query("SELECT $1::int + 3 AS n", [1])).rows).toEqual([{ n: 4 }]);
  });
});
