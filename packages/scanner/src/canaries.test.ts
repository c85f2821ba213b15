// The compiled-in canaries hold, and a scanner that says less is seen, whichever canary it gets wrong.
import { beforeAll, describe, expect, it } from "vitest";
import { canaries, runCanaries, runSqlCanaries, sqlCanaries } from "./canaries.ts";
import { isSqlLoaded, loadSql } from "./load.ts";
import { scan } from "./scan.ts";
import { needsSql } from "./sql-need.ts";

const all = [...canaries, ...sqlCanaries];

/** A scanner that calls one command safe. */
const doctored = (command: string) => (text: string) => (text === command ? { risk: "safe" as const } : scan(text));

describe("canaries", () => {
  it("hold before the SQL parser is loaded", () => {
    expect(isSqlLoaded()).toBe(false);
    expect(runCanaries()).toEqual([]);
  });

  it("are at least three hundred, each once, under names that say nothing of their text", () => {
    expect(all.length).toBeGreaterThanOrEqual(300);
    expect(new Set(all.map(({ command }) => command)).size).toBe(all.length);
    expect(new Set(all.map(({ id }) => id)).size).toBe(all.length);
    expect(all.filter(({ id }) => !/^[a-z]{1,20}-(dangerous|not-safe)-\d{1,3}$/.test(id))).toEqual([]);
  });

  it("of the SQL list all wait for the parser", () => {
    expect(sqlCanaries.filter(({ command }) => !needsSql(command))).toEqual([]);
  });

  describe("with the SQL parser", () => {
    beforeAll(() => loadSql());

    it("hold", () => expect([...runCanaries(), ...runSqlCanaries()]).toEqual([]));
  });

  it("name the one that a scanner calls safe, and the one that it calls too little", () => {
    const [first] = canaries;
    const [firstSql] = sqlCanaries;
    expect(runCanaries(doctored(first!.command))).toEqual([{ ...first, risk: "safe" }]);
    expect(runSqlCanaries(doctored(firstSql!.command))).toEqual([{ ...firstSql, risk: "safe" }]);
    expect(runCanaries(() => ({ risk: "unknown" })).map(({ atLeast }) => atLeast)).toEqual(
      canaries.flatMap(({ atLeast }) => (atLeast === "dangerous" ? [atLeast] : [])),
    );
    expect(runCanaries(() => ({ risk: "safe" }))).toHaveLength(canaries.length);
  });
});
