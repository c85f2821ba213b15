// `npm run score` runs this between the scanner's and the parser's: the deterministic second key, alone and merged with the scanner.
// Alone: rows that must not be safe behind a scanner that calls everything safe. Merged: reads that stay safe without a model.
// Writes a section of bench/RESULTS.md. Words on the command line are further folders of runbooks; `--misses` names every failure.
import { existsSync } from "node:fs";
import { basename } from "node:path";
import { loadSql } from "@dd0c/scanner";
import { type KeyScore, type MergedRow, mergedLines, mergedRunbooks, rankAbsences, scoreAlone, scoreMerged } from "./intent-scoring.ts";
import { type LabelledRow, ownSets, publicSets, withoutExceptions } from "./labelled-sets.ts";
import { writeSection } from "./results.mjs";

const runbookFolder = "../shared/corpus/runbooks";

interface Line {
  readonly name: string;
  readonly score: KeyScore;
}

const rowsOf = (sets: ReturnType<typeof ownSets>): readonly LabelledRow[] => sets.flatMap((set) => set.rows);
const percent = ({ part, whole }: KeyScore["share"]): string => (whole === 0 ? "-" : `${((100 * part) / whole).toFixed(2)} % of ${whole}`);
const shown = (text: string): string => `\`${text.replaceAll("\n", "⏎").replaceAll("|", "\\|").replaceAll("`", "'").slice(0, 110)}\``;

function table(rows: readonly (readonly string[])[]): string {
  const [heads = [], ...rest] = rows;
  return [heads, heads.map(() => "---"), ...rest].map((row) => `| ${row.join(" | ")} |`).join("\n");
}

function aloneLines(publicRows: readonly LabelledRow[], ownRows: readonly LabelledRow[]): readonly Line[] {
  const dangerous = ownRows.filter((row) => row.expected === "dangerous");
  const mustNot = (rows: readonly LabelledRow[]) => rows.filter((row) => row.expected !== "safe");
  return [
    { name: "labelled dangerous, our own sets", score: scoreAlone(dangerous) },
    { name: "must not be safe, public sets", score: scoreAlone(mustNot(publicRows)) },
    { name: "must not be safe, our own sets", score: scoreAlone(mustNot(ownRows)) },
  ];
}

function mergedLinesOf(publicRows: readonly LabelledRow[], ownRows: readonly LabelledRow[], folders: readonly string[]): readonly Line[] {
  const reads = (rows: readonly LabelledRow[]): KeyScore => scoreMerged(mergedLines(rows.filter((row) => row.expected === "safe")));
  return [
    { name: "read-only lines, public sets", score: reads(publicRows) },
    { name: "read-only lines, our own sets", score: reads(ownRows) },
    ...folders.map((folder) => ({ name: `runbooks, ${basename(folder)}`, score: scoreMerged(mergedRunbooks(folder)) })),
  ];
}

function figures(lines: readonly Line[], heads: readonly string[]): string {
  return table([heads, ...lines.map(({ name, score }) => [name, percent(score.share), `${score.failed.length}`])]);
}

function absences(failed: readonly MergedRow[]): string {
  return table([
    ["why a read is not safe", "rows", "for instance"],
    ...rankAbsences(failed).map(([reason, rows]) => [reason, `${rows.length}`, shown(rows[0]?.cmd ?? "")]),
  ]);
}

function printFailures(lines: readonly Line[]): void {
  for (const { name, score } of lines)
    for (const { cmd, origin, classification } of score.failed)
      console.log(`${name} (${origin}): ${cmd.replaceAll("\n", "⏎")}   <- ${classification.answers[0]?.absence ?? "safe"}`);
}

async function main(): Promise<void> {
  const words = process.argv.slice(2);
  const folders = [runbookFolder, ...words.filter((word) => !word.startsWith("--"))].filter((folder) => existsSync(folder));
  await loadSql();
  const publicRows = rowsOf(withoutExceptions(publicSets()));
  const ownRows = rowsOf(ownSets());
  const alone = aloneLines(publicRows, ownRows);
  const merged = mergedLinesOf(publicRows, ownRows, folders);
  const slipped = alone.flatMap(({ score }) => score.failed);
  const unique = [...new Set(slipped.map(({ cmd }) => cmd))];
  const body = [
    figures(alone, ["with a scanner that calls everything safe", "stays not safe", "slips through"]),
    figures(merged, ["called safe by the scanner", "safe without a model", "missed"]),
    absences(merged.flatMap(({ score }) => score.failed)),
    `What slips through (${unique.length}):\n\n${unique.map((cmd) => `- ${shown(cmd)}`).join("\n")}`,
  ].join("\n\n");
  console.log(body);
  if (words.includes("--misses")) printFailures([...alone, ...merged]);
  if (publicRows.length > 0) writeSection("The second key without a model (`npm run score`)", body);
}

await main();
