// The mark of an event that was decided at an agent's host, without a server. In: events. Out: the same with the mark, or whether they have it.
// The mark is part of the recorded data, so that nobody can take it off; rules never read it.
import type { ExecutionEvent } from "../events.ts";

/** The event as it goes on record once it was taken in under this capsule. */
export const markContinued = (event: ExecutionEvent, capsuleId: string): ExecutionEvent =>
  ({ ...event, data: { ...event.data, under_capsule: capsuleId } }) as unknown as ExecutionEvent;

export const isContinued = ({ data }: Pick<ExecutionEvent, "data">): boolean => Object.hasOwn(data, "under_capsule");
