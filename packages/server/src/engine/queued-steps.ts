// Which automatic steps wait for their agent's own rate limit, and until when. In memory of every replica: a hint for people, decides nothing.
import type { Bus } from "../ports.ts";

export interface QueuedSteps {
  readonly put: (stepExecutionId: string, startsAtMs: number) => void;
  readonly drop: (stepExecutionId: string) => void;
  /** Undefined: not waiting. */
  readonly startsAt: (stepExecutionId: string) => number | undefined;
}

const topic = "queued-steps";

export function createQueuedSteps(bus: Bus): QueuedSteps {
  const waiting = new Map<string, number>();
  const set = (id: string, at: number | null): void => {
    if (at === null) waiting.delete(id);
    else waiting.set(id, at);
  };
  bus.subscribe(topic, (message) => {
    const { id, at } = JSON.parse(message) as { readonly id: string; readonly at: number | null };
    set(id, at);
  });
  const tell = (id: string, at: number | null): void => {
    set(id, at);
    bus.publish(topic, JSON.stringify({ id, at }));
  };
  return {
    put: tell,
    // What nobody waited for needs no words.
    drop: (id) => {
      if (waiting.has(id)) tell(id, null);
    },
    startsAt: (id) => waiting.get(id),
  };
}
