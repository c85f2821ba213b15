// How long to wait before dialling again: doubling from half a second, with full jitter so that the agents of a restarted server do not all come
// back at once. Where nobody answers the waits end at five seconds: however long a server was away, every agent has dialled soon after it is back.
// Where a server answers and does not let the agent in, they end at half a minute: it has work enough.

const firstMs = 500;
const longestUnansweredMs = 5_000;
const longestMs = 30_000;

export interface Backoff {
  /**
   * Milliseconds to wait now; the next answer is drawn from a range twice as long.
   * @param answered a server said why the stream ended
   */
  next(answered: boolean): number;
  /** A stream was opened: start again with short waits. */
  reset(): void;
}

/** @param random from 0 to 1, as Math.random */
export function backoff(random: () => number): Backoff {
  let range = firstMs;
  return {
    next(answered) {
      const wait = Math.round(50 + random() * Math.min(range, answered ? longestMs : longestUnansweredMs));
      range = Math.min(range * 2, longestMs);
      return wait;
    },
    reset() {
      range = firstMs;
    },
  };
}
