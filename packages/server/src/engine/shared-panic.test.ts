// The halt among replicas, on a real Redis: who hears of it, what an outage makes of it, and which panic a lift ends.
import { mkdtempSync, rmSync } from "node:fs";
import { createServer, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, expect, it } from "vitest";
import { startRedis, type TestRedis } from "../../test-support/redis.ts";
import { redisReplicas } from "../adapters/redis-replicas.ts";
import { systemClock } from "../adapters/system-clock.ts";
import type { Replicas } from "../ports.ts";
import { openPanicFlag, type PanicFacts } from "./panic-flag.ts";
import { createSharedPanic, type SharedPanic } from "./shared-panic.ts";

interface Replica {
  readonly panic: SharedPanic;
  readonly links: Replicas;
  /** What its agents were told. */
  readonly told: string[];
  readonly stop: () => Promise<void>;
}

const folder = mkdtempSync(join(tmpdir(), "dd0c-panic-"));
let redis: TestRedis;
let installation = 0;
let record: PanicFacts | undefined;
let open: Replica[] = [];

const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });

beforeAll(async () => {
  redis = await startRedis(await freePort());
});
afterEach(async () => {
  await Promise.all(open.map((replica) => replica.stop()));
  open = [];
  installation += 1;
  record = undefined;
});
afterAll(async () => {
  await redis.stop();
  rmSync(folder, { recursive: true, force: true });
});

async function replica(name: string): Promise<Replica> {
  const links = await redisReplicas({ url: redis.url, installation: `i${installation}`, onError: () => undefined });
  const told: string[] = [];
  const shared = links.panic;
  if (shared === undefined) throw new Error("nothing is shared");
  const panic = createSharedPanic(
    {
      local: openPanicFlag(join(folder, `${installation}-${name}.json`)),
      replicas: links,
      recorded: async () => record,
      onChange: ({ on, panicId }) => told.push(`${on ? "on" : "off"} ${panicId}`),
      clock: systemClock,
      logger: { error: () => undefined },
    },
    shared,
  );
  await panic.start();
  const stop = async () => {
    await panic.stop();
    await links.close();
  };
  const made = { panic, links, told, stop };
  open.push(made);
  return made;
}

const three = () => Promise.all(["a", "b", "c"].map(replica)) as Promise<[Replica, Replica, Replica]>;

async function until(condition: () => boolean, withinMs = 8_000): Promise<void> {
  const end = performance.now() + withinMs;
  while (!condition()) {
    if (performance.now() > end) throw new Error("it did not happen");
    await new Promise((wait) => setTimeout(wait, 10));
  }
}

/** What stands in Redis is that this panic is on. */
async function untilShared({ links }: Replica, panicId: string): Promise<void> {
  let stands = {};
  for (let tries = 0; tries < 200 && (stands as PanicFacts).panicId !== panicId; tries += 1) {
    stands = JSON.parse((await links.panic?.read()) ?? "{}") as object;
    await new Promise((wait) => setTimeout(wait, 20));
  }
  expect(stands).toMatchObject({ on: true, panicId });
}

const pressed = (panicId: string): PanicFacts => ({
  on: true,
  panicId,
  sinceMs: 1,
  by: { type: "user", id: "u", via: "web" },
  reason: "smoke",
});
const ids = (replicas: readonly Replica[]) => replicas.map(({ panic }) => (panic.current().on ? panic.current().panicId : "off"));

it("is on everywhere at once, and off everywhere when it is lifted on another replica", async () => {
  const all = await three();
  const [a, b, c] = all;
  a.panic.set(pressed("p1"));
  expect(a.panic.current().on).toBe(true);
  await until(() => ids(all).join() === "p1,p1,p1");
  expect([a.told, b.told, c.told]).toEqual([[], ["on p1"], ["on p1"]]);
  await until(() => all.every(({ panic }) => panic.isCertain()));
  await c.panic.lift(c.panic.current());
  await until(() => ids(all).join() === "off,off,off");
  expect([a.told, b.told]).toEqual([["off p1"], ["on p1", "off p1"]]);
});

it("is one panic where two replicas press at the same time", async () => {
  const all = await three();
  const [a, b] = all;
  a.panic.set(pressed("p1"));
  b.panic.set(pressed("p2"));
  await until(() => new Set(ids(all)).size === 1 && ids(all)[0] !== "off");
  await a.panic.lift(a.panic.current());
  await until(() => ids(all).join() === "off,off,off");
});

it("is known to a replica that starts later, and to one whose file says otherwise", async () => {
  const a = await replica("a");
  a.panic.set(pressed("p1"));
  const b = await replica("b");
  await until(() => ids([b])[0] === "p1");
  await b.stop();
  await a.panic.lift(a.panic.current());
  // Its file still says p1, which was lifted meanwhile.
  expect(ids([await replica("b")])).toEqual(["off"]);
});

it("is not ended by the end of another panic: who knows of one that nobody lifted says so again", async () => {
  const [a, b] = await three();
  a.panic.set(pressed("p1"));
  await until(() => ids([b])[0] === "p1");
  const text = await a.links.panic?.read();
  await a.links.panic?.replace(text, JSON.stringify({ ...pressed("p0"), on: false }));
  await until(() => ids([a, b]).join() === "p1,p1");
  await until(() => open.every(({ panic }) => panic.isCertain()));
  await untilShared(a, "p1");
});

it("goes on by itself nowhere while Redis is gone, hears of a panic from the record, and cannot be lifted", async () => {
  const all = await three();
  const [a, b] = all;
  await until(() => all.every(({ panic }) => panic.isCertain()));
  await redis.kill();
  try {
    await until(() => all.every(({ panic }) => !panic.isCertain()));
    a.panic.set(pressed("p1"));
    record = pressed("p1");
    await until(() => ids(all).join() === "p1,p1,p1");
    await expect(b.panic.lift(b.panic.current())).rejects.toThrow();
    expect(ids([b])).toEqual(["p1"]);
  } finally {
    // It comes back empty: those who know of the panic tell it.
    await redis.restart();
  }
  await until(() => all.every(({ panic }) => panic.isCertain()));
  await untilShared(b, "p1");
  await b.panic.lift(b.panic.current());
  await until(() => ids(all).join() === "off,off,off");
});

it("keeps a replica from starting that cannot read it", async () => {
  const nobody = `redis://127.0.0.1:${await freePort()}`;
  await expect(redisReplicas({ url: nobody, installation: "x", onError: () => undefined, connectForMs: 300 })).rejects.toMatchObject({
    code: "REPLICAS_UNREACHABLE",
  });
});

it("asks another replica, and knows one that is gone", async () => {
  const [a, b] = await three();
  b.links.answerTo("b", async (question) => `heard ${question}`);
  await until(() => b.links.connection() !== undefined);
  let answer = await a.links.ask("b", "you");
  for (let tries = 0; answer === "gone" && tries < 50; tries += 1) answer = await a.links.ask("b", "you");
  expect([answer, await a.links.ask("nobody", "you")]).toEqual([{ answer: "heard you" }, "gone"]);
});
