// Source files go in, every place that would change or remove audit records comes out. The database refuses them too; this finds them before.
// Tests and stories are not searched: some prove the refusal, some do what a thief of the database would do.

export type SourceFile = { readonly path: string; readonly text: string };

const tables = "(?:audit_events(?:_\\w+)?|audit_checkpoints)";
const qualified = `(?:"?run"?\\s*\\.\\s*)?"?${tables}"?`;

const forbidden: readonly RegExp[] = [
  new RegExp(`\\bupdate\\s+(?:only\\s+)?${qualified}(?!\\w)(?!\\s*for\\b)`, "i"),
  new RegExp(`\\bdelete\\s+from\\s+(?:only\\s+)?${qualified}(?!\\w)`, "i"),
  new RegExp(`\\btruncate\\s+(?:table\\s+)?(?:only\\s+)?${qualified}(?!\\w)`, "i"),
  new RegExp(`\\bmerge\\s+into\\s+(?:only\\s+)?${qualified}(?!\\w)`, "i"),
  new RegExp(`\\bdrop\\s+table\\s+(?:if\\s+exists\\s+)?${qualified}(?!\\w)`, "i"),
  new RegExp(`\\balter\\s+table\\s+(?:only\\s+)?${qualified}\\s+(?:disable|drop|rename|detach|alter)\\b`, "i"),
  new RegExp(`\\b(?:updateTable|deleteFrom|mergeInto|replaceInto|dropTable)\\s*\\(\\s*\\[?\\s*["'\`](?:run\\.)?${tables}\\b`),
  new RegExp(
    `\\bon\\s+${qualified}[^;]*\\bgrant\\b|\\bgrant\\b[^;]*\\b(?:update|delete|truncate|all)\\b[^;]*\\bon\\s+${qualified}(?!\\w)`,
    "i",
  ),
];

/** `path:line` of each place; empty when there is none. */
export function auditWriteProblems(files: readonly SourceFile[]): string[] {
  return files
    .filter(({ path }) => !isTest(path))
    .flatMap(({ path, text }) =>
      forbidden.flatMap((shape) => {
        const found = shape.exec(text);
        return found === null ? [] : [`${path}:${lineOf(text, found.index)}: changes or removes audit records`];
      }),
    );
}

const isTest = (path: string): boolean => /\.test\.tsx?$/.test(path) || /(?:^|\/)e2e\//.test(path);

const lineOf = (text: string, index: number): number => text.slice(0, index).split("\n").length;
