// Two texts in, their lines with what was added and removed out (longest common subsequence). Beyond MAX_CELLS the middle part
// is shown as replaced as a whole: a page must not freeze over a diff.

export interface DiffLine {
  readonly kind: "same" | "added" | "removed";
  readonly text: string;
}

const MAX_CELLS = 4_000_000;

const mark = (kind: DiffLine["kind"], lines: readonly string[]): readonly DiffLine[] => lines.map((text) => ({ kind, text }));

const commonPrefix = (before: readonly string[], after: readonly string[]): number => {
  let length = 0;
  while (length < before.length && length < after.length && before[length] === after[length]) length += 1;
  return length;
};

/** Lengths of the longest common subsequences of before[i..] and after[j..]; 0 beyond either end. */
const commonLengths = (before: readonly string[], after: readonly string[]): ((i: number, j: number) => number) => {
  const width = after.length + 1;
  const table = new Uint32Array((before.length + 1) * width);
  const at = (i: number, j: number): number => table[i * width + j] ?? 0;
  for (let i = before.length - 1; i >= 0; i -= 1) {
    for (let j = after.length - 1; j >= 0; j -= 1) {
      table[i * width + j] = before[i] === after[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
    }
  }
  return at;
};

type LengthAt = ReturnType<typeof commonLengths>;

/** What becomes of the two next lines: shared, or one of them told as removed or added. */
const nextLine = (old: string, fresh: string, keepsMoreWithoutOld: boolean): DiffLine => {
  if (old === fresh) return { kind: "same", text: old };
  return keepsMoreWithoutOld ? { kind: "removed", text: old } : { kind: "added", text: fresh };
};

const walk = (before: readonly string[], after: readonly string[], length: LengthAt): readonly DiffLine[] => {
  const found: DiffLine[] = [];
  let i = 0;
  let j = 0;
  while (i < before.length && j < after.length) {
    const line = nextLine(before[i] ?? "", after[j] ?? "", length(i + 1, j) >= length(i, j + 1));
    found.push(line);
    if (line.kind !== "added") i += 1;
    if (line.kind !== "removed") j += 1;
  }
  return [...found, ...mark("removed", before.slice(i)), ...mark("added", after.slice(j))];
};

const diffMiddle = (before: readonly string[], after: readonly string[]): readonly DiffLine[] => {
  if (before.length * after.length > MAX_CELLS) return [...mark("removed", before), ...mark("added", after)];
  return walk(before, after, commonLengths(before, after));
};

export const diffLines = (before: string, after: string): readonly DiffLine[] => {
  const old = before.split("\n");
  const fresh = after.split("\n");
  const head = commonPrefix(old, fresh);
  const tail = commonPrefix(old.slice(head).reverse(), fresh.slice(head).reverse());
  return [
    ...mark("same", old.slice(0, head)),
    ...diffMiddle(old.slice(head, old.length - tail), fresh.slice(head, fresh.length - tail)),
    ...mark("same", old.slice(old.length - tail)),
  ];
};
