// Labelled command lines from public test suites: no row that must not be safe comes out safe, outside the reviewed exceptions.
// Prints recall over the read-only rows; the rule files raise it. Skips where the corpus is not beside the repository.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { beforeAll, describe, expect, it, vi } from "vitest";
import { loadSql } from "./load.ts";
import { scan } from "./scan.ts";

const folder = fileURLToPath(new URL("../../../../shared/corpus/commands/", import.meta.url));
const exceptionsFile = fileURLToPath(new URL("../corpus/exceptions.jsonl", import.meta.url));

interface Row {
  readonly cmd: string;
  readonly label: string;
  readonly origin: string;
  readonly reason?: string;
}

function rows(path: string): readonly Row[] {
  return readFileSync(path, "utf8")
    .split("\n")
    .filter((line) => line !== "")
    .map((line): Row => JSON.parse(line));
}

const sets = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith(".jsonl")) : [];
const exceptions = rows(exceptionsFile);

vi.setConfig({ testTimeout: 60_000 });

describe.skipIf(sets.length === 0)("public corpus (skipped when ../shared/corpus/commands is absent)", () => {
  beforeAll(() => loadSql());

  it.each(sets)("%s: nothing that must not be safe is safe", (name) => {
    const excepted = new Set(exceptions.map((row) => row.cmd));
    const all = rows(folder + name);
    const falseSafe = all.filter((row) => row.label === "must-not-be-safe" && !excepted.has(row.cmd) && scan(row.cmd).risk === "safe");
    const reads = all.filter((row) => row.label === "read-only");
    const found = reads.filter((row) => scan(row.cmd).risk === "safe").length;
    if (reads.length > 0) console.info(`${name}: recall ${found} of ${reads.length} (${((100 * found) / reads.length).toFixed(1)} %)`);
    expect(falseSafe.map((row) => row.cmd)).toEqual([]);
  });

  it("excepts only rows that exist, each with a reason", () => {
    const known = new Set(sets.flatMap((name) => rows(folder + name)).map((row) => row.cmd));
    expect(exceptions.filter((row) => !known.has(row.cmd) || (row.reason ?? "") === "")).toEqual([]);
  });
});
