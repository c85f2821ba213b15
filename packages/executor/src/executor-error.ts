// The failures of this package: something outside was broken (a disk, a lock, a missing tool), not the plan.
// In: a code and a sentence. Out: an Error that callers recognise by its code. It must never carry command text or values.

/** Codes: setup of folders and tools, and everything that can be wrong with the journal. */
export type ExecutorErrorCode =
  | "EXECUTOR_SETUP_FAILED"
  | "JOURNAL_CORRUPT"
  | "JOURNAL_LOCKED"
  | "JOURNAL_LOCK_UNAVAILABLE"
  | "JOURNAL_WRITE_FAILED"
  | "RUN_CALLBACK_FAILED";

/** A failure with a code. `cause` holds the system's own error where there is one. */
export class ExecutorError extends Error {
  readonly code: ExecutorErrorCode;

  constructor(code: ExecutorErrorCode, message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = "ExecutorError";
    this.code = code;
  }
}

/** Stops on a bug of ours: what should be impossible must not go on to spawn anything. */
export function invariant(condition: boolean, message: string): asserts condition {
  if (!condition) throw new Error(`invariant: ${message}`);
}

/** The system's error name (ENOENT, EACCES, ...) or "UNKNOWN". */
export function errnoOf(error: unknown): string {
  return error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : "UNKNOWN";
}

/** Marks a switch as complete; the compiler refuses a forgotten member. */
export function assertNever(value: never): never {
  throw new Error(`unexpected value: ${JSON.stringify(value)}`);
}
