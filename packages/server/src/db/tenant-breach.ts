// Signs that a wall between tenants, or the rule that trust needs an admin, was run against: the database's refusals, and rows that it should
// not have given out. An error goes in, its kind comes out; a result goes in, it comes out unless a row of another tenant is in it.
import { AppError } from "@dd0c/core";
import type { KyselyPlugin, PluginTransformQueryArgs, PluginTransformResultArgs, QueryResult, RootOperationNode, UnknownRow } from "kysely";

/** row_refused: SQLSTATE 42501. foreign_row: row-level security let one through. trust_unexplained: run.refuse_unexplained_trust. */
export type TenantBreach = "row_refused" | "foreign_row" | "trust_unexplained";

const byState: Readonly<Record<string, TenantBreach>> = { "42501": "row_refused", DDT01: "trust_unexplained" };

class ForeignRowError extends AppError {
  constructor() {
    super("PARTY_MODE_ACTIVE", "A row of another tenant was fetched. It was withheld; the tenant is locked until a human has looked.");
  }
}

/** Undefined for every other failure. */
export function breachOf(error: unknown): TenantBreach | undefined {
  if (error instanceof ForeignRowError) return "foreign_row";
  const state = error instanceof Error && "code" in error ? error.code : undefined;
  return typeof state === "string" && Object.hasOwn(byState, state) ? byState[state] : undefined;
}

/** Withholds a result with a row of another tenant: row-level security has failed, whatever the query asked for. */
export class OwnRowsOnly implements KyselyPlugin {
  private readonly tenantId: string;

  constructor(tenantId: string) {
    this.tenantId = tenantId;
  }

  transformQuery(args: PluginTransformQueryArgs): RootOperationNode {
    return args.node;
  }

  async transformResult({ result }: PluginTransformResultArgs): Promise<QueryResult<UnknownRow>> {
    for (const row of result.rows) {
      const owner = row["tenant_id"];
      if (typeof owner === "string" && owner !== this.tenantId) throw new ForeignRowError();
    }
    return result;
  }
}
