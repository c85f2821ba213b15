// A seed and a count -> what the scanner says of that many disguises. Test code only; the same seed gives the same disguises.
import fc from "fast-check";
import { scan } from "../scan.ts";
import type { Risk } from "../types.ts";
import { disguise } from "./disguise.ts";

export interface FuzzResult {
  readonly runs: number;
  readonly risks: Readonly<Record<Risk, number>>;
  /** Share of the disguises whose benign twin is safe, so that only the call inside decides; looked at in every eighth. */
  readonly sharp: number;
  /** The shortest that was called safe. */
  readonly example?: string;
}

const chunk = 5_000;
const twins = 8;

/** Scans `runs` disguises; `onProgress` hears how many are done. Call loadSql before. */
export function fuzzDisguises(runs: number, seed: number, onProgress: (done: number) => void = () => undefined): FuzzResult {
  const risks: Record<Risk, number> = { safe: 0, caution: 0, unknown: 0, dangerous: 0 };
  let example: string | undefined;
  const sharp = { looked: 0, safe: 0 };
  for (let done = 0; done < runs; done += chunk) {
    const parameters = { seed: seed + done, numRuns: Math.min(chunk, runs - done) };
    const before = risks.safe;
    for (const [index, { text, benign }] of fc.sample(disguise, parameters).entries()) {
      risks[scan(text).risk]++;
      if (index % twins !== 0) continue;
      sharp.looked++;
      if (scan(benign).risk === "safe") sharp.safe++;
    }
    if (risks.safe > before) example = shorter(example, shrunk(parameters));
    onProgress(done + parameters.numRuns);
  }
  return { runs, risks, sharp: sharp.safe / Math.max(1, sharp.looked), ...(example === undefined ? {} : { example }) };
}

/** The same disguises again, and the first safe one as small as it gets. */
function shrunk(parameters: { readonly seed: number; readonly numRuns: number }): string {
  const details = fc.check(
    fc.property(disguise, ({ text }) => scan(text).risk !== "safe"),
    parameters,
  );
  return details.counterexample?.[0].text ?? "";
}

function shorter(a: string | undefined, b: string): string {
  return a !== undefined && a.length <= b.length ? a : b;
}
