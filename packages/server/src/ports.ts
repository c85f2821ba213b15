// The outside world as the use cases see it: time, wake-ups between replicas, who is online.
// An interface stands here only where there are, or will be, two implementations; wire.ts chooses them.

export interface Clock {
  /** Wall clock, epoch milliseconds. */
  now(): number;
  /** Milliseconds from an arbitrary start that never goes backwards; for durations. */
  monotonic(): number;
}

/** Wakes readers of a topic. A message is a hint to look at the database: it may be lost or repeated, and decides nothing. */
export interface Bus {
  publish(topic: string, message: string): void;
  /** Returns the function that ends the subscription. */
  subscribe(topic: string, listener: (message: string) => void): () => void;
}

/** What is known right now about an agent's stream; kept in memory by whoever holds the streams. */
export interface AgentPresence {
  readonly isOnline: (agentId: string) => boolean;
  /** "halted": acknowledged the panic that is on. "unreachable": cannot be told. */
  readonly panicStateOf: (agentId: string) => "running" | "halted" | "unreachable";
  /** When it acknowledged the panic that is on; undefined when it did not. */
  readonly haltedSince: (agentId: string) => number | undefined;
}
