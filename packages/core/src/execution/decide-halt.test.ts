import { describe, expect, it } from "vitest";
import { agent, apiKey, engine, Run, startMs } from "../test/engine-fixture.ts";
import { effectsOf } from "./effects.ts";

const minutes = (n: number): number => startMs + n * 60_000;

describe("when it goes wrong", () => {
  const running = (kind: "safe" | "caution" = "caution"): Run => {
    const run = new Run([kind, "safe"]).begin();
    run.advance();
    if (kind === "caution") run.approve("s1");
    run.give({ type: "agent-accepted", stepExecutionId: "s1", attempt: 1, atMs: startMs }, { actor: agent });
    return run;
  };

  it("pauses and concludes nothing when the agent is lost", () => {
    const run = running();
    expect(run.give({ type: "agent-lost", agentId: "agent-2" }, { actor: engine })).toBe("");
    expect(run.give({ type: "agent-lost", agentId: "agent-1" }, { actor: engine })).toBe("execution.paused");
    expect(run.statuses).toBe("paused executing pending");
    expect(run.result("s1", 0)).toBe("step.executed");
    expect(run.statuses).toBe("paused completed pending");
  });

  it.each(["agent_reported", "journal_replaced"] as const)("calls the outcome unknown only when the agent does: %s", (cause) => {
    const run = running();
    expect(run.give({ type: "outcome-unknown", stepExecutionId: "s1", attempt: 1, cause }, { actor: agent })).toBe(
      "step.outcome_unknown runbook.trust_downgraded execution.paused",
    );
    expect([run.statuses, run.state.badRun]).toEqual(["paused outcome_unknown pending", true]);
    expect(run.give({ type: "report", stepExecutionId: "s1", outcome: "succeeded", note: "looked" })).toBe("step.reported");
    expect(run.statuses).toBe("paused completed pending");
  });

  it("keeps a silent step in flight after its deadline until somebody knows", () => {
    const run = running();
    const timeOut = { type: "time-out", stepExecutionId: "s1", attempt: 1 } as const;
    expect(run.give(timeOut, { actor: engine, nowMs: startMs + 89_999 })).toBe("STEP_STATE_CONFLICT");
    expect(run.give(timeOut, { actor: engine, nowMs: startMs + 90_000 })).toBe("step.timed_out runbook.trust_downgraded execution.paused");
    expect(run.statuses).toBe("paused manual_intervention pending");
    run.give({ type: "resume", note: null });
    expect(run.advance()).toBe("STEP_IN_FLIGHT");
    expect(run.give({ type: "report", stepExecutionId: "s1", outcome: "succeeded", note: null })).toBe("step.reported");
    expect(run.advance()).toBe("step.auto_executed step.dispatched");
  });

  it("lets a late result of the agent count over what was believed, and pauses for it", () => {
    const run = running();
    run.give({ type: "time-out", stepExecutionId: "s1", attempt: 1 }, { actor: engine, nowMs: minutes(2) });
    run.give({ type: "report", stepExecutionId: "s1", outcome: "succeeded", note: "looks fine" });
    run.give({ type: "resume", note: null });
    expect(run.statuses).toBe("running completed pending");
    expect(run.result("s1", 1)).toBe("step.executed step.failed execution.paused");
    expect(run.statuses).toBe("paused failed pending");
    expect(run.result("s1", 0)).toBe("");
  });

  it("stops the time of a step that panic froze, and gives it its time again when a human resumes", () => {
    const run = running();
    const timeOut = { type: "time-out", stepExecutionId: "s1", attempt: 1 } as const;
    run.give({ type: "panic", mode: "panic" }, { actor: engine });
    expect(run.give(timeOut, { actor: engine, nowMs: minutes(99) })).toBe("");
    const before = run.history.length;
    run.give({ type: "resume", note: null }, { nowMs: minutes(100) });
    const timers = effectsOf(run.history.slice(before), run.state).filter((effect) => effect.kind === "timer");
    expect(timers).toMatchObject([{ atMs: minutes(100) + 90_000, command: timeOut }]);
    expect(run.give(timeOut, { actor: engine, nowMs: minutes(100) + 90_000 })).toBe(
      "step.timed_out runbook.trust_downgraded execution.paused",
    );
  });

  it("ignores timers that mean nothing any more", () => {
    const run = running();
    run.result("s1", 0);
    expect(run.give({ type: "time-out", stepExecutionId: "s1", attempt: 1 }, { actor: engine, nowMs: minutes(99) })).toBe("");
    expect(run.give({ type: "time-out", stepExecutionId: "s1", attempt: 9 }, { actor: engine, nowMs: minutes(99) })).toBe("");
    expect(run.give({ type: "remind", stepExecutionId: "s1", attempt: 1, minutes: 30 }, { actor: engine })).toBe("");
  });

  it("reminds, stalls at 30 minutes, and never approves by time", () => {
    const run = new Run(["caution"]).begin();
    run.advance();
    const remind = (after: 5 | 15 | 30) =>
      run.give({ type: "remind", stepExecutionId: "s1", attempt: 1, minutes: after }, { actor: engine });
    expect(remind(5)).toBe("step.approval_reminded");
    expect(remind(15)).toBe("step.approval_reminded");
    expect(remind(30)).toBe("step.approval_reminded step.approval_revoked execution.stalled");
    expect(run.statuses).toBe("stalled pending");
    expect(run.approve("s1")).toBe("APPROVAL_TIMEOUT");
    expect(run.advance()).toBe("APPROVAL_TIMEOUT");
    expect(run.give({ type: "resume", note: null })).toBe("execution.resumed");
    expect(run.advance()).toBe("step.approval_requested");
    expect(run.attemptOf("s1")).toBe(2);
    expect(run.approve("s1")).toBe("step.approved step.dispatched");
  });

  it("takes a skip for an answer to a stall", () => {
    const run = new Run(["caution"]).begin();
    run.advance();
    run.give({ type: "remind", stepExecutionId: "s1", attempt: 1, minutes: 30 }, { actor: engine });
    expect(run.give({ type: "skip", stepExecutionId: "s1", reason: null })).toBe("step.skipped execution.resumed");
    expect(run.advance()).toBe("execution.completed");
  });

  it.each(["panic", "party"] as const)("halts and revokes under %s, and comes back only by a human's hand", (mode) => {
    const run = new Run(["caution"]).begin();
    run.advance();
    expect(run.give({ type: "panic", mode }, { actor: engine })).toBe("step.approval_revoked execution.paused");
    expect(run.statuses).toBe("paused pending");
    expect(run.give({ type: "panic", mode }, { actor: engine })).toBe("");
    expect(run.approve("s1", { [mode]: true })).toBe(mode === "panic" ? "PANIC_ACTIVE" : "PARTY_MODE_ACTIVE");
    expect(run.give({ type: "resume", note: null }, { [mode]: true })).toBe(mode === "panic" ? "PANIC_ACTIVE" : "PARTY_MODE_ACTIVE");
    expect(run.approve("s1")).toBe("EXECUTION_STATE_CONFLICT");
    run.give({ type: "resume", note: null });
    expect(run.advance()).toBe("step.approval_requested");
  });

  it("aborts for good, still recording what was running", () => {
    const run = running();
    expect(run.give({ type: "abort", reason: null, terminate: false }, { roles: ["viewer"] })).toBe("FORBIDDEN");
    expect(run.give({ type: "abort", reason: "enough", terminate: true }, { actor: apiKey, roles: ["operator"] })).toBe(
      "execution.aborted",
    );
    expect(run.advance()).toBe("EXECUTION_ABORTED");
    expect(run.give({ type: "resume", note: null })).toBe("EXECUTION_ABORTED");
    expect(run.give({ type: "abort", reason: null, terminate: false })).toBe("EXECUTION_ABORTED");
    expect(run.result("s1", 1)).toBe("step.executed step.failed runbook.trust_downgraded");
    expect(run.statuses).toBe("aborted failed pending");
  });

  it("pauses between steps at a human's word", () => {
    const run = new Run(["caution"]).begin();
    run.advance();
    expect(run.give({ type: "pause", reason: null })).toBe("step.approval_revoked execution.paused");
    expect(run.state.pause).toEqual({ reason: "human", sinceMs: startMs });
  });
});
