import { beforeAll, describe, expect, it } from "vitest";
import { loadSql } from "../load.ts";
import { scan } from "../scan.ts";
import { scanPostgresql } from "./scan-postgresql.ts";

beforeAll(() => loadSql());

const safe = [
  "SELECT 1",
  "select count(*) from pg_stat_activity where state = 'idle in transaction'",
  "SELECT pid, now() - query_start AS age, left(query, 60) FROM pg_stat_activity ORDER BY 2 DESC LIMIT 10",
  "WITH t AS (SELECT * FROM orders) SELECT sum(total)::numeric(10,2) FROM t GROUP BY ROLLUP (region)",
  "SELECT pg_size_pretty(pg_total_relation_size('orders'))",
  "SELECT * FROM generate_series(1, 3) AS g(i) JOIN LATERAL (SELECT i) s ON true",
  "TABLE orders",
  "VALUES (1), (2)",
  "SHOW max_connections; SHOW ALL",
  "EXPLAIN SELECT * FROM t",
  "EXPLAIN DELETE FROM t",
  "EXPLAIN (ANALYZE off) DELETE FROM t",
  "EXPLAIN ANALYZE SELECT * FROM t",
  "COPY (SELECT * FROM t) TO STDOUT WITH CSV HEADER",
  "BEGIN READ ONLY; SELECT 1; ROLLBACK",
  "SET statement_timeout = '5s'; SELECT 1",
  "SELECT extract(epoch FROM now() - xact_start) FROM pg_stat_activity",
  "SELECT * FROM orders TABLESAMPLE bernoulli (5) REPEATABLE (3)",
  "SELECT * FROM json_table('[]', '$[*]' COLUMNS (a int PATH '$.a')) t",
  "SELECT to_tsvector('a') @@ to_tsquery('b'), xpath('/a', '<a/>')",
  "WITH RECURSIVE b AS (SELECT 1 AS n UNION ALL SELECT n + 1 FROM b WHERE n < 5) SELECT * FROM b",
  "SHOW POOLS",
  "EXPLAIN (FORMAT JSON, VERBOSE) UPDATE t SET a = 1",
  "SELECT 'DROP TABLE x' AS delete",
  'SELECT "delete" FROM "update"',
];

const caution = [
  "INSERT INTO t VALUES (1)",
  "UPDATE t SET a = 1 WHERE id = 4",
  "SELECT * INTO x FROM t",
  "SELECT * FROM t FOR UPDATE",
  "SELECT pg_sleep(10)",
  "SELECT nextval('s')",
  "SELECT pg_cancel_backend(12)",
  "CREATE INDEX i ON t (a)",
  "VACUUM t",
  "SELECT * FROM pg_shadow",
  "COPY t FROM STDIN",
  "SET search_path = x",
  "MERGE INTO t USING s ON t.id = s.id WHEN MATCHED THEN UPDATE SET a = 1",
  "SELECT pg_read_file('/etc/passwd')",
  "SELECT * FROM pg_ls_logdir()",
  "SELECT pg_current_xact_id()",
  "PREPARE TRANSACTION 'a'",
];

const unknown = [
  "SELECT my_function(1)",
  'SELECT "Count"(1)',
  "SELECT public.count(1)",
  "SELECT 1 OPERATOR(public.+) 2",
  "SELECT 'x'::my_type",
  "SELEC 1",
  "SELECT 'unterminated",
  "",
  "CALL p()",
  "SELECT * FROM dangerous_function()",
  "SELECT * FROM t TABLESAMPLE own_method (5)",
  "RELOAD",
  "SELECT count(x ORDER BY own(x)) FROM t",
  "SELECT 1 ORDER BY 1 USING OPERATOR(public.<)",
];

const dangerous = [
  "DROP TABLE t",
  "TRUNCATE t",
  "DELETE FROM t",
  "DELETE FROM t WHERE id = 4",
  "DELETE FROM t WHERE true",
  "MERGE INTO t USING s ON t.id = s.id WHEN MATCHED THEN DELETE",
  "KILL shop",
  "SELECT ts_stat('delete from t')",
  "SELECT lo_unlink(4)",
  "DELETE FROM t WHERE 1 = 1",
  "DELETE FROM t WHERE id = id",
  "UPDATE t SET a = 1",
  "WITH x AS (DELETE FROM t RETURNING *) SELECT * FROM x",
  "EXPLAIN ANALYZE DELETE FROM t",
  "EXPLAIN (ANALYZE, BUFFERS) UPDATE t SET a = 1",
  "COPY t TO '/tmp/x'",
  "COPY t TO PROGRAM 'rm x'",
  "COPY (DELETE FROM t RETURNING *) TO STDOUT",
  "SELECT pg_terminate_backend(pid) FROM pg_stat_activity",
  "SELECT dblink_exec('x', 'y')",
  "SELECT query_to_xml('delete from t', true, true, '')",
  "DO $$ BEGIN DELETE FROM t; END $$",
  "GRANT ALL ON t TO bob",
  "SET ROLE postgres",
  "SELECT 1; DROP TABLE t",
  "/* a /* b */ */ DROP TABLE t -- x",
  "SELECT E'\\'' ; DROP TABLE t; --'",
  "CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'select 1'",
  "ALTER TABLE t DROP COLUMN a",
];

describe.each([
  ["safe", safe],
  ["caution", caution],
  ["unknown", unknown],
  ["dangerous", dangerous],
] as const)("%s", (risk, statements) => {
  it.each(statements.map((sql) => [sql]))("%s", (sql) => {
    expect({ sql, risk: scanPostgresql(sql).risk }).toEqual({ sql, risk });
  });
});

it("names what a human must type", () => {
  expect(scanPostgresql("DROP TABLE app.orders, b").targets).toEqual([
    { kind: "table", name: "app.orders" },
    { kind: "table", name: "b" },
  ]);
  expect(scanPostgresql("DELETE FROM app.orders").targets).toEqual([{ kind: "table", name: "app.orders" }]);
  expect(scanPostgresql("DROP DATABASE shop").targets).toEqual([{ kind: "database", name: "shop" }]);
  expect(scanPostgresql("TRUNCATE a, b").targets).toEqual([
    { kind: "table", name: "a" },
    { kind: "table", name: "b" },
  ]);
});

it("has the same fingerprint whatever the literals are", () => {
  expect(scanPostgresql("SELECT 1 WHERE 'a' = 'b'").fingerprint?.()).toBe(scanPostgresql("SELECT 2 WHERE 'x' = 'y'").fingerprint?.());
  expect(scanPostgresql("SELECT 1").fingerprint?.()).not.toBe(scanPostgresql("SELECT a").fingerprint?.());
});

it("gives up on what is too long", () => {
  expect(scanPostgresql(`SELECT '${"x".repeat(17_000)}'`).findings[0]?.ruleId).toBe("sql.limit");
});

it("is reached through psql", () => {
  expect(scan("psql -h db1 -c 'select count(*) from t'").risk).toBe("safe");
  expect(scan("psql -c 'drop table t'").risk).toBe("dangerous");
  expect(scan('psql -c "select count(*) from $TABLE"').risk).toBe("unknown");
});
