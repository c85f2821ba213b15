import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { jsonLine, paintFor, visible, visibleLine } from "./paint.ts";

const steering = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u;

describe("what a file says at a terminal", () => {
  it.each([
    ["\u001b[31mred\u001b[0m", "\\u{1b}[31mred\\u{1b}[0m"],
    ["a\rb", "a\\u{d}b"],
    ["a\u202eb\u200b", "a\\u{202e}b\\u{200b}"],
    ["a\nb\tc", "a\nb\tc"],
  ])("shows %j", (text, shown) => {
    expect(visible(text)).toBe(shown);
  });

  it("keeps one line one line", () => {
    expect(visibleLine("a\n  b\tc\u0007")).toBe("a b c\\u{7}");
  });

  it("never holds a character that steers, as text or as JSON, and JSON keeps its value", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        expect(visible(text).replace(/[\n\t]/g, "")).not.toMatch(steering);
        expect(visibleLine(text)).not.toMatch(steering);
        const line = jsonLine({ text });
        expect(line.slice(0, -1)).not.toMatch(steering);
        expect(JSON.parse(line)).toEqual({ text });
      }),
      { numRuns: 2_000 },
    );
    expect(JSON.parse(jsonLine("\u{e0041}\u009b\u2028"))).toBe("\u{e0041}\u009b\u2028");
  });
});

describe("colour", () => {
  it.each([
    [true, {}, "\u001b[31m■ dangerous\u001b[0m"],
    [true, { NO_COLOR: "1" }, "■ dangerous"],
    [true, { NO_COLOR: "" }, "\u001b[31m■ dangerous\u001b[0m"],
    [true, { TERM: "dumb" }, "■ dangerous"],
    [false, {}, "■ dangerous"],
  ])("terminal %s with %j", (isTTY, env, shown) => {
    expect(paintFor({ isTTY }, env).risk("dangerous")).toBe(shown);
  });
});
