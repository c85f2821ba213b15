/** Milliseconds of processor time that a run takes in this process: what else the machine does has no part in it. */
export function cpuMs(run: () => unknown): number {
  const before = process.cpuUsage();
  run();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1_000;
}

/**
 * The shortest of several runs in milliseconds of processor time. Collecting garbage and compiling only ever add, so the shortest is the truest; a
 * run below `enough` ends the measuring after `least` runs, and what stays above it was measured `most` times.
 */
export function bestMs(run: () => unknown, enough: number, { least = 1, most = 8 } = {}): number {
  let best = Number.POSITIVE_INFINITY;
  for (let tries = 0; tries < least || (tries < most && best >= enough); tries += 1) best = Math.min(best, cpuMs(run));
  return best;
}
