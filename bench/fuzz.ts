// `npm run fuzz -- [--runs N] [--seed N]`: scans N disguises of destructive calls; ends with 1 and the smallest example when one is safe.
// `npm run fuzz -- --arrive N`: gives N disguises to real bash with stub programs; ends with 1 when fewer than 80 % arrive.
// `npm run fuzz -- --stay N`: scans N mutations of read-only commands; ends with 1 when fewer than 90 % stay safe. Lists why the others did not.
import fc from "fast-check";
import { loadSql } from "@dd0c/scanner";
import { arrivalOf } from "../packages/scanner/src/test/bash-arrival.ts";
import { type Disguise, disguise } from "../packages/scanner/src/test/disguise.ts";
import { fuzzDisguises } from "../packages/scanner/src/test/fuzz-disguises.ts";
import { readCorpus } from "../packages/scanner/src/test/read-corpus.ts";
import { stayingSafe } from "../packages/scanner/src/test/read-only-mutations.ts";
import { writeSection } from "./results.mjs";

const summary: string[] = [];
const say = (line: string): void => console.log(line);
/** Also for bench/RESULTS.md. */
const report = (line: string): void => {
  summary.push(`- ${line.trim()}`);
  say(line);
};
const percent = (part: number, whole: number): string => `${((100 * part) / Math.max(1, whole)).toFixed(2)} %`;
const seconds = (since: number): string => ((performance.now() - since) / 1000).toFixed(1);

function option(name: string): number | undefined {
  const at = process.argv.indexOf(`--${name}`);
  if (at < 0) return undefined;
  const value = Number(process.argv[at + 1]);
  if (!Number.isSafeInteger(value) || value < 0) throw new Error(`--${name} needs a whole number`);
  return value;
}

function fuzz(runs: number, seed: number): boolean {
  const start = performance.now();
  let said = start;
  const { risks, sharp, example } = fuzzDisguises(runs, seed, (done) => {
    if (performance.now() - said < 5_000) return;
    said = performance.now();
    say(`  ${done} of ${runs}, ${Math.round((1000 * done) / (said - start))} runs/s`);
  });
  const elapsed = performance.now() - start;
  report(`runs ${runs}, seed ${seed}, ${Math.round((1000 * runs) / elapsed)} runs/s, ${(elapsed / 1000).toFixed(1)} s`);
  report(`safe ${risks.safe}`);
  for (const risk of ["dangerous", "caution", "unknown"] as const) report(`${risk} ${percent(risks[risk], runs)}`);
  report(`sharp ${(100 * sharp).toFixed(2)} % (the same disguise around a harmless call is safe)`);
  if (example !== undefined) say(`SAFE: ${JSON.stringify(example)}`);
  return risks.safe === 0;
}

/** In parts: each case has a folder. */
async function arrive(count: number, seed: number): Promise<boolean> {
  const start = performance.now();
  const part = 500;
  let arrived = 0;
  const lost: (Disguise & { readonly why: string })[] = [];
  for (let done = 0; done < count; done += part) {
    const result = await arrivalOf(fc.sample(disguise, { seed: seed + done, numRuns: Math.min(part, count - done) }));
    arrived += result.arrived;
    lost.push(...result.lost);
    say(`  ${Math.min(done + part, count)} of ${count}, arrived ${arrived}`);
  }
  report(`disguises ${count}, seed ${seed}, arrived ${percent(arrived, count)}, ${seconds(start)} s`);
  for (const why of new Set(lost.map((each) => each.why))) report(`  ${why}: ${lost.filter((each) => each.why === why).length}`);
  for (const { why, text } of lost.toSorted((a, b) => a.text.length - b.text.length).slice(0, 10))
    say(`  (${why}) ${JSON.stringify(text)}`);
  return arrived >= 0.8 * count;
}

function stay(count: number, seed: number): boolean {
  const start = performance.now();
  const { stayed, mutated, losses } = stayingSafe(readCorpus(), count, seed);
  report(`mutations ${mutated}, seed ${seed}, stayed safe ${percent(stayed, mutated)}, ${seconds(start)} s`);
  for (const { reason, times, example } of losses) report(`  ${times} ${reason}: \`${JSON.stringify(example)}\``);
  return stayed >= 0.9 * mutated;
}

await loadSql();
const seed = option("seed") ?? Math.floor(Date.now() / 1000);
const [arriving, staying] = [option("arrive"), option("stay")];
const runs = option("runs") ?? 50_000;
const asked = arriving !== undefined ? "arrive" : staying !== undefined ? "stay" : "runs";
const fine = { arrive: () => arrive(arriving ?? 0, seed), stay: () => stay(staying ?? 0, seed), runs: () => fuzz(runs, seed) };
const titles = { arrive: "Disguises that arrive in bash", stay: "Reads that stay safe", runs: "Disguised destruction" };
if (!(await fine[asked]())) process.exitCode = 1;
// A short run is for finding mistakes, not for the record.
if ((arriving ?? staying ?? runs / 100) >= 10_000) writeSection(`${titles[asked]} (\`npm run fuzz -- --${asked} N\`)`, summary.join("\n"));
