// How fast automatic commands may start: a bucket of `burst` tokens that fills by one every `intervalMs`.
// In: monotonic time. Out: how long the next command has to wait. Whoever asks in a turn gets a start time of its own: nobody is refused.

export interface RateLimiter {
  /** Books the next start. @returns milliseconds from `nowMs` until it, 0 for at once */
  book(nowMs: number): number;
}

export function rateLimiter(limit: { readonly intervalMs: number; readonly burst: number }): RateLimiter {
  // The time at which the bucket will be full again; each booking moves it on by one interval.
  let fullAt = Number.NEGATIVE_INFINITY;
  return {
    book(nowMs) {
      fullAt = Math.max(fullAt, nowMs) + limit.intervalMs;
      return Math.max(0, fullAt - limit.burst * limit.intervalMs - nowMs);
    },
  };
}
