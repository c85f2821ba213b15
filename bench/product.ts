// The product as it runs: start, preview over HTTP, memory, the first page. Prints JSON lines.
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { signIn } from "../e2e/support/session.ts";
import { figure, type Figure, value } from "./measure.ts";
import { chancePort, residentMb, startProcess, stopProcess, unlimited } from "./processes.ts";

const folder = mkdtempSync(join(tmpdir(), "dd0c-bench-"));
const data = join(folder, "data");
const port = chancePort();
const env = { ...process.env, ...unlimited, PORT: String(port), DATA_DIR: data, DEMO: "1", LOG_LEVEL: "warn" };
const figures: Figure[] = [];

const startServer = () => startProcess(["packages/server/dist/main.js"], env, "ready");

const first = await startServer();
figures.push(value("server, first start", "s", first.ms / 1000, "reported", Number.POSITIVE_INFINITY));
await stopProcess(first);
const again: number[] = [];
for (let round = 0; round < 3; round += 1) {
  const started = await startServer();
  again.push(started.ms / 1000);
  await stopProcess(started);
}
figures.push(figure("server, start on an existing database", "s", again, "<= 2.5", { median: 2.5 }));

const server = await startServer();
const configFile = server.ready["agentConfigFile"] ?? "";
const agent = await startProcess(
  ["packages/agent/dist/main.js", "--config", configFile, "--enroll-token-file", server.ready["enrolmentTokenFile"] ?? ""],
  env,
  "connected",
);
await stopProcess(agent);
const agentAgain = await startProcess(["packages/agent/dist/main.js", "--config", configFile], env, "connected");
figures.push(
  value("agent, start to connected", "s", agentAgain.ms / 1000, "<= 0.5", 0.5),
  value("agent, idle RSS", "MB", residentMb(agentAgain.child.pid), "<= 90", 90),
);

const session = await signIn(`http://127.0.0.1:${port}`, server.ready["signInUrl"] ?? "");
const text = readFileSync("templates/payment-svc-latency.md", "utf8").repeat(3);
const preview: number[] = [];
for (let round = 0; round < 220; round += 1) {
  const started = performance.now();
  await session.call("parsePreview", { body: { raw_text: text } });
  if (round >= 20) preview.push(performance.now() - started);
}
figures.push(figure(`parse-preview over HTTP (${Math.round(text.length / 1024)} KB)`, "ms", preview, "p99 <= 60", { p99: 60 }));

figures.push(value("server, idle RSS (without the database's process)", "MB", residentMb(server.child.pid), "<= 250", 250));
await stopProcess(agentAgain);
await stopProcess(server);

const html = readFileSync("packages/web/dist/index.html", "utf8");
const entry = [...html.matchAll(/(?:src|href)="\/(assets\/[^"]+\.js)"/g)].map(
  ([, path]) => gzipSync(readFileSync(`packages/web/dist/${path}`)).length,
);
figures.push(
  value(
    `first page, JavaScript (${readdirSync("packages/web/dist/assets").filter((name) => name.endsWith(".js")).length} files in all)`,
    "kB gzip",
    entry.reduce((sum, bytes) => sum + bytes, 0) / 1024,
    "<= 180",
    180,
  ),
);

for (const each of figures) process.stdout.write(`${JSON.stringify(each)}\n`);
rmSync(folder, { recursive: true, force: true });
process.exit(0);
