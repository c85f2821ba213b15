// A broken promise of our own code, never of the input: throws, and the command is blocked by whoever called.
/** Throws when `condition` does not hold. `what` must not contain command text. */
export function invariant(condition: boolean, what: string): asserts condition {
  if (!condition) throw new Error(`invariant: ${what}`);
}

/** Ends a switch over a union: compiles only when every member is handled. */
export function assertNever(value: never): never {
  throw new Error(`invariant: unexpected ${typeof value}`);
}
