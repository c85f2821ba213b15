// From the click to the process: approvals in runs of twenty steps, as a long real runbook has, on the embedded database. Prints JSON lines.
// The end is when the agent has spawned it, by its journal (whole milliseconds, written after the spawn). What the process itself says comes
// later: `prlimit` becomes it first and, for a proven read, the sandbox is built.
import { randomUUID } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { approve, begin, clientWith, openStep, readExecution, signIn, until, type Session } from "../e2e/support/session.ts";
import { figure } from "./measure.ts";
import { chancePort, startProcess, stopProcess, unlimited } from "./processes.ts";

const folder = mkdtempSync(join(tmpdir(), "dd0c-bench-"));
const port = chancePort();
const env = { ...process.env, ...unlimited, PORT: String(port), DATA_DIR: join(folder, "data"), DEMO: "1", LOG_LEVEL: "warn" };
const runs = 6;
const steps = 20;

interface Timed {
  /** By the agent's journal, milliseconds after the click. */
  readonly spawned: number[];
  /** By the process's own word, where it says any. */
  readonly running: number[];
}

/** One approval to the end of its step. Nothing is asked while the process is being started: the client is no part of what is measured. */
async function timedApproval(session: Session, id: string): Promise<{ step: string; click: number; said: number | undefined }> {
  const execution = await until(
    "a step that waits",
    () => readExecution(session, id),
    (now) => openStep(now)?.status === "awaiting_approval",
  );
  const step = openStep(execution);
  if (step === undefined) throw new Error("no step waits");
  const click = performance.timeOrigin + performance.now();
  // As the pages send it, with a key that makes a repetition harmless.
  await approve(
    clientWith(session.base, { cookie: session.cookie, origin: session.base, "idempotency-key": randomUUID() }),
    execution,
    step,
  );
  await sleep(100);
  await until(
    "its end",
    () => readExecution(session, id),
    (now) => now.steps.find((each) => each.id === step.id)?.status === "completed",
  );
  const { chunks } = await session.call("getStepOutput", { params: { id, sid: step.id } });
  return { step: step.id, click, said: chunks[0] === undefined ? undefined : Number(chunks[0].text) / 1e6 };
}

async function timedRuns(session: Session, title: string, command: string): Promise<Timed> {
  const clicks = new Map<string, number>();
  const running: number[] = [];
  const raw_text = `# ${title}\n\n${Array.from({ length: steps }, (_, at) => `${at + 1}. Do it:\n\n   \`\`\`bash\n   ${command}\n   \`\`\`\n`).join("\n")}`;
  const runbook = await session.call("createRunbook", { body: { raw_text, source_type: "markdown" } });
  await session.call("updateRunbook", { params: { id: runbook.id }, body: { trust_level: 2, reason: "bench" } });
  // The first run warms the three processes up and is not counted.
  for (let run = 0; run <= runs; run += 1) {
    const { id } = await begin(session, runbook.id);
    for (let round = 0; round < steps; round += 1) {
      const { step, click, said } = await timedApproval(session, id);
      if (run === 0) continue;
      clicks.set(step, click);
      if (said !== undefined) running.push(said - click);
    }
  }
  const spawned = journal().flatMap(({ type, stepExecutionId, at }) => {
    const click = type === "spawned" ? clicks.get(stepExecutionId) : undefined;
    return click === undefined ? [] : [Date.parse(at) - click];
  });
  if (spawned.length !== clicks.size) throw new Error(`${clicks.size} approvals and ${spawned.length} spawned`);
  return { spawned, running };
}

const journal = (): readonly { type: string; stepExecutionId: string; at: string }[] =>
  readFileSync(join(folder, "data", "agent", "data", "journal", "journal.jsonl"), "utf8")
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));

const server = await startProcess(["packages/server/dist/main.js"], env, "ready");
const config = server.ready["agentConfigFile"] ?? "";
const token = server.ready["enrolmentTokenFile"] ?? "";
const agent = await startProcess(["packages/agent/dist/main.js", "--config", config, "--enroll-token-file", token], env, "connected");
const session = await signIn(`http://127.0.0.1:${port}`, server.ready["signInUrl"] ?? "");

// Governance is strict until somebody chooses otherwise: a read waits for its approval too. `date` says itself when it runs.
const change = await timedRuns(session, "Change", `touch ${join(folder, "mark")}`);
const read = await timedRuns(session, "Read", "date +%s%N");
const count = `${runs * steps} approvals in runs of ${steps} steps, embedded`;
const budget = ["p50 <= 15, p99 <= 50", { median: 15, p99: 50 }] as const;
const figures = [
  figure(`approve -> process spawned, a change (${count})`, "ms", change.spawned, ...budget),
  figure(`approve -> process spawned, a read (${count})`, "ms", read.spawned, ...budget),
  figure("approve -> the read's process says the time, in its sandbox", "ms", read.running, "reported", {}),
];
await stopProcess(agent);
await stopProcess(server);
for (const each of figures) process.stdout.write(`${JSON.stringify(each)}\n`);
rmSync(folder, { recursive: true, force: true });
process.exit(0);
