import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { carryKeys, type KeyedItem } from "./carry-keys.ts";

const counter = () => {
  let next = 0;
  return () => `new${(next += 1)}`;
};
const items = (contents: string): readonly KeyedItem[] => [...contents].map((content, index) => ({ key: `k${index}`, content }));
const carry = (before: string, after: string): string =>
  carryKeys(items(before), [...after], counter())
    .map(({ key }) => key)
    .join(" ");

describe("carryKeys", () => {
  it.each([
    ["nothing before", "", "ab", "new1 new2"],
    ["nothing changed", "abc", "abc", "k0 k1 k2"],
    ["inserted at the top", "abc", "xabc", "new1 k0 k1 k2"],
    ["inserted between", "abc", "abxc", "k0 k1 new1 k2"],
    ["removed", "abcd", "acd", "k0 k2 k3"],
    ["edited", "abc", "axc", "k0 k1 k2"],
    ["edited at the top and inserted below", "abc", "xbyc", "k0 k1 new1 k2"],
    ["moved", "abcd", "dabc", "k3 k0 k1 k2"],
    ["one of two equal removed, the first", "aba", "ba", "k1 k2"],
    ["one of two equal removed, the last", "aba", "ab", "k0 k1"],
    ["all new", "abc", "xyz", "k0 k1 k2"],
  ])("%s", (_, before, after, keys) => {
    expect(carry(before, after)).toBe(keys);
  });

  it("gives each key once and never moves one to other words while its own words are still there", () => {
    const contents = fc.array(fc.constantFrom("a", "b", "c", "d", "e"), { maxLength: 12 });
    fc.assert(
      fc.property(contents, contents, (before, after) => {
        const previous = items(before.join(""));
        const carried = carryKeys(previous, after, counter());
        expect(carried.map(({ content }) => content)).toEqual(after);
        expect(new Set(carried.map(({ key }) => key)).size).toBe(after.length);
        for (const content of new Set(after)) {
          const kept = carried.filter(
            (item) => item.content === content && previous.some(({ key, content: old }) => key === item.key && old === content),
          );
          const possible = Math.min(before.filter((one) => one === content).length, after.filter((one) => one === content).length);
          expect(kept.length).toBe(possible);
        }
      }),
    );
  });
});
