import { describe, expect, it } from "vitest";
import { apiKey, engine, Run, riley, startMs } from "../test/engine-fixture.ts";

const morgan = { ...riley, id: "morgan" };
const join = { type: "join" } as const;
const take = { type: "take-over", note: "Riley is asleep" } as const;
const handTo = (to: string, toRoles: readonly ("operator" | "viewer" | "admin")[] = ["operator"]) =>
  ({ type: "hand-over", to, toRoles, note: "your shift" }) as const;
const minutes = (n: number): number => startMs + n * 60_000;

describe("joining a run", () => {
  it("is recorded once per person and permits nothing", () => {
    const run = new Run(["caution"], { alertId: "a1" }).begin();
    run.advance();
    const before = run.statuses;
    expect(run.give(join, { actor: morgan, roles: ["operator"] })).toBe("execution.joined");
    expect(run.give(join, { actor: morgan, roles: ["operator"] })).toBe("");
    expect(run.give(join, { actor: apiKey, roles: ["operator"] })).toBe("execution.joined");
    expect([run.state.joinedIds, run.statuses, run.state.inChargeId]).toEqual([["morgan", "key-1"], before, "riley"]);
  });

  it("needs an operator and a run that is not over", () => {
    const run = new Run(["safe"]).begin();
    expect(run.give(join, { roles: ["viewer"] })).toBe("FORBIDDEN");
    run.give({ type: "abort", reason: null, terminate: false });
    expect(run.give(join)).toBe("EXECUTION_STATE_CONFLICT");
  });
});

describe("who is in charge", () => {
  it("is the person who started it, or confirmed it where a machine started it", () => {
    expect(new Run(["safe"]).begin().state.inChargeId).toBe("riley");
    const run = new Run(["safe"]);
    run.give({ type: "start", agentId: "agent-1", agentName: "local" }, { actor: apiKey, roles: ["operator"] });
    expect(run.state.inChargeId).toBeNull();
    run.give({ type: "confirm-preflight", variables: [], checklist: [] });
    expect(run.state.inChargeId).toBe("riley");
  });

  it("changes by hand-over, with a note, and leaves the open approval as it is", () => {
    const run = new Run(["caution"]).begin();
    run.advance();
    expect(run.give(handTo("morgan"))).toBe("execution.handed_over");
    expect(run.history.at(-1)?.data).toEqual({
      from: "riley",
      to: "morgan",
      taken: false,
      note: "your shift",
      status: "running",
      step_execution: "s1",
    });
    expect([run.state.inChargeId, run.statuses]).toEqual(["morgan", "running awaiting_approval"]);
    // Who may approve is a matter of role, not of charge.
    expect(run.approve("s1")).toBe("step.approved step.dispatched");
  });

  it("is given only by who has it (or an admin), to somebody who may decide", () => {
    const run = new Run(["caution"]).begin();
    expect(run.give(handTo("morgan", ["viewer"]))).toBe("VALIDATION_FAILED");
    expect(run.give(handTo("morgan", []))).toBe("VALIDATION_FAILED");
    expect(run.give(handTo("riley"))).toBe("VALIDATION_FAILED");
    expect(run.give(handTo("morgan"), { actor: morgan, roles: ["approver"] })).toBe("FORBIDDEN");
    expect(run.give(handTo("sam"), { actor: morgan, roles: ["admin"] })).toBe("execution.handed_over");
  });

  it("can be taken by another operator, under an alarm too, and never by a machine", () => {
    const run = new Run(["caution"]).begin();
    expect(run.give(take, { roles: ["operator"] })).toBe("EXECUTION_STATE_CONFLICT");
    expect(run.give(take, { actor: morgan, roles: ["viewer"] })).toBe("FORBIDDEN");
    expect(run.give(take, { actor: { ...apiKey, id: "morgan" }, roles: ["admin"] })).toBe("HUMAN_REQUIRED");
    expect(run.give(handTo("morgan"), { actor: engine, roles: ["admin"] })).toBe("HUMAN_REQUIRED");
    expect(run.give(take, { actor: morgan, roles: ["operator"], panic: true })).toBe("execution.handed_over");
    expect(run.state.inChargeId).toBe("morgan");
    run.give({ type: "abort", reason: null, terminate: false });
    expect(run.give(take)).toBe("EXECUTION_STATE_CONFLICT");
  });
});

describe("a run that stalls", () => {
  const remind = (run: Run, after: 5 | 15 | 30, nowMs: number) =>
    run.give({ type: "remind", stepExecutionId: "s1", attempt: 1, minutes: after, escalateTo: ["ann", "bob"] }, { actor: engine, nowMs });

  it("is escalated to everybody who may decide, until somebody goes on", () => {
    const run = new Run(["caution"]).begin();
    run.advance();
    remind(run, 30, minutes(30));
    expect(run.state.stall).toEqual({ sinceMs: minutes(30), escalatedTo: ["ann", "bob"] });
    run.give({ type: "resume", note: null });
    expect(run.state.stall).toBeNull();
  });

  it("is not reminded of three times at once when all timers come late", () => {
    const run = new Run(["caution"]).begin();
    run.advance();
    expect(remind(run, 5, minutes(40))).toBe("");
    expect(remind(run, 15, minutes(40))).toBe("");
    expect(remind(run, 30, minutes(40))).toBe("step.approval_reminded step.approval_revoked execution.stalled");
    expect(remind(run, 30, minutes(41))).toBe("");
  });
});
