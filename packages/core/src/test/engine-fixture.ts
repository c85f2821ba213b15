// Builders for executions, renderings and contexts, for tests only.
import type { Risk } from "@dd0c/scanner";
import type { ExecutionCommand } from "../execution/commands.ts";
import { decide } from "../execution/decide.ts";
import { createExecution } from "../execution/decide/start.ts";
import { currentStep, type DecideContext } from "../execution/decision.ts";
import type { ExecutionEvent } from "../execution/events.ts";
import { evolve } from "../execution/evolve.ts";
import type { ExecutionState, PreparedStep, StepResult, StepTemplate } from "../execution/types.ts";
import type { Actor } from "../trust/actor.ts";
import { effectivePolicy, type PolicyLayer } from "../trust/policy.ts";
import { sha256 } from "./sha256.ts";

export const riley: Actor = { type: "user", id: "riley", via: "web" };
export const engine: Actor = { type: "system", id: "engine", via: "system" };
export const agent: Actor = { type: "agent", id: "agent-1", via: "agent" };
export const apiKey: Actor = { type: "user", id: "key-1", via: "api_key" };

export const startMs = 1_800_000_000_000;

/** What a test says differently; a policy is given by the fields that matter. */
export type ContextChange = Partial<Omit<DecideContext, "policy">> & { readonly policy?: PolicyLayer };

export const context = ({ policy, ...change }: ContextChange = {}): DecideContext => ({
  nowMs: startMs,
  actor: riley,
  roles: ["approver"],
  policy: effectivePolicy({ system: {}, tenant: { governanceMode: "audit", ...policy }, runbook: {} }),
  version: { writtenBy: { type: "user", id: "morgan", via: "web" }, writtenAtMs: startMs - 172_800_000, reviewed: false },
  panic: false,
  party: false,
  trustLevel: 2,
  agentOnline: true,
  prepared: null,
  lookIds: [],
  ...change,
});

/** A step per risk; "manual" is a step without a command. */
export function templates(kinds: readonly (Risk | "manual")[]): readonly StepTemplate[] {
  return kinds.map((kind, index) => ({
    stepExecutionId: `s${index + 1}`,
    stepId: `step-${index + 1}`,
    order: index + 1,
    sub: 0,
    label: String(index + 1),
    origin: "runbook",
    parentStepExecutionId: null,
    kind: kind === "manual" ? "manual" : "command",
    description: `Step ${index + 1}`,
    command: kind === "manual" ? null : `${kind}-command ${index + 1}`,
    expectedOutput: null,
    rollbackCommand: null,
    templateRisk: kind === "manual" ? null : kind,
    templateHash: kind === "manual" ? null : "0".repeat(64),
    timeoutMs: null,
  }));
}

export function prepared(stepExecutionId: string, attempt: number, risk: Risk, change: Partial<PreparedStep> = {}): PreparedStep {
  const command = `${risk}-command of ${stepExecutionId}`;
  return {
    stepExecutionId,
    attempt,
    command,
    risk,
    reasons: [],
    digest: sha256(new TextEncoder().encode(command)),
    notRunnable: null,
    targets: [{ kind: "deployment", text: `target-of-${stepExecutionId}` }],
    run: { agentId: "agent-1", workingDirectory: null, runAs: null, environment: [], stdinHash: null, timeoutMs: 60_000 },
    variables: [],
    answerCodes: [[]],
    pipelinesPerList: [1],
    sensitive: false,
    unbounded: false,
    rollbackCommand: null,
    rollback: null,
    patternVersion: "1",
    ...change,
  };
}

export const resultOf = (exitCode: number | null, change: Partial<StepResult> = {}): StepResult => ({
  exitCode,
  members: [{ pipeline: 0, member: 0, exitCode, signal: null }],
  durationMs: 5,
  stdoutHash: "1".repeat(64),
  stderrHash: "2".repeat(64),
  stdoutBytes: 1,
  stderrBytes: 0,
  truncated: false,
  message: null,
  ...change,
});

/** The rendering that the server would make of the current step: the risk is the first word of its template. */
export function renderCurrent(state: ExecutionState): PreparedStep | null {
  const step = currentStep(state);
  if (step === null || step.command === null) return null;
  return prepared(step.stepExecutionId, step.attempt + 1, step.templateRisk ?? "unknown");
}

/** An execution with its history; commands are given one after the other. */
export class Run {
  readonly history: ExecutionEvent[];
  state: ExecutionState;

  constructor(kinds: readonly (Risk | "manual")[], change: Partial<Parameters<typeof createExecution>[0]> = {}) {
    const created = createExecution(
      {
        id: "e1",
        tenantId: "t1",
        runbookId: "r1",
        versionId: "v1",
        triggerSource: "api_call",
        alertId: null,
        variables: [],
        requiredVariables: [],
        checklist: [],
        steps: templates(kinds),
        ...change,
      },
      context(),
    );
    this.history = [created];
    this.state = evolve(null, created);
  }

  /** Types of the events, or the code of the refusal. */
  give(command: ExecutionCommand, change: ContextChange = {}): string {
    const lookIds = [`l${this.state.version}-1`, `l${this.state.version}-2`];
    const decision = decide(this.state, command, context({ lookIds, ...change }));
    if (!decision.ok) return decision.code;
    for (const event of decision.events) {
      this.history.push(event);
      this.state = evolve(this.state, event);
    }
    return decision.events.map((event) => event.type).join(" ");
  }

  /** To the point at which the first step is taken. */
  begin(change: ContextChange = {}): this {
    this.give({ type: "start", agentId: "agent-1", agentName: "local" }, change);
    this.give({ type: "confirm-preflight", variables: [], checklist: this.state.checklist.map((item) => item.id) }, change);
    return this;
  }

  advance(change: ContextChange = {}): string {
    return this.give({ type: "advance" }, { actor: engine, roles: [], prepared: renderCurrent(this.state), ...change });
  }

  approve(stepExecutionId: string, change: ContextChange = {}, confirmation: readonly string[] = []): string {
    const digest = this.state.steps.find((step) => step.stepExecutionId === stepExecutionId)?.prepared?.digest ?? "";
    return this.give({ type: "approve", stepExecutionId, digest, confirmation, note: null, acknowledgedNoRollback: true }, change);
  }

  /** The agent's last word about the latest attempt. */
  result(stepExecutionId: string, exitCode: number | null, timedOut = false): string {
    const attempt = this.attemptOf(stepExecutionId);
    return this.give({ type: "agent-result", stepExecutionId, attempt, result: resultOf(exitCode), timedOut }, { actor: agent, roles: [] });
  }

  attemptOf(stepExecutionId: string): number {
    return this.state.steps.find((step) => step.stepExecutionId === stepExecutionId)?.attempt ?? 0;
  }

  get statuses(): string {
    return [this.state.status, ...this.state.steps.map((step) => step.status)].join(" ");
  }
}
