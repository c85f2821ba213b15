// Ties the commands of rollback sections to the steps they undo, by what they act on.
// Rollback commands and the commands of the steps go in; for each rollback command the best match comes out, or none when nothing fits.

/** A command of a step, by its place. */
export interface ForwardCommand {
  readonly step: number;
  readonly command: number;
  readonly text: string;
}

/** At least this share of a rollback command's telling words must stand in the command it undoes. */
const MIN_SIMILARITY = 0.34;

/** Words in more commands than this tell nothing. */
const MAX_COMMANDS_PER_WORD = 32;

/** @returns for each rollback text the index into `forward`, or null */
export function matchRollback(rollback: readonly string[], forward: readonly ForwardCommand[]): readonly (number | null)[] {
  const words = forward.map(({ text }) => tellingWords(text));
  const byWord = new Map<string, number[]>();
  for (const [index, own] of words.entries()) {
    for (const word of own) byWord.set(word, [...(byWord.get(word) ?? []).slice(-MAX_COMMANDS_PER_WORD), index]);
  }
  return rollback.map((text) => bestMatch(tellingWords(text), words, byWord));
}

/** The later of two equal matches wins: it is the last state that is undone. */
function bestMatch(
  wanted: ReadonlySet<string>,
  words: readonly ReadonlySet<string>[],
  byWord: ReadonlyMap<string, readonly number[]>,
): number | null {
  const shared = new Map<number, number>();
  for (const index of [...wanted].flatMap((word) => byWord.get(word) ?? [])) shared.set(index, (shared.get(index) ?? 0) + 1);
  let best: number | null = null;
  let bestScore = MIN_SIMILARITY;
  for (const [index, count] of [...shared].sort(([a], [b]) => a - b)) {
    const score = count / Math.max(wanted.size, sizeOf(words, index));
    if (score < bestScore) continue;
    best = index;
    bestScore = score;
  }
  return best;
}

function sizeOf(words: readonly ReadonlySet<string>[], index: number): number {
  const own = words[index];
  return own === undefined ? 0 : own.size;
}

function tellingWords(text: string): ReadonlySet<string> {
  return new Set(
    text
      .slice(0, 2000)
      .split(/[\s='"|;&]+/)
      .filter((word) => word.length > 1 && !/^-\w$/.test(word)),
  );
}
