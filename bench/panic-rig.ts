// What the panic benches share: agents as processes, a hundred commands on them, and a watch that tells from /proc when each stands still.
import { mkdirSync, openSync, readdirSync, readFileSync, readSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { approve, openStep, readExecution, type Session, until } from "../e2e/support/session.ts";
import { type Started, startProcess } from "./processes.ts";

export const agentCount = 20;
const perAgent = 5;
const rounds = 25;
/** A step has a minute, of which only the time counts in which it is not halted. */
const longestMs = 40_000;
/** Often enough to be exact to a few milliseconds, and cheap enough to leave the two cores to what is measured. */
const lookEveryMs = 5;

export function refuseWithLessThan(neededMb: number): void {
  const availableMb = Number(/MemAvailable:\s+(\d+)/.exec(readFileSync("/proc/meminfo", "utf8"))?.[1]) / 1024;
  if (availableMb < neededMb)
    throw new Error(`${agentCount} agents need ${neededMb} MB of free memory; there are ${Math.round(availableMb)}`);
}

export interface Enrolled extends Started {
  readonly name: string;
}

/** @param folder its files go into a folder of that name there @param server address and port that it dials */
export async function startAgent(session: Session, folder: string, name: string, server: string): Promise<Enrolled> {
  const home = join(folder, name);
  mkdirSync(join(home, "work"), { recursive: true });
  const { token } = await session.call("createEnrolmentToken", { body: { agent_name: name } });
  const [config, tokenFile] = [join(home, "agent.json"), join(home, "token")];
  const fields = { server, name, workingDirectories: [join(home, "work")], maxStreamBytes: 65_536 };
  writeFileSync(config, JSON.stringify(fields), { mode: 0o600 });
  writeFileSync(tokenFile, token, { mode: 0o600 });
  const args = ["packages/agent/dist/main.js", "--config", config, "--enroll-token-file", tokenFile];
  return { ...(await startProcess(args, process.env, "connected", "unseen")), name };
}

/** 0 where there is no such process any more. */
function parentOf(pid: string): number {
  try {
    return Number(readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1]?.split(" ")[1]);
  } catch {
    return 0;
  }
}

const childrenOf = (parents: ReadonlySet<number>): number[] =>
  readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name) && parents.has(parentOf(name)))
    .map(Number);

/** Whether each process is stopped, read from files that stay open. */
class Watch {
  private readonly files: readonly number[];
  private readonly bytes = Buffer.alloc(64);

  constructor(pids: readonly number[]) {
    this.files = pids.map((pid) => openSync(`/proc/${pid}/stat`, "r"));
  }

  private isStopped(file: number): boolean {
    return this.bytes.toString("latin1", 0, readSync(file, this.bytes, 0, 64, 0)).includes(") T ");
  }

  /** Milliseconds from `since` until each of them is (or is not) stopped. */
  async settled(stopped: boolean, since: number, what: string): Promise<readonly number[]> {
    const times: number[] = [];
    let open = this.files;
    while (open.length > 0) {
      const left = open.filter((file) => this.isStopped(file) !== stopped);
      const now = performance.now() - since;
      for (let at = left.length; at < open.length; at += 1) times.push(now);
      open = left;
      if (now > 20_000) throw new Error(`${open.length} processes did not ${what}`);
      if (open.length > 0) await new Promise((next) => setTimeout(next, lookEveryMs));
    }
    return times;
  }
}

/** One run whose only step is approved and goes on for a day. */
async function occupy(session: Session, runbookId: string, agentId: string): Promise<void> {
  const started = await session.call("startExecution", { body: { runbook_id: runbookId, agent_id: agentId } });
  await session.call("confirmPreflight", {
    params: { id: started.id },
    body: { confirmed: started.checklist.map(({ id }) => id), variables: {} },
  });
  const waiting = await until(
    "a step that waits",
    () => readExecution(session, started.id),
    (now) => openStep(now) !== undefined,
  );
  const step = openStep(waiting);
  if (step !== undefined) await approve(session, waiting, step);
}

/** Starts five commands on each agent. Returns their processes. */
async function occupyAll(session: Session, agents: readonly Enrolled[]): Promise<readonly number[]> {
  const names = new Set(agents.map(({ name }) => name));
  const { items } = await until(
    "every agent",
    () => session.call("listAgents", { query: {} }),
    (list) => list.items.filter(({ name, status }) => names.has(name) && status === "online").length === agents.length,
  );
  const raw_text = "# Wait\n\n1. Wait for a day:\n\n   ```bash\n   sleep 86400\n   ```\n";
  const runbook = await session.call("createRunbook", { body: { raw_text, source_type: "markdown" } });
  await session.call("updateRunbook", { params: { id: runbook.id }, body: { trust_level: 2, reason: "bench" } });
  const jobs = items.filter(({ name }) => names.has(name)).flatMap(({ id }) => Array.from({ length: perAgent }, () => id));
  while (jobs.length > 0) await Promise.all(jobs.splice(0, 4).map((agentId) => occupy(session, runbook.id, agentId)));
  const parents = new Set(agents.map(({ child }) => child.pid ?? 0));
  return until(
    "a hundred processes",
    async () => childrenOf(parents),
    (found) => found.length === agents.length * perAgent,
  );
}

export interface Pressed {
  readonly processes: number;
  /** Milliseconds from each request to the stop of the last process, and of every process. */
  readonly lasts: readonly number[];
  readonly each: readonly number[];
  readonly end: () => void;
}

/** Occupies the agents, then presses and lifts panic again and again. @param session whose server gets the word */
export async function pressOften(session: Session, agents: readonly Enrolled[]): Promise<Pressed> {
  const began = performance.now();
  const pids = await occupyAll(session, agents);
  const watch = new Watch(pids);
  const lasts: number[] = [];
  const each: number[] = [];
  let halted = 0;
  for (let round = 0; round < rounds && performance.now() - began - halted < longestMs; round += 1) {
    const at = performance.now();
    const answer = session.call("panicOn", { body: { reason: "bench" } });
    const times = await watch.settled(true, at, "stop");
    lasts.push(Math.max(...times));
    each.push(...times);
    await answer;
    halted += performance.now() - at;
    const off = performance.now();
    await session.call("panicOff", { body: { reason: "bench" } });
    await watch.settled(false, off, "go on");
  }
  return { processes: pids.length, lasts, each, end: () => pids.forEach((pid) => process.kill(pid, "SIGKILL")) };
}
