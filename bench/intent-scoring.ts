// Labelled rows and runbooks in, two scores of the second key out: what it lets through when the scanner calls everything safe, and which
// reads stay safe after the merge without a model. Only counts; the budgets are in intent-score.test.ts, the table in intent-score.ts.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type Classification, classifyStep, parseRunbook, stepContexts, type StepContext } from "@dd0c/core";
import { scan, type Verdict } from "@dd0c/scanner";
import type { LabelledRow } from "./labelled-sets.ts";
import type { Share } from "./scoring.ts";

/** One command that the scanner calls safe, or that must not be safe, with what became of it. */
export interface MergedRow {
  readonly cmd: string;
  readonly origin: string;
  readonly classification: Classification;
}

export interface KeyScore {
  readonly share: Share;
  /** What slips through, or is missed. */
  readonly failed: readonly MergedRow[];
}

const bare = (command: string): StepContext => ({ command, description: "", section: null, neighbours: [] });

const everythingIsSafe = (): Verdict => ({
  risk: "safe",
  reasons: [],
  targets: [],
  answerCodes: [],
  sensitive: false,
  unbounded: false,
  patternVersion: "",
});

function keyScore(rows: readonly MergedRow[], holds: (row: MergedRow) => boolean): KeyScore {
  const failed = rows.filter((row) => !holds(row));
  return { share: { part: rows.length - failed.length, whole: rows.length }, failed };
}

/** Rows that the second key alone keeps from being safe, behind a scanner that calls everything safe. */
export function scoreAlone(rows: readonly LabelledRow[]): KeyScore {
  const merged = rows.map(({ cmd, origin }) => ({
    cmd,
    origin,
    classification: classifyStep(everythingIsSafe, bare(cmd)).classification,
  }));
  return keyScore(merged, ({ classification }) => classification.risk !== "safe");
}

/** Rows that the scanner calls safe and that stay safe without a model. */
export function scoreMerged(rows: readonly MergedRow[]): KeyScore {
  const safeForScanner = rows.filter(({ classification }) => classification.scanner.risk === "safe");
  return keyScore(safeForScanner, ({ classification }) => classification.risk === "safe");
}

/** Labelled lines by themselves, without any prose. */
export function mergedLines(rows: readonly LabelledRow[]): readonly MergedRow[] {
  return rows.map(({ cmd, origin }) => ({ cmd, origin, classification: classifyStep(scan, bare(cmd)).classification }));
}

/** All commands of a folder of runbooks, each in the words around it; files that hold no runbook are passed over. */
export function mergedRunbooks(folder: string): readonly MergedRow[] {
  return readdirSync(folder)
    .filter((name) => /\.(?:md|erb|txt|html)$/.test(name) && !/^(?:README|SOURCES)/.test(name))
    .sort()
    .flatMap((name) => mergedRunbook(name, readFileSync(join(folder, name), "utf8")));
}

function mergedRunbook(origin: string, text: string): readonly MergedRow[] {
  const parsed = parseRunbook(text);
  if (!parsed.ok) return [];
  return stepContexts(parsed.runbook).map(({ context, stepOrder }) => ({
    cmd: context.command,
    origin: `${origin}, step ${stepOrder}`,
    classification: classifyStep(scan, context).classification,
  }));
}

/** Why the key was not turned: the advisor's own words, the commonest first. */
export function rankAbsences(rows: readonly MergedRow[]): readonly (readonly [string, readonly MergedRow[]])[] {
  const byReason = new Map<string, MergedRow[]>();
  for (const row of rows) {
    const reason = row.classification.answers[0]?.absence ?? row.classification.mergeRule;
    byReason.set(reason, [...(byReason.get(reason) ?? []), row]);
  }
  return [...byReason].sort(([, a], [, b]) => b.length - a.length);
}
