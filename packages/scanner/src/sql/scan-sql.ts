// SQL text -> SqlVerdict: the one door between the shell engine and the SQL scanner behind it.
// The SQL scanner registers itself; before that, every SQL text is unknown. Never answers safe by itself.
import type { SqlDialect, SqlScanner, SqlVerdict } from "./types.ts";

const notReady: SqlScanner = (_dialect, text) => ({
  risk: "unknown",
  findings: [{ ruleId: "SCANNER_NOT_READY", risk: "unknown", start: 0, end: text.length, message: "The SQL parser is not loaded." }],
  targets: [],
  sensitive: false,
  unbounded: false,
});

let current: SqlScanner = notReady;

/** Installs the SQL scanner. Called once, when sql/ is loaded. */
export function registerSqlScanner(scanner: SqlScanner): void {
  current = scanner;
}

/** Classifies SQL text; unknown (`SCANNER_NOT_READY`) until a scanner is registered and its parser loaded. */
export function scanSqlText(dialect: SqlDialect, text: string): SqlVerdict {
  return current(dialect, text);
}
