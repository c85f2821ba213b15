// Names questions so that an answer finds its question again after the text around it was edited.
// Kind and the text asked about go in, a key comes out: no line, no step number, no hash. A place in a row of equal questions counts the
// row too, so that a question more or less asks all of them again: an answer never slides to another place by itself.

import type { Question } from "./question.ts";

/** How much of a step's text takes part in its key; more would only lose answers over an edited half-sentence. */
const contextLength = 200;

/** Longest key that is handed out; what would need a longer one is not asked. */
export const maxKeyLength = 2_000;

/** Case, blanks and closing punctuation do not make another question. */
export function normalise(text: string): string {
  return text
    .normalize("NFKC")
    .toLowerCase()
    .replace(/\s+/gu, " ")
    .replace(/[\s.,:;!?]+$/u, "")
    .trim();
}

/** The same words in the same instruction. */
export const ambiguityText = (issue: string, description: string): string =>
  `${normalise(issue)} in: ${normalise(description).slice(0, contextLength)}`;

/**
 * Keys of questions of one kind, in their order.
 * @param texts - what each asks about; compared exactly (a command differs by a single character)
 */
export function questionKeys(kind: Question["kind"], texts: readonly string[]): readonly string[] {
  const count = new Map<string, number>();
  for (const text of texts) count.set(text, (count.get(text) ?? 0) + 1);
  const seen = new Map<string, number>();
  return texts.map((text) => {
    const of = count.get(text) ?? 1;
    if (of === 1) return `${kind}:${text}`;
    const at = (seen.get(text) ?? 0) + 1;
    seen.set(text, at);
    return `${kind}/${at}of${of}:${text}`;
  });
}
