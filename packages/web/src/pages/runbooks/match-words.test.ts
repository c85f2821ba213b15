import { describe, expect, it } from "vitest";
import { matchesWords } from "./match-words.ts";

describe("matchesWords", () => {
  it.each([
    ["everything when nothing is typed", "Disk filling up", "", true],
    ["words in any order and case", "Payment latency payment-svc", "SVC latency", true],
    ["not when one word is missing", "Payment latency", "payment disk", false],
  ])("%s", (_name, text, typed, expected) => {
    expect(matchesWords(text, typed)).toBe(expected);
  });
});
