import { describe, expect, it } from "vitest";
import { diffLines } from "./diff-lines.ts";

const show = (before: string, after: string) =>
  diffLines(before, after).map(({ kind, text }) => `${{ same: " ", added: "+", removed: "-" }[kind]}${text}`);

describe("diffLines", () => {
  it.each([
    ["nothing changed", "a\nb", "a\nb", [" a", " b"]],
    ["a line in the middle", "a\nb\nc", "a\nx\nc", [" a", "-b", "+x", " c"]],
    ["appended", "a", "a\nb", [" a", "+b"]],
    ["removed at the start", "a\nb", "b", ["-a", " b"]],
    ["moved apart", "a\nb\nc\nd", "b\nd\ne", ["-a", " b", "-c", " d", "+e"]],
    ["repeated lines", "x\nx", "x\nx\nx", [" x", " x", "+x"]],
  ])("%s", (_name, before, after, expected) => {
    expect(show(before, after)).toEqual(expected);
  });
});
