// The database's own chores: partitions for the months ahead, expired idempotency keys and old records of the model away.
// Also done once while the database is opened, because nothing can be recorded in a month that has no partition.
import { keepHouse } from "../db/index.ts";
import type { Job } from "./job.ts";

export const keepHouseJob: Job = {
  name: "keep-house",
  cron: "7 */6 * * *",
  lateAfterMs: 7 * 3_600_000,
  work: ({ db }, nowMs) => keepHouse(db.withSystem, new Date(nowMs)),
};
