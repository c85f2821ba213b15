// Two servers on one PostgreSQL that do not hear each other would both decide. Real processes, a real PostgreSQL, a real Redis: the second one
// does not start, a killed one leaves nothing behind, and one that lost its place while the database was away ends.
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, expect, it } from "vitest";
import { claimServer } from "../packages/server/src/db/server-claim.ts";
import { startPostgres, type TestCluster } from "../packages/server/test-support/postgres.ts";
import { queryRows } from "../packages/server/test-support/query-rows.ts";
import { startRedis, type TestRedis } from "../packages/server/test-support/redis.ts";
import { type Part, startServer } from "./support/parts.ts";
import { ended, freePorts, temporaryFolder } from "./support/product.ts";

let folder: ReturnType<typeof temporaryFolder>;
let cluster: TestCluster;
let redis: TestRedis;
let url: string;
let superuserUrl: string;
const running: Part<unknown>[] = [];

beforeAll(async () => {
  folder = temporaryFolder();
  cluster = await startPostgres();
  redis = await startRedis((await freePorts()).web);
  ({ url, superuserUrl } = await cluster.createDatabase());
}, 60_000);
afterEach(async () => {
  await Promise.all(running.splice(0).map((server) => server.stop()));
});
afterAll(async () => {
  await Promise.all([cluster.stop(), redis.stop()]);
  folder.remove();
});

let count = 0;
async function start(more: NodeJS.ProcessEnv = {}): Promise<Part<unknown>> {
  count += 1;
  const common = {
    DATABASE_URL: url.replace("@/", "@localhost/"),
    KEYS_DIR: join(folder.path, "keys"),
    OBJECTS_DIR: join(folder.path, "objects"),
  };
  const server = await startServer(await freePorts(), join(folder.path, `server-${count}`), { ...common, DEMO: "0", ...more });
  running.push(server);
  return server;
}
const refusal = (more: NodeJS.ProcessEnv = {}): Promise<string> =>
  start(more).then(
    () => "it started",
    (error: Error) => error.message,
  );

it("a second one without REDIS_URL is refused, and after kill -9 of the first one it starts at once", async () => {
  const first = await start();
  expect(await refusal()).toContain("SERVER_NOT_ALONE: This server has no REDIS_URL, and another server works on the same database.");
  await first.kill();
  const began = performance.now();
  await start();
  expect(performance.now() - began).toBeLessThan(5_000);
}, 90_000);

it("one that starts while the first one ends waits for its end", async () => {
  const first = await start();
  const [second] = await Promise.all([start(), new Promise((wait) => setTimeout(wait, 1_000)).then(() => first.stop())]);
  expect(second.stderr()).not.toContain("SERVER_NOT_ALONE");
}, 60_000);

it("a lone one and those that share a Redis exclude each other; those that share do not", async () => {
  const shared = { REDIS_URL: redis.url };
  const lone = await start();
  expect(await refusal(shared)).toContain("SERVER_NOT_ALONE: A server without REDIS_URL works on the same database.");
  await lone.stop();
  await Promise.all([start(shared), start(shared)]);
}, 120_000);

it("one whose place was taken while it was cut off ends, and says why", async () => {
  const server = await start();
  server.child.kill("SIGSTOP");
  await queryRows(superuserUrl, "SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory'");
  const other = await claimServer({ connectionString: url }, "alone", { onDisplaced: () => undefined });
  server.child.kill("SIGCONT");
  expect(await ended(server.child)).toBe(1);
  expect(server.stderr()).toContain("SERVER_NOT_ALONE: Another server took this one's place on the database.");
  await other.release();
}, 60_000);
