// The schedule is a function of the seed, and covers what it promises to cover.
import { describe, expect, it } from "vitest";
import { readOptions } from "./options.ts";
import { scheduleOf } from "./schedule.ts";

const seeds = [0, 1, 7, 2_147_483_648, 4_294_967_295];

describe("the schedule", () => {
  it("is the same for the same seed, and another for another", () => {
    expect(scheduleOf(7, 1_000, "single")).toEqual(scheduleOf(7, 1_000, "single"));
    expect(scheduleOf(7, 1_000, "single")).not.toEqual(scheduleOf(8, 1_000, "single"));
  });

  it.each(seeds)("has a fault in each ten steps, in order (seed %d)", (seed) => {
    const faults = scheduleOf(seed, 1_000, "single");
    expect(faults.map(({ atStep }) => Math.floor((atStep - 1) / 10))).toEqual(Array.from({ length: 100 }, (_, at) => at));
    expect(faults.every(({ amount }) => amount >= 0 && amount < 1)).toBe(true);
  });

  it.each(seeds)("has every kind that the topology knows before one comes again (seed %d)", (seed) => {
    const kinds = (steps: number, topology: "single" | "replicas") => new Set(scheduleOf(seed, steps, topology).map(({ kind }) => kind));
    expect(kinds(130, "single").size).toBe(13);
    expect(kinds(1_000, "single").has("bus killed")).toBe(false);
    expect(kinds(130, "replicas").size).toBe(13);
    expect(kinds(1_000, "replicas").has("server's disk full")).toBe(false);
  });

  it("has one fault for a run that is shorter than ten steps", () => {
    expect(scheduleOf(1, 3, "single").map(({ atStep }) => atStep)).toEqual([expect.toSatisfy((at: number) => at >= 1 && at <= 3)]);
  });
});

describe("the command line", () => {
  it("takes any unsigned 32-bit seed and the defaults", () => {
    expect(readOptions(["--steps", "1000", "--seed", "4294967295"])).toEqual({
      steps: 1_000,
      seed: 4_294_967_295,
      topology: "single",
      plant: null,
    });
    expect(readOptions(["--steps", "60", "--seed", "0", "--topology", "replicas", "--plant", "lost"])).toEqual({
      steps: 60,
      seed: 0,
      topology: "replicas",
      plant: "lost",
    });
  });

  it.each([
    [["--steps", "10"]],
    [["--steps", "0", "--seed", "1"]],
    [["--steps", "10", "--seed", "4294967296"]],
    [["--steps", "10", "--seed", "-1"]],
    [["--steps", "10", "--seed", "1", "--topology", "ring"]],
    [["--steps", "10", "--seed", "1", "--plant", "tree"]],
    [["--steps", "10", "--seed", "1", "--quick"]],
    [["--steps", "1e3", "--seed", "1"]],
  ])("refuses %j", (args) => {
    expect(readOptions(args)).toBeUndefined();
  });
});
