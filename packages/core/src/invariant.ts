// What must hold, said in code. A false condition is a bug of ours: it throws, and whatever was about to run does not.
// The message never contains command text or a value from outside.

/** Thrown by `invariant` and `assertNever`; apps report it as INTERNAL_ERROR and stop the step. */
export class InvariantError extends Error {
  override readonly name = "InvariantError";
}

/** Throws InvariantError unless `condition` holds. */
export function invariant(condition: unknown, message: string): asserts condition {
  if (!condition) throw new InvariantError(message);
}

/** Ends a switch over a union: compiles only if every member was handled. */
export function assertNever(_value: never, where: string): never {
  throw new InvariantError(`unhandled case in ${where}`);
}
