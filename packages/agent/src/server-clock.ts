// What time it is for the server, and whether the server is there at all. In: the time in its hello, and this host's clocks.
// Time goes on by the monotonic clock: setting the host's clock back must not make an old dispatch young again. Nor must setting the server's:
// it goes back only to where this host's own clock says that the time known before was wrong.

export interface ServerClock {
  /** A stream was opened; its hello carried this time. */
  heard(serverTimeMs: number): void;
  lost(): void;
  /** Milliseconds since 1970; NaN before the first hello, which makes everything late. */
  now(): number;
  /** A stream is open, or was less than 30 s ago: work that was begun may go on. */
  isServed(): boolean;
}

export interface ServerClockOptions {
  /** Milliseconds from any fixed point. */
  readonly monotonic: () => number;
  /** This host's own idea of the time: a second opinion on a server that goes back, and asked for nothing else. */
  readonly wall: () => number;
  /** A time of the server that an earlier life of this agent knew of. */
  readonly notBeforeMs: number;
  /** A hello was behind the time that was known, by so much; the known time goes on. */
  readonly onBack: (byMs: number) => void;
}

const servedAfterLossMs = 30_000;
/** Replicas' clocks differ, and a hello takes its time. */
const toleratedMs = 5_000;

/** Both more than a little apart, and the first one by more than that nearer to the truth. */
const isNearer = (a: number, b: number, truth: number): boolean => Math.abs(b - truth) - Math.abs(a - truth) > toleratedMs;

export function serverClock({ monotonic, wall, notBeforeMs, onBack }: ServerClockOptions): ServerClock {
  let offset = Number.NaN;
  let lostAt = Number.NEGATIVE_INFINITY;
  return {
    heard(serverTimeMs) {
      const known = Number.isNaN(offset) ? notBeforeMs : monotonic() + offset;
      const isBack = known - serverTimeMs > toleratedMs && !isNearer(serverTimeMs, known, wall());
      if (isBack) onBack(Math.round(known - serverTimeMs));
      offset = (isBack ? known : serverTimeMs) - monotonic();
      lostAt = Number.POSITIVE_INFINITY;
    },
    lost() {
      lostAt = monotonic();
    },
    now: () => monotonic() + offset,
    isServed: () => monotonic() < lostAt + servedAfterLossMs,
  };
}
