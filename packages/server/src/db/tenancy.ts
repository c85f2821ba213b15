// In: a tenant id (or a listed reason) and work to do. Out: that work inside one transaction that can see this tenant's rows only.
// The one way to the tables of schema `run`. Never hands out a connection with a role of its own, and never nests.
import { invariant } from "@dd0c/core";
import { type Kysely, sql, type Transaction } from "kysely";
import type { RunTables } from "./tables.ts";
import { breachOf, OwnRowsOnly, type TenantBreach } from "./tenant-breach.ts";
import { insideTransaction } from "./transaction-mark.ts";

const uuidShape = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** In the spelling in which ids are stored: a column of ids can be asked for it. */
export const isUuid = (text: string): boolean => uuidShape.test(text);

/** Why work may cross tenants. A new reason is added here, on purpose, and never made from input. */
export type SystemReason =
  | "start-up"
  | "create-tenant"
  | "sign-in"
  | "authenticate-agent"
  | "enrol-agent"
  | "claim-outbox"
  | "receive-alert"
  | "schedule"
  | "checkpoint"
  | "archive"
  | "panic"
  | "party-mode"
  | "system-audit"
  | "verify-audit";

/** A transaction bound to one tenant: row-level security shows and accepts its rows only. Given to every store function. */
export type TenantTx = { readonly scope: "tenant"; readonly tenantId: string; readonly query: Transaction<RunTables> };

/** A transaction for work of no tenant or of all; sees what role dd0c_system was granted. */
export type SystemTx = { readonly scope: "system"; readonly reason: SystemReason; readonly query: Transaction<RunTables> };

export type WithTenant = <T>(tenantId: string, work: (tx: TenantTx) => Promise<T>) => Promise<T>;
export type WithSystem = <T>(reason: SystemReason, work: (tx: SystemTx) => Promise<T>) => Promise<T>;

/** Told of a breach after its transaction was rolled back; the failure goes on to whoever asked. Must not throw. */
export type OnTenantBreach = (tenantId: string, breach: TenantBreach) => void;

/**
 * What was committed is on disk before anybody is told, whatever the server's default is: a dispatch that leaves after a commit that a
 * crash takes back would be a command that nobody decided. Stronger settings stay.
 */
const commitWaits = sql`set_config('synchronous_commit', case current_setting('synchronous_commit') when 'off' then 'on'
  else current_setting('synchronous_commit') end, true)`;

/**
 * Binds the entrances to one database. Opening one inside another one's work is a bug and throws: on the embedded database it would
 * wait for itself.
 */
export function createTenancy(
  database: Kysely<RunTables>,
  onBreach: OnTenantBreach = () => undefined,
): { withTenant: WithTenant; readTenant: WithTenant; withSystem: WithSystem } {
  const changing = () => database.transaction();
  const reading = () => database.transaction().setIsolationLevel("repeatable read").setAccessMode("read only");
  const inTransaction = <T>(
    begin: typeof changing,
    [role, setting, value]: readonly [role: string, setting: string, value: string],
    work: (query: Transaction<RunTables>) => Promise<T>,
  ) =>
    begin().execute(async (transaction) => {
      await sql`select set_config('role', ${role}, true), set_config(${setting}, ${value}, true), ${commitWaits}`.execute(transaction);
      return await insideTransaction(() => work(transaction.withSchema("run")));
    });
  const forTenant =
    (begin: typeof changing): WithTenant =>
    async (tenantId, work) => {
      invariant(uuidShape.test(tenantId), "a tenant id is a lower-case UUID");
      const guarded = (query: Transaction<RunTables>) =>
        work({ scope: "tenant", tenantId, query: query.withPlugin(new OwnRowsOnly(tenantId)) });
      try {
        return await inTransaction(begin, ["dd0c_app", "app.current_tenant_id", tenantId], guarded);
      } catch (error) {
        const breach = breachOf(error);
        if (breach !== undefined) onBreach(tenantId, breach);
        throw error;
      }
    };
  return {
    withTenant: forTenant(changing),
    readTenant: forTenant(reading),
    withSystem: async (reason, work) =>
      await inTransaction(changing, ["dd0c_system", "app.system_reason", reason], (query) => work({ scope: "system", reason, query })),
  };
}
