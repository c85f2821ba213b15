import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fromJsonColumn, toJsonColumn, toTextColumn } from "./json-columns.ts";

describe("json columns", () => {
  it.each([
    ["NUL", { command: "rm\u0000 -rf" }],
    ["a lone surrogate", ["\ud800", "a\udfff"]],
    ["a pair", "\u{1F525}"],
    ["the escape character and what looks like its use", "\uE000\uE0000000"],
    ["a backslash before u0000", "\\u0000 \\\\u0000"],
    ["keys", { "\u0000": 1, "\uE000": 2 }],
  ])("brings back %s", (_name, value) => {
    const text = toJsonColumn(value);
    expect(text).not.toMatch(/(?<!\\)(?:\\\\)*\\u(0000|d[89a-f])/);
    expect(fromJsonColumn(text)).toEqual(value);
  });

  it("brings back any JSON value", () => {
    fc.assert(
      fc.property(fc.jsonValue({ noUnicodeString: false }), (value) => {
        const plain: unknown = JSON.parse(JSON.stringify(value));
        expect(fromJsonColumn(toJsonColumn(plain))).toEqual(plain);
      }),
    );
  });

  it("marks NUL in search columns", () => expect([toTextColumn("a\0b"), toTextColumn(null)]).toEqual(["a\uFFFDb", null]));
});
