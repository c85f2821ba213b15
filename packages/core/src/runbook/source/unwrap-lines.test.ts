import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { trimTail } from "./trim-tail.ts";
import { unwrapLines } from "./unwrap-lines.ts";

const text = fc.array(fc.constantFrom("a", " ", "\n", "\t", ".", "\u00a0", ":", "b c"), { maxLength: 30 }).map((pieces) => pieces.join(""));

describe("what stands in for slow regular expressions", () => {
  it("unwraps as the expression does", () => {
    fc.assert(
      fc.property(text, (raw) => {
        expect(unwrapLines(raw)).toBe(raw.replace(/\s*\n\s*/g, " "));
      }),
    );
  });

  it("cuts the end as the expression does", () => {
    fc.assert(
      fc.property(text, (raw) => {
        expect(trimTail(raw, /[\s.:]/)).toBe(raw.replace(/[\s.:]+$/, ""));
      }),
    );
  });
});
