// `npm run score` runs this behind the scanner's: the parser against labelled runbooks and pastes; it writes a section of bench/RESULTS.md.
// Precision and recall of commands, steps, sections, titles; then pastes that are met exactly. Options: `--misses` names what differs.
import { writeSection } from "../results.mjs";
import { openDocument, readLabels } from "./labelled-runbooks.ts";
import { blindPastes, ownPastes, type PasteScore, readPastes, scorePaste, sharedPastes } from "./pastes.ts";
import { type RunbookScore, scoreRunbook, sum, type Tally } from "./score-runbook.ts";

const share = (part: number, rest: number): string => (part + rest === 0 ? "-" : `${((100 * part) / (part + rest)).toFixed(1)} %`);
const both = ({ right, missed, invented }: Tally): readonly string[] => [share(right, invented), share(right, missed)];

function runbookRow(scores: readonly RunbookScore[]): readonly string[] {
  const commands = sum(scores.map((score) => score.commands));
  const sections = sum(scores.map((score) => score.sections));
  const titles = scores.filter(({ title }) => title).length;
  return [
    `${scores.length} real runbooks, ${commands.right + commands.missed} commands`,
    ...both(commands),
    ...both(sum(scores.map((score) => score.steps))),
    share(sections.right, sections.missed),
    `${titles} of ${scores.length}`,
    "-",
  ];
}

function pasteRow(name: string, scores: readonly PasteScore[]): readonly string[] {
  const commands = sum(scores.map((score) => score.commands));
  const exact = scores.filter(({ differences }) => differences.length === 0).length;
  const counted = `${name}, ${commands.right + commands.missed} commands`;
  return [counted, ...both(commands), "-", "-", "-", "-", `${exact} of ${scores.length}`];
}

function printMisses(runbooks: readonly RunbookScore[], pastes: readonly PasteScore[]): void {
  for (const { file, missed, invented } of runbooks) {
    for (const { line } of missed) console.log(`missed ${file}:${line}`);
    for (const { line, text } of invented) console.log(`invented ${file}:${line} ${text}`);
  }
  for (const { name, differences } of pastes) for (const difference of differences) console.log(`${name}: ${difference}`);
}

const opened = readLabels().map((labels) => openDocument(labels));
for (const document of opened) if (typeof document === "string") console.log(`not scored: ${document}`);
const runbooks = opened.flatMap((document) => (typeof document === "string" ? [] : [scoreRunbook(document)]));
const shared = readPastes(sharedPastes).map(scorePaste);
const own = readPastes(ownPastes).map(scorePaste);
const blind = readPastes(blindPastes).map(scorePaste);
const heads = ["what", "precision", "recall", "steps precision", "steps recall", "sections", "titles", "met exactly"];
const rows = [
  heads,
  heads.map(() => "---"),
  ...(runbooks.length === 0 ? [] : [runbookRow(runbooks)]),
  ...(shared.length === 0 ? [] : [pasteRow(`${shared.length} shared pastes`, shared)]),
  pasteRow(`${own.length} own pastes`, own),
  pasteRow(`${blind.length} pastes written without sight of the parser, mended since`, blind),
];
const body = rows.map((row) => `| ${row.join(" | ")} |`).join("\n");
console.log(body);
if (process.argv.includes("--misses")) printMisses(runbooks, [...shared, ...own, ...blind]);
if (runbooks.length > 0) writeSection("Runbooks and pastes (`npm run score`)", body);
