// The slot for PostgreSQL's own parser: empty until load.ts fills it. The SQL scanner asks here and answers
// SCANNER_NOT_READY while it is empty. Holds functions, no state of a scan.

export interface PgParser {
  /** The parse tree as libpg-query gives it. Throws PgSyntaxError for text that PostgreSQL would not accept. */
  readonly parse: (sql: string) => unknown;
  /** A name for the statements' shape that does not depend on their literals. Throws like `parse`. */
  readonly fingerprint: (sql: string) => string;
}

/** PostgreSQL's grammar does not accept the text. `at` is its position in characters, where known. */
export class PgSyntaxError extends Error {
  readonly at: number;
  constructor(message: string, at: number) {
    super(message);
    this.name = "PgSyntaxError";
    this.at = at;
  }
}

let installed: PgParser | undefined;

/** The parser, or undefined while it is not loaded. */
export function pgParser(): PgParser | undefined {
  return installed;
}

/** Called by load.ts only. */
export function installPgParser(parser: PgParser): void {
  installed = parser;
}
