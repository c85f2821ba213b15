// An execution of two manual steps as the engine's own rules make it: started, confirmed, its first step offered. With the events it came from.
import { randomUUID } from "node:crypto";
import {
  createExecution,
  decide,
  type DecideContext,
  effectivePolicy,
  evolve,
  type ExecutionCommand,
  type ExecutionEvent,
  type ExecutionState,
  type StepTemplate,
} from "@dd0c/core";
import type { SampleTenant } from "./sample-execution.ts";

const context: DecideContext = {
  nowMs: Date.parse("2026-03-02T00:00:00Z"),
  actor: { type: "user", id: "u", via: "web" },
  roles: ["approver"],
  policy: effectivePolicy({ system: {}, tenant: { governanceMode: "audit", dangerousSteps: "typed" }, runbook: {} }),
  version: { writtenBy: null, writtenAtMs: Date.parse("2026-03-01T00:00:00Z"), reviewed: false },
  panic: false,
  party: false,
  trustLevel: 2,
  agentOnline: true,
  prepared: null,
  lookIds: [],
};

const manualStep = (order: number): StepTemplate => ({
  stepExecutionId: randomUUID(),
  stepId: randomUUID(),
  order,
  sub: 0,
  label: String(order),
  origin: "runbook",
  parentStepExecutionId: null,
  kind: "manual",
  description: `Step ${order}`,
  command: null,
  expectedOutput: null,
  rollbackCommand: null,
  templateRisk: null,
  templateHash: null,
  timeoutMs: null,
});

export function beginExecution({ tenantId, runbookId, versionId, agentId }: SampleTenant): {
  readonly state: ExecutionState;
  readonly history: readonly ExecutionEvent[];
} {
  const steps = [manualStep(1), manualStep(2)];
  const about = { tenantId, runbookId, versionId, triggerSource: "api_call", alertId: null } as const;
  const created = createExecution(
    { ...about, id: randomUUID(), steps, variables: [], requiredVariables: [], checklist: [] },
    { actor: context.actor, nowMs: context.nowMs },
  );
  const history: ExecutionEvent[] = [created];
  let state = evolve(null, created);
  const commands: readonly ExecutionCommand[] = [
    { type: "start", agentId, agentName: "agent" },
    { type: "confirm-preflight", variables: [], checklist: [] },
    { type: "advance" },
  ];
  for (const command of commands) {
    const decision = decide(state, command, context);
    if (!decision.ok) continue;
    history.push(...decision.events);
    state = decision.events.reduce<ExecutionState>(evolve, state);
  }
  return { state, history };
}
