// Counts that the servers of one installation keep together, for limits. In: a name and a window. Out: how often it was counted everywhere, or
// undefined where this server is alone or does not hear the others: then its own count stands. Nobody waits long for a limit.
import { createHash } from "node:crypto";
import type { SharedCount, SharedCounters } from "../ports.ts";

export type CountTogether = (name: string, windowMs: number) => Promise<SharedCount | undefined>;

/** After a count that did not come, the others are not asked for this long. */
const aloneForMs = 1_000;

/** Addresses and ids of people stay out of the others' memory. */
const keyOf = (name: string): string => createHash("sha256").update(name).digest("base64url").slice(0, 32);

export function countTogether(counters: SharedCounters | undefined, monotonic: () => number): CountTogether {
  let aloneUntilMs = Number.NEGATIVE_INFINITY;
  return async (name, windowMs) => {
    if (counters === undefined || monotonic() < aloneUntilMs) return undefined;
    try {
      return await counters.add(keyOf(name), windowMs);
    } catch {
      aloneUntilMs = monotonic() + aloneForMs;
      return undefined;
    }
  };
}
