import type { Risk } from "@dd0c/scanner";
import { describe, expect, it } from "vitest";
import { merge } from "./merge.ts";
import type { AdvisorAnswer, AdvisorRisk, MergeRule } from "./types.ts";

type Word = AdvisorRisk | "none";

const RISKS: readonly Risk[] = ["safe", "caution", "unknown", "dangerous"];
const WORDS: readonly Word[] = ["safe", "caution", "dangerous", "none"];

function answer(word: Word, confidence = 1): AdvisorAnswer {
  const opinion = word === "none" ? null : { risk: word, confidence, reasoning: "", sideEffects: [], suggestedRollback: null };
  return { advisor: "a", version: "1", model: null, promptHash: null, opinion, absence: opinion === null ? "timeout" : null };
}

/** The whole table of DESIGN 5 for one advisor, written out: scanner, opinion, final, rule. */
const TABLE: readonly (readonly [Risk, Word, Risk, MergeRule])[] = [
  ["safe", "safe", "safe", "rule_3_both_agree_safe"],
  ["safe", "caution", "caution", "escalate_caution"],
  ["safe", "dangerous", "dangerous", "escalate_dangerous"],
  ["safe", "none", "caution", "second_key_missing"],
  ["caution", "safe", "caution", "rule_2_scanner_caution"],
  ["caution", "caution", "caution", "rule_2_scanner_caution"],
  ["caution", "dangerous", "dangerous", "escalate_dangerous"],
  ["caution", "none", "caution", "rule_2_scanner_caution"],
  ["unknown", "safe", "unknown", "rule_4_scanner_unknown"],
  ["unknown", "caution", "unknown", "rule_4_scanner_unknown"],
  ["unknown", "dangerous", "dangerous", "escalate_dangerous"],
  ["unknown", "none", "unknown", "rule_4_scanner_unknown"],
  ["dangerous", "safe", "dangerous", "rule_1_scanner_dangerous"],
  ["dangerous", "caution", "dangerous", "rule_1_scanner_dangerous"],
  ["dangerous", "dangerous", "dangerous", "rule_1_scanner_dangerous"],
  ["dangerous", "none", "dangerous", "rule_1_scanner_dangerous"],
];

function expected(scanner: Risk, words: readonly Word[]): readonly [Risk, MergeRule] {
  const strictest = (["dangerous", "caution", "safe"] as const).find((word) => words.includes(word)) ?? "none";
  const unturned = strictest === "safe" && words.includes("none") ? "none" : strictest;
  const row = TABLE.find(([s, w]) => s === scanner && w === unturned)!;
  return [row[2], row[3]];
}

describe("merge", () => {
  it("answers every row of the table", () => {
    const actual = TABLE.map(([scanner, word]) => {
      const { risk, mergeRule } = merge(scanner, [answer(word)]);
      return [scanner, word, risk, mergeRule];
    });
    expect(actual).toEqual(TABLE);
    expect(TABLE).toHaveLength(RISKS.length * WORDS.length);
  });

  it("takes the strictest of up to three advisors, in any order, and misses a key that one of them left", () => {
    for (const scanner of RISKS) {
      for (const a of WORDS) {
        for (const b of WORDS) {
          for (const c of WORDS) {
            const { risk, mergeRule } = merge(scanner, [answer(a), answer(b), answer(c)]);
            expect([scanner, a, b, c, risk, mergeRule]).toEqual([scanner, a, b, c, ...expected(scanner, [a, b, c])]);
          }
        }
      }
    }
  });

  it("is never below the scanner and never safe without an advisor", () => {
    const severity: Record<Risk, number> = { safe: 0, caution: 1, unknown: 2, dangerous: 3 };
    for (const scanner of RISKS) {
      expect(merge(scanner, []).risk).not.toBe("safe");
      for (const word of WORDS) expect(severity[merge(scanner, [answer(word)]).risk]).toBeGreaterThanOrEqual(severity[scanner]);
    }
  });

  it.each([
    ["safe", 0.9, "safe"],
    ["safe", 0.8999, "caution"],
    ["safe", 0, "caution"],
    ["safe", Number.NaN, "caution"],
    ["safe", -1, "caution"],
    ["safe", 97, "caution"],
    ["caution", 0.9, "caution"],
    ["caution", 0.5, "dangerous"],
    ["dangerous", 0.1, "dangerous"],
  ] as const)("counts %s at confidence %f as %s", (word, confidence, final) => {
    expect(merge("safe", [answer(word, confidence)]).risk).toBe(final);
  });
});
