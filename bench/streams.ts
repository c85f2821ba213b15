// Five hundred agent streams on one server with the embedded database: memory per stream, heartbeats, and how long all take to come back after
// the server was restarted and after it was killed. Prints JSON lines. `npm run bench -- streams`; this file is also the drivers' program.
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Session, signIn, until } from "../e2e/support/session.ts";
import { figure, type Figure, value } from "./measure.ts";
import { chancePort, residentMb, type Started, startProcess, unlimited } from "./processes.ts";
import { drive, type DriverOrder, type DriverWord, type Newcomer } from "./stream-driver.ts";

const drivers = 10;
const perDriver = 50;
const total = drivers * perDriver;
/** Ten drivers, a server and its database, with room. */
const neededMb = 2_500;
/** Every stream beats every ten seconds: two beats of each. */
const restMs = 21_000;
/** The first heartbeats of all streams after a restart come within this time. */
const afterStormMs = 14_000;

/** Collects garbage when it is asked to, which the product does not; nothing else about the server is changed. */
const collector = `process.on("SIGUSR2", () => { globalThis.gc(); globalThis.gc(); process.send?.({ type: "collected" }); });`;
const serverArgs = ["--expose-gc", "--import", `data:text/javascript,${encodeURIComponent(collector)}`, "packages/server/dist/main.js"];

/** At once: a bench that breaks off has said what it knew. */
const print = (...figures: readonly Figure[]): void => figures.forEach((each) => void process.stdout.write(`${JSON.stringify(each)}\n`));

const began = performance.now();
const tell = (what: string): void => void process.stderr.write(`${((performance.now() - began) / 1_000).toFixed(1)} s: ${what}\n`);

const pause = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms));

/** A process's next message of this type. */
const word = <T extends { readonly type: string }>({ child }: Started, type: T["type"]): Promise<T> =>
  new Promise((done) => {
    const listen = (message: T): void => {
      if (message.type !== type) return;
      child.off("message", listen);
      done(message);
    };
    child.on("message", listen);
  });

const endProcess = ({ child }: Started, signal: NodeJS.Signals): Promise<unknown> =>
  new Promise((done) => (child.once("exit", done), child.kill(signal)));

/** Resident memory once it does not shrink any more after collecting. */
async function restedMb(server: Started): Promise<number> {
  let least = Number.POSITIVE_INFINITY;
  for (let round = 0; round < 6; round += 1) {
    const collected = word(server, "collected");
    server.child.kill("SIGUSR2");
    await collected;
    await pause(700);
    least = Math.min(least, residentMb(server.child.pid));
  }
  return least;
}

/** What the drivers say of their streams, taken together. */
class Fleet {
  readonly openedAtMs: number[] = [];
  open = 0;
  ends = 0;
  readonly processes: readonly Started[];

  constructor(processes: readonly Started[]) {
    this.processes = processes;
    for (const { child } of processes) child.on("message", (said: DriverWord) => this.hear(said));
  }

  private hear(said: DriverWord): void {
    if (said.type === "ended") {
      this.open -= 1;
      this.ends += 1;
    }
    if (said.type !== "opened") return;
    this.open += 1;
    this.openedAtMs.push(said.atMs);
  }

  order(order: DriverOrder): void {
    for (const { child } of this.processes) child.send(order);
  }

  async allOpen(): Promise<void> {
    await until(
      "every stream open",
      async () => this.open,
      (open) => open === total,
      120_000,
    );
  }

  /** How long each heartbeat since the last call took. One that was not acknowledged so far counts as lost. */
  async beats(): Promise<{ readonly ms: readonly number[]; readonly waiting: number }> {
    const reports = this.processes.map((each) => word<DriverWord & { readonly type: "beats" }>(each, "beats"));
    this.order({ type: "report" });
    const said = await Promise.all(reports);
    return { ms: said.flatMap(({ ms }) => ms), waiting: said.reduce((sum, { waiting }) => sum + waiting, 0) };
  }
}

async function newcomers(session: Session): Promise<Newcomer[]> {
  const names = Array.from({ length: total }, (_, at) => `bench-${at}`);
  const agents: Newcomer[] = [];
  while (names.length > 0) {
    const batch = names.splice(0, 10).map(async (name) => {
      const { token } = await session.call("createEnrolmentToken", { body: { agent_name: name } });
      return { name, token };
    });
    agents.push(...(await Promise.all(batch)));
  }
  return agents;
}

async function enrolAll(fleet: Fleet, agents: readonly Newcomer[], server: string): Promise<void> {
  for (const [at, each] of fleet.processes.entries()) {
    const enrolled = word(each, "enrolled");
    each.child.send({ type: "enrol", server, agents: agents.slice(at * perDriver, (at + 1) * perDriver) });
    await enrolled;
  }
}

/** All streams lose their server at once; from its readiness on it counts until all are back. */
async function storm(fleet: Fleet, signal: "SIGTERM" | "SIGKILL", server: Started, start: () => Promise<Started>): Promise<Started> {
  const endedAt = performance.now();
  await endProcess(server, signal);
  await until(
    "every stream ended",
    async () => fleet.open,
    (open) => open === 0,
  );
  fleet.openedAtMs.length = 0;
  fleet.ends = 0;
  const next = await start();
  const readyAtMs = Date.now();
  tell(`ready again after ${signal}`);
  const downS = (performance.now() - endedAt) / 1_000;
  await fleet.allOpen();
  tell("all streams open again");
  const backS = fleet.openedAtMs.map((atMs) => Math.max(0, atMs - readyAtMs) / 1_000);
  await fleet.beats();
  await pause(afterStormMs);
  const { ms, waiting } = await fleet.beats();
  const how = signal === "SIGTERM" ? "a restart" : "kill -9";
  print(
    value(
      `${total} streams after ${how} (${downS.toFixed(1)} s without a server): server ready -> all open`,
      "s",
      Math.max(...backS),
      "<= 10",
      10,
    ),
    figure(`server ready -> stream open, each of ${total} after ${how}`, "s", backS, "reported", {}),
    value(`streams that ended again within ${afterStormMs / 1_000} s of ${how}`, "streams", fleet.ends, "0", 0),
    figure(`heartbeat -> stored and acknowledged, the first ones after ${how} (${ms.length})`, "ms", ms, "p99 <= 1000", { p99: 1_000 }),
    value(`heartbeats without an answer after ${how}`, "heartbeats", waiting, "reported", Number.POSITIVE_INFINITY),
  );
  return next;
}

async function measure(): Promise<void> {
  const availableMb = Number(/MemAvailable:\s+(\d+)/.exec(readFileSync("/proc/meminfo", "utf8"))?.[1]) / 1024;
  if (availableMb < neededMb) throw new Error(`${total} streams need ${neededMb} MB of free memory; there are ${Math.round(availableMb)}`);
  const folder = mkdtempSync(join(tmpdir(), "dd0c-bench-"));
  const port = chancePort();
  const env = { ...process.env, ...unlimited, PORT: String(port), DATA_DIR: join(folder, "data"), LOG_LEVEL: "error" };
  const start = (): Promise<Started> => startProcess(serverArgs, env, "ready");

  let server = await start();
  const session = await signIn(`http://127.0.0.1:${port}`, server.ready["signInUrl"] ?? "");
  const program = process.argv[1] ?? "";
  const fleet = new Fleet(
    await Promise.all(Array.from({ length: drivers }, () => startProcess([program, "drive"], process.env, "driving"))),
  );
  await enrolAll(fleet, await newcomers(session), `127.0.0.1:${port + 1}`);
  tell("enrolled");
  const without = await restedMb(server);

  const opening = performance.now();
  fleet.order({ type: "open" });
  await fleet.allOpen();
  tell("all streams open");
  const openedS = (performance.now() - opening) / 1_000;
  await pause(restMs / 3);
  await fleet.beats();
  fleet.ends = 0;
  await pause(restMs);
  const { ms } = await fleet.beats();
  print(
    value(`${total} agents dial a warm server at once -> all open`, "s", openedS, "reported", Number.POSITIVE_INFINITY),
    figure(`heartbeat -> stored and acknowledged, ${total} streams at rest (${ms.length} heartbeats)`, "ms", ms, "p99 <= 1000", {
      p99: 1_000,
    }),
    value("streams that ended at rest", "streams", fleet.ends, "0", 0),
    value(
      `server, memory per stream (${total})`,
      "kB",
      ((await restedMb(server)) - without) * (1_024 / total),
      "reported",
      Number.POSITIVE_INFINITY,
    ),
    value(`server, resident memory before the first stream, after ${total} enrolments`, "MB", without, "<= 250", 250),
  );
  for (const signal of ["SIGTERM", "SIGKILL"] as const) {
    server = await storm(fleet, signal, server, start);
  }
  await endProcess(server, "SIGTERM");
  for (const each of fleet.processes) await endProcess(each, "SIGTERM");
  rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
}

if (process.argv[2] === "drive") drive();
else await measure().then(() => process.exit(0));
