// The version of the rule set changes with whatever can change a verdict, and with nothing else.
import { describe, expect, it } from "vitest";
import { countsForVersion, patternVersionOf } from "./lib/pattern-version.mjs";

const sources = [
  ["scan.ts", "a\n"],
  ["rules/text/cat.ts", "b"],
] as const;
const dependencies = { unbash: "6.0.4", "libpg-query": "18.1.5" };
const version = patternVersionOf(sources, dependencies);

describe("the pattern version", () => {
  it.each([
    ["a source", [["scan.ts", "a2"], sources[1]], dependencies],
    ["a new file", [...sources, ["rules/text/tac.ts", ""]], dependencies],
    [
      "a file's place",
      [
        ["scan.ts", "a\n"],
        ["rules/cat.ts", "b"],
      ],
      dependencies,
    ],
    ["a parser", sources, { ...dependencies, unbash: "6.0.5" }],
  ] as const)("changes with %s", (_what, changed, with_) => {
    expect(patternVersionOf(changed, with_)).not.toBe(version);
  });

  it.each([
    ["order", sources.toReversed(), { "libpg-query": "18.1.5", unbash: "6.0.4" }],
    ["a test", [...sources, ["rules/text/cat.test.ts", "c"]], dependencies],
    ["itself", [...sources, ["generated/pattern-version.ts", "c"]], dependencies],
    [
      "another system's line ends",
      [
        ["scan.ts", "a\r\n"],
        ["rules/text/cat.ts", "b"],
      ],
      dependencies,
    ],
  ] as const)("does not change with %s", (_what, same, with_) => {
    expect(patternVersionOf(same, with_)).toBe(version);
  });

  it("leaves out tests and what they are made of", () => {
    const paths = ["scan.ts", "rules/list.ts", "scan.test.ts", "catalogue/shell.test.ts", "testing/bash.ts", "generated/x.ts", "a.jsonl"];
    expect(paths.filter(countsForVersion)).toEqual(["scan.ts", "rules/list.ts"]);
  });
});
