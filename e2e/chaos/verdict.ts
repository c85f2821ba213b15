// What is true afterwards: effects, states and events held against each other. In: the effects file, the executions as they ended, the export,
// what was acknowledged. Out: numbers and sentences. Pure; it looks at nothing itself.
import type { WireExecution, WireStepExecution } from "@dd0c/protocol/http";
import { factOf } from "./observer.ts";
import type { Acknowledged } from "./observer.ts";

/** The fields of an exported event that count here. */
export interface ExportedEvent {
  readonly seq: number;
  readonly hash: string;
  readonly type: string;
  readonly execution: string | null;
  readonly step_execution: string | null;
}

export interface Verdict {
  readonly steps: number;
  readonly completed: number;
  readonly outcomeUnknown: number;
  readonly refused: number;
  readonly doubleEffects: number;
  readonly lostEvents: number;
  /** What is said and is not so, one sentence each. */
  readonly untrue: readonly string[];
}

export interface Evidence {
  readonly effects: ReadonlyMap<string, number>;
  readonly executions: readonly WireExecution[];
  readonly events: readonly ExportedEvent[];
  readonly acknowledged: Acknowledged;
}

const ended: readonly WireExecution["status"][] = ["completed", "failed", "aborted", "timed_out"];
const atRest: readonly WireStepExecution["status"][] = ["completed", "failed", "skipped", "timed_out", "blocked", "pending"];

function lost(events: readonly ExportedEvent[], { events: shown, facts, lengths, rewritten }: Acknowledged): number {
  const exported = new Map(events.map(({ seq, hash }) => [seq, hash]));
  const present = new Set(events.map(({ execution, step_execution, type }) => factOf(execution ?? "", step_execution ?? "", type)));
  const counts = new Map<string, number>();
  for (const { execution } of events) if (execution !== null) counts.set(execution, (counts.get(execution) ?? 0) + 1);
  const missing = [...shown].filter(([seq, hash]) => exported.get(seq) !== hash).length;
  const unproven = [...facts].filter((fact) => !present.has(fact)).length;
  const short = [...lengths].filter(([execution, length]) => (counts.get(execution) ?? 0) < length).length;
  // One event that is gone may be missed in three ways: it is counted once.
  return Math.max(missing + rewritten.size, unproven, short);
}

/** What is wrong with one step's last word; null where it is true. */
function untrueStep(step: WireStepExecution, times: number, known: ReadonlySet<string>): string | null {
  const said = `step ${step.id} is ${step.status}`;
  if (!atRest.includes(step.status)) return `${said} although its run is over`;
  if (step.status === "completed" && times === 0) return `${said}, and it never had its effect`;
  if (["skipped", "blocked", "pending"].includes(step.status) && times > 0) return `${said}, and it had its effect`;
  // A report of "failed" is the person's: they looked, and nothing had happened.
  if (step.status === "failed" && step.exit_code === null && times > 0 && known.has(step.id)) return `${said}, and it had its effect`;
  return null;
}

export function verdictOf({ effects, executions, events, acknowledged }: Evidence): Verdict {
  const steps = executions.flatMap((execution) => execution.steps);
  const ids = new Set(steps.map(({ id }) => id));
  const unknown = new Set(events.filter(({ type }) => type === "step.outcome_unknown").map((event) => event.step_execution ?? ""));
  const executed = new Set(events.filter(({ type }) => type === "step.executed").map((event) => event.step_execution ?? ""));
  const refused = new Set(events.filter(({ type }) => type === "step.refused").map((event) => event.step_execution ?? ""));
  return {
    steps: steps.length,
    completed: steps.filter(({ id, status }) => status === "completed" && executed.has(id)).length,
    outcomeUnknown: steps.filter(({ id }) => unknown.has(id) && !executed.has(id)).length,
    refused: steps.filter(({ id, status }) => refused.has(id) && status !== "completed").length,
    doubleEffects: [...effects.values()].filter((times) => times > 1).length,
    lostEvents: lost(events, acknowledged),
    untrue: [
      ...executions.filter(({ status }) => !ended.includes(status)).map(({ id, status }) => `execution ${id} is ${status} at the end`),
      ...steps.flatMap((step) => untrueStep(step, effects.get(step.id) ?? 0, unknown) ?? []),
      ...[...effects.keys()].filter((id) => !ids.has(id)).map((id) => `an effect belongs to no step that was seen: ${id}`),
      ...events.filter(({ type }) => type === "party_mode.activated").map(({ seq }) => `party mode was activated (event ${seq})`),
    ],
  };
}
