// Scores the scanner on labelled command lines: per set the false-safe count, recall over read-only rows, runnable share and time per scan.
// Reads `<folder>/*.jsonl` ({cmd, label, origin}); the folder is the first argument, by default ../shared/corpus/commands beside the repository.
// Exits 1 when a must-not-be-safe row outside the reviewed exceptions comes out safe. `--misses N` lists N missed read-only rows per set.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { loadSql, scan, type Verdict } from "@dd0c/scanner";

interface Row {
  readonly cmd: string;
  readonly label: string;
  readonly origin: string;
}

interface Score {
  readonly set: string;
  readonly falseSafe: readonly Row[];
  readonly missed: readonly (Row & { readonly verdict: Verdict })[];
  readonly readOnly: number;
  readonly mustNot: number;
  readonly runnable: number;
  readonly micros: readonly number[];
}

function rowsOf(path: string): Row[] {
  return readFileSync(path, "utf8")
    .split("\n")
    .filter((line) => line !== "")
    .map((line): Row => JSON.parse(line));
}

function exceptionsOf(path: string): ReadonlySet<string> {
  return new Set(existsSync(path) ? rowsOf(path).map((row) => row.cmd) : []);
}

function timed(cmd: string): { readonly verdict: Verdict; readonly micros: number } {
  const start = process.hrtime.bigint();
  const verdict = scan(cmd);
  return { verdict, micros: Number(process.hrtime.bigint() - start) / 1000 };
}

function scoreSet(set: string, rows: readonly Row[], exceptions: ReadonlySet<string>): Score {
  const judged = rows.filter((row) => !exceptions.has(row.cmd)).map((row) => ({ row, ...timed(row.cmd) }));
  const reads = judged.filter(({ row }) => row.label === "read-only");
  return {
    set,
    falseSafe: judged.filter(({ row, verdict }) => row.label === "must-not-be-safe" && verdict.risk === "safe").map(({ row }) => row),
    missed: reads.filter(({ verdict }) => verdict.risk !== "safe").map(({ row, verdict }) => ({ ...row, verdict })),
    readOnly: reads.length,
    mustNot: judged.filter(({ row }) => row.label === "must-not-be-safe").length,
    runnable: reads.filter(({ verdict }) => verdict.plan !== undefined).length,
    micros: judged.map(({ micros }) => micros),
  };
}

function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}

function percent(part: number, whole: number): string {
  return whole === 0 ? "-" : `${((100 * part) / whole).toFixed(1)} %`;
}

function print(score: Score): void {
  const found = score.readOnly - score.missed.length;
  const times = `p50 ${percentile(score.micros, 0.5).toFixed(1)} us, p99 ${percentile(score.micros, 0.99).toFixed(1)} us`;
  console.log(
    `${score.set.padEnd(14)} false-safe ${score.falseSafe.length} of ${score.mustNot}; recall ${percent(found, score.readOnly)} of ${score.readOnly}, runnable ${percent(score.runnable, score.readOnly)}; ${times}`,
  );
  for (const row of score.falseSafe) console.log(`  FALSE SAFE ${row.origin}: ${row.cmd}`);
}

function printMisses(score: Score, count: number): void {
  for (const { cmd, verdict } of score.missed.slice(0, count)) {
    const reason = verdict.reasons.find((each) => each.risk === verdict.risk);
    console.log(`  missed (${verdict.risk}) ${cmd}   <- ${reason?.message ?? ""}`);
  }
}

async function main(): Promise<void> {
  const folder = process.argv[2]?.startsWith("--") === false ? process.argv[2] : join(process.cwd(), "../shared/corpus/commands");
  const at = process.argv.indexOf("--misses");
  const misses = at < 0 ? 0 : Number(process.argv[at + 1] ?? 20);
  const exceptions = exceptionsOf(join(process.cwd(), "packages/scanner/corpus/exceptions.jsonl"));
  await loadSql();
  const files = readdirSync(folder)
    .filter((name) => name.endsWith(".jsonl"))
    .sort();
  const sets = files.map((name) => ({ name: name.replace(".jsonl", ""), rows: rowsOf(join(folder, name)) }));
  for (const { name, rows } of sets) scoreSet(name, rows, exceptions); // warms the compiler up
  const scores = sets.map(({ name, rows }) => scoreSet(name, rows, exceptions));
  for (const score of scores) {
    print(score);
    printMisses(score, misses);
  }
  const all = scores.flatMap((score) => score.micros);
  console.log(
    `all            ${all.length} scans, p50 ${percentile(all, 0.5).toFixed(1)} us, p99 ${percentile(all, 0.99).toFixed(1)} us, max ${Math.max(...all).toFixed(0)} us`,
  );
  if (scores.some((score) => score.falseSafe.length > 0)) process.exitCode = 1;
}

await main();
