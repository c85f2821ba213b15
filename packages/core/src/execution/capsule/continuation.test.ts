// A run goes on at its agent's host: what is decided there is decided again by the server, and nothing else is believed.
import { describe, expect, it } from "vitest";
import { agent, context, engine, prepared, resultOf, riley, Run, startMs } from "../../test/engine-fixture.ts";
import { sha256 } from "../../test/sha256.ts";
import type { ExecutionCommand } from "../commands.ts";
import { decide } from "../decide.ts";
import { effectsOf } from "../effects.ts";
import type { ExecutionEvent } from "../events.ts";
import { evolve, replay } from "../evolve.ts";
import type { ExecutionState } from "../types.ts";
import { type Capsule, capsuleBytes, capsuleOf, parseCapsule } from "./capsule.ts";
import {
  type ContinuationBy,
  type ContinuationRecord,
  continuationBytes,
  decideContinued,
  isOneChain,
  parseContinuation,
} from "./continuation.ts";
import { isContinued } from "./continued-event.ts";

const hourMs = 3_600_000;
const issue = { type: "issue-capsule", capsuleId: "c1", holderKey: "key", expiresAtMs: startMs + hourMs } as const;
const away = { agentOnline: false } as const;

/** A run whose first step waits for its approval, with a recovery code. */
function waiting(kinds: ConstructorParameters<typeof Run>[0] = ["caution", "dangerous", "safe"]): { run: Run; capsule: Capsule } {
  const run = new Run(kinds).begin();
  run.advance();
  expect(run.give(issue)).toBe("execution.capsule_issued");
  return { run, capsule: capsuleFor(run.state) };
}

function capsuleFor(state: ExecutionState): Capsule {
  const first = state.steps.map(({ stepExecutionId, templateRisk }) => prepared(stepExecutionId, 1, templateRisk ?? "unknown"));
  const { policy, version } = context();
  const issued = state.capsules!.at(-1)!;
  return capsuleOf(state, { issued, prepared: first, policy, version, patternVersion: "1", nowMs: startMs });
}

/** The host: each command is decided by the same function, and kept as a chain. */
class Host {
  readonly records: ContinuationRecord[] = [];
  state: ExecutionState;
  readonly capsule: Capsule;
  atMs = startMs + 60_000;

  constructor(capsule: Capsule) {
    this.capsule = capsule;
    this.state = capsule.state;
  }

  give(by: ContinuationBy, command: ExecutionCommand): string {
    const hash = sha256(capsuleBytes(this.capsule));
    const before = this.records.at(-1);
    const prev = before === undefined ? hash : sha256(continuationBytes(before));
    const record = { kind: "dd0c.continuation.v1", capsule: hash, n: this.records.length + 1, prev, at: this.atMs, by, command } as const;
    const decision = decideContinued(decide, this.capsule, this.state, record);
    if (!decision.ok) return decision.code;
    this.records.push(record);
    this.state = decision.events.reduce<ExecutionState>(evolve, this.state);
    return decision.events.map(({ type }) => type).join(" ");
  }

  approve(id: string, confirmation: readonly string[] = []): string {
    const digest = this.state.steps.find(({ stepExecutionId }) => stepExecutionId === id)?.prepared?.digest ?? "";
    return this.give("person", { type: "approve", stepExecutionId: id, digest, confirmation, note: null, acknowledgedNoRollback: true });
  }

  result(stepExecutionId: string, exitCode: number | null = 0): string {
    return this.give("executor", { type: "agent-result", stepExecutionId, attempt: 1, result: resultOf(exitCode), timedOut: false });
  }

  /** All three steps, as a person at the terminal would. */
  finish(): this {
    this.approve("s1");
    this.result("s1");
    this.give("engine", { type: "advance" });
    this.approve("s2", ["target-of-s2"]);
    this.result("s2");
    this.give("engine", { type: "advance" });
    this.result("s3");
    this.give("engine", { type: "advance" });
    return this;
  }
}

function takeIn(run: Run, host: Host, since: readonly ExecutionEvent[] = []): string {
  const capsuleHash = sha256(capsuleBytes(host.capsule));
  return run.give(
    { type: "continue", capsule: host.capsule, capsuleHash, records: host.records, since },
    { actor: agent, roles: [], nowMs: startMs + hourMs },
  );
}

describe("under a capsule", () => {
  it("every gate holds as it does with a server", () => {
    const host = new Host(waiting().capsule);
    expect(host.give("engine", { type: "advance" })).toBe("STEP_STATE_CONFLICT");
    expect(host.approve("s1")).toBe("step.approved step.dispatched");
    expect(host.result("s1")).toBe("step.executed");
    expect(host.give("engine", { type: "advance" })).toBe("step.approval_requested");
    expect(host.approve("s2")).toBe("CONFIRMATION_REQUIRED");
    expect(host.approve("s2", ["target-of-s1"])).toBe("CONFIRMATION_MISMATCH");
    expect(host.approve("s2", ["target-of-s2"])).toBe("step.approved step.dispatched");
  });

  it("the holder may do what the holder's role allows, and no more", () => {
    const host = new Host({ ...waiting(["dangerous"]).capsule, role: "operator" });
    expect(host.approve("s1", ["target-of-s1"])).toBe("FORBIDDEN");
  });

  it.each(["modify", "run-unlisted", "retry", "rollback", "hand-over", "look", "set-variable", "continue", "issue-capsule"])(
    "%s needs a server",
    (type) => {
      const host = new Host(waiting().capsule);
      expect(host.give("person", { type } as unknown as ExecutionCommand)).toBe("FORBIDDEN");
    },
  );

  it("a report is not for a person to make, nor an approval for the executor", () => {
    const host = new Host(waiting().capsule);
    expect(host.give("person", { type: "agent-accepted", stepExecutionId: "s1", attempt: 1, atMs: 1 })).toBe("FORBIDDEN");
    expect(host.give("executor", { type: "skip", stepExecutionId: "s1", reason: null })).toBe("FORBIDDEN");
  });

  it("nothing begins after it expired or with a clock set back, and what was begun still ends", () => {
    const host = new Host(waiting().capsule);
    host.atMs = startMs - 300_001;
    expect(host.approve("s1")).toBe("CAPSULE_INVALID");
    host.atMs = startMs + 60_000;
    host.approve("s1");
    host.atMs = startMs + hourMs;
    expect(host.result("s1")).toBe("step.executed");
    expect(host.give("engine", { type: "advance" })).toBe("CAPSULE_EXPIRED");
  });

  it("a panic that was on when it was signed stays on", () => {
    const { run } = waiting();
    run.give({ type: "panic", mode: "panic" }, { actor: engine, roles: [] });
    expect(new Host(capsuleFor(run.state)).give("person", { type: "resume", note: null })).toBe("PANIC_ACTIVE");
  });

  it("a step without a signed text is not taken, and one whose approval lapsed is asked for again in the same words", () => {
    const { capsule } = waiting();
    const host = new Host({ ...capsule, prepared: capsule.prepared.filter(({ stepExecutionId }) => stepExecutionId !== "s2") });
    host.atMs = startMs + 1_900_000;
    expect(host.approve("s1")).toBe("APPROVAL_TIMEOUT");
    host.give("engine", { type: "remind", stepExecutionId: "s1", attempt: 1, minutes: 30 });
    host.give("person", { type: "resume", note: null });
    expect(host.give("engine", { type: "advance" })).toBe("step.approval_requested");
    expect(host.state.steps[0]).toMatchObject({ attempt: 2, prepared: { digest: capsule.prepared[0]?.digest } });
    host.give("person", { type: "skip", stepExecutionId: "s1", reason: null });
    expect(host.give("engine", { type: "advance" })).toBe("NOT_ANNOUNCED");
  });
});

describe("taken in afterwards", () => {
  it("stands in the run as its own events, marked, by the holder, and sends nothing", () => {
    const { run, capsule } = waiting();
    const host = new Host(capsule).finish();
    run.give({ type: "agent-lost", agentId: "agent-1" }, { actor: engine, roles: [] });
    const before = run.history.length;
    takeIn(run, host);
    const taken = run.history.slice(before);
    expect(taken[0]).toMatchObject({ type: "execution.continued", data: { continued_by: "riley", records: host.records.length } });
    expect(taken.slice(1).every(isContinued)).toBe(true);
    expect(taken.find(({ type }) => type === "step.approved")?.actor).toEqual({ type: "user", id: "riley", via: "agent" });
    expect(run.statuses).toBe("completed completed completed completed");
    expect(replay(run.history)).toEqual(run.state);
    expect(effectsOf(taken, run.state).filter(({ kind }) => kind !== "notify" && kind !== "timer")).toEqual([]);
    expect(takeIn(run, host)).toBe("");
  });

  it("leaves out what the server had heard before it was lost", () => {
    const { run, capsule } = waiting();
    const host = new Host(capsule).finish();
    run.approve("s1");
    run.result("s1", 0);
    const since = run.history.slice(capsule.state.version);
    takeIn(run, host, since);
    const executed = run.history.filter(({ type, stepExecutionId }) => type === "step.executed" && stepExecutionId === "s1");
    expect(executed).toHaveLength(1);
    expect(run.statuses).toBe("completed completed completed completed");
  });

  it.each([
    ["approved it too", (run: Run) => run.approve("s1")],
    ["skipped it", (run: Run) => run.give({ type: "skip", stepExecutionId: "s1", reason: null })],
  ])("stands also for a step about which somebody here decided before the agent was missed: %s", (_, decideHere) => {
    const { run, capsule } = waiting();
    const host = new Host(capsule).finish();
    expect(decideHere(run)).not.toMatch(/^[A-Z_]+$/);
    takeIn(run, host, run.history.slice(capsule.state.version));
    expect(run.statuses).toBe("completed completed completed completed");
    expect(run.history.filter(({ type, stepExecutionId }) => type === "step.executed" && stepExecutionId === "s1")).toHaveLength(1);
    expect(replay(run.history)).toEqual(run.state);
  });

  it("a run that waited here waits on, where it was not brought to its end", () => {
    const { run, capsule } = waiting(["safe", "caution"]);
    const host = new Host(capsule);
    host.result("s1", 1);
    host.give("person", { type: "resume", note: null });
    run.give({ type: "agent-lost", agentId: "agent-1" }, { actor: engine, roles: [] });
    takeIn(run, host);
    expect(run.state).toMatchObject({ status: "paused", pause: { reason: "agent_lost" } });
  });

  it("a run that was aborted after the code expired stays aborted, and says what was done", () => {
    const { run, capsule } = waiting();
    const host = new Host(capsule).finish();
    expect(run.give({ type: "abort", reason: null, terminate: false }, away)).toBe("CONTINUED_ELSEWHERE");
    expect(run.give({ type: "abort", reason: null, terminate: false }, { ...away, nowMs: startMs + hourMs })).toContain(
      "execution.aborted",
    );
    takeIn(run, host);
    expect(run.statuses).toBe("aborted completed completed completed");
  });

  it.each([
    [
      "another agent hands it over",
      (run: Run, host: Host) =>
        run.give(
          { type: "continue", capsule: host.capsule, capsuleHash: "", records: host.records, since: [] },
          { actor: { ...agent, id: "agent-2" }, roles: [] },
        ),
      "FORBIDDEN",
    ],
    [
      "the run never issued it",
      (run: Run, host: Host) => takeIn(run, Object.assign(new Host({ ...host.capsule, id: "c9" }), { records: [] })),
      "CAPSULE_INVALID",
    ],
    ["its holder has another role", (run: Run, host: Host) => takeIn(run, new Host({ ...host.capsule, role: "admin" })), "CAPSULE_INVALID"],
    [
      "its holder has another key",
      (run: Run, host: Host) => takeIn(run, new Host({ ...host.capsule, holder_key: "mine" })),
      "CAPSULE_INVALID",
    ],
  ] as const)("is refused where %s", (_why, hand, code) => {
    const { run, capsule } = waiting();
    expect(hand(run, new Host(capsule))).toBe(code);
  });

  it("is refused where a record would not have been allowed", () => {
    const { run, capsule } = waiting();
    const host = new Host(capsule).finish();
    const typed = host.records.findIndex(({ command }) => command.type === "approve" && command.confirmation.length > 0);
    const record = host.records[typed]!;
    host.records[typed] = { ...record, command: { ...record.command, confirmation: ["target-of-s3"] } as ExecutionCommand };
    expect(takeIn(run, host)).toBe("CONFIRMATION_MISMATCH");
    expect(run.statuses).toBe("running awaiting_approval pending pending");
  });
});

it("while the agent is away nobody decides here about a run that may go on there", () => {
  const { run } = waiting();
  expect(run.approve("s1", away)).toBe("CONTINUED_ELSEWHERE");
  expect(run.give({ type: "skip", stepExecutionId: "s1", reason: null }, away)).toBe("CONTINUED_ELSEWHERE");
  expect(run.give({ type: "take-over", note: null }, away)).not.toBe("CONTINUED_ELSEWHERE");
  expect(run.give({ type: "panic", mode: "panic" }, { ...away, actor: engine, roles: [] })).toContain("execution.paused");
  expect(run.give({ type: "resume", note: null })).toBe("execution.resumed");
});

it("a code is for a signed-in person who may operate, while the agent is there and the run is on", () => {
  const run = new Run(["caution"]);
  expect(run.give(issue)).toBe("EXECUTION_STATE_CONFLICT");
  run.begin();
  expect(run.give(issue, { actor: { ...riley, via: "api_key" } })).toBe("HUMAN_REQUIRED");
  expect(run.give(issue, { roles: ["viewer"] })).toBe("FORBIDDEN");
  expect(run.give(issue, away)).toBe("AGENT_OFFLINE");
  expect(run.give(issue, { panic: true })).toBe("PANIC_ACTIVE");
});

it("capsule and records are read to the letter, and a chain with a gap is none", () => {
  const host = new Host(waiting().capsule).finish();
  const text = new TextDecoder().decode(capsuleBytes(host.capsule));
  expect(parseCapsule(text)).toEqual(JSON.parse(text));
  expect(parseCapsule(text.replace('"approver"', '"viewer"'))).toBeNull();
  expect(parseCapsule(`${text} `)).toBeNull();
  const record = new TextDecoder().decode(continuationBytes(host.records[0]!));
  expect(parseContinuation(record)).toEqual(host.records[0]);
  expect(parseContinuation(record.replace('"approve"', '"modify"'))).toBeNull();
  expect(isOneChain(host.capsule, host.records, sha256)).toBe(true);
  expect(isOneChain(host.capsule, host.records.toSpliced(2, 1), sha256)).toBe(false);
  expect(isOneChain(host.capsule, host.records.slice(1), sha256)).toBe(false);
  expect(isOneChain({ ...host.capsule, expires_at: host.capsule.expires_at + 1 }, host.records, sha256)).toBe(false);
  const swapped = [host.records[1]!, host.records[0]!, ...host.records.slice(2)];
  expect(isOneChain(host.capsule, swapped, sha256)).toBe(false);
});
