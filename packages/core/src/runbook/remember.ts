// Keeps the last few answers of a pure function of one text: many stages ask the same of the same line, one after the other.
// A function goes in, the same function with a short memory comes out. What is remembered must not be changed by whoever asks.

const KEPT = 16;
/** A longer text is no line; it is not kept. */
const MAX_LENGTH = 4_000;

export function remember<Answer>(answer: (text: string) => Answer): (text: string) => Answer {
  const known = new Map<string, Answer>();
  return (text) => {
    if (text.length > MAX_LENGTH) return answer(text);
    const before = known.get(text);
    if (before !== undefined) return before;
    const found = answer(text);
    if (known.size >= KEPT) known.clear();
    known.set(text, found);
    return found;
  };
}
