// What people add to a run: ways back, the whole way back, typed commands, one more attempt. From the hardest case: a run that is over.
import { describe, expect, it } from "vitest";
import { agent, apiKey, context, engine, prepared, Run, startMs } from "../test/engine-fixture.ts";
import { decide } from "./decide.ts";
import { amendmentOf, announcementOf, dispatchOf } from "./documents.ts";
import { wantsAdvance } from "./effects.ts";
import { replay } from "./evolve.ts";
import type { PreparedStep } from "./types.ts";

const wayBack = (risk: "caution" | "dangerous" = "caution"): Partial<PreparedStep> => ({
  rollbackCommand: "undo it",
  rollback: { risk, gate: risk === "dangerous" ? "typed" : "ask", notRunnable: null },
});

/** A run whose first step (caution, with a way back) was approved and ended with this exit code. */
function ranOnce(exitCode: number | null = 0, kinds: ConstructorParameters<typeof Run>[0] = ["caution"]): Run {
  const run = new Run(kinds).begin();
  run.advance({ prepared: prepared("s1", 1, "caution", wayBack()) });
  run.approve("s1");
  run.result("s1", exitCode);
  return run;
}

const undo = (run: Run, stepExecutionId = "s1", newStepExecutionId = "u1", change: Parameters<Run["give"]>[1] = {}): string =>
  run.give({ type: "rollback", stepExecutionId, newStepExecutionId }, change);

const takeUndo = (run: Run, id = "u1", risk: "safe" | "caution" | "dangerous" = "caution"): string =>
  run.advance({ prepared: prepared(id, 1, risk, { command: "undo it" }) });

const stepOf = (run: Run, id: string) => run.state.steps.find((step) => step.stepExecutionId === id);

describe("a way back", () => {
  it("is gone after the run is over, which stays over", () => {
    const run = ranOnce();
    expect(run.give({ type: "advance" }, { actor: engine })).toBe("execution.completed");
    expect(undo(run)).toBe("step.added");
    expect(wantsAdvance(run.state)).toBe(true);
    expect(takeUndo(run)).toBe("step.approval_requested");
    expect(run.approve("u1")).toBe("step.approved step.dispatched");
    expect(run.statuses).toBe("completed completed rolling_back");
    expect(run.result("u1", 0)).toBe("step.executed step.rolled_back");
    expect(run.statuses).toBe("completed rolled_back completed");
    expect(run.history.at(-1)).toMatchObject({
      stepExecutionId: "s1",
      data: { rollback_command: "undo it", rollback_exit_code: 0, rollback_step_execution: "u1", succeeded: true },
    });
    expect(wantsAdvance(run.state)).toBe(false);
    expect(replay(run.history)).toEqual(run.state);
  });

  it.each(["panic", "party"] as const)("on its way when %s comes after the run does not stay there for ever", (alarm) => {
    const run = ranOnce();
    run.give({ type: "advance" }, { actor: engine });
    undo(run);
    takeUndo(run);
    run.approve("u1");
    expect(run.give({ type: "panic", mode: alarm }, { actor: engine })).toBe("");
    // Nobody resumes a run that is over, so nobody would set its clock again: at its deadline it goes to a human, halt or not.
    const timeOut = { type: "time-out", stepExecutionId: "u1", attempt: 1 } as const;
    const late = { actor: engine, [alarm]: true, nowMs: startMs + 86_400_000 };
    expect(run.give(timeOut, late)).toBe("step.timed_out runbook.trust_downgraded");
    expect(run.statuses).toBe("completed completed manual_intervention");
    expect(run.result("u1", 0)).toBe("step.executed step.rolled_back");
  });

  it("stops what comes after it, also when it is done, until a human goes on", () => {
    const run = ranOnce(0, ["caution", "safe"]);
    expect(undo(run)).toBe("step.added execution.paused");
    takeUndo(run);
    run.approve("u1");
    expect(run.result("u1", 0)).toBe("step.executed step.rolled_back");
    expect(run.statuses).toBe("paused rolled_back completed pending");
    expect(run.state.pause?.reason).toBe("rollback");
    expect(wantsAdvance(run.state)).toBe(false);
  });

  it("takes back the open request of the step that was next", () => {
    const run = ranOnce(0, ["caution", "caution"]);
    run.advance();
    expect(run.statuses).toBe("running completed awaiting_approval");
    expect(undo(run)).toBe("step.approval_revoked step.added execution.paused");
    expect(run.approve("s2")).toBe("EXECUTION_STATE_CONFLICT");
  });

  it.each([
    ["failed", 1, "step.executed step.failed runbook.trust_downgraded execution.paused"],
    ["completed", 0, "step.executed"],
  ] as const)("is there for a step that %s", (status, exitCode, events) => {
    const run = new Run(["caution", "safe"]).begin();
    run.advance({ prepared: prepared("s1", 1, "caution", wayBack()) });
    run.approve("s1");
    expect(run.result("s1", exitCode)).toBe(events);
    expect(stepOf(run, "s1")?.status).toBe(status);
    expect(undo(run)).toMatch(/^step.added/);
  });

  it("is there for a step of which nobody knows what became", () => {
    const run = new Run(["caution"]).begin();
    run.advance({ prepared: prepared("s1", 1, "caution", wayBack()) });
    run.approve("s1");
    run.give({ type: "outcome-unknown", stepExecutionId: "s1", attempt: 1, cause: "agent_reported" }, { actor: agent });
    expect(undo(run)).toBe("step.added");
    takeUndo(run);
    run.approve("u1");
    run.result("u1", 0);
    expect(run.statuses).toBe("paused rolled_back completed");
  });

  it("is gated on risk alone: any trust, any policy; by itself never; dangerous by typed names", () => {
    for (const trustLevel of [0, 1, 2] as const) {
      const run = new Run(["safe", "caution"]).begin({ trustLevel });
      // A human ran it by hand where the level let nobody else.
      run.give({ type: "skip", stepExecutionId: "s1", reason: null });
      run.advance({ prepared: prepared("s2", 1, "caution", wayBack("dangerous")) });
      if (trustLevel === 0) continue;
      if (trustLevel === 1) run.give({ type: "report", stepExecutionId: "s2", outcome: "succeeded", note: null });
      else {
        run.approve("s2");
        run.result("s2", 0);
      }
      expect(undo(run, "s2")).toMatch(/step.added/);
      expect(run.advance({ prepared: prepared("u1", 1, "dangerous"), policy: { governanceMode: "audit", dangerousSteps: "block" } })).toBe(
        "step.approval_requested",
      );
      expect(stepOf(run, "u1")?.gate).toBe("typed");
      expect(run.approve("u1")).toBe("CONFIRMATION_REQUIRED");
      expect(run.approve("u1", {}, ["target-of-u1"])).toBe("step.approved step.dispatched");
    }
  });

  it("does not run by itself, though it were proven safe, and needs no word that it has no way back of its own", () => {
    const run = ranOnce();
    undo(run);
    expect(takeUndo(run, "u1", "safe")).toBe("step.approval_requested");
    const digest = stepOf(run, "u1")?.prepared?.digest ?? "";
    const approve = {
      type: "approve",
      stepExecutionId: "u1",
      digest,
      confirmation: [],
      note: null,
      acknowledgedNoRollback: false,
    } as const;
    expect(run.give(approve)).toBe("step.approved step.dispatched");
  });

  it("is stopped by panic and party mode alone", () => {
    for (const alarm of ["panic", "party"] as const) {
      const run = ranOnce();
      expect(undo(run, "s1", "u1", { [alarm]: true })).toBe(alarm === "panic" ? "PANIC_ACTIVE" : "PARTY_MODE_ACTIVE");
      undo(run);
      takeUndo(run);
      expect(run.give({ type: "panic", mode: alarm }, { actor: engine })).toBe("step.skipped");
      expect(run.approve("u1")).toBe("STEP_STATE_CONFLICT");
      expect(undo(run, "s1", "u2")).toMatch(/step.added/);
    }
  });

  it("that somebody rewrote is a command like any other", () => {
    const run = new Run(["caution"]).begin({ trustLevel: 1 });
    run.advance({ prepared: prepared("s1", 1, "caution", wayBack()) });
    run.give({ type: "report", stepExecutionId: "s1", outcome: "succeeded", note: null });
    undo(run);
    takeUndo(run);
    const rewritten = prepared("u1", 2, "dangerous", { command: "something else" });
    expect(run.give({ type: "modify", stepExecutionId: "u1", note: null }, { prepared: rewritten })).toBe("step.modified step.blocked");
  });

  it("is refused to machines, without a recorded one, twice, and while a step is in flight", () => {
    const run = ranOnce();
    expect(undo(run, "s1", "u1", { actor: apiKey, roles: ["admin"] })).toBe("HUMAN_REQUIRED");
    expect(undo(run, "s1", "u1", { roles: ["viewer"] })).toBe("FORBIDDEN");
    expect(undo(run, "s9")).toBe("STEP_NOT_FOUND");
    undo(run);
    expect(undo(run, "s1", "u2")).toBe("STEP_STATE_CONFLICT");
    takeUndo(run);
    run.approve("u1");
    expect(undo(run, "s1", "u2")).toBe("STEP_IN_FLIGHT");
    run.result("u1", 0);
    expect(undo(run, "s1", "u2")).toBe("STEP_STATE_CONFLICT");
    expect(undo(run, "u1", "u2")).toBe("STEP_STATE_CONFLICT");

    const oneWay = new Run(["caution"]).begin();
    oneWay.advance();
    oneWay.approve("s1");
    oneWay.result("s1", 0);
    expect(undo(oneWay)).toBe("ROLLBACK_UNAVAILABLE");
  });

  it("that fails is a bad run, leaves its step as it was, and may be asked for again", () => {
    const run = ranOnce();
    undo(run);
    takeUndo(run, "u1", "safe");
    run.approve("u1");
    expect(run.result("u1", 3)).toBe("step.executed step.rolled_back step.failed runbook.trust_downgraded");
    expect(run.state.badRun).toBe(true);
    expect(run.statuses).toBe("paused completed failed");
    expect(run.history.find(({ type }) => type === "step.rolled_back")?.data).toMatchObject({ succeeded: false, rollback_exit_code: 3 });
    expect(undo(run, "s1", "u2")).toBe("step.added");
    expect(stepOf(run, "u2")?.label).toBe("1-undo2");
  });

  it("lapses after 30 minutes and is not asked for again by itself", () => {
    const run = ranOnce();
    undo(run);
    takeUndo(run);
    const remind = (minutes: 5 | 30) => run.give({ type: "remind", stepExecutionId: "u1", attempt: 1, minutes }, { actor: engine });
    expect(remind(5)).toBe("step.approval_reminded");
    expect(remind(30)).toBe("step.approval_reminded step.skipped");
    expect(wantsAdvance(run.state)).toBe(false);
  });

  it("is announced by an amendment of its own, and never by the plan", () => {
    const run = ranOnce();
    undo(run);
    takeUndo(run);
    run.approve("u1");
    expect(amendmentOf(run.state, "u1", 7)).toMatchObject({
      reason: "rollback",
      by: "riley",
      parent_step_execution: "s1",
      step_execution: "u1",
    });
    expect(dispatchOf(run.state, "u1").grant).toMatchObject({ step_execution: "u1", method: "click" });
    expect(announcementOf(run.state, [], "audit", 7).steps.map((step) => step.step_execution)).toEqual(["s1"]);
  });
});

describe("the whole way back", () => {
  function ranTwice(): Run {
    const run = ranOnce(0, ["caution", "caution", "safe"]);
    run.advance({ prepared: prepared("s2", 1, "caution", wayBack()) });
    run.approve("s2");
    run.result("s2", 0);
    return run;
  }
  const unwind = (run: Run): string => run.give({ type: "unwind", newStepExecutionIds: ["u1", "u2", "u3"] });
  const go = (run: Run, id: string, exitCode: number): void => {
    takeUndo(run, id);
    run.approve(id);
    run.result(id, exitCode);
  };

  it("offers one after the other, last first, each approved by itself", () => {
    const run = ranTwice();
    expect(unwind(run)).toBe("step.added step.added execution.paused");
    expect(run.state.steps.map((step) => step.label)).toEqual(["1", "2", "2-undo", "1-undo", "3"]);
    takeUndo(run, "u1");
    expect(run.approve("u2")).toBe("STEP_STATE_CONFLICT");
    run.approve("u1");
    expect(wantsAdvance(run.state)).toBe(false);
    run.result("u1", 0);
    expect(run.statuses).toBe("paused completed rolled_back completed pending pending");
    go(run, "u2", 0);
    expect(run.statuses).toBe("paused rolled_back rolled_back completed completed pending");
    expect(unwind(run)).toBe("ROLLBACK_UNAVAILABLE");
  });

  it("ends at the first that fails", () => {
    const run = ranTwice();
    unwind(run);
    go(run, "u1", 1);
    expect(run.statuses).toBe("paused completed completed failed skipped pending");
    expect(wantsAdvance(run.state)).toBe(false);
  });

  it("ends where nobody knows what became of one", () => {
    const run = ranTwice();
    unwind(run);
    takeUndo(run, "u1");
    run.approve("u1");
    run.give({ type: "outcome-unknown", stepExecutionId: "u1", attempt: 1, cause: "journal_replaced" }, { actor: agent });
    expect(run.statuses).toBe("paused completed completed outcome_unknown skipped pending");
    expect(undo(run, "s2", "u9")).toBe("STEP_STATE_CONFLICT");
    expect(run.give({ type: "report", stepExecutionId: "u1", outcome: "succeeded", note: null })).toBe("step.reported step.rolled_back");
    expect(stepOf(run, "s2")?.status).toBe("rolled_back");
  });
});

describe("one more try", () => {
  const retry = (run: Run, acknowledgedUnknownOutcome = false, change: Parameters<Run["give"]>[1] = {}): string =>
    run.give({ type: "retry", stepExecutionId: "s1", newStepExecutionId: "t1", note: null, acknowledgedUnknownOutcome }, change);

  it("is scanned, gated and approved afresh, under an id of its own, because an id never starts twice", () => {
    const run = ranOnce(1, ["caution", "safe"]);
    expect(retry(run)).toBe("step.retry_requested step.added execution.resumed");
    expect(run.advance()).toBe("step.approval_requested");
    expect(stepOf(run, "t1")).toMatchObject({ label: "1-try2", stepId: "step-1", parentStepExecutionId: "s1", attempt: 1, grant: null });
    expect(run.approve("t1")).toBe("step.approved step.dispatched");
    expect(amendmentOf(run.state, "t1", 7)).toMatchObject({ reason: "retry", attempt: 1, by: "riley", parent_step_execution: "s1" });
    expect(announcementOf(run.state, [], "audit", 7).steps.map((step) => step.step_execution)).toEqual(["s1", "s2"]);
    expect(run.result("t1", 0)).toBe("step.executed");
    run.advance();
    run.result("s2", 0);
    expect(run.give({ type: "advance" }, { actor: engine })).toBe("execution.completed");
    expect(run.statuses).toBe("completed failed completed completed");
    expect(replay(run.history)).toEqual(run.state);
  });

  it("that fails can be tried again itself, the first one cannot", () => {
    const run = ranOnce(1, ["caution", "safe"]);
    retry(run);
    run.advance();
    run.approve("t1");
    run.result("t1", 1);
    expect(retry(run)).toBe("STEP_STATE_CONFLICT");
    const again = {
      type: "retry",
      stepExecutionId: "t1",
      newStepExecutionId: "t2",
      note: null,
      acknowledgedUnknownOutcome: false,
    } as const;
    expect(run.give(again)).toBe("step.retry_requested step.added execution.resumed");
    expect(stepOf(run, "t2")?.label).toBe("1-try3");
    run.give({ type: "abort", reason: null, terminate: false });
    expect(run.give(again)).toBe("EXECUTION_ABORTED");
  });

  it("of an unknown outcome needs the word that it may run twice, and a late result of the first still counts", () => {
    const run = new Run(["caution"]).begin();
    run.advance();
    run.approve("s1");
    run.give({ type: "outcome-unknown", stepExecutionId: "s1", attempt: 1, cause: "agent_reported" }, { actor: agent });
    expect(retry(run)).toBe("RETRY_UNACKNOWLEDGED");
    expect(retry(run, true, { actor: apiKey, roles: ["admin"] })).toBe("HUMAN_REQUIRED");
    expect(retry(run, true)).toBe("step.retry_requested step.added execution.resumed");
    expect(run.history.find(({ type }) => type === "step.retry_requested")?.data).toMatchObject({ outcome_was_unknown: true, attempt: 1 });
    expect(run.result("s1", 0)).toBe("step.executed");
  });

  it("takes the text that somebody had put in its place, for which nothing of the template speaks", () => {
    const run = new Run(["caution", "safe"]).begin();
    run.advance();
    run.give({ type: "modify", stepExecutionId: "s1", note: null }, { prepared: prepared("s1", 2, "caution", { command: "rewritten" }) });
    run.approve("s1");
    run.result("s1", 1);
    retry(run);
    expect(stepOf(run, "t1")).toMatchObject({ command: "rewritten", templateRisk: null, templateHash: null });
  });

  it("is for what went wrong, and not while everything is halted", () => {
    expect(retry(ranOnce(0, ["caution", "safe"]))).toBe("STEP_STATE_CONFLICT");
    const halted = new Run(["caution"]).begin();
    halted.advance();
    halted.approve("s1");
    halted.give({ type: "panic", mode: "panic" }, { actor: engine });
    halted.result("s1", 1);
    expect(retry(halted)).toBe("EXECUTION_STATE_CONFLICT");
  });

  it("follows a way back that was gone, and a read that gave no answer", () => {
    const undone = ranOnce(1, ["caution", "safe"]);
    undo(undone);
    takeUndo(undone);
    undone.approve("u1");
    undone.result("u1", 0);
    expect(retry(undone)).toBe("step.retry_requested step.added execution.resumed");
    const read = new Run(["safe", "safe"]).begin();
    read.advance();
    read.result("s1", 2);
    expect(retry(read)).toBe("step.retry_requested step.added execution.resumed");
  });
});

describe("a typed command", () => {
  const type = (run: Run, change: Parameters<Run["give"]>[1] = {}): string =>
    run.give({ type: "run-unlisted", command: "caution-typed", reason: null, newStepExecutionId: "x1" }, change);

  it("meets the gate, is announced and is on the record as outside the runbook", () => {
    const run = new Run(["caution"]).begin();
    run.advance();
    expect(type(run)).toBe("step.approval_revoked step.added");
    expect(run.advance({ prepared: prepared("x1", 1, "caution") })).toBe("step.approval_requested");
    expect(run.approve("x1")).toBe("step.approved step.dispatched");
    expect(amendmentOf(run.state, "x1", 7)).toMatchObject({ reason: "unlisted", by: "riley", parent_step_execution: null });
    expect(type(run)).toBe("STEP_IN_FLIGHT");
    expect(run.result("x1", 0)).toBe("step.executed step.unlisted_action");
    expect(run.history.at(-1)?.data).toEqual({ command: "caution-command of x1", observed_by: "agent" });
    expect(run.statuses).toBe("running completed pending");
  });

  it("is blocked and suggested by the same table, and works while the run is paused", () => {
    const run = new Run(["safe"]).begin({ trustLevel: 0 });
    run.give({ type: "pause", reason: null });
    type(run);
    expect(run.advance({ prepared: prepared("x1", 1, "caution") })).toBe("step.blocked");
    expect(run.give({ type: "skip", stepExecutionId: "x1", reason: null })).toBe("step.skipped");
    expect(run.statuses).toBe("paused skipped pending");
  });

  it("is refused to machines, before the run begins, after it is over, and while another one waits", () => {
    const run = new Run(["safe"]);
    expect(type(run)).toBe("EXECUTION_STATE_CONFLICT");
    run.begin();
    expect(type(run, { actor: apiKey, roles: ["admin"] })).toBe("HUMAN_REQUIRED");
    type(run);
    expect(type(run)).toBe("STEP_STATE_CONFLICT");
    run.give({ type: "abort", reason: null, terminate: false });
    expect(run.statuses).toBe("aborted skipped pending");
    expect(type(run)).toBe("EXECUTION_ABORTED");
  });

  it("is on the record as possible when nobody knows what became of it", () => {
    const run = new Run(["safe"]).begin();
    type(run);
    run.advance({ prepared: prepared("x1", 1, "caution") });
    run.approve("x1");
    const unknown = { type: "outcome-unknown", stepExecutionId: "x1", attempt: 1, cause: "agent_reported" } as const;
    expect(decide(run.state, unknown, context({ actor: agent }))).toMatchObject({
      events: [{ type: "step.outcome_unknown" }, { type: "step.unlisted_action", data: { observed_by: "engine" } }, {}, {}],
    });
  });
});
