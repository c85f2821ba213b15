// The order of risk and the one way to combine risks: the strictest wins.
// Nothing in the scanner may combine risks in another way, and nothing may lower one.
import type { Risk } from "./types.ts";

const order: Readonly<Record<Risk, number>> = { safe: 0, caution: 1, unknown: 2, dangerous: 3 };

/** Negative when `a` is milder than `b`, 0 when equal, positive when stricter. */
export function compareRisk(a: Risk, b: Risk): number {
  return order[a] - order[b];
}

/** The stricter of two risks. */
export function maxRisk(a: Risk, b: Risk): Risk {
  return order[a] >= order[b] ? a : b;
}
