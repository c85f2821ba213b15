// The reasoning spans of executions (epic 10.4): what was decided and what came of it, hashes only.
import type { ExecutionEvent, ExecutionEventOf, ExecutionState } from "@dd0c/core";
import { hashOf, span } from "../telemetry/span.ts";

const nothing = async (): Promise<void> => undefined;

function checkSpan(state: ExecutionState, event: ExecutionEventOf<"step.auto_executed" | "step.approved">): Promise<void> {
  const asked = state.steps.find((step) => step.stepExecutionId === event.stepExecutionId)?.requestedAtMs ?? event.occurredAtMs;
  return span(
    "step_approval_check",
    {
      "step.approval_required": event.type === "step.approved",
      "step.approval_source": event.type === "step.approved" ? "human" : "auto",
      "step.approval_latency_ms": Math.max(0, event.occurredAtMs - asked),
    },
    nothing,
  );
}

const executionSpan = (state: ExecutionState, event: ExecutionEventOf<"step.executed">): Promise<void> =>
  span(
    "step_execution",
    {
      "step.command_hash": hashOf(event.data.command),
      "step.target_host_hash": hashOf(state.agentId ?? ""),
      "step.exit_code": event.data.exit_code ?? -1,
      "step.duration_ms": event.data.duration_ms,
      "step.output_truncated": hashOf(event.data.stdout_hash ?? ""),
    },
    nothing,
  );

const spanOf = (event: ExecutionEvent, state: ExecutionState): Promise<void> | undefined => {
  if (event.type === "step.auto_executed" || event.type === "step.approved") return checkSpan(state, event);
  return event.type === "step.executed" ? executionSpan(state, event) : undefined;
};

/** One span tree per decision: runbook_execution > step > what was decided. */
export function approvalSpan(events: readonly ExecutionEvent[], state: ExecutionState): void {
  for (const event of events) {
    const step = state.steps.find((each) => each.stepExecutionId === event.stepExecutionId);
    if (step === undefined || !["step.auto_executed", "step.approved", "step.executed"].includes(event.type)) continue;
    const run = {
      "execution.id": state.id,
      "runbook.id": state.runbookId,
      "execution.steps_total": state.steps.length,
      "execution.trust_level": state.trustLevel ?? 0,
    };
    void span("runbook_execution", run, () =>
      span("step", { "step.id": step.stepId, "step.order": step.order }, async () => spanOf(event, state)),
    );
  }
}
