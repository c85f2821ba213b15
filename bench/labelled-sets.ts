// Reads the labelled command lines: the public sets beside the repository and our own below packages/scanner/corpus.
// Out come sets of rows in one vocabulary, without the rows whose label is a reviewed error (exceptions.jsonl, each with its reason).
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Risk } from "@dd0c/scanner";

/** What a row must get; `not-safe` leaves open which of caution, unknown and dangerous. */
export type Expected = Risk | "not-safe";

export interface LabelledRow {
  readonly cmd: string;
  readonly expected: Expected;
  readonly origin: string;
}

export interface LabelledSet {
  readonly name: string;
  readonly rows: readonly LabelledRow[];
}

export interface ExceptedRow {
  readonly cmd: string;
  readonly origin: string;
  readonly reason: string;
}

interface RawRow {
  readonly cmd: string;
  readonly origin: string;
  readonly label?: "must-not-be-safe" | "read-only" | "no-claim";
  readonly risk?: Expected;
  readonly reason?: string;
}

export const publicFolder = "../shared/corpus/commands";
const ownFolder = "packages/scanner/corpus";
const exceptionsName = "exceptions.jsonl";

function rawRows(path: string): readonly RawRow[] {
  return readFileSync(path, "utf8")
    .split("\n")
    .filter((line) => line !== "")
    .map((line): RawRow => JSON.parse(line));
}

function expectedOf({ label, risk }: RawRow): Expected | undefined {
  if (risk !== undefined) return risk;
  if (label === "read-only") return "safe";
  return label === "must-not-be-safe" ? "not-safe" : undefined;
}

function rowsOf(path: string): readonly LabelledRow[] {
  return rawRows(path).flatMap((row) => {
    const expected = expectedOf(row);
    return expected === undefined ? [] : [{ cmd: row.cmd, expected, origin: row.origin }];
  });
}

function setsOf(folder: string): readonly LabelledSet[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => name.endsWith(".jsonl") && name !== exceptionsName)
    .sort()
    .map((name) => ({ name: name.replace(".jsonl", ""), rows: rowsOf(join(folder, name)) }));
}

/** Reviewed label errors of the public sets. */
export function exceptedRows(): readonly ExceptedRow[] {
  return rawRows(join(ownFolder, exceptionsName)).map(({ cmd, origin, reason }) => ({ cmd, origin, reason: reason ?? "" }));
}

/** Sets of public test suites, whole; empty where they are not beside the repository. */
export function publicSets(folder = publicFolder): readonly LabelledSet[] {
  return setsOf(folder);
}

/** Our own sets, one per topic. */
export function ownSets(): readonly LabelledSet[] {
  return setsOf(ownFolder);
}

/** The sets without the excepted rows. */
export function withoutExceptions(sets: readonly LabelledSet[]): readonly LabelledSet[] {
  const excepted = new Set(exceptedRows().map((row) => row.cmd));
  return sets.map(({ name, rows }) => ({ name, rows: rows.filter((row) => !excepted.has(row.cmd)) }));
}
