// Three servers, one PostgreSQL, one Redis, two agents: whichever replica gets the click, it counts, and nothing is done twice or lost.
// Each step appends its name to a file on the agent: the file is the proof.
import { chmodSync, cpSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { WireExecution } from "@dd0c/protocol/http";
import { Client } from "pg";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type Part, startAgent } from "./support/parts.ts";
import { ended } from "./support/product.ts";
import { type AgentFiles, type Replica, type ReplicaSet, startAgents, startReplicas } from "./support/replicas.ts";
import { approve, begin, openStep, readExecution, type Session, until, walk } from "./support/session.ts";

let set: ReplicaSet;
let a: Replica;
let b: Replica;
let c: Replica;
let onA: Session;
let onB: Session;
let onC: Session;
let files: readonly AgentFiles[];
let agents: Part<unknown>[];
let program: string;
let effects: () => string[];

beforeAll(async () => {
  set = await startReplicas();
  [a, b, c] = set.all;
  [onA, onB, onC] = await set.sessions();
  await onA.call("setup", { body: { governance_mode: "audit", demo_trust_level: 2 } });
  const work = join(set.folder, "work");
  mkdirSync(work);
  program = join(work, "effect");
  writeFileSync(program, `#!/bin/sh\necho "$1" >> ${work}/effects.txt\nexec sleep "$2"\n`);
  chmodSync(program, 0o755);
  effects = () => (existsSync(join(work, "effects.txt")) ? readFileSync(join(work, "effects.txt"), "utf8").trim().split("\n") : []);
  const config = { allow: [{ program, arguments: ["*", "*"], maxRisk: "unknown" }], rateLimit: { intervalMs: 0, burst: 100 } };
  // One agent knows one replica only; the other one knows all three.
  files = [await set.enrol(onA, "on-c", [c], config), await set.enrol(onB, "on-any", [c, a, b], config)];
  agents = [...(await startAgents(files))];
}, 90_000);
afterAll(async () => {
  await Promise.all(agents.map((agent) => agent.stop()));
  await set.stop();
});

const agentId = async (name: string): Promise<string> =>
  (await onA.call("listAgents", {})).items.find((agent) => agent.name === name)?.id ?? "";

/** A runbook whose steps append these names, each taking so many seconds. */
async function makeRunbook(title: string, steps: readonly string[], seconds: number): Promise<string> {
  const items = steps.map((name, index) => `${index + 1}. Step ${name}:\n\n   \`\`\`bash\n   ${program} ${name} ${seconds}\n   \`\`\`\n`);
  const body = { raw_text: `# ${title}\n\n${items.join("\n")}`, source_type: "markdown" as const };
  const runbook = await onA.call("createRunbook", { body });
  await onA.call("updateRunbook", { params: { id: runbook.id }, body: { trust_level: 2, reason: "a test" } });
  return runbook.id;
}

async function start(session: Session, runbookId: string, agent: string): Promise<WireExecution> {
  const started = await session.call("startExecution", { body: { runbook_id: runbookId, agent_id: await agentId(agent) } });
  const confirmed = started.checklist.map(({ id }) => id);
  return session.call("confirmPreflight", { params: { id: started.id }, body: { confirmed, variables: {} } });
}

const waiting = (session: Session, id: string) =>
  until("a step that waits", () => readExecution(session, id), (now) => openStep(now) !== undefined);

const countOf = (name: string): number => effects().filter((line) => line === name).length;

/** Process ids and states of running effects with this name. */
const processes = (name: string): string[] =>
  readdirSync("/proc").flatMap((pid) => {
    try {
      const own = readFileSync(`/proc/${pid}/cmdline`, "utf8").split("\0");
      return own[0] === "sleep" && own[1] === name ? [readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1]?.[0] ?? ""] : [];
    } catch {
      return [];
    }
  });

const inDatabase = async <T extends object>(sql: string): Promise<T[]> => {
  const client = new Client({ connectionString: set.superuserUrl });
  await client.connect();
  try {
    return (await client.query<T>(sql)).rows;
  } finally {
    await client.end();
  }
};

it("starts for the first time on three servers at once, with one tenant and one admin", async () => {
  expect(await inDatabase("SELECT (SELECT count(*)::int FROM run.tenants) AS tenants, (SELECT count(*)::int FROM run.members) AS members")).toEqual([
    { tenants: 1, members: 1 },
  ]);
  for (const session of [onA, onB, onC])
    expect((await until("both agents", () => session.call("listAgents", {}), ({ items }) => items.every(({ status }) => status === "online"))).items).toHaveLength(2);
});

it("shows on A, by server-sent events, what B approved and the agent on C did", async () => {
  const run = await start(onA, await makeRunbook("Across", ["across"], 0), "on-c");
  const watching = new AbortController();
  const stream = await fetch(`${a.base}/v1/run/executions/${run.id}/events`, { headers: { cookie: onA.cookie, accept: "text/event-stream" }, signal: watching.signal });
  expect(stream.status).toBe(200);
  const seen = (async () => {
    let text = "";
    const decoder = new TextDecoder();
    for await (const bytes of stream.body ?? []) {
      text += decoder.decode(bytes as Uint8Array, { stream: true });
      if (text.includes('"status":"completed"')) return performance.now();
    }
    return Number.POSITIVE_INFINITY;
  })();
  const now = await waiting(onB, run.id);
  const step = openStep(now);
  if (step === undefined) throw new Error("no step waits");
  const approved = performance.now();
  await approve(onB, now, step);
  const tookMs = (await seen) - approved;
  watching.abort();
  process.stderr.write(`approve on B, agent on C, shown on A: ${Math.round(tookMs)} ms\n`);
  expect(tookMs).toBeLessThan(5_000);
  expect(countOf("across")).toBe(1);
});
