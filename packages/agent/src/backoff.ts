// How long to wait before dialling again: doubling from half a second to half a minute, with full jitter so that the agents
// of a restarted server do not all come back at once.

const firstMs = 500;
const longestMs = 30_000;

export interface Backoff {
  /** Milliseconds to wait now; the next answer is drawn from a range twice as long. */
  next(): number;
  /** A stream was opened: start again with short waits. */
  reset(): void;
}

/** @param random from 0 to 1, as Math.random */
export function backoff(random: () => number): Backoff {
  let range = firstMs;
  return {
    next() {
      const wait = Math.round(50 + random() * range);
      range = Math.min(range * 2, longestMs);
      return wait;
    },
    reset() {
      range = firstMs;
    },
  };
}
