// DELETE and UPDATE through psql: the count of the very rows, or no twin. The condition must be the same tree for PostgreSQL's own grammar.
import { beforeAll, expect, it } from "vitest";
import { loadSql } from "../load.ts";
import { quoteWord } from "../quote.ts";
import { twinText } from "../test/twin-of.ts";

beforeAll(() => loadSql());

const counts: readonly (readonly [sql: string, count: string])[] = [
  ["DELETE FROM orders WHERE id = 3", "SELECT count(*) FROM orders WHERE id = 3"],
  ["delete from only shop.orders as o where o.id = 3;", "SELECT count(*) FROM only shop.orders as o WHERE o.id = 3"],
  ["DELETE FROM orders", "SELECT count(*) FROM orders"],
  ["DELETE FROM \"Orders\" WHERE note = 'it''s; -- WHERE'", "SELECT count(*) FROM \"Orders\" WHERE note = 'it''s; -- WHERE'"],
  ["DELETE FROM t WHERE created < now() - interval '30 days'", "SELECT count(*) FROM t WHERE created < now() - interval '30 days'"],
  ["DELETE FROM t WHERE id IN (SELECT id FROM u WHERE x) -- old", "SELECT count(*) FROM t WHERE id IN (SELECT id FROM u WHERE x)"],
  ["DELETE FROM t /* a */ WHERE /* b */ a", "SELECT count(*) FROM t WHERE a"],
  ["UPDATE t SET a = 1, b = lower(b) WHERE c IS NULL", "SELECT count(*) FROM t WHERE c IS NULL"],
  ["UPDATE t SET a = (SELECT max(x) FROM u WHERE u.id = t.id) WHERE b", "SELECT count(*) FROM t WHERE b"],
  ["UPDATE t AS x SET a = DEFAULT WHERE x.b > ALL (ARRAY[1,2])", "SELECT count(*) FROM t AS x WHERE x.b > ALL (ARRAY[1,2])"],
  ["UPDATE t SET (a, b) = (1, 2)", "SELECT count(*) FROM t"],
  ["UPDATE t SET a = 1 WHERE (SELECT true) AND data->>'k' = 'v'", "SELECT count(*) FROM t WHERE (SELECT true) AND data->>'k' = 'v'"],
  [
    "DELETE FROM t WHERE CURRENT_DATE > day AND coalesce(a, b) = $$x$$",
    "SELECT count(*) FROM t WHERE CURRENT_DATE > day AND coalesce(a, b) = $$x$$",
  ],
];

it.each(counts)("%s", (sql, count) => {
  expect(twinText(`psql -h db -U app shop -c ${quoteWord(sql)}`)).toBe(`psql -h db -U app -A -t -q -c ${quoteWord(count)} shop`);
});

const places: readonly (readonly [options: string, kept: string])[] = [
  ["", ""],
  ["-Xqh db -p 5433 -U app -d shop", "-X -h db -p 5433 -U app -d shop "],
  ["--host=db --port=5433 --username=app --dbname=shop", "--host=db --port=5433 --username=app --dbname=shop "],
  ["-d postgresql://app@db/shop", "-d postgresql://app@db/shop "],
  ["-v ON_ERROR_STOP=1 -1 -w", "-w "],
];

it.each(places)("keeps the connection of: %s", (options, kept) => {
  expect(twinText(`psql ${options} -c 'DELETE FROM t WHERE a'`)).toBe(`psql ${kept}-A -t -q -c 'SELECT count(*) FROM t WHERE a'`);
});

it("keeps the environment that is written before it", () => {
  expect(twinText("PGHOST=db psql -c 'DELETE FROM t'")).toBe("PGHOST=db psql -A -t -q -c 'SELECT count(*) FROM t'");
});

const none: readonly string[] = [
  "SELECT 1",
  "DROP TABLE t",
  "TRUNCATE t",
  "INSERT INTO t SELECT * FROM u",
  "MERGE INTO t USING u ON a WHEN MATCHED THEN DELETE",
  "DELETE FROM t USING u WHERE t.id = u.id",
  "UPDATE t SET a = u.a FROM u WHERE t.id = u.id",
  "DELETE FROM t WHERE a RETURNING *",
  "DELETE FROM t WHERE a RETURNING pg_terminate_backend(pid)",
  "WITH x AS (SELECT 1) DELETE FROM t WHERE a",
  "WITH x AS (DELETE FROM u RETURNING *) DELETE FROM t WHERE a",
  "DELETE FROM t WHERE CURRENT OF c",
  "DELETE FROM t WHERE a; DELETE FROM u WHERE b",
  "SET search_path = x; DELETE FROM t WHERE a",
  "BEGIN; DELETE FROM t WHERE a; COMMIT",
  "DELETE FROM t WHERE id = $1",
  "DELETE FROM t WHERE id = :id",
  "DELETE FROM t WHERE random() < 0.1",
  "DELETE FROM t WHERE id IN (SELECT id FROM t ORDER BY random() LIMIT 5)",
  "DELETE FROM t WHERE id IN (SELECT id FROM t TABLESAMPLE bernoulli (10))",
  "DELETE FROM t WHERE id IN (SELECT id FROM t FOR UPDATE SKIP LOCKED)",
  "DELETE FROM t WHERE id = (WITH d AS (DELETE FROM u RETURNING id) SELECT id FROM d)",
  "DELETE FROM t WHERE id = gen_random_uuid()",
  "DELETE FROM t WHERE id = nextval('s')",
  "DELETE FROM t WHERE current_query() LIKE 'DELETE%'",
  "DELETE FROM t WHERE my_function(a)",
  "DELETE FROM t WHERE other.lower(a) = 'x'",
  "DELETE FROM t WHERE pg_advisory_lock(1) IS NULL",
  "DELETE FROM t WHERE a IN (SELECT a FROM dblink('x', 'y') AS d(a int))",
  "UPDATE t SET a = my_function(b) WHERE c",
  "UPDATE t SET a = dblink_exec('x', 'y') WHERE c",
  "UPDATE t SET a = nextval('s') WHERE c",
  "DELETE FROM t LIMIT 10",
  "DELETE FROM t WHERE a ORDER BY b LIMIT 10",
  "DELETE FROM t WHERE a = 'open",
  "DELETE FROM t WHERE",
  "DELETE FROM t WHERE a = E'\\'' OR true --'",
  "EXPLAIN ANALYZE DELETE FROM t WHERE a",
  "DELETE FROM t, u WHERE a",
  "DELETE FROM pg_authid WHERE rolname = 'x'",
  "\\d t",
];

it.each(none)("no twin: %s", (sql) => {
  expect(twinText(`psql -c ${quoteWord(sql)}`)).toBeNull();
});

it.each([
  "psql -c 'DELETE FROM t WHERE a' -c 'DELETE FROM u'",
  "psql -c 'SET search_path = x' -c 'DELETE FROM t WHERE a'",
  "psql -f x.sql",
  "psql <<< 'DELETE FROM t WHERE a'",
  "psql -v id=3 -c 'DELETE FROM t WHERE a'",
  "psql -v AUTOCOMMIT=off -c 'DELETE FROM t WHERE a'",
  "psql -o x -c 'DELETE FROM t WHERE a'",
  "psql -P format=csv -c 'DELETE FROM t WHERE a'",
  "psql a b c -c 'DELETE FROM t WHERE a'",
  "psql --host db --frob -c 'DELETE FROM t WHERE a'",
  "psql --hos=db -c 'DELETE FROM t WHERE a'",
  "psql -d 'host=db options=-crole=x' -c 'DELETE FROM t WHERE a'",
  "PGOPTIONS=-csearch_path=x psql -c 'DELETE FROM t WHERE a'",
  "POSIXLY_CORRECT=1 psql shop -c 'DELETE FROM t WHERE a'",
  "PGSERVICEFILE=/tmp/x psql -c 'DELETE FROM t WHERE a'",
  "PGPASSWORD=x psql -c 'DELETE FROM t WHERE a'",
  "sudo -u postgres psql -c 'DELETE FROM t WHERE a'",
  "kubectl exec db-0 -- psql -c 'DELETE FROM t WHERE a'",
  "pgcli -c 'DELETE FROM t WHERE a'",
  'psql -c "DELETE FROM t WHERE a = $ID"',
])("no twin: %s", (command) => {
  expect(twinText(command)).toBeNull();
});
