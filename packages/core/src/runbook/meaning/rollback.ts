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

/** @returns for each rollback text the index into `forward`, or null */
export function matchRollback(rollback: readonly string[], forward: readonly ForwardCommand[]): readonly (number | null)[] {
  const words = forward.map(({ text }) => tellingWords(text));
  return rollback.map((text) => bestMatch(tellingWords(text), words));
}

/** The later of two equal matches wins: it is the last state that is undone. */
function bestMatch(wanted: ReadonlySet<string>, candidates: readonly ReadonlySet<string>[]): number | null {
  let best: number | null = null;
  let bestScore = MIN_SIMILARITY;
  for (const [index, words] of candidates.entries()) {
    const shared = [...wanted].filter((word) => words.has(word)).length;
    const score = wanted.size === 0 ? 0 : shared / Math.max(wanted.size, words.size);
    if (score >= bestScore) {
      best = index;
      bestScore = score;
    }
  }
  return best;
}

function tellingWords(text: string): ReadonlySet<string> {
  return new Set(text.split(/[\s='"|;&]+/).filter((word) => word.length > 1 && !/^-\w$/.test(word)));
}
