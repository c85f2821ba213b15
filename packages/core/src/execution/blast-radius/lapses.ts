// What an approver saw and what would be touched now -> whether the approval still holds (DESIGN 7). Pure; the engine asks before it dispatches.
// Doubt lapses: a set that cannot be counted, on either side, may be any set.
import type { Radius } from "@dd0c/scanner";

/** Growth that an approval bears: a fifth. */
const tolerance = { numerator: 6, denominator: 5 };

const gained = (before: readonly string[], now: readonly string[]): boolean => now.some((name) => !before.includes(name));

const isCount = (count: number): boolean => Number.isSafeInteger(count) && count >= 0;

/**
 * @param before what the person saw who approved; undefined or null: not known
 * @param now what the twin says at this moment
 * @returns true when the set gained a kind or a namespace, is of another sort, grew by more than a fifth, or cannot be compared
 */
export function lapses(before: Radius | null | undefined, now: Radius | null | undefined): boolean {
  if (before === undefined || before === null || now === undefined || now === null) return true;
  if (!isCount(before.count) || !isCount(now.count)) return true;
  if (gained(before.kinds, now.kinds) || gained(before.namespaces, now.namespaces)) return true;
  return now.count * tolerance.denominator > before.count * tolerance.numerator;
}
