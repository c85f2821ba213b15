// `npm run score`: holds the scanner against labelled command lines, public and our own, and writes a section of bench/RESULTS.md.
// Per set: false-safe rows, recall of read-only rows, dangerous and caution rows named as such, share that can run; then why the rest cannot.
// Ends with 1 when a row that must not be safe is. Options: `--misses N` lists N rows per set that differ; a first word is another folder of sets.
import { loadSql } from "@dd0c/scanner";
import { type LabelledSet, ownSets, publicSets, withoutExceptions } from "./labelled-sets.ts";
import { percentile } from "./measure.ts";
import { writeSection } from "./results.mjs";
import { type Judged, judgeSet, type RankedReason, rankReasons, type Score, type Share, scoreRows } from "./scoring.ts";

interface JudgedSet {
  readonly name: string;
  readonly rows: readonly Judged[];
}

const heads = ["set", "false-safe", "read-only recognised", "dangerous called so", "caution called so", "runnable", "p50", "p99"];

function percent({ part, whole }: Share): string {
  return whole === 0 ? "-" : `${((100 * part) / whole).toFixed(1)} % of ${whole}`;
}

function cells(score: Score): readonly string[] {
  const sorted = [...score.micros].sort((a, b) => a - b);
  return [
    score.name,
    `${score.falseSafe.length} of ${score.mustNot}`,
    percent(score.recall),
    percent(score.dangerous),
    percent(score.caution),
    percent(score.runnable),
    `${percentile(sorted, 0.5).toFixed(1)} us`,
    `${percentile(sorted, 0.99).toFixed(1)} us`,
  ];
}

function table(rows: readonly (readonly string[])[]): string {
  return rows.map((row) => `| ${row.join(" | ")} |`).join("\n");
}

function scoreTable(sets: readonly JudgedSet[]): string {
  return table([heads, heads.map(() => "---"), ...sets.map(({ name, rows }) => cells(scoreRows(name, rows)))]);
}

function reasonTable(reasons: readonly RankedReason[]): string {
  const shown = reasons.map(({ code, count, formed, advised, example }) => [
    `\`${code}\``,
    `${count}`,
    `${formed}`,
    `${advised}`,
    `\`${example.replaceAll("\n", "⏎").replaceAll("|", "\\|").replaceAll("`", "'").slice(0, 90)}\``,
  ]);
  return table([
    ["why it has no plan", "rows", "a form that runs", "advice in words", "for instance"],
    ["---", "---", "---", "---", "---"],
    ...shown,
  ]);
}

function printDifferences(sets: readonly JudgedSet[], most: number): void {
  for (const { name, rows } of sets) {
    const { falseSafe, missed, underrated } = scoreRows(name, rows);
    const listed: readonly (readonly [string, readonly Judged[]])[] = [
      ["FALSE SAFE", falseSafe],
      ["missed", missed.slice(0, most)],
      ["not dangerous", underrated.slice(0, most)],
    ];
    for (const [kind, differing] of listed)
      for (const { cmd, verdict, expected } of differing) {
        const reason = verdict.reasons.find((each) => each.risk === verdict.risk);
        console.log(`${kind} (${name}, ${expected} -> ${verdict.risk}) ${cmd}   <- ${reason?.message ?? ""}`);
      }
  }
}

function judged(sets: readonly LabelledSet[]): readonly JudgedSet[] {
  return sets.map((set) => ({ name: set.name, rows: judgeSet(set) }));
}

function together(name: string, sets: readonly JudgedSet[]): JudgedSet {
  return { name, rows: sets.flatMap((set) => set.rows) };
}

async function main(): Promise<void> {
  const [first] = process.argv.slice(2);
  const folder = first === undefined || first.startsWith("--") ? undefined : first;
  const at = process.argv.indexOf("--misses");
  await loadSql();
  const publicOnes = withoutExceptions(publicSets(folder));
  const own = folder === undefined ? ownSets() : [];
  judged([...publicOnes, ...own]); // warms the compiler up
  const judgedPublic = judged(publicOnes);
  const judgedOwn = judged(own);
  const all = together("all", [...judgedPublic, ...judgedOwn]);
  const ownAll = own.length === 0 ? [] : [together("our own, together", judgedOwn)];
  if (at >= 0) printDifferences([...judgedPublic, ...judgedOwn], Number(process.argv[at + 1] ?? 20));
  const body = `${scoreTable([...judgedPublic, ...judgedOwn, ...ownAll, all])}\n\n${reasonTable(rankReasons(all.rows))}`;
  console.log(body);
  if (folder === undefined && judgedPublic.length > 0) writeSection("Labelled command lines (`npm run score`)", body);
  if (scoreRows(all.name, all.rows).falseSafe.length > 0) process.exitCode = 1;
}

await main();
