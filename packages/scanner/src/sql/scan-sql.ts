// SQL text -> SqlVerdict: the one door between the shell engine and the SQL scanners behind it. PostgreSQL has its own grammar;
// every other dialect goes through the strict lexer, which concedes when unsure. Rules reach it as ctx.scanSql(dialect, word).
import { scanDialect } from "./scan-dialect.ts";
import { scanPostgresql } from "./scan-postgresql.ts";
import type { SqlDialect, SqlVerdict } from "./types.ts";

/**
 * Classifies one or more statements. Total: any text gives a verdict.
 * PostgreSQL is unknown (`SCANNER_NOT_READY`) until load.ts has loaded its parser; the other dialects need none.
 */
export function scanSqlText(dialect: SqlDialect, text: string): SqlVerdict {
  return dialect === "postgresql" ? scanPostgresql(text) : scanDialect(dialect, text);
}
