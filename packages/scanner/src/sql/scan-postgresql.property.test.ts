// Statements in the style of PostgreSQL's regression suite, made by a generator and cross-checked: what an independent look at
// libpg-query's tree shows to write, lock or call something unknown is never safe; and what the generator made of reads alone is safe.
import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { loadSql } from "../load.ts";
import { pgParser } from "./pg-parser.ts";
import { scanPostgresql } from "./scan-postgresql.ts";

beforeAll(() => loadSql());

const harmless = ["count", "lower", "upper", "abs", "now", "length", "max", "min", "sum", "coalesce", "date_trunc", "pg_size_pretty"];
const harmful = [
  "pg_terminate_backend",
  "nextval",
  "setval",
  "my_function",
  "public.lower",
  '"Lower"',
  "dblink_exec",
  "lo_unlink",
  "pg_notify",
  "query_to_xml",
  "pg_sleep",
  "set_config",
  "other.count",
  "ts_rewrite",
];
const tables = ["tenk1", "onek", "int4_tbl", "public.road", '"Quoted Table"', "pg_class", "pg_stat_activity"];
const columns = ["unique1", "ten", "stringu1", '"odd name"', "f1"];

const pick = (list: readonly string[]): fc.Arbitrary<string> => fc.constantFrom(...list);
const literal = fc.oneof(
  fc.integer({ min: 0, max: 9999 }).map(String),
  fc.constantFrom(
    "'a'",
    "'it''s; DROP TABLE x'",
    "E'\\\\'",
    "$q$delete from t$q$",
    "NULL",
    "true",
    "B'101'",
    "U&'d\\0061t'",
    "'2026-01-01'::date",
    "'{1,2}'::int[]",
  ),
);
const comment = fc.constantFrom("", "", " /* delete from t */ ", " /* a /* b */ c */ ", " -- drop table t\n ");

/** Expressions over `functions`. */
const expression = (functions: readonly string[]): fc.Arbitrary<string> =>
  fc.letrec<{ all: string }>((tie) => ({
    all: fc.oneof(
      { maxDepth: 3, withCrossShrink: true },
      pick(columns),
      literal,
      fc.tuple(pick(functions), tie("all")).map(([name, argument]) => `${name}(${argument})`),
      fc
        .tuple(tie("all"), fc.constantFrom("+", "-", "||", "=", "<", "AND", "IS DISTINCT FROM"), tie("all"))
        .map(([a, sign, b]) => `(${a} ${sign} ${b})`),
      fc.tuple(tie("all"), tie("all")).map(([a, b]) => `CASE WHEN ${a} IS NULL THEN ${b} ELSE ${a} END`),
      tie("all").map((inner) => `CAST(${inner} AS text)`),
      fc.tuple(tie("all"), pick(tables)).map(([inner, table]) => `(SELECT ${inner} FROM ${table} LIMIT 1)`),
      fc.tuple(pick(functions), tie("all")).map(([name, inner]) => `${name}(${inner}) OVER (PARTITION BY ten)`),
    ),
  })).all;

const select = (functions: readonly string[]): fc.Arbitrary<string> =>
  fc
    .tuple(
      expression(functions),
      pick(tables),
      expression(functions),
      comment,
      fc.constantFrom("", " ORDER BY 1", " GROUP BY ten", " LIMIT 5", " UNION ALL SELECT 1", " OFFSET 2"),
    )
    .map(([what, table, where, note, tail]) => `SELECT ${what}${note} FROM ${table} WHERE ${where} IS NOT NULL${tail}`);

const reads = fc
  .tuple(
    select(harmless),
    fc.constantFrom(
      "%",
      "EXPLAIN %",
      "EXPLAIN (COSTS OFF) %",
      "WITH q AS (%) SELECT * FROM q",
      "COPY (%) TO STDOUT",
      "(%)",
      "BEGIN; %; ROLLBACK",
      "TABLE tenk1; %",
    ),
  )
  .map(wrap);

const change = fc
  .tuple(pick(tables), expression([...harmless, ...harmful]), select(harmless))
  .chain(([table, value, query]) =>
    fc.constantFrom(
      `INSERT INTO ${table} SELECT ${value}`,
      `UPDATE ${table} SET ten = ${value} WHERE unique1 = 3`,
      `DELETE FROM ${table} WHERE unique1 = 1`,
      `MERGE INTO ${table} USING onek o ON true WHEN MATCHED THEN DO NOTHING`,
      `WITH d AS (DELETE FROM ${table} RETURNING *) SELECT * FROM d`,
      `SELECT * INTO fresh FROM ${table}`,
      `SELECT * FROM ${table} FOR NO KEY UPDATE`,
      `SELECT * FROM (SELECT * FROM ${table} FOR SHARE) s`,
      `EXPLAIN ANALYZE INSERT INTO ${table} DEFAULT VALUES`,
      `EXPLAIN (ANALYZE true, TIMING off) DELETE FROM ${table}`,
      `CREATE TABLE fresh AS ${query}`,
      `COPY ${table} FROM STDIN`,
      `COPY ${table} TO PROGRAM 'cat'`,
      `TRUNCATE ${table}`,
      `DROP TABLE IF EXISTS ${table} CASCADE`,
      `ALTER TABLE ${table} ADD COLUMN z int`,
      `LOCK TABLE ${table} IN ACCESS SHARE MODE`,
      `VACUUM ${table}`,
      `DECLARE c CURSOR WITH HOLD FOR ${query}`,
      "DO 'BEGIN END'",
      "CALL p()",
      "NOTIFY web",
      `GRANT SELECT ON ${table} TO PUBLIC`,
      "SET SESSION AUTHORIZATION bob",
      "ALTER SYSTEM SET work_mem = '1GB'",
      "CREATE EXTENSION dblink",
      `PREPARE p AS ${query}`,
      "LOAD 'x'",
      "CHECKPOINT",
      "DISCARD ALL",
      `COMMENT ON TABLE ${table} IS 'x'`,
    ),
  );
const changes = fc.tuple(fc.oneof(change, select(harmful)), fc.constantFrom("%", "SELECT 1; %", "%; SELECT 1", "/* x */ % -- y")).map(wrap);

function wrap([inner, frame]: readonly [string, string]): string {
  return frame.replace("%", () => inner);
}

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

const statementsThatRead = ["SelectStmt", "ExplainStmt", "VariableShowStmt", "TransactionStmt", "CopyStmt"];

/** An own, recursive look at the tree that shares nothing with the scanner: whether anything in it may do more than read. */
function mayDoMore(node: Json, explained = false): boolean {
  if (Array.isArray(node)) return node.some((item) => mayDoMore(item, explained));
  if (typeof node !== "object" || node === null) return false;
  return Object.entries(node).some(([key, child]) => {
    if (key === "FuncCall") {
      const parts = ((child as { funcname: { String: { sval: string } }[] }).funcname ?? []).map((part) => part.String.sval);
      if (parts.length !== 1 || !harmless.includes(parts[0] ?? "")) return true;
    }
    if (key === "intoClause" || key === "lockingClause") return !explained;
    if (key === "CopyStmt" && (JSON.stringify(child).includes('"is_from":true') || JSON.stringify(child).includes('"filename"')))
      return true;
    const runs = key === "ExplainStmt" && JSON.stringify((child as { options?: Json }).options ?? []).includes("analyze");
    if (key.endsWith("Stmt") && !statementsThatRead.includes(key) && !explained) return true;
    return mayDoMore(child, explained || (key === "ExplainStmt" && !runs));
  });
}

const parses = (sql: string): Json | undefined => {
  try {
    return pgParser()?.parse(sql) as Json;
  } catch {
    return undefined;
  }
};

describe("statements in the style of the regression suite", () => {
  it("what may do more than read is never safe", () => {
    fc.assert(
      fc.property(fc.oneof(changes, reads), (sql) => {
        const tree = parses(sql);
        if (tree === undefined || mayDoMore(tree)) expect({ sql, risk: scanPostgresql(sql).risk }).not.toEqual({ sql, risk: "safe" });
      }),
      { numRuns: 2_000 },
    );
  });

  it("what is made of reads alone is safe", () => {
    fc.assert(
      fc.property(reads, (sql) => {
        fc.pre(parses(sql) !== undefined);
        const verdict = scanPostgresql(sql);
        expect({ sql, risk: verdict.risk, because: verdict.risk === "safe" ? [] : verdict.findings }).toEqual({
          sql,
          risk: "safe",
          because: [],
        });
      }),
      { numRuns: 1_000 },
    );
  });

  it("a change behind any statement counts", () => {
    fc.assert(
      fc.property(reads, change, (read, write) => {
        fc.pre(parses(`${read}; ${write}`) !== undefined);
        expect(scanPostgresql(`${read}\n;${write}`).risk).not.toBe("safe");
      }),
      { numRuns: 500 },
    );
  });
});
