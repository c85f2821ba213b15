// A compromised server against an honest agent: the real agent process over mutual TLS, and a server that holds authority and engine key and lies.
// Each lie is refused with its code, noted in the agent's own journal, and named by `verify-audit --witness` against the export that the liar shows.
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { readWitness } from "../../packages/cli/src/audit/witness.ts";
import { type EngineKey, openEngineKey } from "../../packages/server/src/agents/engine-key.ts";
import type { SignedDocument, StepRef } from "@dd0c/protocol/agent";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type AgentProcess, type Host, newHost, removeAgentProgram, residentMegabytes, startProcess } from "./agent-host.ts";
import { type ControlPlane, dispatch, prepare, send, signed, startControlPlane, until } from "./control-plane.ts";
import { checkpoint, type Shown, showExport, verifyAudit } from "./liars-export.ts";
import { type Liar, lies } from "./lies.ts";

let plane: ControlPlane;
let host: Host;
let agent: AgentProcess;
let liar: Liar;
const data = () => join(host.folder, "agent-data");
/** What the liar says has happened: nothing. */
const nothing: readonly Shown[] = [{ type: "agent.connected", data: { agent_id: "agent-1" } }];

beforeAll(async () => {
  plane = await startControlPlane();
  const config = {
    rateLimit: { intervalMs: 0, burst: 1_000 },
    environment: { allow: ["REGION"] },
    allow: [{ program: "rm", arguments: ["-f", "*"], pathPrefix: join(plane.folder, "host-agent-1", "work", "tmp"), maxRisk: "dangerous" }],
  };
  host = newHost(plane, { config });
  const ownKey: EngineKey = await openEngineKey(join(plane.folder, "own-key.pem"));
  liar = { plane, work: host.work, ownKey };
  agent = await startProcess(host, plane.newToken());
  await plane.online("agent-1");
});
afterAll(async () => {
  agent.child.kill("SIGKILL");
  await agent.exited;
  await plane.close();
  removeAgentProgram();
});

const journal = () => readWitness(join(data(), "journal/journal.jsonl"))!.journals[0]!;
const noted = (name: string) => journal().notes.filter(({ note }) => note === name);
const answer = async (step: StepRef): Promise<string> => {
  const end = await plane.ending(step);
  return end.$case === "stepRefused" ? end.value.code : end.$case;
};
const touch = (name: string) => prepare(`touch ${join(host.work, name)}`, { approved: true });
/** Everything that was sent before has been taken. */
const heard = async () => {
  const beats = () => plane.frames.filter(({ frame }) => frame.$case === "heartbeat").length;
  const before = beats();
  plane.gateway().send("agent-1", { $case: "probe", value: {} });
  await until("an answer to the probe", () => beats() > before);
};
const restart = async () => {
  await plane.stop();
  await plane.restart();
};
const told = new Map<string, string>();

describe("a lie about a step", () => {
  it.each(lies)("$name: $code", async ({ name, code, tell }) => {
    const step = tell(liar);
    expect(await answer(step)).toBe(code);
    expect(readdirSync(host.work)).toEqual([]);
    const about = step.stepExecutionId.slice(0, 100);
    told.set(name, about);
    const attempts = journal().attempts.filter((each) => each.step === about);
    // The answer does not wait for the note.
    const isNoted = () => noted("unreadable_dispatch").some(({ detail }) => detail["step"] === about);
    if (code === "VALIDATION_FAILED") await until("the note", isNoted);
    else expect(attempts).toMatchObject([{ attempt: step.attempt, end: { kind: "refused", code } }]);
  });

  it("leaves nothing behind that an auditor would not be told", async () => {
    const { status, stdout } = await verifyAudit(showExport(plane, nothing).file, data());
    expect(status).toBe(1);
    const unnamed = lies.filter(({ name, code }) => {
      const about = told.get(name) ?? "never told";
      const said = stdout.split("\n").filter((line) => line.includes(`(${about})`));
      return !said.some((line) => line.includes(code === "VALIDATION_FAILED" ? "unreadable_dispatch" : `never dispatched: ${code}`));
    });
    expect(unnamed.map(({ name }) => name)).toEqual([]);
    expect(["unsigned_announcement", "unsigned_amendment"].filter((note) => !stdout.includes(note))).toEqual([]);
  });
});

describe("a recovery capsule that is none", () => {
  const capsules = () =>
    existsSync(join(data(), "capsules")) ? readdirSync(join(data(), "capsules")).filter((name) => name.endsWith(".capsule")) : [];
  const offer = (executionId: string, capsule: SignedDocument) =>
    plane.gateway().send("agent-1", { $case: "capsule", value: { executionId, capsule } });
  const document = Buffer.from(JSON.stringify({ kind: "dd0c.capsule.v1", tenant: "tenant-1", agent: "agent-1", execution: "execution-9" }));

  it.each<readonly [string, string, () => SignedDocument]>([
    ["signed by somebody else", "execution-7", () => liar.ownKey.sign(document)],
    ["changed after it was signed", "execution-8", () => ({ ...plane.engineKey.sign(document), payload: Buffer.from("{}") })],
    ["signed, and no capsule", "execution-9", () => plane.engineKey.sign(document)],
    ["of an execution that is a path", "../../outside", () => plane.engineKey.sign(document)],
  ])("%s is not kept, is noted, and shows against every export", async (_what, execution, lie) => {
    offer(execution, lie());
    await until("the note", () => noted("unsigned_capsule").some(({ detail }) => detail["execution"] === execution));
    expect(capsules()).toEqual([]);
    const { status, stdout } = await verifyAudit(showExport(plane, nothing).file, data());
    expect(status).toBe(1);
    expect(stdout.split("\n").filter((line) => line.includes("unsigned_capsule") && line.includes(execution))).toHaveLength(1);
  });
});

describe("a lie about time and order", () => {
  it("a dispatch comes again: at once, after a new stream, and after the agent was killed", async () => {
    const prepared = touch("once");
    expect(await answer(dispatch(plane, prepared))).toBe("stepResult");
    // A new stream may bring earlier frames once more; whatever comes, the dispatch itself is refused.
    const again = async () => {
      const before = plane.about(prepared.step).length;
      const answers = () => plane.about(prepared.step).slice(before);
      dispatch(plane, prepared);
      await until("a second answer", () => answers().some(({ $case }) => $case === "duplicateRefused"));
      return answers().find(({ $case }) => $case === "duplicateRefused");
    };
    const duplicate = { $case: "duplicateRefused", value: { code: "DUPLICATE_DISPATCH" } };
    expect(await again()).toMatchObject(duplicate);
    await restart();
    await plane.online("agent-1");
    expect(await again()).toMatchObject(duplicate);
    agent.child.kill("SIGKILL");
    await agent.exited;
    await until("offline", () => !plane.gateway().isOnline("agent-1"));
    agent = await startProcess(host);
    await plane.online("agent-1");
    expect(await again()).toMatchObject(duplicate);
    expect(plane.about(prepared.step).filter(({ $case }) => $case === "stepStarted")).toHaveLength(1);
    // The answer does not wait for the note.
    await until("the notes", () => noted("second_dispatch").length >= 2);
  });

  it("the server's clock goes back, so that a grant that was kept back is young again", async () => {
    const hourMs = 3_600_000;
    const issued_at = Date.now() - hourMs;
    const keptBack = () => {
      const prepared = touch("kept-back");
      return { ...prepared, grant: { ...prepared.grant!, issued_at, expires_at: issued_at + 600_000 } };
    };
    plane.skewMs = -hourMs;
    await restart();
    await plane.online("agent-1");
    const [late, expired] = [keptBack(), keptBack()];
    expect(await answer(dispatch(plane, { ...late, execute: { ...late.execute, notAfterMs: issued_at + 60_000 } }))).toBe("DISPATCH_LATE");
    expect(await answer(dispatch(plane, expired))).toBe("GRANT_EXPIRED");
    expect([existsSync(join(host.work, "kept-back")), noted("clock_back").length]).toEqual([false, 1]);
    plane.skewMs = 0;
    await restart();
    await plane.online("agent-1");
  });

  it.each([
    ["another tenant's server", "foreign_hello", { tenantId: "tenant-2", fencingEpoch: 1_000 }],
    ["a server that was left behind", "stale_hello", { tenantId: "tenant-1", fencingEpoch: 0 }],
  ])("a hello of %s ends the stream and sets nothing", async (_what, note, said) => {
    const plain = { panic: false, panicId: "", serverTimeMs: 1, engineKeyId: "", agentId: "agent-1", heartbeatIntervalMs: 1_000 };
    const value = { ...plain, settledCapsules: [], ...said };
    plane.gateway().send("agent-1", { $case: "hello", value });
    await until("the end of the stream", () => !plane.gateway().isOnline("agent-1"));
    await plane.online("agent-1");
    expect(noted(note).length).toBeGreaterThan(0);
    expect(await answer(dispatch(plane, prepare("uptime")))).toBe("stepResult");
  });

  it("nothing runs during a panic, and that nobody lifted it shows", async () => {
    plane.gateway().broadcastPanic(true, "panic-1");
    const prepared = touch("in-panic");
    expect(await answer(dispatch(plane, prepared))).toBe("PANIC_ACTIVE");
    plane.gateway().broadcastPanic(false, "panic-1");
    await heard();
    expect(noted("panic_lifted")).toMatchObject([{ detail: { panic: "panic-1" } }]);
    const begun: Shown = { type: "panic.activated", data: { panic_id: "panic-1" } };
    const lifted: Shown = { type: "panic.cleared", data: { panic_id: "panic-1" } };
    const said = async (...events: readonly Shown[]) => (await verifyAudit(showExport(plane, events).file, data())).stdout;
    expect(await said(...nothing, begun)).toContain("the log has nobody who lifted it (panic-1)");
    expect(await said(...nothing, begun, lifted)).not.toContain("lifted it");
  });
});

describe("a flood", () => {
  it("a frame larger than any frame ends the stream; the agent comes back and works", async () => {
    const prepared = prepare("uptime");
    send(plane, { ...prepared.execute, command: "x".repeat(5 << 20) });
    await until("the end of the stream", () => !plane.gateway().isOnline("agent-1"));
    await plane.online("agent-1");
    expect(noted("oversized_frame")).toHaveLength(1);
    expect(await answer(dispatch(plane, prepare("uptime")))).toBe("stepResult");
  });

  it("thousands of announcements: what they push out is refused, notes and memory have an end", async () => {
    const first = touch("pushed-out");
    const announce = (executionId: string, document: ReturnType<typeof signed>) =>
      plane.gateway().send("agent-1", { $case: "announce", value: { executionId, announcement: document } });
    announce(first.step.executionId, signed(plane, first.announcement));
    const forged = liar.ownKey.sign(signed(plane, first.announcement).payload);
    for (let at = 0; at < 3_000; at += 1) {
      const prepared = { ...first.announcement, execution: `flood-${at}` };
      announce(`flood-${at}`, at % 2 === 0 ? signed(plane, prepared) : forged);
      if (at % 400 === 0) await heard();
    }
    await heard();
    send(plane, { ...first.execute, grant: signed(plane, first.grant!) });
    expect(await answer(first.step)).toBe("NOT_ANNOUNCED");
    expect(noted("more_left_out")).toHaveLength(1);
    expect(journal().notes.length).toBeLessThan(1_100);
    expect(residentMegabytes(agent.child.pid!)).toBeLessThan(160);
  });

  it("a server that reads nothing: the step ends, is journalled, and its whole output comes once it is read", async () => {
    plane.hold = true;
    const prepared = prepare("seq 1 100000");
    dispatch(plane, prepared);
    const ended = () => journal().attempts.some(({ step, end }) => step === prepared.step.stepExecutionId && end.kind === "finished");
    await until("the end in the journal", ended);
    expect(journal().attempts.at(-1)).toMatchObject({ told: false });
    plane.hold = false;
    expect(await plane.ending(prepared.step)).toMatchObject({ $case: "stepResult", value: { stdoutBytes: 588_895 } });
  });
});

describe("what a server with the engine's key can do", () => {
  const asAgent = { type: "agent", id: "agent-1", via: "agent" } as const;
  const shownRun = (prepared: ReturnType<typeof touch>, change: object = {}): readonly Shown[] => {
    const about = { execution: prepared.step.executionId, step_execution: prepared.step.stepExecutionId };
    const empty = createHash("sha256").digest("hex");
    const data = { attempt: 1, exit_code: 0, stdout_hash: empty, stderr_hash: empty, ...change };
    return [
      ...nothing,
      { type: "step.approved", ...about, data: { grant: { ...prepared.grant } } },
      { type: "step.dispatched", ...about, data: { attempt: 1, agent_id: "agent-1", digest: prepared.execute.digest } },
      { type: "step.executed", ...about, actor: asAgent, data },
    ];
  };
  const found = async (prepared: ReturnType<typeof touch>, events: readonly Shown[]) =>
    (await verifyAudit(showExport(plane, events).file, data())).stdout
      .split("\n")
      .filter((line) => line.includes(`(${prepared.step.stepExecutionId})`))
      .map((line) => line.replace(/^BROKEN at .*journal: | \(.*$/g, ""));

  it("runs what the host's own file allows, on an approval that nobody gave; every way to hide it is found but the whole forged history", async () => {
    const prepared = touch("forged-approval");
    expect(await answer(dispatch(plane, prepared))).toBe("stepResult");
    expect(existsSync(join(host.work, "forged-approval"))).toBe(true);
    await until("its acknowledgement", () => journal().attempts.at(-1)?.told === true);
    const events = shownRun(prepared);
    const others = { ...prepared, grant: { ...prepared.grant!, approver: "the-cto" } };
    expect(await found(prepared, nothing)).toEqual(["the agent was sent a step that the log never dispatched"]);
    expect(
      await found(
        prepared,
        events.filter(({ type }) => type !== "step.approved"),
      ),
    ).toEqual(["the agent was shown an approval that the log does not have"]);
    expect(await found(prepared, shownRun(others))).toEqual(["the agent was shown an approval that the log does not have"]);
    expect(await found(prepared, events.slice(0, -1))).toEqual(["the agent ran a step, and the log does not say how it ended"]);
    const nicer = { stdout_hash: createHash("sha256").update("all is well").digest("hex") };
    expect(await found(prepared, shownRun(prepared, nicer))).toEqual(["exit code or output of a step are not what the agent reported"]);
    expect(await found(prepared, shownRun(prepared, { exit_code: 1 }))).toEqual([
      "exit code or output of a step are not what the agent reported",
    ]);
    // The residual risk: a forged history without a gap. It names a person who approved, and that person can say no.
    expect(await found(prepared, events)).toEqual([]);
  });

  it("makes up a run, which the agent's journal does not have", async () => {
    const prepared = touch("never-sent");
    const events = shownRun(prepared).map((event) => ({ ...event, occurred_at: "2026-03-01T03:17:00.000Z" }));
    const { stdout } = await verifyAudit(showExport(plane, events).file, data());
    expect(stdout).toContain(
      `at event 4: the log says how a step ended which the agent did not run to its end (${prepared.step.stepExecutionId})`,
    );
  });

  it("cannot have a changed journal taken for the agent's word", async () => {
    const path = join(plane.folder, "changed.jsonl");
    writeFileSync(path, readFileSync(join(data(), "journal/journal.jsonl"), "utf8").replace(`"attempt":"1"`, `"attempt":"2"`));
    await expect(verifyAudit(showExport(plane, nothing).file, path)).rejects.toThrow("a journal was changed");
  });
});

describe("a lie about the record", () => {
  const show = (...types: readonly Shown["type"][]): readonly Shown[] => types.map((type) => ({ type, data: { agent_id: "agent-1" } }));
  const longer = show("agent.connected", "agent.heartbeat_lost", "agent.connected");
  const forked = show("agent.connected", "agent.connected", "agent.heartbeat_lost");
  const offer = async (...documents: readonly ReturnType<typeof checkpoint>[]) => {
    for (const document of documents) plane.gateway().send("agent-1", { $case: "checkpoint", value: document });
    await heard();
  };
  const alarms = () =>
    readFileSync(join(data(), "witness-alarms.jsonl"), "utf8")
      .trimEnd()
      .split("\n")
      .map((line) => (JSON.parse(line) as { alarm: string }).alarm);
  const stdout = async (events: readonly Shown[], folder = data()) => (await verifyAudit(showExport(plane, events).file, folder)).stdout;

  it("the chain is cut, forked, rolled back, or signed by somebody else: alarms of the agent, and found against every version of it", async () => {
    const honest = showExport(plane, longer).heads;
    const other = showExport(plane, forked).heads;
    await offer(checkpoint(plane, 3, honest[2]!), checkpoint(plane, 3, honest[2]!));
    await offer(checkpoint(plane, 3, other[2]!));
    await offer(checkpoint(plane, 2, other[1]!));
    await offer(checkpoint(plane, 4, other[2]!, { chain: "tenant-2" }));
    await offer({ ...checkpoint(plane, 5, other[2]!), keyId: liar.ownKey.id });
    expect(alarms()).toEqual(["other_hash", "lower_count", "not_signed"]);
    expect(await stdout(longer.slice(0, 2))).toMatch(/^BROKEN at event 2: .*another hash/);
    // Whichever of the two it shows now, the other one was signed too.
    expect(await stdout(forked)).toMatch(/^BROKEN at event 3: witnesses were told different things: the chain was forked/);
    expect(await stdout(longer)).toMatch(/^BROKEN at event 2: the witness kept another hash/);
  });

  it("two agents are shown different heads: each keeps its own, and together they prove the fork", async () => {
    mkdirSync(join(plane.folder, "kept"));
    const second = newHost(plane, { agentId: "agent-2" });
    const started = await startProcess(second, plane.newToken("agent-2"));
    try {
      await plane.online("agent-2");
      plane.gateway().send("agent-2", { $case: "checkpoint", value: checkpoint(plane, 3, showExport(plane, forked).heads[2]!) });
      const kept = join(second.folder, "agent-data/witness.jsonl");
      await until("a kept checkpoint", () => existsSync(kept));
      const own = await verifyAudit(showExport(plane, forked).file, join(second.folder, "agent-data"));
      expect(own).toMatchObject({ status: 0, stdout: expect.stringMatching(/^OK: 3 events/) });
      expect((await verifyAudit(showExport(plane, longer).file, kept)).stdout).toMatch(/^BROKEN at event 3: the witness kept another hash/);
    } finally {
      started.child.kill("SIGKILL");
      await started.exited;
    }
  });
});
