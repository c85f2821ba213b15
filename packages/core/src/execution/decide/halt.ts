// Stopping and going on: abort, pause, resume, panic, and the timers (reminder, stall, deadline).
// A halt needs no right beyond the role and never fails for want of one more condition; going on needs a signed-in person.
import { type Refusal, refuse } from "../../errors.ts";
import type { AbortCommand, PanicCommand, PauseCommand, RemindCommand, ResumeCommand, TimeOutCommand } from "../commands.ts";
import {
  accepted,
  type DecideContext,
  type Decision,
  dispatchedStatuses,
  type EngineRules,
  emitter,
  findStep,
  inFlightStep,
  isAdded,
  isLookUp,
  isTerminal,
  mayGoOn,
  refuseUnlessHuman,
  refuseUnlessRole,
  refuseUnlessStatus,
} from "../decision.ts";
import type { ExecutionEvent } from "../events.ts";
import { toldNothing } from "../look/read-look.ts";
import type { ExecutionState, StepState } from "../types.ts";
import { badRunEvents, changesState, dropAddedEvents, pauseEvents, revokeEvents } from "./consequences.ts";
import { lookEndEvents } from "./look-ended.ts";

/** No new step. The running process continues unless `terminate`; its result is still recorded. */
export function decideAbort(state: ExecutionState, command: AbortCommand, context: DecideContext): Decision {
  if (isTerminal(state)) return refuse(state.status === "aborted" ? "EXECUTION_ABORTED" : "EXECUTION_STATE_CONFLICT");
  const refusal = refuseUnlessRole(context, "operator");
  if (refusal !== null) return refusal;
  return accepted(
    ...revokeEvents(state, "aborted", context),
    ...dropAddedEvents(state, "The run was aborted.", context),
    emitter(state.id, context)("execution.aborted", null, {
      aborted_by: context.actor.id,
      reason: command.reason,
      steps_completed_before_abort: state.steps.filter((step) => step.status === "completed" && !isLookUp(step)).length,
      terminate: command.terminate,
    }),
  );
}

export function decidePause(state: ExecutionState, command: PauseCommand, context: DecideContext): Decision {
  const refusal = refuseUnlessStatus(state, "running", "stalled") ?? refuseUnlessRole(context, "operator");
  if (refusal !== null) return refusal;
  return accepted(...revokeEvents(state, "paused", context), ...pauseEvents(state, "human", context, command.reason));
}

/** @returns execution.resumed; the step in flight, if any, is still waited for, and nothing that lapsed comes back by itself */
export function decideResume(state: ExecutionState, command: ResumeCommand, context: DecideContext): Decision {
  const refusal = refuseUnlessHuman(context, "operator") ?? refuseUnlessStatus(state, "paused", "stalled");
  if (refusal !== null) return refusal;
  const passed = command.from === undefined ? [] : passedOver(state, command.from, command.note, context);
  if ("ok" in passed) return passed;
  const after = state.pause?.reason ?? "stalled";
  const resumed = emitter(state.id, context)("execution.resumed", null, { resumed_by: context.actor.id, after, note: command.note });
  return accepted(resumed, ...passed);
}

const open: readonly StepState["status"][] = ["pending", "awaiting_approval", "suggested", "blocked"];

/** The runbook's open steps in front of the one that a person chose to go on with. Going back is a retry, not this. */
function passedOver(state: ExecutionState, from: string, note: string | null, context: DecideContext): readonly ExecutionEvent[] | Refusal {
  const at = state.steps.findIndex(({ stepExecutionId }) => stepExecutionId === from);
  const target = state.steps[at];
  if (target === undefined) return refuse("STEP_NOT_FOUND");
  if (isAdded(target) || !open.includes(target.status))
    return refuse("STEP_STATE_CONFLICT", `Step ${target.label} is ${target.status}: a run goes on with a step that is still open.`);
  const emit = emitter(state.id, context);
  const reason = `Passed over: the run went on with step ${target.label}${note === null ? "." : `. ${note}`}`;
  return state.steps
    .slice(0, at)
    .filter((step) => !isAdded(step) && open.includes(step.status))
    .map((step) => emit("step.skipped", step.stepExecutionId, { skipped_by: context.actor.id, reason }));
}

/**
 * Panic or party mode came on. Executions that have not begun stay where they are: nothing can start them now. In one that is over only
 * a way back can be open.
 */
export function decidePanic(state: ExecutionState, command: PanicCommand, context: DecideContext): Decision {
  const dropped = dropAddedEvents(state, "Everything was halted.", context);
  if (isTerminal(state)) return accepted(...dropped);
  // A way back may be on its way while the run itself is paused: the halt voids its dispatch too.
  const onItsWay = state.status === "paused" && !isHalted(state) && inFlightStep(state) !== null;
  const halted = onItsWay ? [emitter(state.id, context)("execution.paused", null, { reason: command.mode, note: null })] : [];
  return accepted(...revokeEvents(state, command.mode, context), ...dropped, ...halted, ...pauseEvents(state, command.mode, context));
}

/** The step that a timer is about, if the timer still means something. */
function timedStep(state: ExecutionState, command: { readonly stepExecutionId: string; readonly attempt: number }): StepState | null {
  const step = findStep(state, command.stepExecutionId);
  return step?.attempt === command.attempt ? step : null;
}

/** When an open approval is spoken of again. */
export const approvalReminderMinutes = [5, 15, 30] as const;

/** A reminder that comes so late that the next one is due too is left to that one: nobody is told the same thing twice in a row. */
function isOvertaken(step: StepState, command: RemindCommand, nowMs: number): boolean {
  const next = approvalReminderMinutes.find((minutes) => minutes > command.minutes);
  return next !== undefined && step.requestedAtMs !== null && nowMs - step.requestedAtMs >= next * 60_000;
}

/** Reminds at 5, 15 and 30 minutes; at 30 the request lapses, the run is stalled and escalated. It is never approved. */
export function decideRemind(state: ExecutionState, command: RemindCommand, context: DecideContext): Decision {
  const step = timedStep(state, command);
  // With a grant it was approved already: the set is being counted once more.
  const isOpen = step?.status === "awaiting_approval" && step.grant === null && mayGoOn(state, step);
  if (!isOpen || isOvertaken(step, command, context.nowMs)) return accepted();
  const emit = emitter(state.id, context);
  const reminded = emit("step.approval_reminded", step.stepExecutionId, { attempt: step.attempt, waiting_minutes: command.minutes });
  if (command.minutes < 30) return accepted(reminded);
  if (isAdded(step)) return accepted(reminded, ...dropAddedEvents(state, "Nobody decided within 30 minutes.", context));
  return accepted(
    reminded,
    ...revokeEvents(state, "stalled", context),
    emit("execution.stalled", null, { waiting_minutes: command.minutes, escalated_to: command.escalateTo ?? [] }),
  );
}

/** The agent ends a step at its own deadline; the engine gives it this much longer to say so. */
export const deadlineGraceMs = 30_000;

const isHalted = (state: ExecutionState): boolean => state.pause?.reason === "panic" || state.pause?.reason === "party";

/** Processes are stopped and so is their time: the timer is set again when a human resumes. A run that is over nobody resumes. */
const timeStandsStill = (state: ExecutionState, { panic, party }: DecideContext): boolean =>
  !isTerminal(state) && (panic || party || isHalted(state));

/** From when on the engine stops believing that the agent will report. A step that nobody took yet may start until its dispatch is void. */
function deadlineMs(step: StepState, timeoutMs: number): number {
  return (step.startedAtMs ?? step.notAfterMs ?? 0) + timeoutMs + deadlineGraceMs;
}

/** The deadline is over and the agent said nothing: it may still run, so the step stays in flight until agent or human says otherwise. */
export function decideTimeOut(state: ExecutionState, command: TimeOutCommand, context: DecideContext, rules: EngineRules): Decision {
  const step = timedStep(state, command);
  if (step?.prepared == null || !dispatchedStatuses.includes(step.status)) return accepted();
  if (timeStandsStill(state, context)) return accepted();
  const { timeoutMs } = step.prepared.run;
  if (context.nowMs < deadlineMs(step, timeoutMs)) return refuse("STEP_STATE_CONFLICT", "The step still has time.");
  const timedOut = emitter(state.id, context)("step.timed_out", step.stepExecutionId, {
    attempt: step.attempt,
    timeout_ms: timeoutMs,
    reported_by: "engine",
  });
  // A read of which nobody heard again holds nobody up: what it says later is not believed.
  if (isLookUp(step)) return accepted(timedOut, ...lookEndEvents(state, step, toldNothing("timed_out"), context, rules));
  const bad = !changesState(step) ? [] : badRunEvents(state, step, "step.timed_out", context);
  return accepted(timedOut, ...bad, ...pauseEvents(state, "step_timed_out", context));
}
