import { describe, expect, it } from "vitest";
import { describeRadius } from "./describe-radius.ts";

describe("what would be touched, in words", () => {
  it.each<[string, number, readonly string[], string]>([
    ["pods", 12, ["pay", "shop"], "12 pods in pay and shop"],
    ["pods", 1, ["pay"], "1 pod in pay"],
    ["rows of orders", 1_234_567, [], "1,234,567 rows of orders"],
    ["rows of orders", 1, [], "1 row of orders"],
    ["networkpolicies", 1, [], "1 networkpolicy"],
    ["ingresses", 1, [], "1 ingress"],
    ["paths", 0, [], "0 paths"],
    ["pods", 5, ["a", "b", "c", "d", "e"], "5 pods in a, b, c and 2 more"],
  ])("%s, %i in %j: %s", (what, count, namespaces, words) => {
    expect(describeRadius({ what, count, namespaces })).toBe(words);
  });
});
