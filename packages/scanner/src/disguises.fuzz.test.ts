// Destructive calls in disguise: none is called safe, and real bash understands the disguises as they are meant.
// `npm run fuzz -- --runs 1000000 --seed 7` and `npm run fuzz -- --arrive 10000` run as many as one likes.
import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { loadSql } from "./load.ts";
import { scan } from "./scan.ts";
import { arrivalOf } from "./test/bash-arrival.ts";
import { destructiveCores } from "./test/destructive-cores.ts";
import { disguise } from "./test/disguise.ts";
import { fuzzDisguises } from "./test/fuzz-disguises.ts";
import { quoteWords } from "./quote.ts";

const RUNS = 50_000;
const SEED = 20260302;
/** Another one each minute; printed, so that a find can be repeated. */
const timeSeed = Math.floor(Date.now() / 60_000);

beforeAll(() => loadSql());

describe("destructive calls", () => {
  it.each(destructiveCores.map(({ argv }) => quoteWords(argv)))("%s is not safe", (call) => {
    expect(scan(call).risk).not.toBe("safe");
  });

  it.each([
    ["a fixed seed", SEED],
    ["the seed of this minute", timeSeed],
  ])(
    `are never safe in ${RUNS} disguises of %s (%d)`,
    (_name, seed) => {
      const { risks, sharp, example } = fuzzDisguises(RUNS, seed);
      console.info(`fuzz: seed ${seed}, ${RUNS} disguises, ${JSON.stringify(risks)}, sharp ${(100 * sharp).toFixed(1)} %`);
      expect({ seed, safe: risks.safe, example }).toEqual({ seed, safe: 0, example: undefined });
      // Where the layers alone decide, the call in them is not tested.
      expect(sharp).toBeGreaterThan(0.25);
    },
    180_000,
  );
});

describe("disguises", () => {
  it("are carried out by real bash: the destructive call arrives in at least 80 of 100", async () => {
    const sample = fc.sample(disguise, { seed: SEED, numRuns: 1_000 });
    const { arrived, lost } = await arrivalOf(sample);
    console.info(`arrival: ${arrived} of ${sample.length}`);
    expect({ enough: arrived >= 800, lost: arrived >= 800 ? [] : lost.slice(0, 20) }).toEqual({ enough: true, lost: [] });
  }, 300_000);
});
