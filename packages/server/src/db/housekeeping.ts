// The database's own chores, at start and every few hours: partitions for the months ahead, expired idempotency keys and old records of the model away.
// Partitions reach two months ahead, so a chore that fails is tried again long before anything is missing. Never changes a record.
import { sql } from "kysely";
import { purgeExpiredKeys } from "./stores/idempotency-store.ts";
import { purgeModelRecords } from "./stores/llm-store.ts";
import type { WithSystem } from "./tenancy.ts";

const everyMs = 6 * 3_600_000;
const monthsAhead = 2;

/** Makes the audit partitions of this month and the next two. */
export async function ensurePartitions(withSystem: WithSystem, now: Date): Promise<void> {
  await withSystem("schedule", ({ query }) => sql`select run.ensure_audit_partitions(${now}, ${monthsAhead})`.execute(query));
}

/** Does the chores once now (rejects if that fails) and again every six hours. Returns the function that ends it. */
export async function startHousekeeping(withSystem: WithSystem): Promise<() => void> {
  const chores = async (): Promise<void> => {
    const now = new Date();
    await ensurePartitions(withSystem, now);
    await withSystem("schedule", (tx) => purgeExpiredKeys(tx, now));
    await withSystem("schedule", (tx) => purgeModelRecords(tx, now));
  };
  await chores();
  const timer = setInterval(() => {
    chores().catch((error: unknown) => {
      const reason = error instanceof Error ? error.message : "unknown";
      process.emitWarning(`Database housekeeping failed and will be tried again: ${reason}`, { code: "DATABASE_HOUSEKEEPING" });
    });
  }, everyMs);
  timer.unref();
  return () => clearInterval(timer);
}
