// The proof: two programs, one quick and one that takes its time, each of which appends the id of the step that runs it to one file.
// In: a folder. Out: the programs, and how often each step had its effect. The file lies outside every disk that is filled.
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

export interface EffectPrograms {
  readonly work: string;
  readonly file: string;
  readonly quick: string;
  readonly slow: string;
}

/** The effect comes first, then time in which somebody can be killed. The agent names the step in DD0C_STEP. */
const script = (file: string, seconds: string): string => `#!/bin/sh\necho "$DD0C_STEP" >> ${file}\nexec sleep ${seconds}\n`;

export function writeEffectPrograms(folder: string): EffectPrograms {
  const work = join(folder, "work");
  mkdirSync(work, { recursive: true });
  const [file, quick, slow] = [join(work, "effects.txt"), join(work, "effect"), join(work, "slow-effect")];
  for (const [path, seconds] of [
    [quick, "0.02"],
    [slow, "0.7"],
  ] as const) {
    writeFileSync(path, script(file, seconds));
    chmodSync(path, 0o755);
  }
  return { work, file, quick, slow };
}

/** Step execution -> how often it had its effect. */
export function readEffects(file: string): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  if (!existsSync(file)) return counts;
  for (const line of readFileSync(file, "utf8").split("\n")) if (line !== "") counts.set(line, (counts.get(line) ?? 0) + 1);
  return counts;
}
