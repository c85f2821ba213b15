// What a run is said to have done beside its runbook. From the hardest case: everything in one run, on a clock, with a value from an alert.
import { describe, expect, it } from "vitest";
import type { StepTemplate, VariableValue } from "../execution/types.ts";
import { agent, apiKey, engine, prepared, resultOf, Run, startMs, templates } from "../test/engine-fixture.ts";
import { currentStep } from "../execution/decision.ts";
import { evolve } from "../execution/evolve.ts";
import { createExecution } from "../execution/decide/start.ts";
import { divergenceReport, isReportable } from "./divergence-report.ts";

const commands = [
  "kubectl get pods -n <namespace>",
  'grep -c "connection timeout" /var/log/<service>.log',
  "kubectl rollout restart deploy/pay -n <namespace>",
  "kubectl rollout status deploy/pay -n <namespace>",
  "kubectl get events -n prod",
];
const variables = [
  { name: "namespace", placeholders: ["<namespace>"] },
  { name: "service", placeholders: ["<service>"] },
];
const values: readonly VariableValue[] = [
  { name: "namespace", value: "prod", source: "manual" },
  { name: "service", value: "pay-svc", source: "alert" },
];
const fill = (text: string): string => text.replace("<namespace>", "prod").replace("<service>", "pay-svc").replaceAll('"', "'");

/** A run on a clock of its own: every word of a person or an agent takes as long as the test says. */
class TimedRun extends Run {
  now = startMs;
  alertTexts: readonly string[] | null = ["pay-svc"];

  constructor(texts: readonly string[] = commands) {
    const steps: readonly StepTemplate[] = templates(texts.map(() => "caution")).map((step, at) => ({ ...step, command: texts[at] ?? "" }));
    super([], { steps });
    const created = createExecution({ ...this.newExecution(steps), variables: values }, { actor: apiKey, nowMs: startMs });
    this.history.splice(0, 1, created);
    this.state = evolve(null, created);
  }

  private newExecution(steps: readonly StepTemplate[]) {
    const base = { id: "e1", tenantId: "t1", runbookId: "r1", versionId: "v1", triggerSource: "alert_webhook" as const };
    return { ...base, alertId: "a1", requiredVariables: [], checklist: [], steps };
  }

  override give(command: Parameters<Run["give"]>[0], change: Parameters<Run["give"]>[1] = {}): string {
    return super.give(command, { nowMs: this.now, ...change });
  }

  wait(seconds: number): this {
    this.now += seconds * 1000;
    return this;
  }

  start(): this {
    this.give({ type: "start", agentId: "agent-1", agentName: "local" });
    this.give({ type: "confirm-preflight", variables: values, checklist: [] });
    return this;
  }

  /** The engine renders and asks. */
  ask(text?: string): this {
    const step = currentStep(this.state);
    if (step === null) return this;
    const command = text ?? fill(step.prepared !== null && step.wasModified ? step.prepared.command : (step.command ?? ""));
    this.advance({ prepared: prepared(step.stepExecutionId, step.attempt + 1, "caution", { command }) });
    return this;
  }

  get current(): string {
    return currentStep(this.state)?.stepExecutionId ?? "";
  }

  edit(command: string): this {
    const attempt = this.attemptOf(this.current) + 1;
    this.give({ type: "modify", stepExecutionId: this.current, note: null } as Parameters<Run["give"]>[0], {
      prepared: prepared(this.current, attempt, "caution", { command }),
    });
    return this;
  }

  /** Approved now, begun at once, over after so many seconds. */
  go(seconds: number, exitCode = 0): this {
    const id = this.current;
    this.approve(id);
    const attempt = this.attemptOf(id);
    this.give({ type: "agent-accepted", stepExecutionId: id, attempt, atMs: this.now }, { actor: agent, roles: [] });
    this.wait(seconds);
    this.give(
      { type: "agent-result", stepExecutionId: id, attempt, result: resultOf(exitCode), timedOut: false },
      { actor: agent, roles: [] },
    );
    return this;
  }

  skip(reason: string | null = null): this {
    this.give({ type: "skip", stepExecutionId: this.current, reason });
    return this;
  }

  enter(command: string, id: string): this {
    this.give({ type: "run-unlisted", command, reason: null, newStepExecutionId: id });
    return this.ask(command);
  }

  end(): this {
    this.advance();
    return this;
  }

  get report() {
    return divergenceReport(this.history, { variables }, this.alertTexts);
  }
}

describe("a run that did much beside its runbook", () => {
  const run = new TimedRun();
  run.wait(60).start().ask().wait(30).go(2);
  // Edited, then failed, then worked.
  run.ask().wait(10).edit("grep -c 'connection refused' /var/log/pay-svc.log").go(1, 2);
  run.wait(40).give({ type: "retry", stepExecutionId: "s2", newStepExecutionId: "s2b", note: null, acknowledgedUnknownOutcome: false });
  run.ask().go(3);
  // The last step's command before its turn, and one that nobody wrote down.
  run.enter("kubectl get events -n prod", "u1").go(1);
  run.enter("kubectl top pods --containers", "u2").go(1);
  run.ask().skip("not needed").ask().go(5);
  run.give({ type: "declare-action", kind: "description", text: "called the provider", doneAtMs: run.now, note: null });
  run.ask().skip("done before").end();

  it("is over", () => {
    expect(run.state.status).toBe("completed");
    expect(isReportable(run.state)).toBe(true);
  });

  it("is told step by step", () => {
    expect(run.report.steps.map(({ label, fate, tries }) => `${label} ${fate} ${tries}`)).toEqual([
      "1 ran 1",
      "2 edited 2",
      "3 skipped 1",
      "4 ran 1",
      "5 moved 1",
    ]);
  });

  it("is told by kind of divergence", () => {
    const { skipped_steps, modified_commands, unlisted_actions, reordered_steps, failed_then_worked, diverged } = run.report;
    expect({ skipped_steps, modified_commands, unlisted_actions, reordered_steps, failed_then_worked, diverged }).toEqual({
      diverged: true,
      skipped_steps: [{ step_id: "step-3", step_execution_id: "s3", label: "3", reason: "not needed" }],
      modified_commands: [
        {
          step_id: "step-2",
          step_execution_id: "s2",
          label: "2",
          original_command: "grep -c 'connection timeout' /var/log/pay-svc.log",
          command: "grep -c 'connection refused' /var/log/pay-svc.log",
          // The alert's value is a placeholder again.
          proposed: "grep -c 'connection refused' /var/log/<service>.log",
        },
      ],
      unlisted_actions: [
        {
          step_execution_id: "u2",
          kind: "command",
          text: "kubectl top pods --containers",
          observed_by: "engine",
          after_step_id: "step-2",
          after_label: "2",
          repeats_label: null,
          proposed: "kubectl top pods --containers",
        },
        {
          step_execution_id: null,
          kind: "description",
          text: "called the provider",
          observed_by: "declared",
          after_step_id: "step-4",
          after_label: "4",
          repeats_label: null,
          proposed: null,
        },
      ],
      reordered_steps: [{ step_id: "step-5", step_execution_id: "s5", label: "5", after_step_id: "step-2", after_label: "2" }],
      failed_then_worked: [{ step_id: "step-2", label: "2", tries: 2, worked_with: "edited" }],
    });
  });

  it("says where the time went", () => {
    // Two minutes and 33 seconds since the alert's record, of which one passed before somebody started it; no beginning of an alert is known.
    const resolved = { mttr_seconds: 93, mttr_since: "run_start" };
    expect(run.report.times).toEqual({
      total_ms: 153_000,
      before_start_ms: 60_000,
      running_ms: 13_000,
      waiting_ms: 80_000,
      agent_ms: 0,
      ...resolved,
    });
    expect(run.report.steps.map(({ waited_ms, ran_ms }) => [waited_ms, ran_ms])).toEqual([
      [30_000, 2_000],
      [50_000, 4_000],
      [0, 0],
      [0, 5_000],
      [0, 0],
    ]);
  });

  it("is the same when it is computed again, whatever happened after its end", () => {
    const { report } = run;
    run.wait(500).give({ type: "rollback", stepExecutionId: "s4", newStepExecutionId: "b1" });
    expect(run.report).toEqual(report);
  });
});

describe("a run", () => {
  it("that followed its runbook did not diverge; what was done elsewhere was not observed", () => {
    const run = new TimedRun(["uptime"]).start().ask().go(1).end();
    expect(run.report).toMatchObject({ diverged: false, unlisted_actions: null, steps: [{ fate: "ran" }] });
  });

  it("that was ended early reached some steps only", () => {
    const run = new TimedRun().start().ask().go(1).ask();
    run.give({ type: "abort", reason: null, terminate: false });
    expect(run.report.steps.map(({ fate }) => fate)).toEqual(["ran", "not_reached", "not_reached", "not_reached", "not_reached"]);
    expect(run.report).toMatchObject({ ended: "aborted", diverged: false });
  });

  it("in which a skipped step's command is entered in its place did not move it", () => {
    const run = new TimedRun(["uptime", "df -h"]).start().ask().go(1).ask().skip().enter("df -h", "u1").go(1).end();
    expect(run.report).toMatchObject({ reordered_steps: [], skipped_steps: [], steps: [{ fate: "ran" }, { fate: "typed" }] });
  });

  it("that repeats a step says so", () => {
    const run = new TimedRun(["uptime"]).start().ask().go(1).enter("uptime", "u1").go(1).end();
    expect(run.report.unlisted_actions).toMatchObject([{ text: "uptime", repeats_label: "1", proposed: null }]);
  });

  it("that nobody began has no report", () => {
    const run = new TimedRun();
    run.give({ type: "expire" }, { actor: engine, roles: [] });
    expect(run.state.status).toBe("timed_out");
    expect(isReportable(run.state)).toBe(false);
    expect(isReportable(new TimedRun().start().ask().state)).toBe(false);
  });

  it("waits for its agent where that is away", () => {
    const run = new TimedRun(["uptime"]).start().wait(20).ask().go(1).end();
    expect(run.report.times).toMatchObject({ agent_ms: 20_000, running_ms: 1_000, waiting_ms: 0 });
  });
});
