// Panic while 100 commands run on 20 agents: from the request to the moment in which the last process stands still. Prints JSON lines.
// One real server, twenty agent processes over mTLS, a hundred real processes; their state is read from /proc. `node scripts/run-ts.mjs bench/panic.ts`
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { signIn } from "../e2e/support/session.ts";
import { figure, value } from "./measure.ts";
import { agentCount, type Enrolled, pressOften, refuseWithLessThan, startAgent } from "./panic-rig.ts";
import { chancePort, residentMb, startProcess, stopProcess, unlimited } from "./processes.ts";

// Twenty agents and a server, with room.
refuseWithLessThan(3_500);

const folder = mkdtempSync(join(tmpdir(), "dd0c-bench-"));
const port = chancePort();
const env = { ...process.env, ...unlimited, PORT: String(port), DATA_DIR: join(folder, "data"), LOG_LEVEL: "error" };
const server = await startProcess(["packages/server/dist/main.js"], env, "ready");
const session = await signIn(`http://127.0.0.1:${port}`, server.ready["signInUrl"] ?? "");
const agents: Enrolled[] = [];
for (let at = 0; at < agentCount; at += 1) agents.push(await startAgent(session, folder, `bench-${at}`, `127.0.0.1:${port + 1}`));
const { processes, lasts, each, end } = await pressOften(session, agents);

const setting = `${processes} processes on ${agents.length} agent processes`;
const figures = [
  figure(`panic -> last of ${setting} stopped (${lasts.length} times)`, "ms", lasts, "p99 <= 300", { p99: 300 }),
  figure("panic -> a process stopped, each of them", "ms", each, "reported", {}),
  value("agents, resident memory of one under five commands", "MB", residentMb(agents[0]?.child.pid), "reported", Number.POSITIVE_INFINITY),
];
for (const one of figures) process.stdout.write(`${JSON.stringify(one)}\n`);
end();
await Promise.all(agents.map(stopProcess));
await stopProcess(server);
rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
process.exit(0);
