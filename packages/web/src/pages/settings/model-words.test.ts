import { describe, expect, it } from "vitest";
import { formatBytes, formatCost, formatTokens } from "./model-words.ts";

describe("amounts", () => {
  it.each([
    [null, "no price set"],
    [0, "$0"],
    [0.000087, "$0.000087"],
    [0.0123456, "$0.012"],
    [1, "$1.00"],
    [12.345, "$12.35"],
  ])("%s dollars are %s", (usd, words) => expect(formatCost(usd)).toBe(words));

  it.each([
    [0, "0 B"],
    [1_023, "1023 B"],
    [1_536, "1.5 kB"],
  ])("%i bytes are %s", (bytes, words) => expect(formatBytes(bytes)).toBe(words));

  it("groups tokens", () => expect(formatTokens(5_000_000)).toBe("5,000,000"));
});
