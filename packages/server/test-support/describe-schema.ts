// The catalogue of schema `run` goes in, one readable text comes out: what src/db/schema.sql must say. Derived from the catalogue and not by
// pg_dump, so that it is the same text on every PostgreSQL version and on the embedded database. Monthly partitions are left out.

export type RunQuery = <Row extends Record<string, unknown>>(sql: string) => Promise<Row[]>;

type Table = { name: string; partitioning: string | null; forced: boolean };
type Line = { table_name: string; line: string };

const tablesSql = `
  SELECT relname AS name, pg_get_partkeydef(c.oid) AS partitioning, relrowsecurity AND relforcerowsecurity AS forced
  FROM pg_class c WHERE relnamespace = 'run'::regnamespace AND relkind IN ('r', 'p') AND NOT relispartition ORDER BY relname`;

const columnsSql = `
  SELECT c.relname AS table_name, format('%I %s%s%s%s', a.attname, format_type(a.atttypid, a.atttypmod),
    CASE WHEN a.attnotnull THEN ' NOT NULL' ELSE '' END,
    CASE WHEN a.attidentity <> '' THEN ' GENERATED ALWAYS AS IDENTITY' ELSE '' END,
    CASE WHEN a.attgenerated <> '' THEN format(' GENERATED ALWAYS AS (%s) STORED', pg_get_expr(d.adbin, d.adrelid))
         WHEN d.adbin IS NOT NULL THEN format(' DEFAULT %s', pg_get_expr(d.adbin, d.adrelid)) ELSE '' END) AS line
  FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum
  WHERE c.relnamespace = 'run'::regnamespace AND c.relkind IN ('r', 'p') AND NOT c.relispartition AND a.attnum > 0 AND NOT a.attisdropped
  ORDER BY c.relname, a.attnum`;

const constraintsSql = `
  SELECT c.relname AS table_name, format('CONSTRAINT %I %s', o.conname, pg_get_constraintdef(o.oid)) AS line
  FROM pg_constraint o JOIN pg_class c ON c.oid = o.conrelid
  WHERE c.relnamespace = 'run'::regnamespace AND NOT c.relispartition AND o.contype IN ('p', 'u', 'f', 'c') ORDER BY c.relname, o.contype, o.conname`;

const indexesSql = `
  SELECT c.relname AS table_name, replace(pg_get_indexdef(i.indexrelid), ' ON ONLY ', ' ON ') || ';' AS line
  FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid
  WHERE c.relnamespace = 'run'::regnamespace AND NOT c.relispartition
    AND NOT EXISTS (SELECT FROM pg_constraint o WHERE o.conindid = i.indexrelid AND o.contype IN ('p', 'u'))
  ORDER BY c.relname, i.indexrelid::regclass::text`;

const triggersSql = `
  SELECT c.relname AS table_name, pg_get_triggerdef(t.oid) || ';' AS line
  FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
  WHERE c.relnamespace = 'run'::regnamespace AND NOT c.relispartition AND NOT t.tgisinternal ORDER BY c.relname, t.tgname`;

const policiesSql = `
  SELECT tablename AS table_name, format('CREATE POLICY %I ON run.%I FOR %s TO %s USING (%s)%s;', policyname, tablename, cmd,
    array_to_string(roles, ', '), qual, CASE WHEN with_check IS NULL THEN '' ELSE format(' WITH CHECK (%s)', with_check) END) AS line
  FROM pg_policies WHERE schemaname = 'run' ORDER BY tablename, policyname`;

const grantsSql = `
  SELECT c.relname AS table_name, format('GRANT %s ON run.%I TO %s;', string_agg(g.privilege, ', ' ORDER BY g.privilege), c.relname, g.grantee) AS line
  FROM pg_class c CROSS JOIN LATERAL (
    SELECT grantee::regrole::text AS grantee, privilege_type AS privilege FROM aclexplode(c.relacl)
    UNION ALL
    SELECT x.grantee::regrole::text, format('%s (%s)', x.privilege_type, string_agg(a.attname, ', ' ORDER BY a.attnum))
    FROM pg_attribute a CROSS JOIN LATERAL aclexplode(a.attacl) x WHERE a.attrelid = c.oid GROUP BY 1, x.privilege_type
  ) g
  WHERE c.relnamespace = 'run'::regnamespace AND c.relkind IN ('r', 'p') AND NOT c.relispartition AND g.grantee <> 'dd0c_owner'
  GROUP BY c.relname, g.grantee ORDER BY c.relname, g.grantee`;

const functionsSql = `
  SELECT p.proname AS table_name, pg_get_functiondef(p.oid) || ';' AS line
  FROM pg_proc p WHERE p.pronamespace = 'run'::regnamespace ORDER BY p.proname`;

/** The whole description, ending in a newline. */
export async function describeSchema(query: RunQuery): Promise<string> {
  const tables = await query<Table>(tablesSql);
  const [columns, constraints] = [await query<Line>(columnsSql), await query<Line>(constraintsSql)];
  const after: Line[] = [];
  for (const statement of [indexesSql, triggersSql, policiesSql, grantsSql]) after.push(...(await query<Line>(statement)));
  const functions = await query<Line>(functionsSql);
  const of = (lines: readonly Line[], name: string): string[] => lines.filter((line) => line.table_name === name).map(({ line }) => line);
  const blocks = tables.map((table) => {
    const body = [...of(columns, table.name), ...of(constraints, table.name)].map((line) => `  ${line}`).join(",\n");
    const partitioning = table.partitioning === null ? "" : ` PARTITION BY ${table.partitioning}`;
    const security = table.forced ? [`ALTER TABLE run.${table.name} ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;`] : [];
    return [`CREATE TABLE run.${table.name} (\n${body}\n)${partitioning};`, ...security, ...of(after, table.name)].join("\n");
  });
  return `${[heading, ...functions.map(({ line }) => line), ...blocks].join("\n\n")}\n`;
}

const heading = `-- Generated from the migrations, for reading and for reviewing what a migration changes; the migrations are what runs.
-- Kept fresh by a test; written by: npx vitest run -u packages/server/src/db/schema.test.ts`;
