// Limits of two servers on one PostgreSQL and one Redis, both real: what is asked of one counts on the other, and without Redis each counts alone.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { routePath } from "@dd0c/protocol/http";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { freePorts } from "../../../../e2e/support/product.ts";
import { startPostgres, type TestCluster } from "../../test-support/postgres.ts";
import { startRedis, type TestRedis } from "../../test-support/redis.ts";
import { type Session, startTestServer, type TestServer } from "../../test-support/running-server.ts";

const reads = 6;
const writes = 4;
let keys: string;
let cluster: TestCluster;
let redis: TestRedis;
let a: TestServer;
let b: TestServer;
let session: Session;

beforeAll(async () => {
  keys = mkdtempSync(join(tmpdir(), "dd0c-keys-"));
  cluster = await startPostgres();
  redis = await startRedis((await freePorts()).web);
  const { url } = await cluster.createDatabase();
  const limits = { READS_PER_MINUTE: String(reads), WRITES_PER_MINUTE: String(writes), PREVIEWS_PER_MINUTE: "36" };
  const environment = { DATABASE_URL: url.replace("@/", "@localhost/"), REDIS_URL: redis.url, KEYS_DIR: keys, AGENT_PORT: "0", ...limits };
  a = await startTestServer({ databaseUrl: url, environment });
  b = await startTestServer({ databaseUrl: url, environment });
  session = await a.signIn();
}, 60_000);
afterAll(async () => {
  await a.stop();
  await b.stop();
  await Promise.all([cluster.stop(), redis.stop()]);
  rmSync(keys, { recursive: true, force: true });
});

/** The same session on either. */
const headersOn = (server: TestServer) => ({ ...session.headers, origin: server.url });
const read = (server: TestServer): Promise<Response> => fetch(server.url + routePath("getSession"), { headers: headersOn(server) });
const post = (server: TestServer, name: "panicOn" | "panicOff"): Promise<Response> =>
  fetch(server.url + routePath(name), {
    method: "POST",
    headers: { ...headersOn(server), "content-type": "application/json" },
    body: '{"reason":"a test"}',
  });
/** Nobody that we know: counted by address, a twelfth of 36. */
const preview = (server: TestServer): Promise<Response> =>
  fetch(server.url + routePath("parsePreview"), {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: '{"raw_text":"1. `df -h`"}',
  });
const statuses = async (calls: readonly (() => Promise<Response>)[]): Promise<number[]> => {
  const found: number[] = [];
  for (const call of calls) found.push((await call()).status);
  return found;
};
const times = <T>(count: number, value: T): T[] => Array.from({ length: count }, () => value);

describe("limits of servers that share a Redis", () => {
  it("count what is asked of each of them together, and say when to come back", async () => {
    const half = reads / 2;
    expect(await statuses([...times(half, () => read(a)), ...times(half, () => read(b))])).toEqual(times(reads, 200));
    expect(await statuses([() => read(a), () => read(b)])).toEqual([429, 429]);
    const refused = await read(b);
    const seconds = Number(refused.headers.get("retry-after"));
    expect(seconds > 0 && seconds <= 60).toBe(true);
    expect(await refused.json()).toMatchObject({
      error: { code: "RATE_LIMITED", details: { limit_per_minute: reads, retry_after_seconds: seconds } },
    });
  });

  it("never keep anybody from stopping everything", async () => {
    const half = writes / 2;
    await statuses([...times(half, () => post(a, "panicOff")), ...times(half, () => post(b, "panicOff"))]);
    expect(await statuses([() => post(b, "panicOff"), () => post(a, "panicOff")])).toEqual([429, 429]);
    expect(await statuses([() => post(b, "panicOn"), () => post(a, "panicOn")])).toEqual([200, 200]);
  });

  it("are those of each server while Redis hangs, and hold nobody up", async () => {
    redis.hang();
    const began = performance.now();
    expect(await statuses(times(3, () => preview(a)))).toEqual([200, 200, 200]);
    expect(performance.now() - began).toBeLessThan(1_500);
    expect(await statuses([() => preview(a), () => preview(b)])).toEqual([429, 200]);
  });

  it("are counted together again when it is back", async () => {
    await redis.restart();
    const left = async (): Promise<number> => (await preview(b)).status;
    // One of three is used up on B; A's own count refuses there whatever Redis knows.
    expect([await left(), await left(), await left()]).toEqual([200, 200, 429]);
    expect((await preview(a)).status).toBe(429);
  });
});
