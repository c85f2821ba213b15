// A step's description in, its first sentence and the rest out: the first is the headline of a card, the rest is read below it.

export interface Headline {
  readonly first: string;
  readonly rest: string;
}

/** Cuts after the first sentence or line; a full stop inside a name, number or address does not end a sentence. */
export const splitHeadline = (description: string): Headline => {
  const end = /[.!?](?=\s+\S)|\n/.exec(description);
  if (end === null) return { first: description, rest: "" };
  const at = end[0] === "\n" ? end.index : end.index + 1;
  return { first: description.slice(0, at).trim(), rest: description.slice(at).trim() };
};
