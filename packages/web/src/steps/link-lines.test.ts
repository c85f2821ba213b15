import { describe, expect, it } from "vitest";
import { describeLines, lineAtOffset, linesOfStep, stepAtLine } from "./link-lines.ts";

const steps = [
  { order: 1, source_lines: [3, 10] as [number, number] },
  { order: 2, source_lines: [5, 6] as [number, number] },
];

describe("stepAtLine", () => {
  it.each([
    [1, null],
    [3, 1],
    [5, 2],
    [6, 2],
    [7, 1],
    [11, null],
  ])("line %d belongs to %s", (line, order) => {
    expect(stepAtLine(steps, line)).toBe(order);
  });
});

describe("lines", () => {
  it("finds the lines of a step", () => {
    expect([linesOfStep(steps, 2), linesOfStep(steps, 9), linesOfStep(steps, null)]).toEqual([[5, 6], null, null]);
  });
  it.each([
    [0, 1],
    [2, 1],
    [3, 2],
    [6, 3],
  ])("offset %d is on line %d", (offset, line) => {
    expect(lineAtOffset("ab\ncd\ne", offset)).toBe(line);
  });
  it("names them", () => {
    expect([describeLines([4, 4]), describeLines([4, 9])]).toEqual(["line 4", "lines 4 to 9"]);
  });
});
