// When a delivery that did not go through is tried again: the schedule of Standard Webhooks, with jitter so that what failed together does not come
// back together.
import { Refused } from "../config-values.ts";

/** Seconds before the second attempt, the third, and so on: ten attempts within about three days. @source Standard Webhooks 1.0.0 */
export const standardDelays: readonly number[] = [5, 300, 1_800, 7_200, 18_000, 36_000, 50_400, 72_000, 86_400];

const jitter = 0.1;

/** The value of OUTBOUND_RETRY_SECONDS. */
export function readRetryDelays(raw: string | undefined): readonly number[] | Refused {
  if (raw === undefined) return standardDelays;
  const delays = raw.split(",").map((text) => (/^\s*\d{1,6}(\.\d{1,3})?\s*$/.test(text) ? Number(text) : Number.NaN));
  return delays.length <= 20 && delays.every((delay) => delay <= 604_800)
    ? delays
    : new Refused("must be at most 20 numbers of seconds, separated by commas, none above 604800");
}

/**
 * @param tries attempts so far, 1 after the first
 * @param random 0..1
 * @returns milliseconds until the next attempt; undefined when there is none
 */
export function retryAfter(delays: readonly number[], tries: number, random: number): number | undefined {
  const seconds = delays[tries - 1];
  return seconds === undefined ? undefined : Math.round(seconds * 1_000 * (1 + jitter * (2 * random - 1)));
}
