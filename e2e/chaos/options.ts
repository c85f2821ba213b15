// The command line of a chaos run. In: arguments. Out: what is to be done, or undefined where they say nothing that can be done.
import { parseArgs } from "node:util";
import type { Topology } from "./schedule.ts";

export type Plant = "double" | "lost";

export interface ChaosOptions {
  readonly steps: number;
  readonly seed: number;
  readonly topology: Topology;
  /** A fault that the product cannot survive, to see that the checks see it. */
  readonly plant: Plant | null;
}

export const chaosUsage = "Usage: npm run chaos -- --steps N --seed S [--topology single|replicas] [--plant double|lost]\n";

const number = (raw: string | undefined, least: number, most: number): number | undefined => {
  const value = raw !== undefined && /^\d{1,10}$/.test(raw) ? Number(raw) : Number.NaN;
  return value >= least && value <= most ? value : undefined;
};

const oneOf = <T extends string>(allowed: readonly T[], raw: string | undefined): T | undefined => allowed.find((each) => each === raw);

export function readOptions(args: readonly string[]): ChaosOptions | undefined {
  let values: Partial<Record<"steps" | "seed" | "topology" | "plant", string>>;
  try {
    const text = { type: "string" } as const;
    ({ values } = parseArgs({ args: [...args], options: { steps: text, seed: text, topology: text, plant: text } }));
  } catch {
    return undefined;
  }
  const steps = number(values.steps, 1, 100_000);
  const seed = number(values.seed, 0, 4_294_967_295);
  const topology = oneOf(["single", "replicas"], values.topology ?? "single");
  const plant = values.plant === undefined ? null : oneOf(["double", "lost"], values.plant);
  if (steps === undefined || seed === undefined || topology === undefined || plant === undefined) return undefined;
  return { steps, seed, topology, plant };
}
