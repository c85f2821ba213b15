import { describe, expect, it } from "vitest";
import { agent, apiKey, Run, riley, startMs } from "../test/engine-fixture.ts";
import { effectsOf } from "./effects.ts";
import { replay } from "./evolve.ts";

const resume = (from?: string) => ({ type: "resume", note: "the rest is done", ...(from === undefined ? {} : { from }) }) as const;
const setTimeout = (timeoutMs: number, stepExecutionId = "s1") =>
  ({ type: "set-timeout", stepExecutionId, timeoutMs, note: "it is slow today" }) as const;
const setVariable = (value: string, copiedFrom: string | null = null, name = "pod") =>
  ({ type: "set-variable", name, value, copiedFrom }) as const;
const declare = (doneAtMs = startMs, text = "restarted it on the console") =>
  ({ type: "declare-action", kind: "description", text, doneAtMs, note: "in a hurry" }) as const;

describe("pause and resume at any step", () => {
  it("goes on with the step that a person chose; what was passed over is skipped with the reason", () => {
    const run = new Run(["caution", "manual", "safe", "safe"]).begin();
    run.advance();
    expect(run.give({ type: "pause", reason: "lunch" }, { actor: apiKey, roles: ["operator"] })).toBe(
      "step.approval_revoked execution.paused",
    );
    expect(run.give(resume("s3"))).toBe("execution.resumed step.skipped step.skipped");
    expect(run.statuses).toBe("running skipped skipped pending pending");
    expect(run.state.steps.map(({ note }) => note).slice(0, 2)).toEqual(
      Array.from({ length: 2 }, () => "Passed over: the run went on with step 3. the rest is done"),
    );
    expect(run.advance()).toBe("step.auto_executed step.dispatched");
    expect(replay(run.history)).toEqual(run.state);
  });

  it("does not go back, to another run's step, or by a machine", () => {
    const run = new Run(["safe", "safe", "safe"]).begin();
    run.advance();
    run.result("s1", 0);
    run.give({ type: "pause", reason: null });
    expect(run.give(resume("s1"))).toBe("STEP_STATE_CONFLICT");
    expect(run.give(resume("s9"))).toBe("STEP_NOT_FOUND");
    expect(run.give(resume("s3"), { actor: apiKey, roles: ["admin"] })).toBe("HUMAN_REQUIRED");
    expect(run.statuses).toBe("paused completed pending pending");
    expect(run.give(resume())).toBe("execution.resumed");
  });

  it("leaves a step in flight to its end", () => {
    const run = new Run(["safe", "safe", "safe"]).begin();
    run.advance();
    run.give({ type: "pause", reason: null });
    expect(run.give(resume("s3"))).toBe("execution.resumed step.skipped");
    expect(run.statuses).toBe("running auto_executing skipped pending");
    expect(run.advance()).toBe("STEP_IN_FLIGHT");
  });
});

describe("the deadline of one step", () => {
  it("can be set before it runs: the open approval lapses and the next rendering is told of by an amendment", () => {
    const run = new Run(["caution", "safe"]).begin();
    run.advance();
    expect(run.give(setTimeout(600_000))).toBe("step.approval_revoked step.timeout_set");
    expect(run.state.steps[0]).toMatchObject({ status: "pending", timeoutMs: 600_000 });
    expect(run.advance()).toBe("step.approval_requested");
    expect(run.attemptOf("s1")).toBe(2);
    run.approve("s1");
    const dispatched = run.history.findLast(({ type }) => type === "step.dispatched");
    const kinds = effectsOf(dispatched === undefined ? [] : [dispatched], run.state).map(({ kind }) => kind);
    expect(kinds).toContain("amend");
    expect(run.give(setTimeout(600_000, "s2"))).toBe("STEP_IN_FLIGHT");
  });

  it("of a step that nobody rendered yet makes its announced rendering void", () => {
    const run = new Run(["caution", "safe"]).begin();
    expect(run.give(setTimeout(5_000, "s2"))).toBe("step.timeout_set");
    expect(run.attemptOf("s2")).toBe(1);
  });

  it.each([0, 999, 3_600_001, 1.5, Number.NaN])("is never %s", (timeoutMs) => {
    expect(new Run(["caution"]).begin().give(setTimeout(timeoutMs))).toBe("VALIDATION_FAILED");
  });

  it("is set by people, of steps that did not run", () => {
    const run = new Run(["safe", "caution"]).begin();
    expect(run.give(setTimeout(5_000), { actor: apiKey, roles: ["admin"] })).toBe("HUMAN_REQUIRED");
    expect(run.give(setTimeout(5_000), { roles: ["viewer"] })).toBe("FORBIDDEN");
    expect(run.give(setTimeout(5_000, "s9"))).toBe("STEP_NOT_FOUND");
    run.advance();
    run.result("s1", 0);
    expect(run.give(setTimeout(5_000))).toBe("STEP_STATE_CONFLICT");
  });
});

describe("a variable that the run shows", () => {
  const start = (): Run => {
    const run = new Run(["safe", "caution"], { laterVariables: ["pod"], requiredVariables: ["ns"] });
    run.give({ type: "start", agentId: "agent-1", agentName: "local" });
    const variables = [
      { name: "ns", value: "shop", source: "manual" },
      { name: "pod", value: "", source: "manual" },
    ] as const;
    run.give({ type: "confirm-preflight", variables, checklist: [] });
    return run;
  };

  it("may stay open at the preflight, and only that one", () => {
    expect(start().state).toMatchObject({ status: "running", variables: [{ name: "ns" }] });
    const run = new Run(["safe"], { laterVariables: ["pod"], requiredVariables: ["ns"] });
    run.give({ type: "start", agentId: "agent-1", agentName: "local" });
    expect(run.give({ type: "confirm-preflight", variables: [], checklist: [] })).toBe("VARIABLE_MISSING");
  });

  it("is typed by a person, or copied from an output by its hash; then every step not taken is rendered afresh", () => {
    const run = start();
    run.advance();
    run.result("s1", 0);
    run.advance();
    expect(run.statuses).toBe("running completed awaiting_approval");
    expect(run.give(setVariable("pod-1", "s1"))).toBe("step.approval_revoked execution.variable_set");
    expect(run.history.at(-1)?.data).toMatchObject({
      source: "runtime",
      set_by: "riley",
      copied_from: { step_execution: "s1", attempt: 1, stdout_hash: "1".repeat(64) },
    });
    expect(run.statuses).toBe("running completed pending");
    expect(run.give(setVariable("any thing; a person typed"))).toBe("execution.variable_set");
    expect(run.state.variables).toMatchObject([{ name: "ns" }, { name: "pod", source: "manual" }]);
  });

  it.each(["pod 1", "-rf", "$(x)", "a;b", "", "x".repeat(254)])("copied from an output is a plain word, not %j", (value) => {
    const run = start();
    run.advance();
    run.result("s1", 0);
    expect(run.give(setVariable(value, "s1"))).toMatch(value === "" ? "VALIDATION_FAILED" : "VARIABLE_UNSAFE");
  });

  it("is of this runbook, from a step that printed something, and given by a person between steps", () => {
    const run = start();
    expect(run.give(setVariable("x", null, "other"))).toBe("VALIDATION_FAILED");
    expect(run.give(setVariable("x", "s1"))).toBe("STEP_STATE_CONFLICT");
    expect(run.give(setVariable("x", "s9"))).toBe("STEP_NOT_FOUND");
    expect(run.give(setVariable("x"), { actor: apiKey, roles: ["admin"] })).toBe("HUMAN_REQUIRED");
    expect(run.give(setVariable("x"), { actor: agent, roles: [] })).toBe("HUMAN_REQUIRED");
    run.advance();
    expect(run.give(setVariable("x"))).toBe("STEP_IN_FLIGHT");
  });
});

describe("an action that a person declares", () => {
  it("is on record as unlisted and declared, under an alarm and after the end too, and changes no step", () => {
    const run = new Run(["caution"]).begin();
    const { steps } = run.state;
    expect(run.give(declare(), { panic: true })).toBe("step.unlisted_action");
    expect(run.history.at(-1)).toMatchObject({
      actor: riley,
      stepExecutionId: null,
      data: { observed_by: "declared", command: "restarted it on the console", declared: { by: "riley", done_at_ms: startMs } },
    });
    run.give({ type: "abort", reason: null, terminate: false });
    expect(run.give(declare())).toBe("step.unlisted_action");
    expect([run.state.declared.length, run.state.status]).toEqual([2, "aborted"]);
    expect(run.state.steps).toEqual(steps);
  });

  it("is a person's word about a time that can be", () => {
    const run = new Run(["caution"]).begin();
    expect(run.give(declare(), { actor: apiKey, roles: ["admin"] })).toBe("HUMAN_REQUIRED");
    expect(run.give(declare(), { roles: ["viewer"] })).toBe("FORBIDDEN");
    expect(run.give(declare(startMs + 61_000))).toBe("VALIDATION_FAILED");
    expect(run.give(declare(startMs - 86_400_001))).toBe("VALIDATION_FAILED");
    expect(run.give(declare(startMs, "  "))).toBe("VALIDATION_FAILED");
    expect(new Run(["caution"]).give(declare())).toBe("EXECUTION_STATE_CONFLICT");
  });
});

describe("stopping what a step runs", () => {
  const stop = (stepExecutionId = "s1") => ({ type: "stop-step", stepExecutionId, reason: "it hangs" }) as const;

  it("asks the agent, concludes nothing, and can be asked again", () => {
    const run = new Run(["safe", "safe"]).begin();
    run.advance();
    expect(run.give(stop())).toBe("step.stop_requested");
    expect(run.statuses).toBe("running auto_executing pending");
    const [effect] = effectsOf(run.history.slice(-1), run.state);
    expect(effect).toMatchObject({ kind: "terminate", stepExecutionId: "s1", attempt: 1 });
    expect(run.give(stop())).toBe("step.stop_requested");
    expect(replay(run.history)).toEqual(run.state);
  });

  it("is possible after panic, after the agent was lost and after the run was aborted: it only takes away", () => {
    for (const command of [
      { type: "panic", mode: "panic" },
      { type: "agent-lost", agentId: "agent-1" },
      { type: "abort", reason: null, terminate: false },
    ] as const) {
      const run = new Run(["safe"]).begin();
      run.advance();
      run.give(command);
      expect(run.give(stop())).toBe("step.stop_requested");
    }
  });

  it("is refused to machines, for what does not run, and for steps of other runs", () => {
    const run = new Run(["safe", "safe"]).begin();
    run.advance();
    expect(run.give(stop(), { actor: apiKey, roles: ["admin"] })).toBe("HUMAN_REQUIRED");
    expect(run.give(stop(), { actor: riley, roles: ["viewer"] })).toBe("FORBIDDEN");
    expect(run.give(stop("s2"))).toBe("STEP_STATE_CONFLICT");
    expect(run.give(stop("s9"))).toBe("STEP_NOT_FOUND");
    run.result("s1", 0);
    expect(run.give(stop())).toBe("STEP_STATE_CONFLICT");
  });
});
