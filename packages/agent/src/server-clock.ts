// What time it is for the server, and whether the server is there at all. In: the time in its hello, and this host's monotonic clock.
// The host's wall clock is never asked: setting it back must not make an old dispatch young again.

export interface ServerClock {
  /** A stream was opened; its hello carried this time. */
  heard(serverTimeMs: number): void;
  lost(): void;
  /** Milliseconds since 1970; NaN before the first hello, which makes everything late. */
  now(): number;
  /** A stream is open, or was less than 30 s ago: work that was begun may go on. */
  isServed(): boolean;
}

const servedAfterLossMs = 30_000;

/** @param monotonic milliseconds from any fixed point */
export function serverClock(monotonic: () => number): ServerClock {
  let offset = Number.NaN;
  let lostAt = Number.NEGATIVE_INFINITY;
  return {
    heard(serverTimeMs) {
      offset = serverTimeMs - monotonic();
      lostAt = Number.POSITIVE_INFINITY;
    },
    lost() {
      lostAt = monotonic();
    },
    now: () => monotonic() + offset,
    isServed: () => monotonic() < lostAt + servedAfterLossMs,
  };
}
