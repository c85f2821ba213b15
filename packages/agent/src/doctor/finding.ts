// One thing that the doctor looked at: a code, how it stands, one sentence about it and, unless all is well, one about how to mend it.

export type Level = "ok" | "warning" | "problem";

export interface Finding {
  readonly code: string;
  readonly level: Level;
  readonly message: string;
  /** Null where there is nothing to mend. */
  readonly remedy: string | null;
}

export const ok = (code: string, message: string): Finding => ({ code, level: "ok", message, remedy: null });
export const warning = (code: string, message: string, remedy: string): Finding => ({ code, level: "warning", message, remedy });
export const problem = (code: string, message: string, remedy: string): Finding => ({ code, level: "problem", message, remedy });

/** What an error of the system is called; its text may hold more than anybody wants in a ticket. */
export const errorName = (error: unknown): string =>
  error instanceof Error && "code" in error ? String(error.code) : error instanceof Error ? error.name : "unknown";
