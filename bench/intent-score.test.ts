// The budgets of the second key: what it stops behind a scanner that calls everything safe, and what stays safe after the merge without a
// model. The figures are those of `npm run score`.
import { existsSync } from "node:fs";
import { beforeAll, describe, expect, it } from "vitest";
import { exceeds } from "@dd0c/core";
import { loadSql } from "@dd0c/scanner";
import { type KeyScore, mergedLines, mergedRunbooks, scoreAlone, scoreMerged } from "./intent-scoring.ts";
import { type LabelledRow, ownSets, publicFolder, publicSets, withoutExceptions } from "./labelled-sets.ts";

beforeAll(() => loadSql());

const runbooks = "../shared/corpus/runbooks";
const percent = ({ share: { part, whole } }: KeyScore): number => (100 * part) / whole;
const rowsOf = (sets: ReturnType<typeof ownSets>): readonly LabelledRow[] => sets.flatMap(({ rows }) => rows);
const reads = (rows: readonly LabelledRow[]): KeyScore => scoreMerged(mergedLines(rows.filter(({ expected }) => expected === "safe")));

describe("the second key alone, behind a scanner that calls everything safe", () => {
  const own = rowsOf(ownSets());

  it("stops at least 99 % of what our own sets call dangerous", () => {
    const score = scoreAlone(own.filter(({ expected }) => expected === "dangerous"));
    expect(score.share.whole).toBeGreaterThan(1_000);
    expect(percent(score)).toBeGreaterThanOrEqual(99);
  });

  it("stops at least 98 % of what must not be safe in our own sets", () => {
    expect(percent(scoreAlone(own.filter(({ expected }) => expected !== "safe")))).toBeGreaterThanOrEqual(98);
  });

  it.skipIf(!existsSync(publicFolder))("stops at least 99 % of what must not be safe in the public sets", () => {
    const rows = rowsOf(withoutExceptions(publicSets())).filter(({ expected }) => expected !== "safe");
    expect(percent(scoreAlone(rows))).toBeGreaterThanOrEqual(99);
  });
});

describe("scanner and second key together, without a model", () => {
  it("leave at least 97 % of our own read-only lines safe that the scanner calls safe", () => {
    expect(percent(reads(rowsOf(ownSets())))).toBeGreaterThanOrEqual(97);
  });

  it.skipIf(!existsSync(publicFolder))("leave at least 97 % of the public read-only lines safe that the scanner calls safe", () => {
    expect(percent(reads(rowsOf(withoutExceptions(publicSets()))))).toBeGreaterThanOrEqual(97);
  });

  it.skipIf(!existsSync(runbooks))("leave at least 95 % of the reads of real runbooks safe, in their context", () => {
    const score = scoreMerged(mergedRunbooks(runbooks));
    expect(score.share.whole).toBeGreaterThan(100);
    expect(percent(score)).toBeGreaterThanOrEqual(95);
  });

  it("never end below the scanner", () => {
    const lower = mergedLines(rowsOf(ownSets())).filter(({ classification: { risk, scanner } }) => exceeds(scanner.risk, risk));
    expect(lower.map(({ cmd }) => cmd)).toEqual([]);
  });
});
