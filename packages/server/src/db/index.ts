// The data layer's one entry for the rest of the server: the database, its two entrances, and the stores. Rows stay inside.
export type { DatabaseConfig, OpenDatabase } from "./open-database.ts";
export { openDatabase } from "./open-database.ts";
export type { SystemReason, SystemTx, TenantTx, WithSystem, WithTenant } from "./tenancy.ts";
