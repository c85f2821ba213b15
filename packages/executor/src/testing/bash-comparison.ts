// The same commands under real bash and under runPlan, with the same stub programs.
// In: cases (shell text, plan, stubs). Out: one line per difference in what the programs received, wrote, or ended with. Test code only.

import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Plan } from "@dd0c/scanner";
import { type Fixture, run } from "./run-fixture.ts";
import { makeStubs, readRecord, type StubBehaviour } from "./stub-programs.ts";

export interface ComparedCase {
  /** What bash gets. */
  readonly text: string;
  /** What we get. */
  readonly plan: Plan;
  readonly stubs: ReadonlyMap<string, StubBehaviour>;
}

interface Observed {
  readonly status: number | null;
  readonly stdout: string;
  /** The stubs' own lines, sorted: neighbours in a pipeline write at the same time, and bash adds notes about signals. */
  readonly stderr: readonly string[];
  readonly records: readonly object[];
}

/** One bash for all cases; each in a subshell, with an empty standard input. Builtins are off where a stub has their name. */
const DRIVER = `
for folder in "$1"/*/; do
  ( PATH=$folder/bin; enable -n echo printf true false test pwd kill ; . "$folder/text" ) </dev/null >"$folder/stdout" 2>"$folder/stderr"
  echo $? >"$folder/status"
done
`;

const ownLines = (text: string): readonly string[] =>
  text
    .split("\n")
    .filter((line) => line.startsWith("err "))
    .sort();

function recordsOf(folder: string, stubs: ReadonlyMap<string, StubBehaviour>): readonly object[] {
  return [...stubs.keys()].map((name) => ({ name, ...(readRecord(folder, name) ?? { started: false }) }));
}

function observeBash(root: string, cases: readonly ComparedCase[]): readonly Observed[] {
  const folderOf = (index: number): string => join(root, String(index).padStart(5, "0"));
  cases.forEach(({ text, stubs }, index) => {
    makeStubs(folderOf(index), stubs);
    writeFileSync(join(folderOf(index), "text"), text);
  });
  const env = { PATH: "/nonexistent", LANG: "C.UTF-8" };
  const { status, stderr } = spawnSync("/bin/bash", ["--norc", "--noprofile", "-c", DRIVER, "bash", root], {
    env,
    cwd: root,
    encoding: "utf8",
  });
  if (status !== 0) throw new Error(`bash driver: ${stderr}`);
  return cases.map(({ stubs }, index) => {
    const read = (name: string): string => readFileSync(join(folderOf(index), name), "utf8");
    const records = recordsOf(folderOf(index), stubs);
    return { status: Number(read("status")), stdout: read("stdout"), stderr: ownLines(read("stderr")), records };
  });
}

async function observeOurs(fixture: Fixture, root: string, cases: readonly ComparedCase[]): Promise<readonly Observed[]> {
  const observed: Observed[] = [];
  const runOne = async (index: number, { plan, stubs }: ComparedCase): Promise<void> => {
    const folder = join(root, String(index));
    makeStubs(folder, stubs);
    const policy = { ...fixture.executor.policy, programDirs: [join(folder, "bin")] };
    const { result, stdout, stderr } = await run({ ...fixture, executor: { ...fixture.executor, policy } }, plan);
    observed[index] = { status: result.exitCode, stdout, stderr: ownLines(stderr), records: recordsOf(folder, stubs) };
  };
  const waiting = [...cases.entries()];
  const worker = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) await runOne(...next);
  };
  await Promise.all([worker(), worker(), worker()]);
  return observed;
}

let comparisons = 0;

export interface Comparison {
  /** Empty means that no program could tell us from bash. */
  readonly differences: readonly string[];
  /** Programs that ran under bash: a comparison of nothing proves nothing. */
  readonly programsRun: number;
}

export async function compareWithBash(fixture: Fixture, cases: readonly ComparedCase[]): Promise<Comparison> {
  const root = join(fixture.folder, `comparison-${comparisons++}`);
  for (const side of ["bash", "ours"]) mkdirSync(join(root, side), { recursive: true });
  const bash = observeBash(join(root, "bash"), cases);
  const ours = await observeOurs(fixture, join(root, "ours"), cases);
  const programsRun = bash.reduce((sum, { records }) => sum + records.filter((record) => !("started" in record)).length, 0);
  const differences = cases.flatMap(({ text }, index) => {
    const [expected, got] = [JSON.stringify(bash[index]), JSON.stringify(ours[index])];
    return expected === got ? [] : [`${text}\n  bash: ${expected}\n  ours: ${got}`];
  });
  return { differences, programsRun };
}
