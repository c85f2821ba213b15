// A broken promise of our own code, never of the input: throws, and the command is blocked by whoever called.
/** Throws when `condition` does not hold. `what` must not contain command text. */
export function invariant(condition: boolean, what: string): asserts condition {
  if (!condition) throw new Error(`invariant: ${what}`);
}
