// The database's own chores: partitions for the months ahead, expired idempotency keys, old records of the model
// and old deliveries to the outside away.
// Done when the database is opened and again by a job. Partitions reach two months ahead, so a chore that fails is tried again long before
// anything is missing. Never changes a record.
import { sql } from "kysely";
import { purgeExpiredKeys } from "./stores/idempotency-store.ts";
import { purgeModelRecords } from "./stores/llm-store.ts";
import { purgeOutbound } from "./stores/outbound-store.ts";
import type { WithSystem } from "./tenancy.ts";

const monthsAhead = 2;
/** How long what was told to the outside can be looked at and sent again. */
const outboundKeptMs = 90 * 86_400_000;

/** Makes the audit partitions of this month and the next two. */
export async function ensurePartitions(withSystem: WithSystem, now: Date): Promise<void> {
  await withSystem("schedule", ({ query }) => sql`select run.ensure_audit_partitions(${now}, ${monthsAhead})`.execute(query));
}

/** Safe to repeat. */
export async function keepHouse(withSystem: WithSystem, now: Date): Promise<void> {
  await ensurePartitions(withSystem, now);
  await withSystem("schedule", (tx) => purgeExpiredKeys(tx, now));
  await withSystem("schedule", (tx) => purgeModelRecords(tx, now));
  await withSystem("schedule", (tx) => purgeOutbound(tx, new Date(now.getTime() - outboundKeptMs)));
}
