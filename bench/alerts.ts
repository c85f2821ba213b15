// A thousand deliveries as fast as they come, on the embedded database: how long each waits for its answer, whether any is lost or doubled, and when the
// last one is matched with a library of runbooks. Prints JSON lines. `node scripts/run-ts.mjs bench/alerts.ts`
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { Agent, request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { signIn, until } from "../e2e/support/session.ts";
import { figure, value } from "./measure.ts";
import { chancePort, startProcess, stopProcess, unlimited } from "./processes.ts";

const deliveries = 1_000;
/** Connections that are open at once, as from a proxy in front of several senders. */
const connections = 50;
/** Repeated, so that the library has about two hundred. */
const folder = mkdtempSync(join(tmpdir(), "dd0c-bench-"));
const port = chancePort();
const env = { ...process.env, ...unlimited, PORT: String(port), DATA_DIR: join(folder, "data"), LOG_LEVEL: "error" };
const server = await startProcess(["packages/server/dist/main.js"], env, "ready");
const session = await signIn(`http://127.0.0.1:${port}`, server.ready["signInUrl"] ?? "");
const templates = readdirSync("templates").filter((name) => name.endsWith(".md"));
const words = ["checkout", "ledger", "search", "mail", "login", "stock", "price", "cart", "image", "queue", "cache", "index"];
for (let at = 0; at < 60; at += 1) {
  const text = readFileSync(join("templates", templates[at % templates.length] ?? ""), "utf8");
  const title = `${words[at % words.length] ?? ""} ${words[(at * 7 + 3) % words.length] ?? ""} trouble ${at}`;
  await session.call("createRunbook", { body: { raw_text: `# ${title}\n\n${text}`, title, source_type: "markdown" } });
}
const sender = await session.call("createIntegration", { body: { kind: "alertmanager", name: "bench" } });

const bodyOf = (at: number): string =>
  JSON.stringify({
    version: "4",
    groupKey: `{}:{n="${at}"}`,
    truncatedAlerts: 0,
    status: "firing",
    receiver: "dd0c",
    externalURL: "https://alertmanager.example",
    alerts: [
      {
        status: "firing",
        labels: {
          alertname: "CheckoutErrors",
          service: words[at % words.length],
          severity: "critical",
          region: "eu-west-1",
          instance: `10.0.${at >> 8}.${at & 255}:9102`,
        },
        annotations: {
          summary: `${words[at % words.length] ?? ""} answers with errors`,
          description: `${at} of ${at + 7} requests failed in the last five minutes.`,
        },
        startsAt: "2026-11-17T02:40:12.004Z",
        endsAt: "0001-01-01T00:00:00Z",
        generatorURL: "https://prometheus.example/graph",
        fingerprint: at.toString(16).padStart(16, "0"),
      },
    ],
  });

const agent = new Agent({ keepAlive: true, maxSockets: connections });
const send = (body: string): Promise<{ readonly ms: number; readonly status: number }> =>
  new Promise((resolve, reject) => {
    const started = performance.now();
    const headers = {
      "content-type": "application/json",
      authorization: `Bearer ${sender.secret}`,
      "content-length": Buffer.byteLength(body),
    };
    const call = request({ host: "127.0.0.1", port, path: sender.path, method: "POST", agent, headers }, (answer) => {
      answer.resume();
      answer.on("end", () => resolve({ ms: performance.now() - started, status: answer.statusCode ?? 0 }));
    });
    call.on("error", reject);
    call.end(body);
  });

/** Not one request at a time per connection is waited for by a sender that has a connection each. */
const queue = Array.from({ length: deliveries }, (_, at) => bodyOf(at));
const answers: { readonly ms: number; readonly status: number }[] = [];
const worker = async (): Promise<void> => {
  for (let body = queue.shift(); body !== undefined; body = queue.shift()) answers.push(await send(body));
};
const began = performance.now();
await Promise.all(Array.from({ length: connections }, worker));
const takenInMs = performance.now() - began;
const sentMs = performance.now();

const all = async () => {
  const items = [];
  let cursor: string | undefined;
  do {
    const page = await session.call("listAlerts", { query: { limit: 200, ...(cursor === undefined ? {} : { cursor }) } });
    items.push(...page.items);
    cursor = page.next_cursor ?? undefined;
  } while (cursor !== undefined);
  return items;
};
const waiting = async () => (await session.call("listAlerts", { query: { match: "waiting", limit: 1 } })).items.length;
const matched = async () => (await waiting()) === 0 && (await all()).length === deliveries;
await until("all to be matched", matched, Boolean, 60_000);
const matchedMs = performance.now() - sentMs;
const alerts = await all();
const distinct = new Set(alerts.map(({ id }) => id)).size;
if (answers.some(({ status }) => status !== 202) || alerts.length !== deliveries || distinct !== deliveries)
  throw new Error(`${answers.filter(({ status }) => status === 202).length} accepted, ${alerts.length} alerts`);
const offers = new Set(alerts.map(({ offer }) => offer?.id)).size;

const figures = [
  figure(
    `alert delivery -> 202 on disk (${deliveries} over ${connections} connections in ${Math.round(takenInMs)} ms, embedded)`,
    "ms",
    answers.map(({ ms }) => ms),
    "p99 <= 150",
    { p99: 150 },
  ),
  value(`last delivery -> all ${deliveries} alerts matched (60 runbooks, ${offers} offers), as polled`, "s", matchedMs / 1_000, "<= 5", 5),
];
for (const each of figures) process.stdout.write(`${JSON.stringify(each)}\n`);
agent.destroy();
await stopProcess(server);
rmSync(folder, { recursive: true, force: true });
process.exit(0);
