// Panic among three servers: the click is on one, the twenty agents with their hundred commands are on the two others. From the request to the
// moment in which the last process stands still. Prints JSON lines. Real processes, PostgreSQL and Redis. `node scripts/run-ts.mjs bench/panic-replicas.ts`
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { signIn } from "../e2e/support/session.ts";
import { startPostgres } from "../packages/server/test-support/postgres.ts";
import { startRedis } from "../packages/server/test-support/redis.ts";
import { figure } from "./measure.ts";
import { agentCount, type Enrolled, pressOften, refuseWithLessThan, startAgent } from "./panic-rig.ts";
import { chancePort, type Started, startProcess, stopProcess, unlimited } from "./processes.ts";

// Twenty agents, three servers and a database, with room.
refuseWithLessThan(4_200);

const folder = mkdtempSync(join(tmpdir(), "dd0c-bench-"));
const first = chancePort();
const ports = [first, first + 3, first + 6];
const cluster = await startPostgres({ durable: true });
const redis = await startRedis(first + 9);
const database = await cluster.createDatabase();
const common = {
  ...process.env,
  ...unlimited,
  DATABASE_URL: database.url.replace("@/", "@localhost/"),
  REDIS_URL: redis.url,
  KEYS_DIR: join(folder, "keys"),
  OBJECTS_DIR: join(folder, "objects"),
  PUBLIC_URL: `http://127.0.0.1:${first}`,
  LOG_LEVEL: "error",
};
const servers: Started[] = [];
for (const port of ports) {
  const env = { ...common, PORT: String(port), DATA_DIR: join(folder, `server-${port}`) };
  servers.push(await startProcess(["packages/server/dist/main.js"], env, "ready"));
}
const session = await signIn(`http://127.0.0.1:${first}`, servers[0]?.ready["signInUrl"] ?? "");
const agents: Enrolled[] = [];
for (let at = 0; at < agentCount; at += 1) {
  const port = ports[1 + (at % 2)] ?? 0;
  agents.push(await startAgent(session, folder, `bench-${at}`, `127.0.0.1:${port + 1}`));
}
const { processes, lasts, each, end } = await pressOften(session, agents);

const setting = `${processes} processes of agents on B and C`;
const figures = [
  figure(`panic on server A -> last of ${setting} stopped (${lasts.length} times)`, "ms", lasts, "p99 <= 300", { p99: 300 }),
  figure("panic on server A -> a process on B or C stopped, each of them", "ms", each, "reported", {}),
];
for (const one of figures) process.stdout.write(`${JSON.stringify(one)}\n`);
end();
await Promise.all([...agents, ...servers].map(stopProcess));
await Promise.all([cluster.stop(), redis.stop()]);
rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
process.exit(0);
