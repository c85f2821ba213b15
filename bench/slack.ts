// What Slack costs a server: starts and resident memory with a Slack beside it and without one, in turns on the same database. Prints JSON lines.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startFakeSlack } from "../packages/server/test-support/slack/fake-slack.ts";
import { figure, type Figure } from "./measure.ts";
import { chancePort, residentMb, startProcess, stopProcess, unlimited } from "./processes.ts";

const rounds = 5;
/** A server is at rest by then, and its socket stands. */
const restMs = 5_000;

const folder = mkdtempSync(join(tmpdir(), "dd0c-bench-"));
const plain = { ...process.env, ...unlimited, PORT: String(chancePort()), DATA_DIR: join(folder, "data"), LOG_LEVEL: "warn" };
const slack = await startFakeSlack();
const beside = { ...plain, SLACK_BOT_TOKEN: slack.botToken, SLACK_APP_TOKEN: slack.appToken, SLACK_API_URL: slack.apiUrl };

const samples = { without: { start: [] as number[], rss: [] as number[] }, with: { start: [] as number[], rss: [] as number[] } };

async function once(kind: "without" | "with"): Promise<void> {
  const server = await startProcess(["packages/server/dist/main.js"], kind === "with" ? beside : plain, "ready");
  await new Promise((rest) => setTimeout(rest, restMs));
  if (slack.sockets() !== (kind === "with" ? 1 : 0)) throw new Error(`${slack.sockets()} sockets ${kind} Slack`);
  samples[kind].start.push(server.ms / 1_000);
  samples[kind].rss.push(residentMb(server.child.pid));
  await stopProcess(server);
}

await stopProcess(await startProcess(["packages/server/dist/main.js"], plain, "ready"));
for (let round = 0; round < rounds; round += 1) {
  // Who goes first has the colder machine.
  const order = round % 2 === 0 ? (["without", "with"] as const) : (["with", "without"] as const);
  for (const kind of order) await once(kind);
}

const figures: Figure[] = (["without", "with"] as const).flatMap((kind) => [
  figure(`server, start on an existing database, ${kind} Slack`, "s", samples[kind].start, "<= 2.5", { median: 2.5 }),
  figure(`server, idle RSS, ${kind} Slack`, "MB", samples[kind].rss, "<= 250", { median: 250 }),
]);
for (const each of figures) process.stdout.write(`${JSON.stringify(each)}\n`);
await slack.close();
rmSync(folder, { recursive: true, force: true });
process.exit(0);
