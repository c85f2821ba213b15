// The dialects without a grammar of ours: statements, functions, quoting and comments, and what must be conceded.
import { describe, expect, it } from "vitest";
import { scanDialect } from "./scan-dialect.ts";
import { lexSql } from "./lex-sql.ts";
import { syntaxes } from "./dialect-statements.ts";

type Dialect = Parameters<typeof scanDialect>[0];
type Row = readonly [dialect: Dialect, sql: string];

const safe: readonly Row[] = [
  ["mysql", "SHOW FULL PROCESSLIST"],
  ["mysql", "show engine innodb status\\G"],
  ["mysql", "SELECT id, `user` FROM information_schema.processlist WHERE command <> 'Sleep' ORDER BY time DESC LIMIT 5;"],
  ["mysql", "EXPLAIN DELETE FROM orders WHERE id = 1"],
  ["mysql", "DESCRIBE app.orders; SHOW CREATE TABLE app.orders"],
  ["mysql", "SELECT COUNT(*), MAX(created_at) FROM orders -- newest\nWHERE state = 'open' # all\n"],
  ["mysql", "WITH t(a) AS (SELECT 1) SELECT a AS `delete` FROM t"],
  ["mysql", "SELECT INSERT_TIME, t.update FROM t WHERE note = 'drop table x; delete'"],
  ["mysql", "SELECT 'it''s', \"a\"\"b\", @@version, NOW() - INTERVAL 5 MINUTE"],
  ["mysql", "SET SESSION max_execution_time = 1000; SELECT 1"],
  ["mysql", "SELECT user, host FROM mysql.user"],
  ["sqlite", "SELECT name FROM sqlite_master WHERE type = 'table'"],
  ["sqlite", "PRAGMA table_info(orders)"],
  ["sqlite", "PRAGMA integrity_check; PRAGMA main.journal_mode"],
  ["sqlite", "EXPLAIN QUERY PLAN DELETE FROM t WHERE [id] = 3"],
  ["duckdb", "FROM 'sales.parquet' SELECT sum(amount)"],
  ["duckdb", "SUMMARIZE orders"],
  ["duckdb", "SELECT $$it's; drop table x$$"],
  ["clickhouse", "SELECT query, formatReadableSize(memory_usage) FROM system.processes ORDER BY elapsed DESC LIMIT 3 FORMAT Vertical"],
  [
    "clickhouse",
    "SELECT hostName(), count() FROM clusterAllReplicas('main', system.query_log) WHERE event_time > now() - toIntervalHour(1)",
  ],
  ["clickhouse", "SHOW CREATE TABLE events; EXISTS TABLE events"],
  ["cql", "SELECT * FROM system.peers; DESCRIBE KEYSPACES"],
  ["cql", "CONSISTENCY QUORUM; SELECT id FROM shop.orders WHERE id = 3 // one\n LIMIT 1"],
  ["tsql", "SELECT TOP (10) * FROM sys.dm_exec_requests CROSS APPLY sys.dm_exec_sql_text(sql_handle) WHERE [status] = N'running'"],
  ["tsql", "EXEC sp_who2"],
  ["tsql", "sp_helptext 'dbo.work'"],
  ["tsql", "SET NOCOUNT ON; SELECT @@VERSION\nGO\nSELECT name FROM sys.databases WITH (NOLOCK)"],
  ["tsql", "DBCC OPENTRAN; DBCC SQLPERF(LOGSPACE)"],
  ["snowflake", "SHOW WAREHOUSES; SELECT * FROM TABLE(INFORMATION_SCHEMA.QUERY_HISTORY()) LIMIT 5"],
  ["bigquery", "SELECT SAFE.SUBSTR(name, 1), COUNT(*) FROM `p.d.t` GROUP BY 1 # top"],
  ["trino", "SELECT approx_distinct(id) FROM \"logs\".web WHERE day = date '2026-01-01'"],
  ["influxql", 'SELECT mean("usage") FROM cpu WHERE time > now() - 1h GROUP BY time(5m)'],
  ["cypher", "MATCH (n:Host)-[r:RUNS]->(s) WHERE n.name = 'a' RETURN count(s) LIMIT 5"],
];

const caution: readonly Row[] = [
  ["mysql", "INSERT INTO t (a, b) VALUES (1, NOW())"],
  ["mysql", "UPDATE t SET a = 1 WHERE id = 3"],
  ["mysql", "SELECT * FROM t WHERE id = 3 FOR UPDATE"],
  ["mysql", "SELECT id FROM t LOCK IN SHARE MODE"],
  ["mysql", "SELECT SLEEP(10)"],
  ["mysql", "SELECT @a := 1"],
  ["mysql", "SELECT a INTO @x FROM t"],
  ["mysql", "SET GLOBAL max_connections = 500"],
  ["mysql", "STOP REPLICA"],
  ["mysql", "SELECT * FROM mysql.user"],
  ["mysql", "SELECT LOAD_FILE('/etc/motd')"],
  ["sqlite", "PRAGMA journal_mode = WAL"],
  ["sqlite", "VACUUM"],
  ["duckdb", "COPY t TO 'out.csv'"],
  ["duckdb", "SELECT * FROM read_csv('/home/u/.aws/credentials')"],
  ["clickhouse", "SYSTEM RELOAD DICTIONARIES"],
  ["clickhouse", "WITH sleep(3) AS x SELECT x"],
  ["clickhouse", "SELECT * FROM url('http://x/y', CSV, 'a String')"],
  ["cql", "UPDATE t SET a = 1 WHERE id = 3"],
  ["tsql", "BACKUP DATABASE app TO DISK = 'x.bak'"],
  ["snowflake", "ALTER WAREHOUSE load SUSPEND"],
  ["cypher", "CREATE (n:Host {name: 'a'})"],
];

const dangerous: readonly Row[] = [
  ["mysql", "DROP TABLE orders"],
  ["mysql", "SELECT 1; TRUNCATE orders"],
  ["mysql", "DELETE FROM orders"],
  ["mysql", "UPDATE orders SET a = 1 WHERE 1"],
  ["mysql", "UPDATE orders SET a = 1 WHERE id = id"],
  ["mysql", "WITH x AS (SELECT 1) DELETE FROM orders"],
  ["mysql", "EXPLAIN ANALYZE DELETE FROM orders"],
  ["mysql", "SELECT * FROM t INTO OUTFILE '/tmp/x'"],
  ["mysql", "SELECT sys_exec('id')"],
  ["mysql", "SELECT 1 \\! id"],
  ["mysql", "system id"],
  ["mysql", "ALTER TABLE t DROP COLUMN a"],
  ["mysql", "GRANT ALL ON *.* TO bob"],
  ["mysql", "KILL 12"],
  ["mysql", "/*!50000 DROP TABLE t */"],
  ["mysql", "SELECT 'a\\' ; DROP TABLE t; -- '"],
  ["mysql", "RESET MASTER"],
  ["sqlite", "SELECT load_extension('x')"],
  ["sqlite", "SELECT writefile('x', 'y')"],
  ["sqlite", "DELETE FROM t WHERE id = 3"],
  ["clickhouse", "ALTER TABLE t DELETE WHERE id = 1"],
  ["clickhouse", "SYSTEM SHUTDOWN"],
  ["clickhouse", "SELECT * FROM executable('x', CSV, 'a String')"],
  ["cql", "TRUNCATE shop.orders"],
  ["tsql", "SELECT 1 DROP TABLE t"],
  ["tsql", "EXEC master..xp_cmdshell 'dir'"],
  ["tsql", "SELECT 1 KILL 55"],
  ["tsql", "EXEC sp_who2 SHUTDOWN"],
  ["tsql", "SELECT * FROM OPENROWSET('a', 'b', 'c')"],
  ["snowflake", "CREATE OR REPLACE TABLE t (a INT)"],
  ["snowflake", "REMOVE @stage/path"],
  ["cypher", "MATCH (n) DETACH DELETE n"],
];

const unknown: readonly Row[] = [
  ["mysql", "SELECT my_function(1)"],
  ["mysql", "SELECT app.count(1)"],
  ["mysql", "SELECT `count`(1)"],
  ["mysql", "SELECT 1--1"],
  ["mysql", "SELECT 'a\\'b'"],
  ["mysql", "SELECT 'open"],
  ["mysql", "SELECT 1 /* open"],
  ["mysql", "SELECT /*! SLEEP(1) */ 1"],
  ["mysql", "SELECT 1 /* a /* b */ */"],
  ["mysql", "DELIMITER //"],
  ["mysql", "CALL tidy()"],
  ["mysql", ""],
  ["mysql", "-- only a comment"],
  ["mysql", "INSERT INTO t VALUES (my_function())"],
  ["sqlite", ".tables"],
  ["tsql", "EXEC dbo.tidy"],
  ["tsql", "DECLARE @a INT = 1"],
  ["bigquery", "SELECT '''a'''"],
  ["influxql", "BACKFILL x"],
  ["cypher", "CALL apoc.do('x')"],
];

describe.each([
  ["safe", safe],
  ["caution", caution],
  ["dangerous", dangerous],
  ["unknown", unknown],
] as const)("%s", (risk, rows) => {
  it.each(rows)("%s: %s", (dialect, sql) => {
    const verdict = scanDialect(dialect, sql);
    expect({ sql, risk: verdict.risk, because: verdict.risk === risk ? "" : verdict.findings }).toEqual({ sql, risk, because: "" });
  });
});

it("names what a human must type, as written", () => {
  expect(scanDialect("mysql", "DROP TABLE IF EXISTS app.Orders, `b c`").targets).toEqual([
    { kind: "table", name: "app.Orders" },
    { kind: "table", name: "b c" },
  ]);
  expect(scanDialect("mysql", "DELETE FROM Users").targets).toEqual([{ kind: "table", name: "Users" }]);
  expect(scanDialect("cql", "DROP KEYSPACE shop").targets).toEqual([{ kind: "keyspace", name: "shop" }]);
});

it("points at the statement that speaks", () => {
  const sql = "SELECT 1; DROP TABLE t";
  const finding = scanDialect("mysql", sql).findings.find(({ risk }) => risk === "dangerous");
  expect(sql.slice(finding?.start, finding?.end)).toBe("DROP TABLE t");
});

it("gives up on what is too long or has too many words, without looking at it", () => {
  expect(scanDialect("mysql", `SELECT '${"x".repeat(17_000)}'`).findings[0]?.ruleId).toBe("sql.limit");
  expect(lexSql("a ".repeat(8_192) + "a", syntaxes.mysql).doubt).toBe("it is too long to look at");
});
