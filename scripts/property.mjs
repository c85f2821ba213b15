// `npm run property -- [--runs N] [--seed N] [--workers N]`: random command sequences against the engine, many more than `npm test` walks.
// The runs are shared out over the processor's cores; the n-th process has the n-th seed. Ends with 1 and the smallest example when one breaks.
import { availableParallelism } from "node:os";
import { parseArgs } from "node:util";
import { run } from "./lib/run.mjs";

const model = "packages/core/src/execution/engine-model.test.ts";
const name = "never executes without permission";
const say = (line) => process.stdout.write(`${line}\n`);

const { values } = parseArgs({ options: { runs: { type: "string" }, seed: { type: "string" }, workers: { type: "string" } } });
const whole = (option, fallback, least) => {
  const value = values[option] === undefined ? fallback : Number(values[option]);
  if (Number.isSafeInteger(value) && value >= least && value < 2 ** 31) return value;
  say(`--${option} needs a whole number from ${least}`);
  process.exit(2);
};
const runs = whole("runs", 100_000, 1);
const seed = whole("seed", Math.floor(Date.now() / 1000), 0);
const workers = Math.min(runs, whole("workers", availableParallelism(), 1));

const shareOf = (worker) => Math.floor(runs / workers) + (worker < runs % workers ? 1 : 0);
const walk = (worker) =>
  run(process.execPath, ["node_modules/vitest/vitest.mjs", "run", model, "--project=unit", "--reporter=json", "-t", name], {
    quiet: true,
    env: { ENGINE_MODEL_RUNS: String(shareOf(worker)), ENGINE_MODEL_SEED: String(seed + worker) },
  });

/** Vitest's answer is one line of JSON; a walk counts only when the very test ran and passed. */
const isProved = ({ code, output }) => code === 0 && /"numPassedTests":1\b/.test(output);

const started = performance.now();
const results = await Promise.all(Array.from({ length: workers }, (_, worker) => walk(worker)));
const seconds = ((performance.now() - started) / 1_000).toFixed(1);
const broken = results.filter((result) => !isProved(result));
for (const { output } of broken) say(output);
say(`${runs} sequences, seed ${seed}, ${workers} processes, ${seconds} s: ${broken.length === 0 ? "every property held" : "BROKEN"}`);
process.exit(broken.length === 0 ? 0 : 1);
