// Times and durations as words: UTC first, the reader's local time beside it, ages and lengths with their unit.
// Pure: the present and the zone come in as arguments.

const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

const twoParts = (ms: number, bigMs: number, bigUnit: string, smallMs: number, smallUnit: string): string => {
  const big = `${Math.floor(ms / bigMs)} ${bigUnit}`;
  const small = Math.floor((ms % bigMs) / smallMs);
  return small === 0 ? big : `${big} ${String(small).padStart(2, "0")} ${smallUnit}`;
};

/** Length of a run: "350 ms", "41 s", "2 min", "2 min 03 s", "1 h 04 min". */
export const formatDuration = (ms: number): string => {
  if (ms < SECOND_MS) return `${Math.max(0, Math.round(ms))} ms`;
  if (ms < 10 * SECOND_MS) return `${(ms / SECOND_MS).toFixed(1)} s`;
  if (ms < MINUTE_MS) return `${Math.round(ms / SECOND_MS)} s`;
  return ms < HOUR_MS ? twoParts(ms, MINUTE_MS, "min", SECOND_MS, "s") : twoParts(ms, HOUR_MS, "h", MINUTE_MS, "min");
};

/** "… in 5 s …" as it was said `elapsedMs` ago: counts down and never below zero, so that an old sentence does not lie. */
export const countDown = (sentence: string, elapsedMs: number): string =>
  sentence.replace(/ in (\d+) s\b/, (_, seconds: string) => ` in ${Math.max(0, Number(seconds) - Math.floor(elapsedMs / SECOND_MS))} s`);

/** Age of data: "now", "12 s ago", "4 min ago", "3 h ago", "2 d ago". Clocks that differ never give a negative age. */
export const formatAge = (ms: number): string => {
  if (ms < 2 * SECOND_MS) return "now";
  if (ms < MINUTE_MS) return `${Math.floor(ms / SECOND_MS)} s ago`;
  if (ms < HOUR_MS) return `${Math.floor(ms / MINUTE_MS)} min ago`;
  if (ms < DAY_MS) return `${Math.floor(ms / HOUR_MS)} h ago`;
  return `${Math.floor(ms / DAY_MS)} d ago`;
};

const clock = (at: Date, zone: string, seconds: boolean): string =>
  new Intl.DateTimeFormat("en-GB", {
    timeZone: zone,
    hour: "2-digit",
    minute: "2-digit",
    ...(seconds ? { second: "2-digit" } : {}),
    hourCycle: "h23",
  }).format(at);

const day = (at: Date): string => at.toISOString().slice(0, 10);

/** "03:12:07 UTC (05:12 local)"; with the date in front unless it is today's; without brackets where local is UTC. */
export const formatMoment = (iso: string, nowMs: number, zone: string): string => {
  const at = new Date(iso);
  if (Number.isNaN(at.getTime())) return iso;
  const utc = `${day(at) === day(new Date(nowMs)) ? "" : `${day(at)} `}${clock(at, "UTC", true)} UTC`;
  const local = clock(at, zone, false);
  return local === clock(at, "UTC", false) ? utc : `${utc} (${local} local)`;
};
