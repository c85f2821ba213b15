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

/** lengths[i][j] = longest common subsequence of before[i..] and after[j..]. */
const lengthTable = (before: readonly string[], after: readonly string[]): readonly Uint32Array[] => {
  const rows = Array.from({ length: before.length + 1 }, () => new Uint32Array(after.length + 1));
  for (let i = before.length - 1; i >= 0; i -= 1) {
    const row = rows[i] ?? new Uint32Array();
    const below = rows[i + 1] ?? new Uint32Array();
    for (let j = after.length - 1; j >= 0; j -= 1) {
      row[j] = before[i] === after[j] ? (below[j + 1] ?? 0) + 1 : Math.max(below[j] ?? 0, row[j + 1] ?? 0);
    }
  }
  return rows;
};

const diffMiddle = (before: readonly string[], after: readonly string[]): readonly DiffLine[] => {
  if (before.length * after.length > MAX_CELLS) return [...mark("removed", before), ...mark("added", after)];
  const lengths = lengthTable(before, after);
  const found: DiffLine[] = [];
  let i = 0;
  let j = 0;
  while (i < before.length && j < after.length) {
    if (before[i] === after[j]) {
      found.push({ kind: "same", text: before[i] ?? "" });
      i += 1;
      j += 1;
    } else if ((lengths[i + 1]?.[j] ?? 0) >= (lengths[i]?.[j + 1] ?? 0)) {
      found.push({ kind: "removed", text: before[i] ?? "" });
      i += 1;
    } else {
      found.push({ kind: "added", text: after[j] ?? "" });
      j += 1;
    }
  }
  return [...found, ...mark("removed", before.slice(i)), ...mark("added", after.slice(j))];
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
