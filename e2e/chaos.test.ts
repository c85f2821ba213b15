// `npm run chaos` in short: a product of its own under a few faults, and the two planted faults that the same checks must find. The long runs and
// their figures are in docs/chaos.md.
import { expect, it } from "vitest";
import { held, reportLines } from "./chaos/report.ts";
import { runChaos } from "./chaos/run.ts";

const run = async (options: { readonly steps: number; readonly seed: number; readonly plant: "double" | "lost" | null }) => {
  const lines: string[] = [];
  const result = await runChaos({ ...options, topology: "single" }, (line) => void lines.push(line));
  return { result, held: held(result), told: [...lines, ...reportLines(result)].join("\n") };
};

/** Its six faults: an agent killed, its disk full, its journal replaced, the server killed, a connection half open, everything delivered late. */
const sixKinds = 3388;

it("doubles nothing and loses nothing under faults", async () => {
  const { result, held: ok, told } = await run({ steps: 60, seed: sixKinds, plant: null });
  expect(ok, told).toBe(true);
  expect([...result.faults.values()].reduce((sum, count) => sum + count, 0)).toBe(6);
  expect(told.split("\n").slice(-2)).toEqual(["0 double effects", "0 lost events"]);
});

it("finds an agent that forgot its journal", async () => {
  const { result, held: ok, told } = await run({ steps: 12, seed: 5, plant: "double" });
  expect([ok, result.verdict.lostEvents], told).toEqual([false, 0]);
  expect(result.verdict.doubleEffects, told).toBeGreaterThan(0);
});

it("finds an event that is gone after it was acknowledged", async () => {
  const { result, held: ok, told } = await run({ steps: 8, seed: 6, plant: "lost" });
  expect([ok, result.verdict.doubleEffects], told).toEqual([false, 0]);
  expect(result.verdict.lostEvents, told).toBe(1);
});
