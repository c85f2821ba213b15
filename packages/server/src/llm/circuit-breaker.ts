// Leaves a failing provider alone. Outcomes of calls go in, whether another call may be tried comes out. One per provider and process.
// Open means no opinion, which can only raise a risk. After the pause a single call tries whether the provider is back.

export interface CircuitBreaker {
  /** Whether a call may go out now; a true in the half-open state is given once. */
  readonly allows: () => boolean;
  readonly succeeded: () => void;
  readonly failed: () => void;
}

export interface BreakerRules {
  /** Failures in a row that open it. */
  readonly failures: number;
  readonly pauseMs: number;
}

export const breakerRules: BreakerRules = { failures: 5, pauseMs: 30_000 };

/** @param monotonic milliseconds from an arbitrary start */
export function createCircuitBreaker(monotonic: () => number, rules: BreakerRules = breakerRules): CircuitBreaker {
  let failures = 0;
  let pausedUntil: number | null = null;
  return {
    allows: () => {
      if (pausedUntil === null) return true;
      if (monotonic() < pausedUntil) return false;
      // The next one that asks waits for this probe, or for another pause.
      pausedUntil = monotonic() + rules.pauseMs;
      return true;
    },
    succeeded: () => {
      failures = 0;
      pausedUntil = null;
    },
    failed: () => {
      failures++;
      if (failures >= rules.failures) pausedUntil = monotonic() + rules.pauseMs;
    },
  };
}
