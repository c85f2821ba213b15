// What has to happen in the world because of events that are already recorded: the outbox rows of one command.
// In: the new events and the state after them. Out: effects with ids that make a second delivery harmless.
// Only an event leads here; no effect exists without one, and the dispatch only from step.dispatched.
import { approvalReminderMinutes, deadlineGraceMs } from "./decide/halt.ts";
import { isContinued } from "./capsule/continued-event.ts";
import { findStep, inFlightStep, mayGoOn, nextMove } from "./decision.ts";
import type { ExecutionEvent, ExecutionEventOf } from "./events.ts";
import { isPlanned } from "./is-planned.ts";
import type { ExecutionState } from "./types.ts";

export type Effect =
  /** Sign and send the plan, before the first dispatch. */
  | { readonly kind: "announce"; readonly id: string; readonly executionId: string }
  /** Sign and send an amendment (`amendmentOf`), before the dispatch with the same attempt. */
  | { readonly kind: "amend"; readonly id: string; readonly stepExecutionId: string; readonly attempt: number }
  /** Send the step (`dispatchOf`) to its agent, unless the row was voided. */
  | {
      readonly kind: "dispatch";
      readonly id: string;
      readonly agentId: string;
      readonly stepExecutionId: string;
      readonly attempt: number;
      readonly notAfterMs: number;
    }
  /** Dispatches of this execution that no agent received yet must not be sent any more. */
  | { readonly kind: "void-dispatches"; readonly id: string; readonly executionId: string }
  /** Ask the agent to end the running process. */
  | {
      readonly kind: "terminate";
      readonly id: string;
      readonly agentId: string;
      readonly stepExecutionId: string;
      readonly attempt: number;
    }
  /** At `atMs` give the engine this command; a timer that comes too late or twice changes nothing. */
  | { readonly kind: "timer"; readonly id: string; readonly atMs: number; readonly command: TimerCommand }
  /** Set the runbook's trust level to 0. */
  | { readonly kind: "downgrade-trust"; readonly id: string; readonly runbookId: string }
  /** Tell whoever watches (live pages, Slack, webhooks) that this happened. */
  | { readonly kind: "notify"; readonly id: string; readonly executionId: string; readonly type: ExecutionEvent["type"] };

export type TimerCommand =
  | { readonly type: "time-out"; readonly stepExecutionId: string; readonly attempt: number }
  | { readonly type: "remind"; readonly stepExecutionId: string; readonly attempt: number; readonly minutes: 5 | 15 | 30 };

/** Effects of events that were just recorded, in the order in which they must leave. */
export function effectsOf(events: readonly ExecutionEvent[], state: ExecutionState): readonly Effect[] {
  const before = state.version - events.length;
  return events.flatMap((event, index) => [...leaving(event, state), notify(event, state, before + index + 1)]);
}

/** What was done without us is not sent again; it is waited for where its end is not known yet. */
function leaving(event: ExecutionEvent, state: ExecutionState): readonly Effect[] {
  const effects = effectsOfEvent(event, state);
  return isContinued(event) ? effects.filter(({ kind }) => kind === "timer" || kind === "downgrade-trust") : effects;
}

/** True while the engine can go on without anybody: the server then prepares the current step and gives `advance`. */
export function wantsAdvance(state: ExecutionState): boolean {
  const move = nextMove(state);
  if (move.kind === "finish" || move.kind === "ask") return state.status === "running";
  return move.kind === "take" && mayGoOn(state, move.step);
}

function notify(event: ExecutionEvent, state: ExecutionState, version: number): Effect {
  return { kind: "notify", id: `notify:${state.id}:${version}`, executionId: state.id, type: event.type };
}

function effectsOfEvent(event: ExecutionEvent, state: ExecutionState): readonly Effect[] {
  switch (event.type) {
    case "execution.preflight_confirmed":
      return [{ kind: "announce", id: `announce:${state.id}`, executionId: state.id }];
    case "step.approval_requested":
      return reminders(event);
    case "step.dispatched":
      return dispatchEffects(event, state);
    case "step.accepted":
      return [timeOut(event, event.occurredAtMs + timeoutMsOf(state, event))];
    case "execution.paused":
    case "execution.resumed":
    case "execution.aborted":
      return haltEffects(event, state);
    case "step.stop_requested":
      return [stopEffect(event)];
    case "runbook.trust_downgraded":
      return [{ kind: "downgrade-trust", id: `downgrade:${state.id}`, runbookId: state.runbookId }];
    default:
      return [];
  }
}

type HaltEvent = Extract<ExecutionEvent, { readonly type: "execution.paused" | "execution.resumed" | "execution.aborted" }>;

function haltEffects(event: HaltEvent, state: ExecutionState): readonly Effect[] {
  if (event.type === "execution.resumed") return deadlineAgain(event, state);
  if (event.type === "execution.aborted") return [voidDispatches(event, state), ...terminateEffects(event, state)];
  return event.data.reason === "panic" || event.data.reason === "party" ? [voidDispatches(event, state)] : [];
}

const minuteMs = 60_000;

function reminders(event: ExecutionEventOf<"step.approval_requested">): readonly Effect[] {
  const { stepExecutionId, attempt } = event.data.prepared;
  return approvalReminderMinutes.map((minutes) => ({
    kind: "timer",
    id: `remind:${stepExecutionId}:${attempt}:${minutes}`,
    atMs: event.occurredAtMs + minutes * minuteMs,
    command: { type: "remind", stepExecutionId, attempt, minutes },
  }));
}

function dispatchEffects(event: ExecutionEventOf<"step.dispatched">, state: ExecutionState): readonly Effect[] {
  const { data } = event;
  const stepExecutionId = event.stepExecutionId ?? "";
  const key = `${stepExecutionId}:${data.attempt}`;
  const step = findStep(state, stepExecutionId);
  const announced = data.attempt === 1 && step !== null && isPlanned(step);
  const amend: readonly Effect[] = announced ? [] : [{ kind: "amend", id: `amend:${key}`, stepExecutionId, attempt: data.attempt }];
  return [
    ...amend,
    {
      kind: "dispatch",
      id: `dispatch:${key}`,
      agentId: data.agent_id,
      stepExecutionId,
      attempt: data.attempt,
      notAfterMs: data.not_after_ms,
    },
    timeOut(event, data.not_after_ms + data.timeout_ms),
  ];
}

/** Set when it is sent and again, earlier, when the agent took it. */
function timeOut(event: ExecutionEventOf<"step.dispatched" | "step.accepted">, deadlineMs: number): Effect {
  const stepExecutionId = event.stepExecutionId ?? "";
  const { attempt } = event.data;
  return {
    kind: "timer",
    id: `time-out:${event.type}:${stepExecutionId}:${attempt}`,
    atMs: deadlineMs + deadlineGraceMs,
    command: { type: "time-out", stepExecutionId, attempt },
  };
}

/** The step that was in flight all along gets its whole time once more. */
function deadlineAgain(event: ExecutionEventOf<"execution.resumed">, state: ExecutionState): readonly Effect[] {
  const step = inFlightStep(state);
  if (step?.prepared == null) return [];
  const { stepExecutionId, attempt } = step;
  return [
    {
      kind: "timer",
      id: `time-out:${event.occurredAtMs}:${stepExecutionId}:${attempt}`,
      atMs: event.occurredAtMs + step.prepared.run.timeoutMs + deadlineGraceMs,
      command: { type: "time-out", stepExecutionId, attempt },
    },
  ];
}

function timeoutMsOf(state: ExecutionState, event: ExecutionEventOf<"step.accepted">): number {
  return findStep(state, event.stepExecutionId ?? "")?.prepared?.run.timeoutMs ?? 0;
}

function voidDispatches(event: ExecutionEvent, state: ExecutionState): Effect {
  return { kind: "void-dispatches", id: `void:${state.id}:${event.occurredAtMs}`, executionId: state.id };
}

function terminateEffects(event: ExecutionEventOf<"execution.aborted">, state: ExecutionState): readonly Effect[] {
  const running = inFlightStep(state);
  if (!event.data.terminate || running === null || state.agentId === null) return [];
  const { stepExecutionId, attempt } = running;
  return [{ kind: "terminate", id: `terminate:${stepExecutionId}:${attempt}`, agentId: state.agentId, stepExecutionId, attempt }];
}

/** Asked for again it is sent again: the first one may have come while the agent was away from its journal. */
function stopEffect({ stepExecutionId, occurredAtMs, data }: ExecutionEventOf<"step.stop_requested">): Effect {
  const { attempt, agent_id: agentId } = data;
  const id = `terminate:${stepExecutionId}:${attempt}:${occurredAtMs}`;
  return { kind: "terminate", id, agentId, stepExecutionId: stepExecutionId ?? "", attempt };
}
