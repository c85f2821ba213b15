// What the shell scanner and the SQL scanner say to each other.
// A program's rule calls ctx.scanSql(dialect, arg); the engine calls scanSqlText with the text and turns the findings into reasons.
import type { Risk, Target } from "../types.ts";

export type SqlDialect =
  | "postgresql"
  | "mysql"
  | "sqlite"
  | "duckdb"
  | "clickhouse"
  | "cql"
  | "tsql"
  | "snowflake"
  | "bigquery"
  | "trino"
  | "influxql"
  | "cypher";

/** One finding about a part of the SQL text; offsets are UTF-16 offsets into that text. */
export interface SqlFinding {
  readonly ruleId: string;
  readonly risk: Risk;
  readonly start: number;
  readonly end: number;
  readonly message: string;
  readonly saferAlternative?: string;
}

/**
 * The answer about one SQL text (one or more statements).
 * `risk` is the strictest of the findings; `findings` is never empty. `SCANNER_NOT_READY` as ruleId says that the parser
 * is not loaded. `fingerprint` tells the shape of the statements without their literals; it is costly, so it is worked out only when it is asked for.
 */
export interface SqlVerdict {
  readonly risk: Risk;
  readonly findings: readonly SqlFinding[];
  readonly targets: readonly Target[];
  readonly sensitive: boolean;
  readonly unbounded: boolean;
  readonly fingerprint?: () => string;
}
