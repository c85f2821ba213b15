// When what an approver saw no longer holds.
import { expect, it } from "vitest";
import fc from "fast-check";
import type { Radius } from "@dd0c/scanner";
import { lapses } from "./lapses.ts";

const radius = (count: number, kinds: readonly string[] = ["Pod"], namespaces: readonly string[] = ["pay"]): Radius => ({
  what: "pods",
  count,
  kinds,
  namespaces,
  sample: [],
});

it.each([
  ["the same", radius(10), radius(10), false],
  ["a fifth more", radius(10), radius(12), false],
  ["more than a fifth", radius(10), radius(13), true],
  ["one of one more", radius(1), radius(2), true],
  ["one of five more", radius(5), radius(6), false],
  ["something where nothing was", radius(0, [], []), radius(1), true],
  ["nothing where nothing was", radius(0, [], []), radius(0, [], []), false],
  ["less", radius(10), radius(1), false],
  ["a new namespace", radius(10), radius(10, ["Pod"], ["pay", "shop"]), true],
  ["another namespace", radius(10), radius(10, ["Pod"], ["shop"]), true],
  ["a namespace less", radius(10, ["Pod"], ["pay", "shop"]), radius(10), false],
  ["a new kind", radius(10), radius(10, ["Pod", "Service"]), true],
  ["a kind less", radius(10, ["Pod", "Service"]), radius(10), false],
  ["another table", radius(10, ["orders"], []), radius(10, ["users"], []), true],
  ["not known before", undefined, radius(1), true],
  ["not known now", radius(1), undefined, true],
  ["never known", null, null, true],
  ["no number", radius(Number.NaN), radius(1), true],
  ["no number now", radius(1), radius(Number.NaN), true],
  ["a number below nothing", radius(10), radius(-1), true],
])("%s", (_what, before, now, expected) => {
  expect(lapses(before, now)).toBe(expected);
});

it("what lapses for a set lapses for every larger one", () => {
  const names = fc.uniqueArray(fc.constantFrom("a", "b", "c"));
  const any = fc.tuple(fc.nat(1000), names, names).map(([count, kinds, namespaces]) => radius(count, kinds, namespaces));
  fc.assert(
    fc.property(any, any, fc.nat(100), fc.constantFrom("a", "b", "c"), (before, now, more, name) => {
      const larger = radius(now.count + more, [...now.kinds, name], [...now.namespaces, name]);
      expect(lapses(before, now) && !lapses(before, larger)).toBe(false);
    }),
  );
});
