// Whether this host's wall clock was set since it was last asked: wall time and monotonic time go apart. In: both clocks. Out: yes or no.
// Agents judge lateness by the time that they heard when their stream began; after a jump that time is not the server's any more.

/** More than a clock is slewed, or a busy loop is late, between two looks. */
const toleranceMs = 2_000;

export function clockWatch(wallMs: () => number, monotonicMs: () => number): { jumped(): boolean } {
  const apart = (): number => wallMs() - monotonicMs();
  let known = apart();
  return {
    jumped() {
      const now = apart();
      const jumped = Math.abs(now - known) > toleranceMs;
      // Small differences add up only where nobody moves them along.
      known = now;
      return jumped;
    },
  };
}
