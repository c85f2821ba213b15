import { expect, it } from "vitest";
import { atLeast, figure, value } from "./measure.ts";
import { resultsTable } from "./table.mjs";

const row = (of: Parameters<typeof resultsTable>[0][number]): string => resultsTable([of]).split("\n")[2] ?? "";

it.each([
  ["within", 10, 1, "| ok |"],
  ["within on a machine of the budgets' speed", 20, 2, "| ok by ratio |"],
  ["too slow on any machine", 40, 2, "| over |"],
])("a time is %s", (_, median, slowness, verdict) => {
  expect(row({ ...value("path", "ms", median, "<= 15", 15), slowness })).toContain(verdict);
});

it("a rate grows by the ratio, a size does not", () => {
  expect(row({ ...atLeast("appends", "events/s", 900, ">= 1500", 1_500), slowness: 2 })).toContain(
    "| ok by ratio | 2.00 | 1800 events/s |",
  );
  expect(row({ ...value("memory", "MB", 100, "<= 90", 90), slowness: 2 })).toContain("| over | 2.00 | 100 MB |");
});

it("both limits count, and what is only reported has no verdict", () => {
  const samples = [1, 1, 1, 90];
  expect(row({ ...figure("path", "ms", samples, "p99 <= 50", { median: 15, p99: 50 }), slowness: 1 })).toContain("| over |");
  expect(row({ ...figure("path", "ms", samples, "reported", {}), slowness: 1 })).toContain("| reported |  |");
});
