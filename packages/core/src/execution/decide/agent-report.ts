// What the agent says about a dispatch: taken, refused, output complete, ended, outcome unknown; and that it is gone.
// Believed only from the execution's own agent and about the latest attempt; the same report twice changes nothing.
// A report never starts anything: whatever did not go well pauses the run for a human.
import { type Refusal, refuse } from "../../errors.ts";
import type {
  AgentAcceptedCommand,
  AgentLostCommand,
  AgentOutputCommand,
  AgentRefusedCommand,
  AgentResultCommand,
  OutcomeUnknownCommand,
} from "../commands.ts";
import {
  accepted,
  type DecideContext,
  type Decision,
  dispatchedStatuses,
  type EngineRules,
  emitter,
  findStep,
  isLookUp,
  isSettled,
} from "../decision.ts";
import type { ExecutionEvent } from "../events.ts";
import { succeeded } from "../judge-result.ts";
import { readLook, toldNothing } from "../look/read-look.ts";
import type { ExecutionState, PreparedStep, StepState, StepStatus } from "../types.ts";
import { addedEndEvents, badRunEvents, changesState, dropAddedEvents, pauseEvents } from "./consequences.ts";
import { lookEndEvents } from "./look-ended.ts";

interface Reported {
  readonly ok: true;
  readonly step: StepState;
  readonly prepared: PreparedStep;
  /** The agent's earlier words already cover this report. */
  readonly known: boolean;
}

/** The step that a report is about; `known` unless its status is one of those in which the report is news. */
function reportedStep(
  state: ExecutionState,
  command: { readonly stepExecutionId: string; readonly attempt: number },
  context: DecideContext,
  ...news: readonly StepStatus[]
): Reported | Refusal {
  if (context.actor.type !== "agent" || context.actor.id !== state.agentId)
    return refuse("FORBIDDEN", "Only the agent of this execution may report.");
  const step = findStep(state, command.stepExecutionId);
  if (step?.prepared == null) return refuse("STEP_NOT_FOUND");
  if (step.attempt !== command.attempt || step.notAfterMs === null)
    return refuse("STEP_STATE_CONFLICT", "This attempt was not dispatched.");
  return { ok: true, step, prepared: step.prepared, known: !news.includes(step.status) };
}

export function decideAgentAccepted(state: ExecutionState, command: AgentAcceptedCommand, context: DecideContext): Decision {
  const reported = reportedStep(state, command, context, ...dispatchedStatuses);
  if (!reported.ok) return reported;
  if (reported.known || reported.step.startedAtMs !== null) return accepted();
  const { attempt, atMs } = command;
  return accepted(
    emitter(state.id, context)("step.accepted", command.stepExecutionId, { attempt, agent_id: context.actor.id, at_ms: atMs }),
  );
}

/** A refusal blocks the step until a human edits or skips it; it never counts as a bad run. */
export function decideAgentRefused(
  state: ExecutionState,
  command: AgentRefusedCommand,
  context: DecideContext,
  rules: EngineRules,
): Decision {
  const reported = reportedStep(state, command, context, ...dispatchedStatuses, "manual_intervention");
  if (!reported.ok) return reported;
  // An attempt that was taken cannot be refused any more: it was a second delivery of it that the agent turned away.
  if (reported.known || reported.step.startedAtMs !== null || command.code === "DUPLICATE_DISPATCH") return accepted();
  const { attempt, code, message } = command;
  const { step } = reported;
  const refused = emitter(state.id, context)("step.refused", step.stepExecutionId, { attempt, agent_id: context.actor.id, code, message });
  return isLookUp(step) ? accepted(refused, ...lookEndEvents(state, step, toldNothing("refused"), context, rules)) : accepted(refused);
}

export function decideAgentOutput(state: ExecutionState, command: AgentOutputCommand, context: DecideContext): Decision {
  const reported = reportedStep(state, command, context);
  if (!reported.ok) return reported;
  const { attempt, stdoutHash, stderrHash } = command;
  return accepted(
    emitter(state.id, context)("step.output_recorded", command.stepExecutionId, {
      attempt,
      stdout_hash: stdoutHash,
      stderr_hash: stderrHash,
    }),
  );
}

/** @returns step.executed with what follows: step.failed and the bad run, step.timed_out, and the pause for a human */
export function decideAgentResult(
  state: ExecutionState,
  command: AgentResultCommand,
  context: DecideContext,
  rules: EngineRules,
): Decision {
  const reported = reportedStep(state, command, context);
  if (!reported.ok) return reported;
  // What ran, ran: the first result counts whatever was believed about the attempt before it came.
  if (reported.step.result !== null) return accepted();
  const { step, prepared } = reported;
  const good = !command.timedOut && succeeded(prepared, command.result);
  const executed = executedEvent(state, prepared, command, good, context);
  if (isLookUp(step)) return lookResult(state, step, command, executed, context, rules);
  const { exitCode } = command.result;
  const ends = addedEndEvents(state, step, { exitCode, succeeded: good, observedBy: "agent" }, context);
  if (good) return accepted(executed, ...ends);
  return accepted(executed, ...ends, ...afterFailure(state, step, prepared, command, context));
}

/** A look-up never pauses a run and is no bad run: what it did not tell is not known. Once it was given up it tells nothing any more. */
function lookResult(
  state: ExecutionState,
  step: StepState,
  command: AgentResultCommand,
  executed: ExecutionEvent,
  context: DecideContext,
  rules: EngineRules,
): Decision {
  if (isSettled(step)) return accepted();
  if (step.look === undefined) return refuse("STEP_STATE_CONFLICT");
  const { attempt } = step;
  const timeout_ms = step.look.run.timeoutMs;
  const timedOut = emitter(state.id, context)("step.timed_out", step.stepExecutionId, { attempt, timeout_ms, reported_by: "agent" });
  const read = command.timedOut ? toldNothing("timed_out") : readLook(step.look, command.result, command.stdout ?? null);
  return accepted(executed, ...(command.timedOut ? [timedOut] : []), ...lookEndEvents(state, step, read, context, rules));
}

function executedEvent(
  state: ExecutionState,
  prepared: PreparedStep,
  command: AgentResultCommand,
  good: boolean,
  context: DecideContext,
): ExecutionEvent {
  const { result } = command;
  return emitter(state.id, context)("step.executed", prepared.stepExecutionId, {
    attempt: command.attempt,
    command: prepared.command,
    exit_code: result.exitCode,
    duration_ms: result.durationMs,
    stdout_hash: result.stdoutHash,
    stderr_hash: result.stderrHash,
    result,
    succeeded: good,
  });
}

function afterFailure(
  state: ExecutionState,
  step: StepState,
  prepared: PreparedStep,
  command: AgentResultCommand,
  context: DecideContext,
): readonly ExecutionEvent[] {
  const emit = emitter(state.id, context);
  const provenSafe = !changesState(step);
  if (command.timedOut) {
    const timedOut = emit("step.timed_out", step.stepExecutionId, {
      attempt: step.attempt,
      timeout_ms: prepared.run.timeoutMs,
      reported_by: "agent",
    });
    const bad = provenSafe ? [] : badRunEvents(state, step, "step.timed_out", context);
    return [timedOut, ...bad, ...pauseEvents(state, "step_timed_out", context)];
  }
  // A read that failed tells something: it is completed with its exit code, and a human decides to go on.
  if (provenSafe) return pauseEvents(state, "diagnosis", context);
  const failed = emit("step.failed", step.stepExecutionId, {
    attempt: step.attempt,
    exit_code: command.result.exitCode,
    stderr_hash: command.result.stderrHash,
    error: command.result.message ?? "A process ended with a status that is no answer of its program.",
    rollback_available: prepared.rollbackCommand !== null,
  });
  return [failed, ...badRunEvents(state, step, "step.failed", context), ...pauseEvents(state, "step_failed", context)];
}

export function decideOutcomeUnknown(
  state: ExecutionState,
  command: OutcomeUnknownCommand,
  context: DecideContext,
  rules: EngineRules,
): Decision {
  const reported = reportedStep(state, command, context, ...dispatchedStatuses, "manual_intervention");
  if (!reported.ok) return reported;
  if (reported.known) return accepted();
  const { attempt, cause } = command;
  const unknown = emitter(state.id, context)("step.outcome_unknown", command.stepExecutionId, { attempt, cause });
  const { step } = reported;
  if (isLookUp(step)) return accepted(unknown, ...lookEndEvents(state, step, toldNothing("outcome_unknown"), context, rules));
  const bad = badRunEvents(state, step, "step.outcome_unknown", context);
  // It may have run: that much is on the record, and nothing that was to follow it is offered any more.
  const ends =
    step.origin === "unlisted"
      ? addedEndEvents(state, step, { exitCode: null, succeeded: false, observedBy: "engine" }, context)
      : dropAddedEvents(state, "What became of the step before it is not known.", context);
  return accepted(unknown, ...ends, ...bad, ...pauseEvents(state, "outcome_unknown", context));
}

/** Nothing is concluded about the step in flight: the agent, or its journal, will say. */
export function decideAgentLost(state: ExecutionState, command: AgentLostCommand, context: DecideContext): Decision {
  return command.agentId === state.agentId ? accepted(...pauseEvents(state, "agent_lost", context)) : accepted();
}
