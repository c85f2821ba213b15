// A member of a table must survive being cut into words: "control-m" would become "control", and every alert about a control plane a mainframe's.
import { describe, expect, it } from "vitest";
import { wordsOf } from "../words.ts";
import { products } from "./products.ts";
import { symptoms } from "./symptoms.ts";
import { systems } from "./systems.ts";
import { things } from "./things.ts";

const members = (table: string): readonly string[] =>
  table
    .trim()
    .split("\n")
    .flatMap((line) => line.slice(line.indexOf(":") + 1).split(","))
    .map((member) => member.trim().replace(/^~/, ""));
const named = (table: string): readonly string[] =>
  table
    .trim()
    .split("\n")
    .map((line) => line.slice(0, line.indexOf(":")));

describe.each([
  ["systems", systems],
  ["products", products],
])("the table of %s", (_name, table) => {
  it("has no member that loses a part of its name", () => {
    const parts = (member: string): number => member.split(/[^a-z0-9]+/).filter((part) => part !== "").length;
    expect(members(table).filter((member) => wordsOf(member).length < parts(member))).toEqual([]);
  });
});

it("no line stands twice, and products and systems do not claim each other's names", () => {
  for (const table of [systems, products, things, symptoms])
    expect(named(table).filter((name, at, all) => all.indexOf(name) !== at)).toEqual([]);
  const own = new Set(
    systems
      .trim()
      .split("\n")
      .flatMap((line) => line.slice(line.indexOf(":") + 1).split(","))
      .map((member) => member.trim())
      .filter((member) => !member.startsWith("~")),
  );
  expect(members(products).filter((member) => own.has(member))).toEqual([]);
});
