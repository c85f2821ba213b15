// `npm run grammars -- [--run N] [--seed N]`: reads texts by unbash and by tree-sitter-bash, and asks real bash about every safe or caution one.
// Goes on generating until the calls of N texts were recorded in bash (50,000). Writes a section of bench/RESULTS.md; ends with 1 on a finding.
import { loadSql } from "@dd0c/scanner";
import fc from "fast-check";
import { classOf, type Comparison, compareTexts, isFinding, isUnproved, lax, mistakeOf } from "./grammars/compare.ts";
import { shellText } from "./grammars/shell-text.ts";
import { labelledTexts, runbookTexts } from "./grammars/texts.ts";
import { loadTreeSitter } from "./grammars/tree-sitter-shape.ts";
import { writeSection } from "./results.mjs";

const say = (line: string): void => console.log(line);

function option(name: string, usual: number): number {
  const at = process.argv.indexOf(`--${name}`);
  const value = at < 0 ? usual : Number(process.argv[at + 1]);
  if (!Number.isSafeInteger(value) || value < 0) throw new Error(`--${name} needs a whole number`);
  return value;
}

/** Figures of one kind of texts; only findings are kept whole. */
class Tally {
  readonly name: string;
  readonly counts = new Map<string, number>();
  readonly classes = new Map<string, number>();
  readonly findings: Comparison[] = [];

  constructor(name: string) {
    this.name = name;
  }

  count(key: string): number {
    return this.counts.get(key) ?? 0;
  }

  add(comparison: Comparison): void {
    const { risk, trees, bash, ran } = comparison;
    const passes = lax(risk);
    const keys = ["texts", trees, passes ? "lax" : "strict", ...(trees === "agree" ? [] : [`disputed ${passes ? "lax" : "strict"}`])];
    if (ran) keys.push("ran");
    if (passes) keys.push(`bash ${bash}`);
    if (isUnproved(comparison)) keys.push("unproved");
    for (const key of keys) this.counts.set(key, this.count(key) + 1);
    if (isFinding(comparison)) this.findings.push(comparison);
    else if (passes && trees !== "agree") {
      const name = mistakeOf(comparison)?.name ?? "none";
      this.classes.set(name, (this.classes.get(name) ?? 0) + 1);
    }
  }

  cells(): readonly (string | number)[] {
    const columns = [
      "texts",
      "agree",
      "differ",
      "tree-sitter failed",
      "unbash failed",
      "disputed strict",
      "disputed lax",
      "bash confirms",
      "ran",
      "unproved",
    ];
    return [this.name, ...columns.map((column) => this.count(column)), this.findings.length];
  }
}

const heads = [
  "texts of",
  "texts",
  "both alike",
  "differ",
  "tree-sitter errs",
  "unbash errs",
  "disputed, unknown or dangerous",
  "disputed, safe or caution",
  "safe or caution, bash reads as we do",
  "of these with recorded calls",
  "not proved",
  "findings",
];

function table(rows: readonly (readonly (string | number)[])[]): string {
  return rows.map((row) => `| ${row.join(" | ")} |`).join("\n");
}

function inParts(texts: readonly string[], size: number, use: (part: readonly string[]) => void): void {
  for (let at = 0; at < texts.length; at += size) use(texts.slice(at, at + size));
}

await loadSql();
const start = performance.now();
const treeSitter = await loadTreeSitter();
const goal = option("run", 50_000);
const seed = option("seed", Math.floor(Date.now() / 1000));

const tallies: Tally[] = [];
for (const [name, texts] of [
  ["labelled lines", labelledTexts()],
  ["runbooks", runbookTexts()],
] as const) {
  const tally = new Tally(name);
  if (texts.length === 0) say(`${name}: absent, left out`);
  inParts(texts, 1_000, (part) => {
    for (const each of compareTexts(part, treeSitter, { about: "all", run: false })) tally.add(each);
  });
  tallies.push(tally);
}

const generated = new Tally("the generator");
for (let round = 0; generated.count("ran") < goal; round++) {
  const texts = [...new Set(fc.sample(shellText, { numRuns: 2_000, seed: seed + round }))];
  for (const each of compareTexts(texts, treeSitter, { about: "all", run: true })) generated.add(each);
  if (round % 5 === 0)
    say(`  ${generated.count("texts")} texts, calls of ${generated.count("ran")} recorded, ${generated.findings.length} findings`);
}
tallies.push(generated);

const classes = new Map<string, number>();
for (const { classes: own } of tallies) for (const [name, count] of own) classes.set(name, (classes.get(name) ?? 0) + count);
const ranked = [...classes].sort((a, b) => b[1] - a[1]);
const summary = [
  `Seed ${seed}, ${((performance.now() - start) / 1000).toFixed(0)} s.`,
  table([heads, heads.map(() => "---"), ...tallies.map((tally) => tally.cells())]),
  "Disputed texts that are safe or caution, by what tree-sitter-bash misreads in them; in each bash confirms unbash, or it counts as not proved:",
  table([["class", "texts"], ["---", "---"], ...ranked]),
].join("\n\n");
say(summary);
writeSection("Two grammars and bash (`npm run grammars`)", summary);

const findings = tallies.flatMap((tally) => tally.findings).toSorted((a, b) => a.text.length - b.text.length);
for (const each of findings.slice(0, 20)) say(`${each.risk}, bash ${each.bash}, ${classOf(each)}: ${JSON.stringify(each.text)}`);
if (findings.length > 0) process.exitCode = 1;
