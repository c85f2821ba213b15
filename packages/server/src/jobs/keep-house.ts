// The database's own chores: partitions for the months ahead, expired idempotency keys, old records of the model and old deliveries away.
// The partitions also once while the database is opened, because nothing can be recorded in a month that has no partition.
import { keepHouse } from "../db/index.ts";
import { forgetDeliveries } from "../app/forget-deliveries.ts";
import type { Job } from "./job.ts";

export const keepHouseJob: Job = {
  name: "keep-house",
  cron: "7 */6 * * *",
  lateAfterMs: 7 * 3_600_000,
  work: async (context, nowMs, stopping) => {
    await keepHouse(context.db.withSystem, new Date(nowMs));
    await forgetDeliveries(context, nowMs, stopping);
  },
};
