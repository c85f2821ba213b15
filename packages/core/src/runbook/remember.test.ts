// The short memory: asked once, forgotten in time, never kept for long texts.

import { expect, it } from "vitest";
import { remember } from "./remember.ts";

it("answers the same text once, forgets after some others, and keeps no long text", () => {
  const asked: string[] = [];
  const lengthOf = remember((text) => {
    asked.push(text);
    return text.length;
  });
  expect([lengthOf("ab"), lengthOf("ab"), lengthOf("")]).toEqual([2, 2, 0]);
  expect(asked).toEqual(["ab", ""]);
  for (let index = 0; index < 20; index++) lengthOf(String(index));
  lengthOf("ab");
  expect(asked.filter((text) => text === "ab").length).toBe(2);
  const long = "x".repeat(5_000);
  expect([lengthOf(long), lengthOf(long)]).toEqual([5_000, 5_000]);
  expect(asked.filter((text) => text === long).length).toBe(2);
});
