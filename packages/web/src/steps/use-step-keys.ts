// Keys for a list that is made anew at each preview: see carry-keys.ts.
import { useState } from "react";
import { carryKeys, type KeyedItem } from "./carry-keys.ts";

interface Known {
  readonly contents: readonly string[];
  readonly items: readonly KeyedItem[];
  readonly given: number;
}

const next = (known: Known, contents: readonly string[]): Known => {
  let given = known.given;
  const items = carryKeys(known.items, contents, () => `step-${(given += 1)}`);
  return { contents, items, given };
};

const same = (a: readonly string[], b: readonly string[]): boolean => a.length === b.length && a.every((content, at) => content === b[at]);

/** One key per entry of `contents`. */
export const useStepKeys = (contents: readonly string[]): readonly string[] => {
  const [stored, store] = useState<Known>(() => next({ contents: [], items: [], given: 0 }, contents));
  const known = same(stored.contents, contents) ? stored : next(stored, contents);
  // Drawn with what is stored here: React starts this drawing again before anything is shown.
  if (known !== stored) store(known);
  return known.items.map(({ key }) => key);
};
