// A clock that is set is noticed once, in both directions; one that is slewed, or looked at late, is not.
import { expect, it } from "vitest";
import { clockWatch } from "./clock-watch.ts";

it("notices a jump, and nothing else", () => {
  let [wall, monotonic] = [1_000_000, 0];
  const watch = clockWatch(
    () => wall,
    () => monotonic,
  );
  const pass = (wallMs: number, monotonicMs: number): boolean => {
    [wall, monotonic] = [wall + wallMs, monotonic + monotonicMs];
    return watch.jumped();
  };
  expect([pass(1_000, 1_000), pass(60_000, 60_000), pass(1_500, 1_000), pass(500, 1_000)]).toEqual([false, false, false, false]);
  expect([pass(3_600_000, 1_000), pass(1_000, 1_000)]).toEqual([true, false]);
  expect([pass(-3_600_000, 1_000), pass(1_000, 1_000)]).toEqual([true, false]);
});
