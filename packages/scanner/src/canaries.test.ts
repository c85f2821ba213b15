// The compiled-in canaries hold, and a scanner that says less would be seen.
import { beforeAll, describe, expect, it } from "vitest";
import { canaries, runCanaries, runSqlCanaries, sqlCanaries } from "./canaries.ts";
import { loadSql } from "./load.ts";

describe("canaries", () => {
  beforeAll(() => loadSql());

  it("are at least sixty and all held", () => {
    expect(canaries.length).toBeGreaterThanOrEqual(60);
    expect(runCanaries()).toEqual([]);
  });

  it("hold for SQL too", () => {
    expect(sqlCanaries.length).toBeGreaterThan(0);
    expect(runSqlCanaries()).toEqual([]);
  });
});
