// Two names go in, how alike they are spelled comes out: the share of runs of three characters that both have (Dice). 1 for equal names.

const longest = 80;

function trigramsOf(name: string): ReadonlySet<string> {
  const text = `  ${name.slice(0, longest)} `;
  const found = new Set<string>();
  for (let at = 0; at + 3 <= text.length; at += 1) found.add(text.slice(at, at + 3));
  return found;
}

const kept = new Map<string, ReadonlySet<string>>();
const maxKept = 20_000;

function trigrams(name: string): ReadonlySet<string> {
  const known = kept.get(name);
  if (known !== undefined) return known;
  if (kept.size >= maxKept) kept.clear();
  const made = trigramsOf(name);
  kept.set(name, made);
  return made;
}

export function likeness(a: string, b: string): number {
  if (a === b) return 1;
  const [first, second] = [trigrams(a), trigrams(b)];
  let both = 0;
  for (const each of first) if (second.has(each)) both += 1;
  return (2 * both) / (first.size + second.size);
}
