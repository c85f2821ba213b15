// Walks the catalogue of schema `run` and names every table that row-level security does not guard, with the reason.
// A table may be off the rules only if the list here says why.

type Walked = { name: string; guarded: boolean; is_partition: boolean; app_may_reach: boolean; app_policies: number; tenant_bound: number };

/** Tables that may be read across tenants or hold no tenant's rows. A partition is guarded like a table, and reached through its parent only. */
export const exemptTables: Readonly<Record<string, string>> = {
  schema_migrations: "names of migrations; the owner's alone, nobody else is granted anything",
  system_settings: "settings of the installation: every tenant reads the same rows, none may write",
  turns: "which replica does which work: no rows of a tenant, and no role of a tenant may reach it",
};

const walkSql = `
  SELECT c.relname AS name, c.relrowsecurity AND c.relforcerowsecurity AS guarded, c.relispartition AS is_partition,
    has_table_privilege('dd0c_app', c.oid, 'SELECT, INSERT, UPDATE, DELETE, TRUNCATE, REFERENCES, TRIGGER')
      OR has_table_privilege('dd0c_system', c.oid, 'SELECT, INSERT, UPDATE, DELETE, TRUNCATE, REFERENCES, TRIGGER') AS app_may_reach,
    count(p.policyname) FILTER (WHERE 'dd0c_app' = ANY (p.roles) OR 'public' = ANY (p.roles))::int AS app_policies,
    count(p.policyname) FILTER (WHERE ('dd0c_app' = ANY (p.roles) OR 'public' = ANY (p.roles)) AND p.cmd = 'ALL' AND p.permissive = 'PERMISSIVE'
      AND p.qual LIKE '(%id = ( SELECT run.current_tenant_id() AS current_tenant_id))'
      AND p.with_check = p.qual)::int AS tenant_bound
  FROM pg_class c LEFT JOIN pg_policies p ON p.schemaname = 'run' AND p.tablename = c.relname
  WHERE c.relnamespace = 'run'::regnamespace AND c.relkind IN ('r', 'p', 'v', 'm', 'f')
  GROUP BY c.oid, c.relname, c.relrowsecurity, c.relforcerowsecurity, c.relispartition ORDER BY c.relname`;

/** One line per fault, and one per exemption without a table. Empty when all is well. */
export async function unguardedTables(query: (sql: string) => Promise<Walked[]>): Promise<string[]> {
  const tables = await query(walkSql);
  const faults = tables.flatMap((table) => faultsOf(table).map((fault) => `${table.name}: ${fault}`));
  const names = new Set(tables.map(({ name }) => name));
  const idle = Object.keys(exemptTables).filter((name) => !names.has(name));
  return [...faults, ...idle.map((name) => `${name}: exempt, but there is no such table`)];
}

function faultsOf(table: Walked): string[] {
  if (table.name in exemptTables) return [];
  if (!table.guarded) return ["row-level security is not enabled and forced"];
  if (table.is_partition) return table.app_may_reach ? ["a partition is reachable past its parent"] : [];
  return table.app_policies === 1 && table.tenant_bound === 1 ? [] : ["not exactly one policy that binds reads and writes to the tenant"];
}
