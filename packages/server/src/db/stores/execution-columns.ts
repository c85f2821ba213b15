// The state of an execution or step goes in, the columns derived from it come out: one direction only. Readers use `state`.
import { countFailedSteps, type ExecutionState, isLookUp, type StepState, timeToEnd } from "@dd0c/core";
import { toJsonColumn, toTextColumn } from "../json-columns.ts";

const time = (epochMs: number | null): Date | null => (epochMs === null ? null : new Date(epochMs));

/** Columns of run.executions, without identity. */
export function executionColumns(state: ExecutionState) {
  const { steps, ...own } = state;
  return {
    runbook_id: state.runbookId,
    version_id: state.versionId,
    agent_id: state.agentId,
    triggered_by: state.triggeredBy,
    trigger_source: state.triggerSource,
    alert_id: state.alertId,
    status: state.status,
    trust_level: state.trustLevel,
    ...counters(steps),
    // However it ended: only of a run that completed it is a time to resolution.
    mttr_seconds: timeToEnd(state)?.seconds ?? null,
    state: toJsonColumn(own),
    event_count: state.version,
    started_at: time(state.startedAtMs),
    completed_at: time(state.completedAtMs),
    created_at: new Date(state.createdAtMs),
  };
}

function counters(steps: readonly StepState[]) {
  // A look-up is no step of the run.
  const counted = steps.filter((step) => !isLookUp(step));
  const count = (test: (step: StepState) => boolean): number => counted.filter(test).length;
  return {
    steps_total: counted.length,
    steps_executed: count((step) => step.startedAtMs !== null),
    steps_skipped: count((step) => step.status === "skipped"),
    steps_failed: countFailedSteps(steps),
  };
}

/** Columns of run.step_executions, without identity and position. `steps`: all of the execution. A step without a known risk is unknown. */
export function stepColumns(step: StepState, steps: readonly StepState[]) {
  return {
    step_id: step.stepId,
    step_order: step.order,
    sub: step.sub,
    origin: step.origin,
    parent_step_execution_id: step.parentStepExecutionId,
    status: step.status,
    attempt: step.attempt,
    gate_decision: step.gate,
    approved_by: step.grant?.approver ?? null,
    approval_note: toTextColumn(step.approvalNote),
    was_modified: step.wasModified,
    original_command: toTextColumn(step.originalCommand),
    ...preparedColumns(step),
    ...resultColumns(step),
    ...rollbackColumns(step, steps),
    state: toJsonColumn(step),
    not_after: time(step.notAfterMs),
    started_at: time(step.startedAtMs),
    completed_at: time(step.completedAtMs),
  };
}

function preparedColumns({ prepared, templateRisk, rollbackCommand }: StepState) {
  if (prepared === null) {
    const nothingPrepared = { agent_id: null, command_as_executed: null, digest: null };
    return { ...nothingPrepared, risk_level: templateRisk ?? "unknown", rollback_command: toTextColumn(rollbackCommand) };
  }
  return {
    agent_id: prepared.run.agentId,
    command_as_executed: toTextColumn(prepared.command),
    digest: prepared.digest,
    risk_level: prepared.risk,
    rollback_command: toTextColumn(prepared.rollbackCommand ?? rollbackCommand),
  };
}

/** A rollback is a step of its own that names its parent; the parent's row says how it went. */
function rollbackColumns(step: StepState, steps: readonly StepState[]) {
  const rollback = steps.findLast((one) => one.origin === "rollback" && one.parentStepExecutionId === step.stepExecutionId);
  return { rollback_executed: step.status === "rolled_back", rollback_exit_code: rollback?.result?.exitCode ?? null };
}

function resultColumns({ result }: StepState) {
  return {
    exit_code: result?.exitCode ?? null,
    duration_ms: result?.durationMs ?? null,
    stdout_hash: result?.stdoutHash ?? null,
    stderr_hash: result?.stderrHash ?? null,
  };
}
