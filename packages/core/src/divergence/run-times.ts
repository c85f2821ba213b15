// Where the time of a run went. In: its events, oldest first. Out: per step and in all, how long something ran, waited for a person, or for the agent.
// Each stretch between two events belongs to the state in which the first left the run. Events that came late count from where the last one ended.
import { currentStep, inFlightStep, nextMove } from "../execution/decision.ts";
import type { ExecutionEvent } from "../execution/events.ts";
import { evolve } from "../execution/evolve.ts";
import type { ExecutionState, StepState } from "../execution/types.ts";
import { invariant } from "../invariant.ts";
import type { RunTimes } from "./report.ts";

type Share = "before_start" | "running" | "waiting" | "agent";

export interface StepTimes {
  readonly waitedMs: number;
  readonly ranMs: number;
}

export interface TimedRun {
  /** At the run's end. */
  readonly state: ExecutionState;
  readonly times: RunTimes;
  /** By step execution. */
  readonly steps: ReadonlyMap<string, StepTimes>;
}

function shareOf(state: ExecutionState): Share {
  if (state.status === "pending") return "before_start";
  const flying = inFlightStep(state);
  if (flying !== null && flying.status !== "manual_intervention") return flying.startedAtMs === null ? "agent" : "running";
  if (flying === null && state.status === "running" && nextMove(state).kind === "take") return "agent";
  return "waiting";
}

/** Events after the one that ended the run are not read: what is undone afterwards is no part of it. @throws InvariantError for events that are no run */
export function timeRun(events: Iterable<ExecutionEvent>): TimedRun {
  const shares = { before_start: 0, running: 0, waiting: 0, agent: 0 };
  const steps = new Map<string, { waitedMs: number; ranMs: number }>();
  let state: ExecutionState | null = null;
  let lastMs = 0;
  for (const event of events) {
    if (state !== null && state.completedAtMs !== null) break;
    if (state !== null) {
      const passedMs = Math.max(0, event.occurredAtMs - lastMs);
      const share = shareOf(state);
      shares[share] += passedMs;
      addToStep(steps, state, share, passedMs);
    }
    lastMs = Math.max(lastMs, event.occurredAtMs);
    state = evolve(state, event);
  }
  invariant(state !== null, "a history has at least one event");
  const { before_start, running, waiting, agent } = shares;
  const times = { total_ms: before_start + running + waiting + agent, before_start_ms: before_start };
  return { state, times: { ...times, running_ms: running, waiting_ms: waiting, agent_ms: agent }, steps };
}

function addToStep(steps: Map<string, { waitedMs: number; ranMs: number }>, state: ExecutionState, share: Share, ms: number): void {
  if (state.status === "pending" || state.status === "preflight" || (share !== "running" && share !== "waiting")) return;
  const id = stepOf(state)?.stepExecutionId;
  if (id === undefined) return;
  const known = steps.get(id) ?? { waitedMs: 0, ranMs: 0 };
  steps.set(id, share === "running" ? { ...known, ranMs: known.ranMs + ms } : { ...known, waitedMs: known.waitedMs + ms });
}

/** A pause belongs to the step that ended before it. */
function stepOf(state: ExecutionState): StepState | null {
  const flying = inFlightStep(state);
  if (flying !== null || state.status !== "paused") return flying ?? currentStep(state);
  return state.steps.findLast((step) => step.completedAtMs !== null) ?? currentStep(state);
}
