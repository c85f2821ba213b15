// The matcher against labelled alerts: the goals on the shared ones, and figures that our own sets must not fall below.
import { describe, expect, it } from "vitest";
import { answers } from "./answers.ts";
import { isThere, libraryOf, ownSet, type OwnSet, sharedRunbooks, sharedSet, wideRunbooks } from "./labelled-alerts.ts";
import { meetsGoals, tally } from "./tally.ts";

const sets: readonly OwnSet[] = ["first", "second", "third", "fourth", "fifth"];

describe.skipIf(!isThere())("labelled alerts (skipped when ../shared/corpus/alerts is absent)", () => {
  const wide = isThere() ? libraryOf(wideRunbooks()) : libraryOf([]);
  const own = sets.flatMap(ownSet);

  it("the shared ones meet every goal", () => {
    expect(meetsGoals(tally(answers(sharedSet(), libraryOf(sharedRunbooks()))))).toBe(true);
  });

  it("our own, in a wider library: the goals, but for a hundredth of those among the first three", () => {
    const { alerts, answerable, first, three, strange, wrongOffers, sure, sureRight } = tally(answers(own, wide));
    expect(first / answerable).toBeGreaterThanOrEqual(0.92);
    expect(three / answerable).toBeGreaterThanOrEqual(0.96);
    expect(wrongOffers / strange).toBeLessThanOrEqual(0.08);
    expect(sureRight / sure).toBeGreaterThanOrEqual(0.97);
    expect(sure / alerts).toBeGreaterThanOrEqual(0.35);
  });

  it.each(["second", "fifth"] as const)("the %s, on which nothing was fitted: nine of ten first, and 0.9 means it", (set) => {
    const { answerable, first, sure, sureRight, strange, wrongOffers } = tally(answers(ownSet(set), wide));
    expect(first / answerable).toBeGreaterThanOrEqual(0.9);
    expect(sureRight / sure).toBeGreaterThanOrEqual(0.97);
    // Honest about the weak side: what nothing fits in them are products that no table knows.
    expect(wrongOffers / strange).toBeLessThanOrEqual(0.15);
  });

  it("every expected runbook of our own sets is in the library, and no alert stands in two sets", () => {
    const missing = own.flatMap(({ id, right }) => (right.length > 0 && right.every((each) => wide.get(each) === undefined) ? [id] : []));
    expect(missing).toEqual([]);
    expect(new Set(own.map(({ id }) => id)).size).toBe(own.length);
  });
});
