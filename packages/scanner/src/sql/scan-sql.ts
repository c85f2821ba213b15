// SQL text -> SqlVerdict: the one door between the shell engine and the SQL scanners behind it, one per dialect.
// A dialect without a scanner is unknown. Never answers safe by itself.
import { scanPostgresql } from "./scan-postgresql.ts";
import type { SqlDialect, SqlScanner, SqlVerdict } from "./types.ts";

const scanners: Partial<Record<SqlDialect, (text: string) => SqlVerdict>> = { postgresql: scanPostgresql };

const noGrammar: SqlScanner = (dialect, text) => ({
  risk: "unknown",
  findings: [
    { ruleId: "sql.dialect", risk: "unknown", start: 0, end: text.length, message: `SQL of the ${dialect} dialect is not looked at yet.` },
  ],
  targets: [],
  sensitive: false,
  unbounded: false,
});

/** Classifies SQL text; unknown (`SCANNER_NOT_READY`) until the dialect's parser is loaded. */
export function scanSqlText(dialect: SqlDialect, text: string): SqlVerdict {
  return scanners[dialect]?.(text) ?? noGrammar(dialect, text);
}
