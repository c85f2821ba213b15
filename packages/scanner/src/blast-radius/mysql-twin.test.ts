// DELETE and UPDATE through mysql: only the plainest form has a twin, because no grammar of ours reads the dialect.
import { expect, it } from "vitest";
import { quoteWord } from "../quote.ts";
import { twinText } from "../test/twin-of.ts";

const counts: readonly (readonly [sql: string, count: string])[] = [
  ["DELETE FROM orders WHERE id IN (1, 2)", "SELECT count(*) FROM orders WHERE id IN (1, 2)"],
  ["delete from shop.orders where state = 'x';", "SELECT count(*) FROM shop.orders WHERE state = 'x'"],
  ["DELETE FROM `order`", "SELECT count(*) FROM `order`"],
  ["UPDATE t SET a = 1, b = UPPER(b) WHERE c IS NULL", "SELECT count(*) FROM t WHERE c IS NULL"],
  ["UPDATE `s`.`t` SET a = IF(b, 1, 2) WHERE a <> 2", "SELECT count(*) FROM `s`.`t` WHERE a <> 2"],
  ["DELETE FROM t WHERE d < NOW() - INTERVAL 3 DAY", "SELECT count(*) FROM t WHERE d < NOW() - INTERVAL 3 DAY"],
  ["DELETE FROM t WHERE id IN (SELECT id FROM u WHERE x = 1)", "SELECT count(*) FROM t WHERE id IN (SELECT id FROM u WHERE x = 1)"],
  ["DELETE FROM t WHERE a = \"x\" AND b = 'order by rand()'", "SELECT count(*) FROM t WHERE a = \"x\" AND b = 'order by rand()'"],
  ["DELETE FROM t WHERE EXISTS (SELECT 1 FROM u)", "SELECT count(*) FROM t WHERE EXISTS (SELECT 1 FROM u)"],
];

it.each(counts)("%s", (sql, count) => {
  expect(twinText(`mysql -h db shop -e ${quoteWord(sql)}`)).toBe(`mysql -h db -N -B -e ${quoteWord(count)} shop`);
});

const places: readonly (readonly [options: string, kept: string])[] = [
  ["-uroot -psecret -P 3307", "-u root -psecret -P 3307 "],
  ["--user=app --host=db --port=3307 --database=shop", "--user=app --host=db --port=3307 --database=shop "],
  ["--defaults-file=/etc/mysql/debian.cnf -Nsf", "--defaults-file=/etc/mysql/debian.cnf "],
  ["--protocol tcp --ssl-mode=REQUIRED", "--protocol=tcp --ssl-mode=REQUIRED "],
  ["-S /run/mysqld/mysqld.sock -D shop", "-S /run/mysqld/mysqld.sock -D shop "],
];

it.each(places)("keeps the connection of: %s", (options, kept) => {
  expect(twinText(`mariadb ${options} -e 'DELETE FROM t WHERE a = 1'`)).toBe(
    `mariadb ${kept}-N -B -e 'SELECT count(*) FROM t WHERE a = 1'`,
  );
});

const none: readonly string[] = [
  "SELECT 1",
  "DROP TABLE t",
  "TRUNCATE TABLE t",
  "REPLACE INTO t VALUES (1)",
  "DELETE t FROM t JOIN u ON t.id = u.id",
  "DELETE FROM t, u USING t JOIN u WHERE t.id = u.id",
  "DELETE FROM t USING t JOIN u WHERE t.id = u.id",
  "DELETE FROM t WHERE a = 1 LIMIT 10",
  "DELETE FROM t LIMIT 10",
  "DELETE FROM t WHERE a = 1 ORDER BY b",
  "DELETE FROM t AS x WHERE x.a = 1",
  "DELETE x FROM t x WHERE x.a = 1",
  "DELETE QUICK FROM t WHERE a = 1",
  "DELETE FROM t PARTITION (p0) WHERE a = 1",
  "DELETE FROM t WHERE a = 1 RETURNING *",
  "WITH c AS (SELECT 1) DELETE FROM t WHERE a = 1",
  "UPDATE t, u SET t.a = u.a WHERE t.id = u.id",
  "UPDATE t JOIN u SET t.a = 1 WHERE t.id = u.id",
  "UPDATE LOW_PRIORITY t SET a = 1 WHERE b",
  "UPDATE t x SET a = 1 WHERE b",
  "UPDATE t SET a = 1 WHERE b ORDER BY c LIMIT 1",
  "UPDATE t SET a = 1 LIMIT 1",
  "UPDATE t SET a = my_function(b) WHERE c",
  "UPDATE t SET a = @x WHERE c",
  "DELETE FROM t WHERE a = @x",
  "DELETE FROM t WHERE (@x := id) > 0",
  "DELETE FROM t WHERE RAND() < 0.1",
  "DELETE FROM t WHERE id = UUID()",
  "DELETE FROM t WHERE SLEEP(1)",
  "DELETE FROM t WHERE `my_function`(a)",
  "DELETE FROM t WHERE a = 1 /*! LIMIT 10 */",
  "DELETE FROM t WHERE a = 1 /* x */ AND b",
  "DELETE FROM t WHERE a = 1 -- x",
  "DELETE FROM t WHERE a = 1 # x",
  "DELETE FROM t WHERE a = 'x\\' OR 1=1",
  "DELETE FROM t WHERE a = 'x\\\\'",
  "DELETE FROM t WHERE a = 1\\G",
  "DELETE FROM t WHERE a = 1; DELETE FROM u",
  "USE other; DELETE FROM t WHERE a = 1",
  "DELETE FROM t WHERE a = 1 UNION SELECT 2",
  "DELETE FROM t WHERE a = 1 INTO OUTFILE '/tmp/x'",
  "DELETE FROM t WHERE a = 1 FOR UPDATE",
  "DELETE FROM t WHERE a = 1)",
  'DELETE FROM "t" WHERE a = 1',
  "DELETE FROM t WHERE",
  "DELETE FROM a.b.c WHERE a = 1",
  "system rm x",
];

it.each(none)("no twin: %s", (sql) => {
  expect(twinText(`mysql shop -e ${quoteWord(sql)}`)).toBeNull();
});

it.each([
  "mysql -e 'DELETE FROM t WHERE a = 1' -e 'DELETE FROM u'",
  "mysql shop other -e 'DELETE FROM t WHERE a = 1'",
  "mysql --init-command='use x' -e 'DELETE FROM t WHERE a = 1'",
  "mysql --safe-updates -e 'DELETE FROM t WHERE a = 1'",
  "mysql --one-database x -e 'DELETE FROM t WHERE a = 1'",
  "mysql --defaults-file=/tmp/x.cnf -e 'DELETE FROM t WHERE a = 1'",
  "mysql --delimiter=x -e 'DELETE FROM t WHERE a = 1'",
  "mysql --tee=x -e 'DELETE FROM t WHERE a = 1'",
  "mysql <<< 'DELETE FROM t WHERE a = 1'",
  "mysql --hos=db -e 'DELETE FROM t WHERE a = 1'",
  'mysql -e "DELETE FROM t WHERE a = $ID"',
  "mysqladmin flush-hosts",
  "POSIXLY_CORRECT=1 mysql shop -e 'DELETE FROM t WHERE a = 1'",
  "MYSQL_HOME=/tmp mysql shop -e 'DELETE FROM t WHERE a = 1'",
  "LD_PRELOAD=/tmp/x mysql shop -e 'DELETE FROM t WHERE a = 1'",
])("no twin: %s", (command) => {
  expect(twinText(command)).toBeNull();
});
