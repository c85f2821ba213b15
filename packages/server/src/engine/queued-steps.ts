// Which automatic steps wait for their agent's own rate limit, and until when. In memory: a hint for people, decides nothing.

export interface QueuedSteps {
  readonly put: (stepExecutionId: string, startsAtMs: number) => void;
  readonly drop: (stepExecutionId: string) => void;
  /** Undefined: not waiting. */
  readonly startsAt: (stepExecutionId: string) => number | undefined;
}

export function createQueuedSteps(): QueuedSteps {
  const waiting = new Map<string, number>();
  return {
    put: (id, at) => void waiting.set(id, at),
    drop: (id) => void waiting.delete(id),
    startsAt: (id) => waiting.get(id),
  };
}
