// Complete lines go in, in order and in blocks of any size, the same lines come out with their secrets replaced.
// Used by the executor's masker and by `maskText`. Keeps a few words about what the coming lines may hold. Pure.
import { SecretLines } from "./secret-lines.ts";
import type { SecretMatch } from "./secret-shape.ts";
import { findSecrets, mergeMatches } from "./secret-shapes.ts";

/** What stands in place of a secret: "[masked:token]". */
export const maskFor = (kind: string): string => `[masked:${kind}]`;

/** @param matches in order, not overlapping */
export function replaceSecrets(text: string, matches: readonly SecretMatch[]): string {
  let out = "";
  let at = 0;
  for (const match of matches) {
    out += text.slice(at, match.start) + maskFor(match.kind);
    at = match.end;
  }
  return out + text.slice(at);
}

function* linesOf(block: string): Generator<readonly [start: number, line: string]> {
  for (let start = 0; start < block.length; ) {
    const newline = block.indexOf("\n", start);
    const end = newline === -1 ? block.length : newline;
    yield [start, block.slice(start, end)];
    start = end + 1;
  }
}

export class LineMasker {
  private readonly lines = new SecretLines();

  /** Every secret of the block, in order. A block ends at a line end, or at the end of all. */
  find(block: string): readonly SecretMatch[] {
    const plain = findSecrets(block);
    if (!this.lines.concerns(block)) return plain;
    const led: SecretMatch[] = [];
    for (const [start, line] of linesOf(block)) {
      for (const match of this.lines.read(line.replace(/\r$/, "")))
        led.push({ ...match, from: start + match.from, start: start + match.start, end: start + match.end });
    }
    return led.length === 0 ? plain : mergeMatches([...plain, ...led]);
  }

  mask(block: string): string {
    return replaceSecrets(block, this.find(block));
  }
}
