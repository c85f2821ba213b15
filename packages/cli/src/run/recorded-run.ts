// What a record says: its events go in, the state that follows from them comes out, with the values that were typed on the way.
// Nothing is decided here.
import { type AuditEvent, evolve, executionEventOf, type ExecutionState, invariant, type VariableValue } from "@dd0c/core";

export interface RecordedRun {
  readonly state: ExecutionState;
  /** Values typed during the run, by name; the record has them beside the step that they were asked for. */
  readonly values: ReadonlyMap<string, VariableValue>;
}

/** @throws InvariantError for events that are no run */
export const readRun = (events: readonly AuditEvent[]): RecordedRun => {
  let state: ExecutionState | null = null;
  const values = new Map<string, VariableValue>();
  for (const event of events) {
    state = evolve(state, executionEventOf(event, Date.parse(event.occurred_at)));
    for (const value of (event.data["values"] ?? []) as readonly VariableValue[]) values.set(value.name, value);
  }
  invariant(state !== null, "a record begins with a run");
  return { state, values };
};
