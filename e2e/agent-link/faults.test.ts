// What breaks between agent and server, with the agent as the program that users start: enrolment, second copies, kill -9, lost connections,
// panic, rate limit. The effect of a step is a line in a file, so that running twice would show.
import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, readlinkSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { StepResult } from "@dd0c/protocol/agent";
import { afterAll, afterEach, beforeEach, describe, expect, it } from "vitest";
import { type AgentProcess, agentProgram, type Host, newHost, removeAgentProgram, residentMegabytes, startProcess } from "./agent-host.ts";
import { type ControlPlane, dispatch, prepare, type Prepared, startControlPlane, until } from "./control-plane.ts";

let plane: ControlPlane;
let host: Host;
const processes: AgentProcess[] = [];

beforeEach(async () => {
  await agentProgram();
  plane = await startControlPlane();
  // The test's own effects: a named file in the working directory may be appended to and written.
  host = newHost(plane, { config: { ceiling: "dangerous", rateLimit: { intervalMs: 0, burst: 100 } } });
});
afterEach(async () => {
  for (const { child, exited } of processes.splice(0)) {
    child.kill("SIGKILL");
    await exited;
  }
  await plane.close();
});

afterAll(removeAgentProgram);

async function start(token?: string): Promise<AgentProcess> {
  const started = await startProcess(host, token);
  processes.push(started);
  return started;
}

async function enrolled(): Promise<AgentProcess> {
  const started = await start(plane.newToken());
  await plane.online("agent-1");
  return started;
}

/** Appends one line to the effects file, then goes on for `seconds`. */
function effect(seconds: number): Prepared {
  const file = join(host.work, "effects");
  const prepared = prepare(
    `dd if=${join(host.work, "line")} of=${file} oflag=append conv=notrunc status=none && sleep ${seconds} && uptime`,
    {
      approved: true,
    },
  );
  writeFileSync(join(host.work, "line"), "once\n");
  return prepared;
}
const effects = () => (existsSync(join(host.work, "effects")) ? readFileSync(join(host.work, "effects"), "utf8") : "");
const cases = (prepared: Prepared) => plane.about(prepared.step).map(({ $case }) => $case);
const outputOf = (prepared: Prepared) =>
  plane
    .about(prepared.step)
    .map((frame) => (frame.$case === "stepOutput" ? frame.value.data.toString() : ""))
    .join("");

describe("enrolment", () => {
  it("makes a private identity once; a later start needs no token", async () => {
    const first = await enrolled();
    expect(statSync(join(host.folder, "agent-data/identity.json")).mode & 0o777).toBe(0o600);
    first.child.kill("SIGTERM");
    expect(await first.exited).toBe(0);
    await until("offline", () => !plane.gateway().isOnline("agent-1"));
    await start();
    await plane.online("agent-1");
  });

  it("refuses a token that was used before", async () => {
    const token = plane.newToken();
    await start(token);
    await plane.online("agent-1");
    const thief = newHost(plane, { agentId: "agent-2" });
    const second = await startProcess(thief, token);
    processes.push(second);
    expect(await second.exited).toBe(1);
    expect(second.log()).toMatch(/^ENROLMENT_TOKEN_INVALID: /);
    expect(existsSync(join(thief.folder, "agent-data/identity.json"))).toBe(false);
  });

  it("refuses a server of another authority, at enrolment and after it", async () => {
    const other = await startControlPlane();
    try {
      const wrong = await start(other.newToken());
      expect(await wrong.exited).toBe(1);
      expect(wrong.log()).toMatch(/^AGENT_OFFLINE: /);

      const agent = await enrolled();
      agent.child.kill("SIGKILL");
      await agent.exited;
      const config = JSON.parse(readFileSync(host.configFile, "utf8"));
      writeFileSync(host.configFile, JSON.stringify({ ...config, server: `127.0.0.1:${other.port}` }));
      const misled = await start();
      await until("a failed dial", () => misled.log().includes('"disconnected"'));
      expect(misled.log()).toContain("self-signed certificate in certificate chain");
      expect(other.gateway().isOnline("agent-1")).toBe(false);
    } finally {
      await other.close();
    }
  });

  it("does not start without an identity, with a broken file, or with a file that others may write", async () => {
    const none = await start();
    expect([await none.exited, none.log()]).toEqual([1, expect.stringMatching(/^CERTIFICATE_INVALID: /)]);
    writeFileSync(host.configFile, JSON.stringify({ server: "x:1", celing: "dangerous" }));
    const misspelt = await start();
    expect([await misspelt.exited, misspelt.log()]).toEqual([1, "CONFIG_INVALID: agent.json.celing is not a known field.\n"]);
  });
});

describe("a second copy", () => {
  it("on the same data folder does not start", async () => {
    await enrolled();
    const second = await start();
    expect(await second.exited).toBe(1);
    expect(second.log()).toMatch(/^JOURNAL_LOCKED: /);
  });

  it("with a stolen identity elsewhere gets no stream while the first one lives", async () => {
    await enrolled();
    const copy = newHost(plane, { agentId: "copy" });
    mkdirSync(join(copy.folder, "agent-data"), { recursive: true, mode: 0o700 });
    cpSync(join(host.folder, "agent-data/identity.json"), join(copy.folder, "agent-data/identity.json"));
    const thief = await startProcess(copy);
    processes.push(thief);
    await until("the refusal", () => thief.log().includes("STREAM_DUPLICATE"));
    expect(plane.gateway().isOnline("agent-1")).toBe(true);
  });
});

describe("kill -9 of the agent", () => {
  it("while a step runs: the effect happened once, the outcome is unknown, a second delivery is refused", async () => {
    const first = await enrolled();
    const prepared = effect(30);
    dispatch(plane, prepared);
    await until("the effect", () => effects() === "once\n" && cases(prepared).includes("stepStarted"));
    // Between two commands of a plan nothing would survive.
    await until("the second command", () => stepProcesses(prepared).some((pid) => nameOf(pid) === "sleep"));
    first.child.kill("SIGKILL");
    await first.exited;
    await until("offline", () => !plane.gateway().isOnline("agent-1"));
    await start();
    await plane.online("agent-1");
    dispatch(plane, prepared);
    await until("the refused duplicate", () => cases(prepared).includes("duplicateRefused"));
    // Its processes survived the agent; the outcome is said to be unknown only when they are gone.
    expect(cases(prepared)).not.toContain("outcomeUnknown");
    for (const pid of stepProcesses(prepared)) process.kill(pid, "SIGKILL");
    expect((await plane.ending(prepared.step)).$case).toBe("outcomeUnknown");
    expect([effects(), cases(prepared).filter((name) => name === "stepStarted")]).toEqual(["once\n", ["stepStarted"]]);
  });

  it("after the step ended but before the server stored it: the result comes from the journal, once", async () => {
    const first = await enrolled();
    const prepared = effect(0);
    plane.hold = true;
    dispatch(plane, prepared);
    await until("the end of the step", () => first.log().includes("step_ended"));
    first.child.kill("SIGKILL");
    await first.exited;
    plane.frames.length = 0;
    plane.hold = false;
    await until("offline", () => !plane.gateway().isOnline("agent-1"));
    await start();
    const end = await plane.ending(prepared.step);
    expect(end).toMatchObject({ $case: "stepResult", value: { exitCode: 0, outcome: "ok" } });
    expect((end.value as StepResult).members.map(({ pipeline, member, exitCode }) => [pipeline, member, exitCode])).toEqual([
      [0, 0, 0],
      [1, 0, 0],
      [2, 0, 0],
    ]);
    expect(effects()).toBe("once\n");
    // Acknowledged now: a third life has nothing left to say.
    await new Promise((resolve) => setTimeout(resolve, 200));
    const reported = plane.frames.length;
    const [second] = processes.splice(-1);
    second!.child.kill("SIGKILL");
    await second!.exited;
    await until("offline again", () => !plane.gateway().isOnline("agent-1"));
    await start();
    await plane.online("agent-1");
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(plane.frames.slice(reported).filter(({ step }) => step !== undefined)).toEqual([]);
  });
});

describe("a lost connection", () => {
  it("while a step runs: output and result arrive after the reconnect, complete and once", async () => {
    await enrolled();
    const file = join(host.work, "effects");
    const prepared = prepare(
      `seq 1 20000 && sleep 1 && seq 20001 20010 && dd if=${join(host.work, "line")} of=${file} oflag=append conv=notrunc status=none`,
      {
        approved: true,
      },
    );
    writeFileSync(join(host.work, "line"), "once\n");
    dispatch(plane, prepared);
    await until("the first output", () => cases(prepared).includes("stepOutput"));
    await plane.stop();
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    expect(cases(prepared)).not.toContain("stepResult");
    await plane.restart();
    const end = await plane.ending(prepared.step, 20_000);
    const lines = Array.from({ length: 20_010 }, (_, index) => `${index + 1}\n`).join("");
    expect(end).toMatchObject({ $case: "stepResult", value: { outcome: "ok", stdoutBytes: lines.length } });
    expect(storedOutput(prepared) === lines).toBe(true);
    expect([effects(), cases(prepared).filter((name) => name === "stepResult")]).toEqual(["once\n", ["stepResult"]]);
  });

  it("to an agent that hangs does not keep the server from stopping, and comes back", async () => {
    const agent = await enrolled();
    agent.child.kill("SIGSTOP");
    const asked = performance.now();
    await plane.stop();
    expect(performance.now() - asked).toBeLessThan(3_000);
    agent.child.kill("SIGCONT");
    expect(plane.gateway().send("agent-1", { $case: "probe", value: {} })).toBe(false);
    await plane.restart();
    await plane.online("agent-1");
  });
});

/** Output as a store keeps it that takes each (stream, offset) once: a restarted server can be sent a frame again. */
function storedOutput(prepared: Prepared): string {
  const pieces = new Map<number, string>();
  for (const frame of plane.about(prepared.step))
    if (frame.$case === "stepOutput") pieces.set(frame.value.offset, frame.value.data.toString());
  return [...pieces.entries()]
    .sort(([a], [b]) => a - b)
    .map(([, text]) => text)
    .join("");
}

describe("panic", () => {
  it("stops what runs, refuses what comes, and lets go when a human lifts it", async () => {
    await enrolled();
    // One line at once, one a second later, one at the end; procps is part of every Debian.
    const useful = prepare("vmstat -n 1 3");
    dispatch(plane, useful);
    await until("the first output", () => cases(useful).includes("stepOutput"));
    const asked = performance.now();
    plane.gateway().broadcastPanic(true, "panic-1");
    const acks = () => plane.frames.flatMap(({ frame }) => (frame.$case === "panicAck" ? [frame.value] : []));
    await until("the acknowledgement", () => acks().some(({ panicId }) => panicId === "panic-1"));
    expect(performance.now() - asked).toBeLessThan(1_000);
    expect(acks().at(-1)).toMatchObject({ panicId: "panic-1", on: true, steps: 1 });
    const refused = prepare("uptime");
    dispatch(plane, refused);
    expect(await plane.ending(refused.step)).toMatchObject({ $case: "stepRefused", value: { code: "PANIC_ACTIVE" } });
    const silentSince = outputOf(useful).length;
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    expect(outputOf(useful).length).toBe(silentSince);
    plane.gateway().broadcastPanic(false, "panic-1");
    expect(await plane.ending(useful.step)).toMatchObject({ $case: "stepResult", value: { exitCode: 0, timedOut: false } });
  }, 20_000);

  it("is said in the first frame: an agent that comes during a panic runs nothing", async () => {
    plane.panic = { on: true, panicId: "panic-2" };
    await enrolled();
    const refused = prepare("uptime");
    dispatch(plane, refused);
    expect(await plane.ending(refused.step)).toMatchObject({ $case: "stepRefused", value: { code: "PANIC_ACTIVE" } });
  });
});

describe("the rate limit", () => {
  it("makes automatic commands wait with a countdown, and lets a human's grant pass", async () => {
    host = newHost(plane, { config: { rateLimit: { intervalMs: 6_000, burst: 2 } } });
    await enrolled();
    const started = performance.now();
    const automatic = [1, 2, 3].map(() => prepare("uptime"));
    for (const prepared of automatic) dispatch(plane, prepared);
    const granted = prepare("uptime", { approved: true });
    dispatch(plane, granted);
    await plane.ending(granted.step);
    // It passed: the third automatic one is still waiting for its turn.
    expect(cases(automatic[2]!)).not.toContain("stepAccepted");
    const [first, second, third] = automatic;
    for (const prepared of [first!, second!]) expect(cases(prepared)).not.toContain("stepQueued");
    const queued = plane.about(third!.step).find(({ $case }) => $case === "stepQueued");
    expect(queued).toMatchObject({ value: { startsInMs: expect.any(Number) } });
    expect((await plane.ending(third!.step)).$case).toBe("stepResult");
    expect(performance.now() - started).toBeGreaterThan(5_900);
  });

  it("refuses what a panic finds waiting", async () => {
    host = newHost(plane, { config: { rateLimit: { intervalMs: 60_000, burst: 1 } } });
    await enrolled();
    const [first, waiting] = [prepare("uptime"), prepare("uptime")];
    dispatch(plane, first);
    dispatch(plane, waiting);
    await until("the countdown", () => cases(waiting).includes("stepQueued"));
    plane.gateway().broadcastPanic(true, "panic-3");
    expect(await plane.ending(waiting.step)).toMatchObject({ $case: "stepRefused", value: { code: "PANIC_ACTIVE" } });
  });
});

describe("the program", () => {
  it("ends a running step on SIGTERM, reports it, and exits 0", async () => {
    const agent = await enrolled();
    const prepared = prepare("sleep 60");
    dispatch(plane, prepared);
    await until("the start", () => cases(prepared).includes("stepStarted"));
    agent.child.kill("SIGTERM");
    expect(await agent.exited).toBe(0);
    expect(await plane.ending(prepared.step)).toMatchObject({ $case: "stepResult", value: { outcome: "stopped" } });
  });

  it("listens on nothing and is small", async () => {
    const agent = await enrolled();
    agent.child.kill("SIGTERM");
    await agent.exited;
    const again = await start();
    await plane.online("agent-1");
    await new Promise((resolve) => setTimeout(resolve, 500));
    const { pid } = again.child;
    expect(listeningSockets(pid!)).toEqual([]);
    const rss = residentMegabytes(pid!);
    console.info(`agent idle: ${rss.toFixed(1)} MB resident`);
    expect(rss).toBeLessThan(90);
  });

  it("shows how to use it on wrong arguments", async () => {
    const run = spawnSync(process.execPath, [await agentProgram(), "--nonsense"], { encoding: "utf8" });
    const ways = [
      "[start] --config FILE [--enroll-token-file FILE]",
      "doctor --config FILE [--json]",
      "resume EXECUTION --config FILE",
      "--version",
    ];
    expect([run.status, run.stderr]).toEqual([2, `Usage: ${ways.map((way) => `agent ${way}\n`).join("       ")}`]);
  });
});

function nameOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/comm`, "utf8").trim();
  } catch {
    return "";
  }
}

/** Processes that carry the step's marker. */
function stepProcesses({ step }: Prepared): number[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .filter((name) => {
      try {
        return readFileSync(`/proc/${name}/environ`, "latin1").includes(`DD0C_STEP=${step.stepExecutionId}\0`);
      } catch {
        return false;
      }
    })
    .map(Number);
}

/** Inodes of the process's sockets that /proc/net/tcp* shows in state LISTEN. */
function listeningSockets(pid: number): string[] {
  const own = readdirSync(`/proc/${pid}/fd`).flatMap((fd) => {
    try {
      return /^socket:\[(\d+)\]$/.exec(readlinkSync(`/proc/${pid}/fd/${fd}`))?.[1] ?? [];
    } catch {
      return [];
    }
  });
  const listening = ["tcp", "tcp6"]
    .flatMap((table) => readFileSync(`/proc/net/${table}`, "utf8").trim().split("\n").slice(1))
    .map((line) => line.trim().split(/\s+/))
    .filter((fields) => fields[3] === "0A")
    .map((fields) => fields[9]!);
  return own.filter((inode) => listening.includes(inode));
}
