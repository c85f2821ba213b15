// Every night: each tenant's whole chain, archives too, is verified. The engine looks every hour at what the database has of it.
import { listTenantIds } from "../db/index.ts";
import type { Job } from "./job.ts";

export const verifyChainsJob: Job = {
  name: "verify-chains",
  cron: "47 3 * * *",
  lateAfterMs: 25 * 3_600_000,
  work: async ({ db, checkChain }, _nowMs, stopping) => {
    for (const tenantId of await db.withSystem("schedule", listTenantIds)) {
      if (stopping.aborted) return;
      await checkChain(tenantId);
    }
  },
};
