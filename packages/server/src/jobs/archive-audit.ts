// Every night: months of the audit log that ended 90 days ago go to the object store and leave the database.
import { archiveMonths } from "../app/archive-months.ts";
import type { Job } from "./job.ts";

export const archiveAuditJob: Job = {
  name: "archive-audit",
  cron: "11 3 * * *",
  lateAfterMs: 25 * 3_600_000,
  work: async (context, nowMs, stopping) => {
    for (const chain of await archiveMonths(context, nowMs, stopping)) {
      context.logger.error({ chain, code: "AUDIT_CHAIN_BROKEN" }, "the audit chain does not verify: its old months stay in the database");
    }
  },
};
