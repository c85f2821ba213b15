import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cleanRunsInARow, type JudgedRun, suggestedLevel } from "./clean-runs.ts";

const run = (change: Partial<JudgedRun> = {}): JudgedRun => ({
  trustLevel: 1,
  completed: true,
  badRun: false,
  stepsExecuted: 2,
  ...change,
});
const clean = (count: number): readonly JudgedRun[] => Array.from({ length: count }, () => run());

describe("cleanRunsInARow", () => {
  it.each([
    ["none", [], 0],
    ["ten", clean(10), 10],
    ["a bad run resets", [...clean(3), run({ badRun: true }), ...clean(9)], 3],
    ["a bad run that is not over yet resets", [run({ badRun: true, completed: false }), ...clean(12)], 0],
    ["an aborted one is passed over", [...clean(3), run({ completed: false }), ...clean(2)], 5],
    ["one in which nothing ran is passed over", [run({ stepsExecuted: 0 }), ...clean(2)], 2],
    ["another level begins anew", [...clean(2), run({ trustLevel: 0 }), ...clean(8)], 2],
    ["an aborted one at another level is passed over", [...clean(2), run({ trustLevel: 0, completed: false }), ...clean(8)], 10],
  ] as const)("%s", (_name, runs, count) => {
    expect(cleanRunsInARow(runs, 1)).toBe(count);
  });

  it("never counts past the newest bad run, whatever lies before it", () => {
    const any = fc.record<JudgedRun>({
      trustLevel: fc.constantFrom(0, 1, 2, null),
      completed: fc.boolean(),
      badRun: fc.boolean(),
      stepsExecuted: fc.nat(3),
    });
    fc.assert(
      fc.property(fc.array(any), fc.constantFrom(0, 1, 2), (runs, level) => {
        const bad = runs.findIndex((each) => each.badRun);
        const newer = bad === -1 ? runs : runs.slice(0, bad);
        expect(cleanRunsInARow(runs, level)).toBe(cleanRunsInARow(newer, level));
        expect(cleanRunsInARow(runs, level)).toBeLessThanOrEqual(newer.length);
      }),
    );
  });
});

describe("suggestedLevel", () => {
  it.each([
    [0, 9, 2, null],
    [0, 10, 2, 1],
    [1, 25, 2, 2],
    [2, 100, 2, null],
    [1, 10, 1, null],
    [0, 10, 0, null],
  ] as const)("level %s after %s clean runs, at most %s: %s", (level, runs, maximum, suggested) => {
    expect(suggestedLevel(level, runs, maximum)).toBe(suggested);
  });
});
