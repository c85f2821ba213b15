// What a person types about alerts, and what is sent.
import { describe, expect, it } from "vitest";
import { criteriaLines, criteriaOf, criteriaRefusal, noTexts } from "./criteria-texts.ts";

describe("criteria", () => {
  it("are what was typed, labels by line", () => {
    const texts = { ...noTexts, name: " HighErrorRate ", labels: "namespace=pay\n\nurl=https://a/?b=c" };
    const criteria = { name: "HighErrorRate", labels: { namespace: "pay", url: "https://a/?b=c" } };
    expect(criteriaOf(texts)).toEqual(criteria);
    expect(criteriaRefusal(texts)).toBeNull();
    expect(criteriaLines(criteria)).toEqual([
      ["name", "HighErrorRate"],
      ["label namespace", "pay"],
      ["label url", "https://a/?b=c"],
    ]);
  });

  it("that say nothing, or have a line that is no label, are not sent", () => {
    expect(criteriaRefusal(noTexts)).toContain("what an alert must have");
    expect(criteriaRefusal({ ...noTexts, labels: "namespace" })).toContain("name=value");
    expect(criteriaRefusal({ ...noTexts, labels: "=pay" })).toContain("name=value");
  });
});
