// Twins of DELETE and UPDATE against a real PostgreSQL: what the twin counts is what the statement then changes.
import { PGlite } from "@electric-sql/pglite";
import { findTwinOfText, loadSql, quoteWord, readTwin, scan } from "@dd0c/scanner";
import { afterAll, beforeAll, expect, it } from "vitest";

let db: PGlite;

const schema = `
  CREATE TABLE orders (id int PRIMARY KEY, state text, note text, created timestamptz, data jsonb);
  CREATE TABLE archived () INHERITS (orders);
  CREATE TABLE customers (id int, vip boolean);
  CREATE SCHEMA shop;
  CREATE TABLE shop."Orders" (id int);
  INSERT INTO orders SELECT g, (ARRAY['open','done','lost'])[g % 3 + 1], NULLIF('n' || g % 5, 'n0'), now() - g * interval '1 day', jsonb_build_object('k', g % 4)
    FROM generate_series(1, 90) g;
  INSERT INTO archived SELECT g, 'old', NULL, now(), '{}' FROM generate_series(101, 110) g;
  INSERT INTO customers SELECT g, g % 2 = 0 FROM generate_series(1, 20) g;
  INSERT INTO shop."Orders" SELECT g FROM generate_series(1, 7) g;
`;

beforeAll(async () => {
  await loadSql();
  db = await PGlite.create();
  await db.exec(schema);
});

afterAll(() => db.close());

it.each([
  "DELETE FROM orders WHERE id <= 5",
  "DELETE FROM orders",
  "DELETE FROM ONLY orders",
  "DELETE FROM orders * WHERE state = 'old'",
  "DELETE FROM orders o WHERE o.created < now() - interval '30 days';",
  'DELETE FROM shop."Orders" AS o WHERE o.id IN (1, 2, 99)',
  "DELETE FROM orders WHERE id IN (SELECT id FROM customers WHERE vip)",
  "DELETE FROM orders WHERE EXISTS (SELECT 1 FROM customers c WHERE c.id = orders.id AND NOT c.vip) OR note IS NULL",
  "DELETE FROM orders WHERE data->>'k' = '2' AND coalesce(note, 'x') <> 'n1'",
  "DELETE FROM orders WHERE ctid IN (SELECT ctid FROM ONLY orders WHERE state = 'open' LIMIT 7)",
  "DELETE FROM orders WHERE id = ANY ('{1,2,3}'::int[]) -- WHERE id = 4",
  "DELETE FROM orders WHERE state LIKE 'o%' AND note IN ('n1', $$n2$$)",
  "UPDATE orders SET state = 'done' WHERE state = 'done'",
  "UPDATE orders SET note = (SELECT max(id)::text FROM customers WHERE vip), state = upper(state) WHERE id BETWEEN 10 AND 20",
  "UPDATE ONLY orders AS x SET (state, note) = ('a', 'b') WHERE x.id % 2 = 0",
  "UPDATE orders SET note = 'where state = ''open''' WHERE (SELECT count(*) FROM customers WHERE vip) = 10 AND id > 80",
  "DELETE FROM orders WHERE state = 'nowhere'",
])("%s", async (sql) => {
  const command = `psql shop -c ${quoteWord(sql)}`;
  const twin = findTwinOfText(command, scan(command));
  const argv = twin?.plan.lists[0]?.first.members[0]?.argv ?? [];
  const count = await db.query<{ count: string | number }>(argv[argv.indexOf("-c") + 1] ?? "");
  const stdout = `${count.rows[0]?.count}\n`;
  await db.exec("BEGIN");
  const [changed] = await db.exec(sql);
  await db.exec("ROLLBACK");
  const radius = twin === undefined ? undefined : readTwin(twin.reading, { stdout, exitCodes: [0], truncated: false });
  expect(radius?.count).toBe(changed?.affectedRows);
});
