import { describe, expect, it } from "vitest";
import { agent, apiKey, engine, prepared, Run, resultOf, riley, startMs } from "../test/engine-fixture.ts";
import { replay } from "./evolve.ts";
import { grantLifetimeMs } from "./grant.ts";
import { textToPrepare } from "./prepare-step.ts";

const audit = { policy: { governanceMode: "audit", dangerousSteps: "typed" } } as const;
const strict = { policy: { governanceMode: "strict", dangerousSteps: "typed" } } as const;
const minutes = (n: number): number => startMs + n * 60_000;

describe("start and preflight", () => {
  const needs = { requiredVariables: ["pod", "namespace"], checklist: [{ id: "vpn", description: "VPN is up" }] };
  const confirm = (variables: Readonly<Record<string, string>>, checklist = ["vpn"]) =>
    ({
      type: "confirm-preflight",
      variables: Object.entries(variables).map(([name, value]) => ({ name, value, source: "manual" as const })),
      checklist,
    }) as const;

  it("pins trust at start, at most level 2", () => {
    const run = new Run(["safe"]);
    expect(run.give({ type: "start", agentId: "agent-1", agentName: "local" }, { trustLevel: 3 })).toBe("execution.started");
    expect([run.state.status, run.state.trustLevel, run.state.agentId]).toEqual(["preflight", 2, "agent-1"]);
    expect(run.give({ type: "start", agentId: "agent-2", agentName: "x" })).toBe("EXECUTION_STATE_CONFLICT");
  });

  it.each([
    ["a viewer", { roles: ["viewer"] }, "FORBIDDEN"],
    ["an author", { roles: ["author"] }, "FORBIDDEN"],
    ["panic", { panic: true }, "PANIC_ACTIVE"],
    ["party mode", { party: true }, "PARTY_MODE_ACTIVE"],
    ["a machine with the role", { actor: apiKey, roles: ["operator"] }, "execution.started"],
  ] as const)("start by or under %s: %s", (_name, change, expected) => {
    expect(
      new Run(["safe"]).give(
        { type: "start", agentId: "agent-1", agentName: "local" },
        { ...change, roles: "roles" in change ? [...change.roles] : ["operator"] },
      ),
    ).toBe(expected);
  });

  it("wants every prerequisite confirmed and every variable filled, by a person", () => {
    const run = new Run(["safe"], needs);
    run.give({ type: "start", agentId: "agent-1", agentName: "local" });
    expect(run.give(confirm({ pod: "a", namespace: "b" }), { actor: apiKey, roles: ["admin"] })).toBe("HUMAN_REQUIRED");
    expect(run.give(confirm({ pod: "a", namespace: "b" }, []))).toBe("CHECKLIST_INCOMPLETE");
    expect(run.give(confirm({ pod: "a" }))).toBe("VARIABLE_MISSING");
    expect(run.give(confirm({ pod: "a", namespace: "" }))).toBe("VARIABLE_MISSING");
    expect(run.give(confirm({ pod: "a", namespace: "b", other: "c" }))).toBe("VALIDATION_FAILED");
    expect(run.advance()).toBe("EXECUTION_STATE_CONFLICT");
    expect(run.give(confirm({ pod: "a", namespace: "b" }))).toBe("execution.preflight_confirmed");
    expect(run.state.status).toBe("running");
  });

  it.each([
    ["payment-svc-7f9c", "execution.preflight_confirmed"],
    ["10.0.0.1:9090", "execution.preflight_confirmed"],
    ["--all", "VARIABLE_UNSAFE"],
    ["a b", "VARIABLE_UNSAFE"],
    ["a;rm", "VARIABLE_UNSAFE"],
    ["$(id)", "VARIABLE_UNSAFE"],
    ["a\n", "VARIABLE_UNSAFE"],
    ["x".repeat(254), "VARIABLE_UNSAFE"],
  ])("an alert's value %j: %s", (value, expected) => {
    const run = new Run(["safe"], { requiredVariables: ["pod"], variables: [{ name: "pod", value, source: "alert" }] });
    run.give({ type: "start", agentId: "agent-1", agentName: "local" });
    expect(run.give(confirm({}, []))).toBe(expected);
    expect(run.give(confirm({ pod: value }, []))).toBe(
      expected === "VARIABLE_UNSAFE" ? "execution.preflight_confirmed" : "EXECUTION_STATE_CONFLICT",
    );
  });

  it("lapses when nobody begins, and not afterwards", () => {
    const run = new Run(["safe"]);
    expect(run.give({ type: "expire" }, { actor: engine })).toBe("execution.timed_out");
    expect(run.give({ type: "start", agentId: "agent-1", agentName: "local" })).toBe("EXECUTION_STATE_CONFLICT");
    const begun = new Run(["safe"]).begin();
    expect(begun.give({ type: "expire" }, { actor: engine })).toBe("");
  });
});

describe("the next step", () => {
  it.each([
    ["safe", 2, audit, "step.auto_executed step.dispatched", "running auto_executing"],
    ["safe", 2, strict, "step.approval_requested", "running awaiting_approval"],
    ["safe", 1, audit, "step.approval_requested", "running awaiting_approval"],
    ["caution", 2, audit, "step.approval_requested", "running awaiting_approval"],
    ["unknown", 2, audit, "step.approval_requested", "running awaiting_approval"],
    ["caution", 1, audit, "step.suggested", "running suggested"],
    ["caution", 0, audit, "step.blocked", "running blocked"],
    ["dangerous", 2, audit, "step.approval_requested", "running awaiting_approval"],
    ["dangerous", 1, audit, "step.blocked", "running blocked"],
    ["manual", 0, strict, "step.manual_requested", "running suggested"],
  ] as const)("%s at level %s", (kind, trustLevel, policy, events, statuses) => {
    const run = new Run([kind]).begin({ trustLevel });
    expect(run.advance(policy)).toBe(events);
    expect(run.statuses).toBe(statuses);
  });

  it("is a human's where it has no plan, unless the gate blocks it", () => {
    const manual = { digest: null, notRunnable: { code: "GLOB", message: "has a glob", suggestion: null } };
    const run = new Run(["safe"]).begin();
    expect(run.advance({ prepared: prepared("s1", 1, "safe", manual) })).toBe("step.suggested");
    const blocked = new Run(["dangerous"]).begin({ trustLevel: 1 });
    expect(blocked.advance({ prepared: prepared("s1", 1, "dangerous", manual) })).toBe("step.blocked");
  });

  it("comes alone and only when the one before is settled", () => {
    const run = new Run(["safe", "safe"]).begin();
    run.advance();
    expect(run.advance()).toBe("STEP_IN_FLIGHT");
    run.give({ type: "agent-accepted", stepExecutionId: "s1", attempt: 1, atMs: startMs }, { actor: agent });
    expect(run.statuses).toBe("running executing pending");
    expect(run.advance()).toBe("STEP_IN_FLIGHT");
    run.result("s1", 0);
    expect(run.advance()).toBe("step.auto_executed step.dispatched");
    run.result("s2", 0);
    expect(run.advance()).toBe("execution.completed");
    expect(run.statuses).toBe("completed completed completed");
    expect(run.advance()).toBe("EXECUTION_STATE_CONFLICT");
  });

  it("does not run by itself while its agent is away", () => {
    const run = new Run(["safe"]).begin();
    expect(run.advance({ agentOnline: false })).toBe("AGENT_OFFLINE");
    expect(run.advance({ panic: true })).toBe("PANIC_ACTIVE");
    expect(run.advance({ party: true })).toBe("PARTY_MODE_ACTIVE");
    expect(run.statuses).toBe("running pending");
  });

  it("throws when it was prepared for another attempt, step or agent", () => {
    const run = new Run(["safe", "safe"]).begin();
    const bad = [
      prepared("s1", 2, "safe"),
      prepared("s2", 1, "safe"),
      prepared("s1", 1, "safe", { run: { ...prepared("s1", 1, "safe").run, agentId: "x" } }),
    ];
    for (const other of [...bad, null]) expect(() => run.advance({ prepared: other })).toThrow("prepared");
  });

  it("carries not_after: a minute for automatic ones, the grant's end for approved ones", () => {
    const run = new Run(["safe", "caution"]).begin();
    run.advance();
    expect(run.state.steps[0]?.notAfterMs).toBe(startMs + 60_000);
    run.result("s1", 0);
    run.advance();
    run.approve("s2");
    expect(run.state.steps[1]?.notAfterMs).toBe(startMs + grantLifetimeMs);
  });
});

describe("approve", () => {
  const awaiting = (kind: "caution" | "dangerous" | "safe" = "caution"): Run => {
    const run = new Run([kind, "safe"]).begin();
    run.advance(strict);
    return run;
  };

  it("records the grant and dispatches", () => {
    const run = awaiting();
    expect(run.approve("s1", strict)).toBe("step.approved step.dispatched");
    const step = run.state.steps[0];
    expect(run.statuses).toBe("running executing pending");
    expect(step?.grant).toEqual({
      kind: "dd0c.grant.v1",
      tenant: "t1",
      agent: "agent-1",
      execution: "e1",
      step_execution: "s1",
      attempt: 1,
      digest: step?.prepared?.digest,
      risk: "caution",
      approver: "riley",
      method: "click",
      issued_at: startMs,
      expires_at: startMs + grantLifetimeMs,
    });
  });

  it.each([
    ["an API key, whatever its role", { actor: apiKey, roles: ["admin"] }, "HUMAN_REQUIRED"],
    ["the engine", { actor: engine, roles: ["admin"] }, "HUMAN_REQUIRED"],
    ["the agent", { actor: agent, roles: ["admin"] }, "HUMAN_REQUIRED"],
    ["a viewer", { roles: ["viewer"] }, "FORBIDDEN"],
    ["an operator", { roles: ["operator"] }, "step.approved step.dispatched"],
    ["an admin in Slack", { actor: { ...riley, via: "slack" }, roles: ["admin"] }, "step.approved step.dispatched"],
    ["panic", { panic: true }, "PANIC_ACTIVE"],
    ["party mode", { party: true }, "PARTY_MODE_ACTIVE"],
    ["an absent agent", { agentOnline: false }, "AGENT_OFFLINE"],
    ["after 30 minutes", { nowMs: minutes(30) + 1 }, "APPROVAL_TIMEOUT"],
  ] as const)("%s: %s", (_name, change, expected) => {
    const { roles, ...rest } = { roles: ["approver"] as const, ...change };
    expect(awaiting().approve("s1", { ...strict, ...rest, roles: [...roles] })).toBe(expected);
  });

  it("holds for the text that was shown and no other", () => {
    const run = awaiting();
    expect(
      run.give({
        type: "approve",
        stepExecutionId: "s1",
        digest: "0".repeat(64),
        confirmation: [],
        note: null,
        acknowledgedNoRollback: false,
      }),
    ).toBe("DIGEST_MISMATCH");
    expect(run.approve("s2")).toBe("STEP_STATE_CONFLICT");
    expect(run.approve("nobody")).toBe("STEP_NOT_FOUND");
    run.approve("s1");
    expect(run.approve("s1")).toBe("STEP_STATE_CONFLICT");
  });

  it.each([
    [[], "CONFIRMATION_REQUIRED"],
    [["yes"], "CONFIRMATION_MISMATCH"],
    [["Target-of-s1"], "CONFIRMATION_MISMATCH"],
    [["target-of-s1 "], "CONFIRMATION_MISMATCH"],
    [["target-of-s1", "target-of-s1"], "CONFIRMATION_MISMATCH"],
    [["target-of-s1"], "step.approved step.dispatched"],
  ])("a dangerous step with %j typed: %s", (typed, expected) => {
    expect(awaiting("dangerous").approve("s1", {}, typed)).toBe(expected);
  });

  it("wants the missing way back of a change to be seen", () => {
    const run = awaiting("caution");
    const digest = run.state.steps[0]?.prepared?.digest ?? "";
    const approve = (acknowledgedNoRollback: boolean) =>
      run.give({ type: "approve", stepExecutionId: "s1", digest, confirmation: [], note: null, acknowledgedNoRollback });
    expect(approve(false)).toBe("ROLLBACK_UNACKNOWLEDGED");
    expect(approve(true)).toBe("step.approved step.dispatched");
  });

  it("wants every one of several targets", () => {
    const targets = ["a", "b"].map((text) => ({ kind: "pod", text }));
    const run = new Run(["dangerous"]).begin();
    run.advance({ prepared: prepared("s1", 1, "dangerous", { targets }) });
    expect(run.approve("s1", {}, ["a"])).toBe("CONFIRMATION_MISMATCH");
    expect(run.approve("s1", {}, ["a", "a"])).toBe("CONFIRMATION_MISMATCH");
    expect(run.approve("s1", {}, ["b", "a"])).toBe("step.approved step.dispatched");
    expect(run.state.steps[0]?.grant?.method).toBe("typed");
  });

  it.each([
    ["caution", 1],
    ["caution", 0],
    ["dangerous", 1],
  ] as const)("says that a %s step exceeds trust level %s", (kind, trustLevel) => {
    const run = new Run([kind]).begin({ trustLevel });
    run.advance();
    expect(run.approve("s1", { roles: ["admin"] }, ["target-of-s1"])).toBe("TRUST_LEVEL_EXCEEDED");
  });

  it("needs an approver for what is typed, and policy at the time of the decision", () => {
    const run = awaiting("dangerous");
    expect(run.approve("s1", { roles: ["operator"] }, ["target-of-s1"])).toBe("FORBIDDEN");
    expect(run.approve("s1", { policy: { governanceMode: "audit", dangerousSteps: "block" } }, ["target-of-s1"])).toBe(
      "TRUST_LEVEL_EXCEEDED",
    );
  });
});

describe("modify, skip and report", () => {
  const awaiting = (): Run => {
    const run = new Run(["caution", "safe"]).begin();
    run.advance();
    return run;
  };

  it("gives an edited text a new digest and a new decision, never by itself", () => {
    const run = awaiting();
    const edited = prepared("s1", 2, "safe", { command: "kubectl get pods", digest: "e".repeat(64) });
    expect(run.give({ type: "modify", stepExecutionId: "s1", note: "look first" }, { prepared: edited })).toBe(
      "step.modified step.approval_requested",
    );
    const step = run.state.steps[0];
    expect([step?.status, step?.attempt, step?.wasModified, step?.originalCommand, step?.prepared?.digest]).toEqual([
      "awaiting_approval",
      2,
      true,
      "caution-command of s1",
      "e".repeat(64),
    ]);
    run.approve("s1");
    expect(run.state.steps[0]?.grant?.digest).toBe("e".repeat(64));
  });

  it("keeps the edited text as the one to render when its approval lapses", () => {
    const run = awaiting();
    expect(textToPrepare(run.state.steps[0]!)).toEqual({ command: "caution-command 1", typed: false });
    run.give({ type: "modify", stepExecutionId: "s1", note: null }, { prepared: prepared("s1", 2, "caution", { command: "edited" }) });
    run.give({ type: "pause", reason: null });
    run.give({ type: "resume", note: null });
    expect(textToPrepare(run.state.steps[0]!)).toEqual({ command: "edited", typed: true });
    run.advance({ prepared: prepared("s1", 3, "caution") });
    expect(run.state.steps[0]?.wasModified).toBe(false);
  });

  it("blocks an edit into something worse and takes none from a machine", () => {
    const run = new Run(["caution"]).begin({ trustLevel: 1 });
    run.advance();
    const worse = prepared("s1", 2, "dangerous");
    expect(run.give({ type: "modify", stepExecutionId: "s1", note: null }, { prepared: worse, actor: apiKey })).toBe("HUMAN_REQUIRED");
    expect(run.give({ type: "modify", stepExecutionId: "s1", note: null }, { prepared: worse })).toBe("step.modified step.blocked");
  });

  it("calls the refusal of an open request rejected and any other passing over skipped", () => {
    const run = awaiting();
    expect(run.give({ type: "skip", stepExecutionId: "s2", reason: null })).toBe("STEP_STATE_CONFLICT");
    expect(run.give({ type: "skip", stepExecutionId: "s1", reason: "not now" }, { actor: apiKey })).toBe("HUMAN_REQUIRED");
    expect(run.give({ type: "skip", stepExecutionId: "s1", reason: "not now" })).toBe("step.rejected");
    expect(run.give({ type: "skip", stepExecutionId: "s2", reason: null })).toBe("step.skipped");
    expect(run.advance()).toBe("execution.completed");
    expect(run.statuses).toBe("completed skipped skipped");
    expect(run.state.badRun).toBe(false);
  });

  it("does not let a running step be skipped", () => {
    const run = new Run(["safe"]).begin();
    run.advance();
    expect(run.give({ type: "skip", stepExecutionId: "s1", reason: null })).toBe("STEP_STATE_CONFLICT");
  });

  it("takes a human's word for what a human did", () => {
    const run = new Run(["manual", "manual", "caution"]).begin({ trustLevel: 1 });
    run.advance();
    expect(run.give({ type: "report", stepExecutionId: "s1", outcome: "succeeded", note: "called them" }, { actor: apiKey })).toBe(
      "HUMAN_REQUIRED",
    );
    expect(run.give({ type: "report", stepExecutionId: "s1", outcome: "succeeded", note: "called them" })).toBe("step.reported");
    run.advance();
    expect(run.give({ type: "report", stepExecutionId: "s2", outcome: "failed", note: null })).toBe("step.reported execution.paused");
    expect(run.state.badRun).toBe(false);
    run.give({ type: "resume", note: null });
    run.advance();
    expect(run.give({ type: "report", stepExecutionId: "s3", outcome: "failed", note: null })).toBe(
      "step.reported runbook.trust_downgraded execution.paused",
    );
    expect(run.statuses).toBe("paused completed failed failed");
    run.give({ type: "resume", note: null });
    expect(run.advance()).toBe("execution.completed");
    expect(run.state.status).toBe("failed");
  });
});

describe("results", () => {
  const running = (kind: "safe" | "caution"): Run => {
    const run = new Run([kind, "safe"]).begin();
    run.advance();
    if (kind === "caution") run.approve("s1");
    return run;
  };

  it.each([
    ["safe", 0, false, "step.executed", "running completed pending"],
    ["safe", 2, false, "step.executed execution.paused", "paused completed pending"],
    ["safe", null, false, "step.executed execution.paused", "paused completed pending"],
    ["safe", null, true, "step.executed step.timed_out execution.paused", "paused timed_out pending"],
    ["caution", 0, false, "step.executed", "running completed pending"],
    ["caution", 1, false, "step.executed step.failed runbook.trust_downgraded execution.paused", "paused failed pending"],
    ["caution", null, true, "step.executed step.timed_out runbook.trust_downgraded execution.paused", "paused timed_out pending"],
  ] as const)("%s step, exit %s, timed out %s", (kind, exitCode, timedOut, events, statuses) => {
    const run = running(kind);
    expect(run.result("s1", exitCode, timedOut)).toBe(events);
    expect(run.statuses).toBe(statuses);
    expect(run.state.badRun).toBe(events.includes("trust_downgraded"));
  });

  it("takes an answer code for an answer", () => {
    const run = new Run(["safe"]).begin();
    run.advance({ prepared: prepared("s1", 1, "safe", { answerCodes: [[1]] }) });
    expect(run.result("s1", 1)).toBe("step.executed");
    expect(run.state.steps[0]?.result?.exitCode).toBe(1);
  });

  it("goes on after a failure only when a human says so", () => {
    const run = running("safe");
    run.result("s1", 2);
    expect(run.advance()).toBe("EXECUTION_STATE_CONFLICT");
    expect(run.give({ type: "resume", note: null }, { actor: apiKey, roles: ["admin"] })).toBe("HUMAN_REQUIRED");
    expect(run.give({ type: "resume", note: null }, { roles: ["viewer"] })).toBe("FORBIDDEN");
    expect(run.give({ type: "resume", note: null })).toBe("execution.resumed");
    expect(run.advance()).toBe("step.auto_executed step.dispatched");
  });

  it("believes only the execution's own agent, about the dispatched attempt, once", () => {
    const run = running("safe");
    const result = { type: "agent-result", stepExecutionId: "s1", attempt: 1, result: resultOf(0), timedOut: false } as const;
    expect(run.give(result)).toBe("FORBIDDEN");
    expect(run.give(result, { actor: { ...agent, id: "agent-2" } })).toBe("FORBIDDEN");
    expect(run.give({ ...result, attempt: 2 }, { actor: agent })).toBe("STEP_STATE_CONFLICT");
    expect(run.give({ ...result, stepExecutionId: "s2" }, { actor: agent })).toBe("STEP_NOT_FOUND");
    expect(run.give(result, { actor: agent })).toBe("step.executed");
    expect(run.give(result, { actor: agent })).toBe("");
    expect(
      run.give(
        { type: "agent-output", stepExecutionId: "s1", attempt: 1, stdoutHash: "1".repeat(64), stderrHash: "2".repeat(64) },
        { actor: agent },
      ),
    ).toBe("step.output_recorded");
  });

  it("blocks a step that the agent refused, without calling the run bad, and lets a human try another text", () => {
    const run = running("caution");
    const refusal = {
      type: "agent-refused",
      stepExecutionId: "s1",
      attempt: 1,
      code: "CEILING_EXCEEDED",
      message: "above the ceiling",
    } as const;
    expect(run.give({ ...refusal, code: "DUPLICATE_DISPATCH" }, { actor: agent })).toBe("");
    expect(run.give(refusal, { actor: agent })).toBe("step.refused");
    expect([run.statuses, run.state.badRun, run.state.steps[0]?.refusal?.code]).toEqual([
      "running blocked pending",
      false,
      "CEILING_EXCEEDED",
    ]);
    expect(run.advance()).toBe("STEP_STATE_CONFLICT");
    expect(run.give({ type: "modify", stepExecutionId: "s1", note: null }, { prepared: prepared("s1", 2, "caution") })).toBe(
      "step.modified step.approval_requested",
    );
    expect(run.state.steps[0]?.refusal).toBeNull();
  });

  it("does not take back an attempt that was accepted", () => {
    const run = running("caution");
    run.give({ type: "agent-accepted", stepExecutionId: "s1", attempt: 1, atMs: startMs }, { actor: agent });
    expect(
      run.give({ type: "agent-refused", stepExecutionId: "s1", attempt: 1, code: "DISPATCH_LATE", message: "" }, { actor: agent }),
    ).toBe("");
    expect(run.statuses).toBe("running executing pending");
  });
});

describe("replay", () => {
  it("gives the stored state back, from a story with everything in it", () => {
    const run = new Run(["safe", "caution", "dangerous", "manual"]).begin();
    run.advance();
    run.result("s1", 0);
    run.advance();
    run.give({ type: "modify", stepExecutionId: "s2", note: null }, { prepared: prepared("s2", 2, "unknown") });
    run.approve("s2");
    run.result("s2", 3);
    run.give({ type: "resume", note: "known" });
    run.advance();
    run.approve("s3", {}, ["target-of-s3"]);
    run.result("s3", 0);
    run.advance();
    run.give({ type: "report", stepExecutionId: "s4", outcome: "succeeded", note: null });
    run.advance({ nowMs: minutes(4) });
    expect(run.state.status).toBe("failed");
    expect(run.history.at(-1)?.data).toEqual({
      status: "failed",
      duration_ms: 240_000,
      mttr_seconds: null,
      steps_executed: 3,
      steps_skipped: 0,
      steps_failed: 1,
    });
    expect(replay(run.history)).toEqual(run.state);
    expect(replay(JSON.parse(JSON.stringify(run.history)))).toEqual(run.state);
    expect(run.state.version).toBe(run.history.length);
  });

  it("refuses a history without its beginning", () => {
    const run = new Run(["safe"]).begin();
    expect(() => replay(run.history.slice(1))).toThrow("creation");
    expect(() => replay([...run.history, run.history[0]!])).toThrow("once");
    expect(() => replay([])).toThrow("at least one");
  });
});
