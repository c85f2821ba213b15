// Three servers, one PostgreSQL, one Redis, two agents: whichever replica gets the click, it counts, and nothing is done twice or lost.
// Each step appends its name to a file on the agent: the file is the proof.
import { spawn } from "node:child_process";
import { chmodSync, cpSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { WireExecution } from "@dd0c/protocol/http";
import { afterAll, beforeAll, expect, it } from "vitest";
import { queryRows } from "../packages/server/test-support/query-rows.ts";
import { type Part, startServer } from "./support/parts.ts";
import { ended, freePorts, root } from "./support/product.ts";
import { type AgentFiles, type Replica, type ReplicaSet, startAgents, startReplicas } from "./support/replicas.ts";
import { approve, openStep, readExecution, type Session, until, walk } from "./support/session.ts";

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
  until(
    "a step that waits",
    () => readExecution(session, id),
    (now) => openStep(now) !== undefined,
  );

const countOf = (name: string): number => effects().filter((line) => line === name).length;

/** Running effects that take so many seconds: process id and state. */
const sleepers = (seconds: string): { pid: number; state: string }[] =>
  readdirSync("/proc").flatMap((pid) => {
    try {
      const [name, ...args] = readFileSync(`/proc/${pid}/cmdline`, "utf8").split("\0");
      if (name !== "sleep" || args[0] !== seconds) return [];
      return [{ pid: Number(pid), state: readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1]?.[0] ?? "" }];
    } catch {
      return [];
    }
  });
const processes = (seconds: string): string[] => sleepers(seconds).map(({ state }) => state);

/** The replica that this agent's stream is on, by the agent's own word. */
function holderOf(agent: Part<unknown> | undefined): Replica {
  const port = [...(agent?.stderr() ?? "").matchAll(/"connected".*"server":"127\.0\.0\.1:(\d+)"/g)].at(-1)?.[1];
  const found = [a, b, c].find(({ ports }) => String(ports.agent) === port);
  if (found === undefined) throw new Error("the agent has no stream");
  return found;
}

/** Decides every step with yes on whichever replica answers, until the run is over. */
async function walkOnAny(sessions: readonly Session[], id: string): Promise<WireExecution> {
  const end = performance.now() + 30_000;
  for (let turn = 0; ; turn += 1) {
    const session = sessions[turn % sessions.length] ?? onA;
    try {
      return await walk(session, id);
    } catch (error) {
      // A replica that ends cuts its calls short, and an approval that got through is not needed again: the next replica knows as much.
      if (performance.now() > end) throw error;
      await new Promise((wait) => setTimeout(wait, 50));
    }
  }
}

const inDatabase = <T extends object>(sql: string): Promise<T[]> => queryRows<T>(set.superuserUrl, sql);

it("starts for the first time on three servers at once, with one tenant and one admin", async () => {
  expect(
    await inDatabase("SELECT (SELECT count(*)::int FROM run.tenants) AS tenants, (SELECT count(*)::int FROM run.members) AS members"),
  ).toEqual([{ tenants: 1, members: 1 }]);
  for (const session of [onA, onB, onC])
    expect(
      (
        await until(
          "both agents",
          () => session.call("listAgents", {}),
          ({ items }) => items.every(({ status }) => status === "online"),
        )
      ).items,
    ).toHaveLength(2);
});

it("shows on A, by server-sent events, what B approved and the agent on C did", async () => {
  const run = await start(onA, await makeRunbook("Across", ["across"], 0), "on-c");
  const watching = new AbortController();
  const stream = await fetch(`${a.base}/v1/run/executions/${run.id}/events`, {
    headers: { cookie: onA.cookie, accept: "text/event-stream" },
    signal: watching.signal,
  });
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

it("gives the host of an agent on C the run that A made a recovery code for, and tells it what B changed", async () => {
  const run = await start(onA, await makeRunbook("Kept", ["kept"], 0), "on-c");
  await onA.call("issueRecoveryCode", { params: { id: run.id } });
  const capsule = join(set.folder, "agent-on-c/agent-data/capsules", `${run.id}.capsule`);
  const isKept = async () => existsSync(capsule);
  await until("the run at the host", isKept, (is) => is);
  await onB.call("abortExecution", { params: { id: run.id }, body: {} });
  await until("the end of the run at the host", isKept, (is) => !is);
});

it("refuses a second stream of an agent on another replica while the first one lives, which goes on", async () => {
  const home = join(set.folder, "agent-twin");
  cpSync(join(set.folder, "agent-on-c"), home, { recursive: true, filter: (path) => !path.includes("home-pipes") });
  const config = JSON.parse(readFileSync(join(home, "agent.json"), "utf8")) as object;
  writeFileSync(join(home, "agent.json"), JSON.stringify({ ...config, server: `127.0.0.1:${a.ports.agent}` }), { mode: 0o600 });
  const twin = spawn(process.execPath, ["packages/agent/dist/main.js", "--config", join(home, "agent.json")], {
    cwd: root,
    stdio: ["ignore", "ignore", "pipe"],
  });
  let said = "";
  twin.stderr.on("data", (bytes: Buffer) => (said += bytes.toString()));
  await until(
    "the refusal",
    async () => said,
    (text) => text.includes("STREAM_DUPLICATE"),
  );
  expect(said).not.toContain('"connected"');
  twin.kill("SIGKILL");
  await ended(twin);
  const run = await start(onB, await makeRunbook("Still there", ["still-there"], 0), "on-c");
  expect((await walk(onA, run.id)).status).toBe("completed");
  expect(countOf("still-there")).toBe(1);
});

it.each(["there", "gone"])(
  "ends at once, with Redis %s, the stream on C of an agent that A revoked",
  async (redis) => {
    const name = `revoked-${redis}`;
    const [agent] = await startAgents([await set.enrol(onA, name, [c], {})]);
    const id = await agentId(name);
    const heldOnC = async () =>
      (await inDatabase("SELECT 1 FROM run.agents WHERE id = '" + id + "' AND stream_replica IS NOT NULL")).length === 1;
    await until("the stream", heldOnC, (is) => is);
    if (redis === "gone") await set.redis.kill();
    const revoked = performance.now();
    await onA.call("revokeAgent", { params: { id }, body: { reason: "its host was stolen" } });
    await until("the end of the stream", heldOnC, (is) => !is);
    const tookMs = performance.now() - revoked;
    process.stderr.write(`revoked on A, Redis ${redis}, stream on C ended: ${Math.round(tookMs)} ms\n`);
    // A heartbeat comes every ten seconds.
    expect(tookMs).toBeLessThan(redis === "there" ? 1_500 : 4_000);
    if (redis === "gone") await set.redis.restart();
    await agent?.stop();
  },
  60_000,
);

it("stops every agent's processes when panic is pressed on any replica, and says of each what is true", async () => {
  const runbook = await makeRunbook("Long", ["long"], 600.25);
  const runs = [await start(onA, runbook, "on-c"), await start(onB, runbook, "on-any")];
  for (const run of runs) {
    const now = await waiting(onC, run.id);
    const step = openStep(now);
    if (step !== undefined) await approve(onC, now, step);
  }
  await until(
    "both processes",
    async () => processes("600.25"),
    (states) => states.length === 2,
  );
  const pressed = performance.now();
  const call = onB.call("panicOn", { body: { reason: "a test" } });
  while (!processes("600.25").every((state) => state === "T")) await new Promise((wait) => setTimeout(wait, 2));
  const stoppedInMs = performance.now() - pressed;
  await call;
  process.stderr.write(`panic on B, agents elsewhere, last process stopped: ${Math.round(stoppedInMs)} ms\n`);
  expect(stoppedInMs).toBeLessThan(3_000);
  for (const session of [onA, onB, onC]) {
    const state = await until(
      "both halted",
      () => session.call("getPanic", {}),
      ({ agents: told }) => told.filter(({ state }) => state === "halted").length === 2,
    );
    expect(state).toMatchObject({ on: true, reason: "a test" });
  }
  await expect(start(onA, runbook, "on-c")).rejects.toMatchObject({ code: "PANIC_ACTIVE" });
  // A replica that starts now serves nothing that does not know of it.
  await a.server.stop();
  await a.start();
  expect(await onA.call("getPanic", {})).toMatchObject({ on: true, reason: "a test" });
  await onC.call("panicOff", { body: { reason: "it was a test" } });
  for (const session of [onA, onB])
    await until(
      "the end of panic",
      () => session.call("getPanic", {}),
      ({ on }) => !on,
    );
  for (const run of runs) await onA.call("abortExecution", { params: { id: run.id }, body: { reason: "enough" } });
  await until(
    "running again",
    async () => processes("600.25"),
    (states) => states.every((state) => state !== "T"),
  );
  for (const { pid } of sleepers("600.25")) process.kill(pid, "SIGKILL");
});

it("goes on with a run while each replica in turn is told to end and comes back: no step twice, none lost", async () => {
  const names = ["r1", "r2", "r3", "r4", "r5", "r6"];
  const run = await start(onA, await makeRunbook("Rolling", names, 0.5), "on-any");
  const walking = walkOnAny([onA, onB, onC], run.id);
  for (const replica of [a, b, c]) {
    const before = effects().length;
    expect(await replica.server.stop()).toBe(0);
    await replica.start();
    await until(
      "a step after the restart",
      async () => effects().length,
      (count) => count > before || countOf("r6") === 1,
    );
  }
  const done = await walking;
  expect(done.steps.map(({ status }) => status)).toEqual(names.map(() => "completed"));
  expect(effects().filter((line) => names.includes(line))).toEqual(names);
});

it("goes on elsewhere after kill -9 of the replica that has the agent, in the middle of a step", async () => {
  const id = await agentId("on-any");
  const epoch = async () =>
    (await inDatabase<{ epoch: number }>(`SELECT fencing_epoch::int AS epoch FROM run.agents WHERE id = '${id}'`))[0]?.epoch ?? 0;
  const before = await epoch();
  const run = await start(onA, await makeRunbook("Killed", ["k1", "k2"], 1.5), "on-any");
  const now = await waiting(onA, run.id);
  const step = openStep(now);
  if (step !== undefined) await approve(onA, now, step);
  await until(
    "the first effect",
    async () => countOf("k1"),
    (count) => count === 1,
  );
  const victim = holderOf(agents[1]);
  await victim.server.kill();
  const [survivor = onA] = [onA, onB, onC].filter(({ base }) => base !== victim.base);
  const done = await walkOnAny([survivor], run.id);
  expect(done.steps.map(({ status, outcome }) => [status, outcome])).toEqual([
    ["completed", "ok"],
    ["completed", "ok"],
  ]);
  expect([countOf("k1"), countOf("k2")]).toEqual([1, 1]);
  expect(await epoch()).toBeGreaterThan(before);
  await victim.start();
});

it("asks before a proven-safe step while Redis is gone, and runs it by itself again when it is back", async () => {
  const safe = async () => {
    const { id } = await onA.call("createRunbook", {
      body: { raw_text: "# Look\n\n1. Look:\n\n   ```bash\n   uptime\n   ```\n", source_type: "markdown" },
    });
    await onA.call("updateRunbook", { params: { id }, body: { trust_level: 2, reason: "a test" } });
    return id;
  };
  const runbook = await safe();
  await set.redis.kill();
  await until(
    "the outage is noticed",
    async () => onB.call("panicOff", { body: { reason: "x" } }).catch((error: { code?: string }) => error.code),
    () => true,
  );
  const asked = await start(onB, runbook, "on-c");
  expect(openStep(await waiting(onA, asked.id))).toMatchObject({ status: "awaiting_approval", risk: "safe" });
  await set.redis.restart();
  expect((await walk(onA, asked.id)).status).toBe("completed");
  await until(
    "a run that goes by itself",
    async () => {
      const run = await start(onB, runbook, "on-c");
      return until(
        "an answer",
        () => readExecution(onA, run.id),
        (now) => now.status === "completed" || openStep(now) !== undefined,
      );
    },
    ({ status }) => status === "completed",
  );
});

it("runs each job once among the three, and one replica alone signs checkpoints", async () => {
  // Late for each of them when it started, and each was started again since. A second time is that of the clock, if it came by meanwhile.
  const done = "SELECT name, started_on, completed_on, id FROM jobs.job WHERE state = 'completed'";
  const jobs = await until(
    "a job that is done",
    () => inDatabase<{ name: string; times: number }>(`SELECT name, count(*)::int AS times FROM (${done}) AS done GROUP BY name`),
    (all) => all.some(({ name }) => name === "verify-chains"),
  );
  expect(jobs.filter(({ name, times }) => name === "verify-chains" && times > 2)).toEqual([]);
  const atOnce = "one.name = two.name AND one.id < two.id AND one.started_on < two.completed_on AND two.started_on < one.completed_on";
  expect(await inDatabase(`SELECT one.name FROM (${done}) AS one JOIN (${done}) AS two ON ${atOnce}`)).toEqual([]);
  const turns = await inDatabase<{ name: string; holder: string }>("SELECT name, holder FROM run.turns");
  expect(turns.filter(({ name }) => name === "checkpoints")).toHaveLength(1);
  const twice = await inDatabase("SELECT chain, seq FROM run.audit_checkpoints GROUP BY chain, seq HAVING count(*) > 1");
  expect(twice).toEqual([]);
  for (const session of [onA, onB, onC]) expect(await session.call("verifyAudit", {})).toMatchObject({ ok: true, broken: null });
});

it("takes an alert that two of them are sent as one, offers it once, and one of two decisions about it counts", async () => {
  const raw_text = "# Queue of orders is stuck\n\n1. Look at it:\n\n   ```bash\n   ls /\n   ```\n";
  const { id: runbookId } = await onA.call("createRunbook", { body: { raw_text } });
  await onA.call("createAlertMapping", { body: { runbook_id: runbookId, criteria: { service: "orders" } } });
  const made = await onA.call("createIntegration", { body: { kind: "generic", name: "Two senders" } });
  const send = async ({ base }: Replica, at: number): Promise<number> => {
    const body = JSON.stringify({
      alert_id: `orders-${at}`,
      title: `Queue ${at} is stuck`,
      service: "orders",
      environment: `e${at}`,
      severity: "high",
    });
    const headers = { authorization: `Bearer ${made.secret}`, "content-type": "application/json" };
    return (await fetch(`${base}${made.path}`, { method: "POST", body, headers })).status;
  };
  const count = 12;
  const answers = await Promise.all(Array.from({ length: count }, (_, at) => [a, b, c].map((replica) => send(replica, at))).flat());
  expect(new Set(answers)).toEqual(new Set([202]));
  const { items } = await until(
    "all to be offered",
    () => onB.call("listAlerts", { query: { service: "orders", limit: 200 } }),
    ({ items: now }) => now.length >= count && now.every(({ offer }) => offer?.execution_id != null),
  );
  expect(items).toHaveLength(count);
  const runs = items.map(({ offer }) => offer?.execution_id);
  expect(new Set(runs).size).toBe(count);

  const agent = await agentId("on-any");
  for (const { id } of items) {
    const begin = (session: Session) => session.call("startAlert", { params: { id }, body: { agent_id: agent } });
    const dismissal = onC.call("dismissAlert", { params: { id }, body: { reason: "known" } }).then(
      () => "dismissed",
      (error: { code?: string }) => error.code,
    );
    const [first, second, dismissed] = await Promise.all([begin(onA), begin(onB), dismissal]);
    // Two who start it are in one run. Who asks for a run after a dismissal has one; who dismisses after a start is told.
    expect([second.id, first.joined !== second.joined]).toEqual([first.id, true]);
    const { alert_offer: offer } = await onA.call("getAlert", { params: { id } });
    expect(["dismissed dismissed", "EXECUTION_STATE_CONFLICT started"]).toContain(`${dismissed} ${offer?.status}`);
  }
  expect((await onA.call("verifyAudit", {})).ok).toBe(true);
});

it("refuses a server that comes with keys of its own", async () => {
  const strange = await startServer(await freePorts(), join(set.folder, "strange"), {
    ...set.environment,
    KEYS_DIR: join(set.folder, "other-keys"),
  }).then(
    async (server) => {
      await server.stop();
      return "it started";
    },
    (error: Error) => error.message,
  );
  expect(strange).toContain("KEYS_MISMATCH");
});
