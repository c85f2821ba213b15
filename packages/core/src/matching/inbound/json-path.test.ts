// Paths of mappings: what they find, what is none, and that no path can take long.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { mapProblems } from "./alert-map.ts";
import { isPath, valuesAt } from "./json-path.ts";

const body = { a: { b: 1, "c d": "x", "e/f": "y", "~": "z" }, list: [{ n: 1 }, { n: 2 }, { m: { n: 3 } }], $schema: "s" };

describe("a path", () => {
  it.each<[string, readonly unknown[]]>([
    ["$.a.b", [1]],
    ["$['a']['c d']", ["x"]],
    ['$["a"].b', [1]],
    ["$.list[0].n", [1]],
    ["$.list[-1].m.n", [3]],
    ["$.list[*].n", [1, 2]],
    ["$.list.*.n", [1, 2]],
    ["$..n", [1, 2, 3]],
    ["$..list[1].n", [2]],
    ["$.$schema", ["s"]],
    ["$", [body]],
    ["/a/b", [1]],
    ["/a/e~1f", ["y"]],
    ["/a/~0", ["z"]],
    ["/list/1/n", [2]],
    ["$.missing.deep", []],
    ["$.constructor", []],
    ["/__proto__", []],
  ])("%s", (path, found) => {
    expect(valuesAt(body, path)).toEqual(found);
  });
  it.each(["a.b", "", "$.", "$a", "$.list[?(@.n>1)]", "$.list[0:2]", "$.a[b]", "$..", `$${".a".repeat(40)}`, `/${"a".repeat(600)}`])(
    "%s is none",
    (path) => {
      expect(isPath(path)).toBe(false);
      expect(valuesAt(body, path)).toEqual([]);
    },
  );
  it("is total", () => {
    fc.assert(fc.property(fc.jsonValue(), fc.string({ unit: "grapheme" }), (value, text) => void valuesAt(value, `$${text}`)));
  });
  it("looks at a bounded number of values, however the tree branches", () => {
    let tree: unknown = 1;
    for (let depth = 0; depth < 6; depth += 1) tree = Array.from({ length: 12 }, () => tree);
    const started = performance.now();
    expect(valuesAt(tree, "$..*..*..*").length).toBeLessThanOrEqual(10_000);
    expect(performance.now() - started).toBeLessThan(2_000);
  });
});

describe("a mapping", () => {
  it("is told what is wrong with it", () => {
    const map = { each: "list", fields: { severity: ["$.a", "b"] }, labels: null };
    expect(mapProblems(map).map(({ field }) => field)).toEqual(["each", "severity", "title"]);
    expect(mapProblems({ each: "$.list[*]", fields: { title: ["$$.a", "/b", "=c"] }, labels: "$.l" })).toEqual([]);
  });
});
