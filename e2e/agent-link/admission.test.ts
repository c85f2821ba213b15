// The agent's own gate against a server that errs or lies: real gateway, real agent, real mTLS; only the engine is played.
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Agent } from "@dd0c/agent";
import { OutputStream, type SignedDocument, type StepRefused, type StepResult } from "@dd0c/protocol/agent";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Host, newHost, startHere } from "./agent-host.ts";
import {
  type ControlPlane,
  dispatch,
  type PrepareOptions,
  type Prepared,
  prepare,
  send,
  signed,
  startControlPlane,
  until,
} from "./control-plane.ts";

let plane: ControlPlane;
let agent: Agent;
let host: Host;
const log: string[] = [];

beforeAll(async () => {
  plane = await startControlPlane();
  host = newHost(plane, {
    config: {
      rateLimit: { intervalMs: 0, burst: 100 },
      allow: [
        { program: "rm", arguments: ["-f", "*"], pathPrefix: join(plane.folder, "host-agent-1", "work", "tmp"), maxRisk: "dangerous" },
      ],
    },
  });
  agent = await startHere(plane, host, "agent-1", log);
});
afterAll(async () => {
  await agent.stop();
  await plane.close();
});

/** The code of the refusal, or what happened instead. */
async function refusal(prepared: Prepared): Promise<string> {
  return refusedWith(prepared.step);
}

async function refusedWith(step: Prepared["step"]): Promise<string> {
  const end = await plane.ending(step);
  return end.$case === "stepRefused" ? end.value.code : end.$case;
}

const touch = (name: string, options: PrepareOptions = { approved: true }) => prepare(`touch ${join(host.work, name)}`, options);
const ran = (name: string) => existsSync(join(host.work, name));

function forged(document: SignedDocument): SignedDocument {
  const signature = Buffer.from(document.signature);
  signature[0] = (signature[0] ?? 0) ^ 1;
  return { ...document, signature };
}

describe("what runs", () => {
  it("a proven-safe command without a grant, with output, hashes and every member's status", async () => {
    const prepared = prepare("printf 'a\\nb\\n' | grep b");
    dispatch(plane, prepared);
    const end = await plane.ending(prepared.step);
    expect(end).toMatchObject({
      $case: "stepResult",
      value: {
        exitCode: 0,
        outcome: "ok",
        timedOut: false,
        members: [
          { pipeline: 0, member: 0, exitCode: 0 },
          { pipeline: 0, member: 1, exitCode: 0 },
        ],
        stdoutBytes: 2,
        stdoutSha256: "0263829989b6fd954f72baaf2fc64bc2e2f01d692d4de72986ea808f6e99813f",
      },
    });
    const frames = plane.about(prepared.step);
    expect(frames.map(({ $case }) => $case)).toEqual(["stepAccepted", "stepStarted", "stepOutput", "stepResult"]);
    expect(frames[0]).toMatchObject({ value: { digest: prepared.execute.digest, risk: "safe" } });
    expect(frames[2]).toMatchObject({ value: { stream: OutputStream.STDOUT, offset: 0, data: Buffer.from("b\n") } });
  });

  it("a state change with a human's grant", async () => {
    const prepared = touch("granted");
    dispatch(plane, prepared);
    expect(await plane.ending(prepared.step)).toMatchObject({ $case: "stepResult", value: { exitCode: 0 } });
    expect(ran("granted")).toBe(true);
  });

  /** The second text in place of the first, by a signed amendment. */
  function edit(first: Prepared, second: Prepared): Prepared["step"] {
    const step = { ...first.step, attempt: 2 };
    const { digest } = second.execute;
    const { tenant, agent: agentId, execution, step_execution } = first.grant!;
    const about = { tenant, agent: agentId, execution, step_execution, attempt: 2, digest };
    const by = { reason: "edit", by: "user-1", parent_step_execution: null, issued_at: Date.now() } as const;
    const amendment = signed(plane, { kind: "dd0c.amendment.v1", ...about, max_risk: "caution", ...by });
    const announcement = signed(plane, first.announcement);
    plane.gateway().send("agent-1", { $case: "announce", value: { executionId: execution, announcement } });
    plane.gateway().send("agent-1", { $case: "amend", value: { executionId: execution, amendment } });
    send(plane, { ...second.execute, step, grant: signed(plane, { ...first.grant!, risk: second.grant!.risk, attempt: 2, digest }) });
    return step;
  }

  it("an edited step that a signed amendment names", async () => {
    const step = edit(touch("edited-1"), touch("edited-2"));
    expect(await plane.ending(step)).toMatchObject({ $case: "stepResult", value: { exitCode: 0 } });
    expect([ran("edited-1"), ran("edited-2")]).toEqual([false, true]);
  });

  it("a step that was refused here and edited after that", async () => {
    const refused = prepare(`rm -rf ${host.work}`, { approved: true });
    dispatch(plane, refused);
    expect(await refusal(refused)).toBe("CEILING_EXCEEDED");
    const step = edit(refused, touch("edited-after-refusal"));
    expect(await plane.ending(step)).toMatchObject({ $case: "stepResult", value: { exitCode: 0 } });
  });
});

describe("an allow line", () => {
  it("lets exactly its own shape above the ceiling", async () => {
    mkdirSync(join(host.work, "tmp"), { recursive: true });
    for (const name of ["tmp/a", "tmp/b", "c"]) writeFileSync(join(host.work, name), "");
    const remove = (args: string) => prepare(`rm ${args}`, { approved: true, risk: "dangerous" });
    const inside = remove(`-f ${join(host.work, "tmp/a")}`);
    const others = [
      remove(`-f ${join(host.work, "c")}`),
      remove(`-rf ${join(host.work, "tmp/b")}`),
      remove(`-f ${join(host.work, "tmp/../c")}`),
      remove(`-f ${join(host.work, "tmp/b")} ${join(host.work, "c")}`),
    ];
    for (const prepared of [inside, ...others]) dispatch(plane, prepared);
    expect(await plane.ending(inside.step)).toMatchObject({ $case: "stepResult", value: { exitCode: 0 } });
    for (const prepared of others) expect(await refusal(prepared)).toBe("CEILING_EXCEEDED");
    expect(["tmp/a", "tmp/b", "c"].map(ran)).toEqual([false, true, true]);
  });
});

describe("what else ends a step", () => {
  it("its deadline", async () => {
    const prepared = prepare("sleep 30", { timeoutMs: 300 });
    dispatch(plane, prepared);
    expect(await plane.ending(prepared.step)).toMatchObject({ $case: "stepResult", value: { timedOut: true, outcome: "timed_out" } });
  });

  it("output beyond the cap is counted, hashed and left out in the middle", async () => {
    const prepared = prepare("seq 1 2000000");
    dispatch(plane, prepared);
    const end = await plane.ending(prepared.step, 20_000);
    const value = end.value as StepResult;
    const pieces = plane.about(prepared.step).flatMap((frame) => (frame.$case === "stepOutput" ? [frame.value] : []));
    const [omitted] = pieces.filter(({ omittedBytes }) => omittedBytes > 0);
    const kept = pieces.reduce((sum, { data }) => sum + data.length, 0);
    expect(value).toMatchObject({ outcome: "ok", truncated: true, stdoutBytes: 14_888_896 });
    expect(kept + (omitted?.omittedBytes ?? 0)).toBe(value.stdoutBytes);
    expect(Math.max(...pieces.map(({ data }) => data.length))).toBeLessThanOrEqual(256 << 10);
    expect(pieces.at(-1)?.data.toString().endsWith("1999999\n2000000\n")).toBe(true);
  });

  it("SQL is judged once its parser is there, which the first SQL loads", async () => {
    const read = prepare("uptime");
    const harmless = { ...read, execute: { ...read.execute, command: "psql -c 'select 1'" } };
    const write = prepare("uptime");
    const harmful = { ...write, execute: { ...write.execute, command: "psql -c 'drop table users'" } };
    dispatch(plane, harmless);
    dispatch(plane, harmful);
    expect(await plane.ending(harmless.step)).toMatchObject({ $case: "stepRefused", value: { code: "DIGEST_MISMATCH", risk: "safe" } });
    expect(await plane.ending(harmful.step)).toMatchObject({ $case: "stepRefused", value: { code: "DIGEST_MISMATCH", risk: "dangerous" } });
  });
});

describe("what is refused, each with its code and nothing run", () => {
  it("a replayed grant: the same dispatch a second time", async () => {
    const prepared = touch("replayed");
    dispatch(plane, prepared);
    await plane.ending(prepared.step);
    const stored = plane.about(prepared.step).length;
    dispatch(plane, prepared);
    await until("the refused duplicate", () => plane.about(prepared.step).length > stored);
    expect(plane.about(prepared.step).at(-1)).toMatchObject({ $case: "duplicateRefused", value: { code: "DUPLICATE_DISPATCH" } });
    expect(plane.about(prepared.step).filter(({ $case }) => $case === "stepStarted")).toHaveLength(1);
  });

  it("a replayed grant on a second step", async () => {
    const first = touch("replay-a");
    const second = touch("replay-a");
    dispatch(plane, first);
    await plane.ending(first.step);
    dispatch(plane, { ...second, grant: first.grant });
    expect(await refusal(second)).toBe("GRANT_FOREIGN");
  });

  it("a late dispatch", async () => {
    const prepared = touch("late");
    dispatch(plane, { ...prepared, execute: { ...prepared.execute, notAfterMs: Date.now() - 1_000 } });
    expect([await refusal(prepared), ran("late")]).toEqual(["DISPATCH_LATE", false]);
  });

  it("an edited command: the text differs from the digest that was granted", async () => {
    const prepared = touch("edited");
    dispatch(plane, { ...prepared, execute: { ...prepared.execute, command: `touch ${join(host.work, "other")}` } });
    expect([await refusal(prepared), ran("other")]).toEqual(["DIGEST_MISMATCH", false]);
  });

  it("an edited command with a digest of its own: not the one that was announced", async () => {
    const prepared = touch("announced");
    const other = touch("unannounced");
    const { command, digest } = other.execute;
    dispatch(plane, { ...prepared, grant: { ...prepared.grant!, digest }, execute: { ...prepared.execute, command, digest } });
    expect([await refusal(prepared), ran("unannounced")]).toEqual(["DIGEST_MISMATCH", false]);
  });

  it.each([
    ["timeout", { timeoutMs: 999_999 }],
    ["environment", { environment: [{ name: "LANG", value: "x" }] }],
    ["working directory", { workingDirectory: "/" }],
    ["run-as", { runAs: "root" }],
  ])("a changed %s", async (_what, change) => {
    const prepared = touch("changed");
    dispatch(plane, { ...prepared, execute: { ...prepared.execute, ...change } });
    expect([await refusal(prepared), ran("changed")]).toEqual(["DIGEST_MISMATCH", false]);
  });

  it.each([
    ["tenant", { tenant: "tenant-2" }],
    ["agent", { agent: "agent-2" }],
    ["execution", { execution: "another" }],
    ["step", { step_execution: "another" }],
  ])("a foreign grant: another %s", async (_what, change) => {
    const prepared = touch("foreign");
    dispatch(plane, { ...prepared, grant: { ...prepared.grant!, ...change } });
    expect([await refusal(prepared), ran("foreign")]).toEqual(["GRANT_FOREIGN", false]);
  });

  it("a grant for another attempt", async () => {
    const prepared = touch("attempt");
    dispatch(plane, { ...prepared, grant: { ...prepared.grant!, attempt: 2 } });
    expect(await refusal(prepared)).toBe("GRANT_MISMATCH");
  });

  it("an expired grant", async () => {
    const prepared = touch("expired");
    const issued_at = Date.now() - 600_000;
    dispatch(plane, { ...prepared, grant: { ...prepared.grant!, issued_at, expires_at: issued_at + 599_000 } });
    expect([await refusal(prepared), ran("expired")]).toEqual(["GRANT_EXPIRED", false]);
  });

  it("a grant with a bad signature", async () => {
    const prepared = touch("forged");
    const { step, announcement, execute, grant } = prepared;
    plane
      .gateway()
      .send("agent-1", { $case: "announce", value: { executionId: step.executionId, announcement: signed(plane, announcement) } });
    send(plane, { ...execute, grant: forged(signed(plane, grant!)) });
    expect([await refusal(prepared), ran("forged")]).toEqual(["GRANT_SIGNATURE_INVALID", false]);
  });

  it("an announcement passed off as a grant", async () => {
    const prepared = touch("confused");
    const { step, announcement, execute } = prepared;
    plane
      .gateway()
      .send("agent-1", { $case: "announce", value: { executionId: step.executionId, announcement: signed(plane, announcement) } });
    send(plane, { ...execute, grant: signed(plane, announcement) });
    expect(await refusal(prepared)).toBe("GRANT_SIGNATURE_INVALID");
  });

  it("an execution that was never announced", async () => {
    const prepared = touch("unannounced-execution");
    send(plane, { ...prepared.execute, grant: signed(plane, prepared.grant!) });
    expect([await refusal(prepared), ran("unannounced-execution")]).toEqual(["NOT_ANNOUNCED", false]);
  });

  it("an announcement with a bad signature", async () => {
    const prepared = touch("forged-plan");
    const { step, announcement, execute, grant } = prepared;
    const document = forged(signed(plane, announcement));
    plane.gateway().send("agent-1", { $case: "announce", value: { executionId: step.executionId, announcement: document } });
    send(plane, { ...execute, grant: signed(plane, grant!) });
    expect([await refusal(prepared), ran("forged-plan")]).toEqual(["ANNOUNCEMENT_INVALID", false]);
  });

  it("a step that a second announcement of the same execution slips in", async () => {
    const prepared = touch("slipped");
    const { step, announcement } = prepared;
    const honest = { ...announcement, steps: [{ ...announcement.steps[0]!, step_execution: "another" }] };
    plane.gateway().send("agent-1", { $case: "announce", value: { executionId: step.executionId, announcement: signed(plane, honest) } });
    dispatch(plane, prepared);
    expect([await refusal(prepared), ran("slipped")]).toEqual(["NOT_ANNOUNCED", false]);
  });

  it("a state change that nobody granted", async () => {
    const prepared = touch("ungranted", { approved: false });
    dispatch(plane, prepared);
    expect([await refusal(prepared), ran("ungranted")]).toEqual(["GRANT_MISSING", false]);
  });

  it("a dangerous command above the ceiling, granted and typed", async () => {
    const prepared = prepare(`rm -rf ${host.work}`, { approved: true });
    expect(prepared.execute.risk).toBe("dangerous");
    dispatch(plane, prepared);
    expect([await refusal(prepared), existsSync(host.work)]).toEqual(["CEILING_EXCEEDED", true]);
  });

  it("an unknown program without an allow line", async () => {
    const prepared = prepare("frobnicate --now", { approved: true });
    expect(prepared.execute.risk).toBe("unknown");
    dispatch(plane, prepared);
    expect(await refusal(prepared)).toBe("PROGRAM_NOT_ALLOWED");
  });

  it("a state change that the server calls safe and sends by itself", async () => {
    const prepared = touch("lied", { risk: "safe" });
    dispatch(plane, { ...prepared, execute: { ...prepared.execute, automatic: true }, grant: undefined });
    expect([await refusal(prepared), ran("lied")]).toEqual(["AGENT_STRICTER", false]);
  });

  it("a state change that a human granted as safe", async () => {
    const prepared = touch("understated", { approved: true, risk: "safe" });
    dispatch(plane, prepared);
    const end = await plane.ending(prepared.step);
    expect(end).toMatchObject({ $case: "stepRefused", value: { code: "AGENT_STRICTER", risk: "caution" } });
    expect((end.value as StepRefused).patternVersion).not.toBe("");
  });

  it("a risk that is no word of ours counts as the worst", async () => {
    const prepared = touch("word");
    dispatch(plane, { ...prepared, execute: { ...prepared.execute, risk: "harmless" } });
    expect([await refusal(prepared), ran("word")]).not.toContain("stepResult");
  });

  it("a command that only a shell could run", async () => {
    const prepared = prepare("uptime");
    dispatch(plane, { ...prepared, execute: { ...prepared.execute, command: "for i in 1 2; do uptime; done" } });
    expect(await refusal(prepared)).toBe("STEP_NOT_RUNNABLE");
  });

  it("a trust level that was not the announced one", async () => {
    const prepared = prepare("uptime");
    dispatch(plane, { ...prepared, execute: { ...prepared.execute, trustLevel: 1 } });
    expect(await refusal(prepared)).toBe("AGENT_TRUST_MISMATCH");
  });

  it("a working directory outside the local list, though it was announced", async () => {
    const prepared = prepare("uptime", { workingDirectory: "/etc" });
    dispatch(plane, prepared);
    expect(await refusal(prepared)).toBe("ENVIRONMENT_NOT_ALLOWED");
  });

  it("a program that is not in the local path", async () => {
    const prepared = prepare("mysqladmin status", { approved: true, risk: "dangerous" });
    dispatch(plane, prepared);
    expect(["PROGRAM_NOT_ALLOWED", "CEILING_EXCEEDED"]).toContain(await refusal(prepared));
  });

  it("a dispatch without a step, and one with attempt zero", async () => {
    const prepared = prepare("uptime");
    send(plane, { ...prepared.execute, step: undefined });
    const step = { ...prepared.step, attempt: 0 };
    send(plane, { ...prepared.execute, step });
    expect(await refusedWith(step)).toBe("VALIDATION_FAILED");
  });

  it("and no log line holds the text of a command", () => {
    expect(log.length).toBeGreaterThan(10);
    expect(log.filter((line) => line.includes("touch") || line.includes("frobnicate") || line.includes("rm -rf"))).toEqual([]);
  });
});

describe("the result of a program that answers with its exit code", () => {
  it("grep without a match is an answer", async () => {
    const prepared = prepare("grep -c zzz /etc/hostname");
    dispatch(plane, prepared);
    const end = await plane.ending(prepared.step);
    expect((end.value as StepResult).outcome).toBe("answer");
  });
});
