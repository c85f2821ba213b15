// What was on the screen and what comes now, in; a key per new item, out: an item that stayed keeps its key, and so its place in the
// document, what is open in it and the focus, even where items were inserted above it or its own words were edited.

export interface KeyedItem {
  readonly key: string;
  /** What the item says, without its number and its line. */
  readonly content: string;
}

interface Matching {
  readonly previous: readonly KeyedItem[];
  readonly contents: readonly string[];
  /** Index into `previous` for each new item. */
  readonly from: (number | undefined)[];
  readonly taken: Set<number>;
}

const take = ({ from, taken }: Matching, at: number, index: number): void => {
  from[at] = index;
  taken.add(index);
};

/** Equal beginnings and equal ends stay, also where several items say the same. */
const matchEnds = (matching: Matching): void => {
  const { previous, contents } = matching;
  const shorter = Math.min(previous.length, contents.length);
  let start = 0;
  while (start < shorter && previous[start]?.content === contents[start]) take(matching, start, start++);
  for (let back = 1; back <= shorter - start; back++) {
    if (previous.at(-back)?.content !== contents.at(-back)) return;
    take(matching, contents.length - back, previous.length - back);
  }
};

const matchContent = (matching: Matching): void => {
  const free = new Map<string, number[]>();
  for (const [index, { content }] of matching.previous.entries())
    if (!matching.taken.has(index)) free.set(content, [...(free.get(content) ?? []), index]);
  for (const [at, content] of matching.contents.entries()) {
    const index = matching.from[at] === undefined ? free.get(content)?.shift() : undefined;
    if (index !== undefined) take(matching, at, index);
  }
};

/** What stands behind, or before, the same neighbour as before is the same item with other words. */
const matchPlace = (matching: Matching): void => {
  const { previous, contents, from, taken } = matching;
  const claim = (at: number, index: number | undefined): void => {
    if (from[at] === undefined && index !== undefined && index >= 0 && index < previous.length && !taken.has(index))
      take(matching, at, index);
  };
  for (const at of contents.keys()) {
    const before = at === 0 ? -1 : from[at - 1];
    claim(at, before === undefined ? undefined : before + 1);
  }
  for (const at of [...contents.keys()].reverse()) {
    const after = at === contents.length - 1 ? previous.length : from[at + 1];
    claim(at, after === undefined ? undefined : after - 1);
  }
};

/** @param fresh - makes a key that was never given before */
export const carryKeys = (previous: readonly KeyedItem[], contents: readonly string[], fresh: () => string): readonly KeyedItem[] => {
  const matching: Matching = { previous, contents, from: contents.map(() => undefined), taken: new Set() };
  matchEnds(matching);
  matchContent(matching);
  matchPlace(matching);
  return contents.map((content, at) => ({ key: previous[matching.from[at] ?? -1]?.key ?? fresh(), content }));
};
