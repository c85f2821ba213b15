// The scanner against labelled command lines, public and our own: nothing that must not be safe is safe, reads are recognised,
// destruction is called so. The figures are those of `npm run score`.
import { existsSync } from "node:fs";
import { beforeAll, describe, expect, it } from "vitest";
import { loadSql } from "@dd0c/scanner";
import { exceptedRows, type LabelledSet, ownSets, publicFolder, publicSets, withoutExceptions } from "./labelled-sets.ts";
import { judgeSet, rankReasons, type Score, type Share, scoreRows } from "./scoring.ts";

beforeAll(() => loadSql());

const scored = (set: LabelledSet): Score => scoreRows(set.name, judgeSet(set));
const percent = ({ part, whole }: Share): number => (whole === 0 ? 100 : (100 * part) / whole);
const shown = (score: Score): readonly string[] => score.falseSafe.map(({ cmd, expected }) => `${expected}: ${cmd}`);

describe.skipIf(!existsSync(publicFolder))("public sets (skipped when ../shared/corpus/commands is absent)", () => {
  const sets = withoutExceptions(publicSets());

  it.each(sets.map((set) => [set.name, set] as const))("%s: nothing that must not be safe is safe, reads are recognised", (_name, set) => {
    const score = scored(set);
    expect(shown(score)).toEqual([]);
    expect(percent(score.recall)).toBeGreaterThanOrEqual(97);
  });

  it("excepts only rows that exist, each once and with a reason", () => {
    const known = new Set(publicSets().flatMap(({ rows }) => rows.map((row) => row.cmd)));
    const excepted = exceptedRows();
    expect(excepted.filter((row) => !known.has(row.cmd) || row.reason === "")).toEqual([]);
    expect(new Set(excepted.map((row) => row.cmd)).size).toBe(excepted.length);
  });
});

describe("our own corpus", () => {
  const sets = ownSets();
  const all: LabelledSet = { name: "all", rows: sets.flatMap(({ rows }) => rows) };

  it("has at least 3,000 lines, none twice, each with a label that is known", () => {
    expect(all.rows.length).toBeGreaterThanOrEqual(3_000);
    expect(new Set(all.rows.map((row) => row.cmd)).size).toBe(all.rows.length);
    const labels = new Set(all.rows.map((row) => row.expected));
    expect([...labels].sort()).toEqual(["caution", "dangerous", "not-safe", "safe", "unknown"]);
  });

  it.each(sets.map((set) => [set.name, set] as const))("%s: nothing that must not be safe is safe", (_name, set) => {
    expect(shown(scored(set))).toEqual([]);
  });

  it("recognises reads, calls destruction dangerous, and shows how what needs a shell can run", () => {
    const rows = judgeSet(all);
    const score = scoreRows("all", rows);
    expect(percent(score.recall)).toBeGreaterThanOrEqual(97);
    expect(percent(score.dangerous)).toBeGreaterThanOrEqual(97);
    const unhelped = rankReasons(rows)
      .slice(0, 5)
      .filter(({ count, formed, advised }) => formed + advised < count);
    expect(unhelped).toEqual([]);
  });
});
