// Every night: executions with events of the last two days, and one twenty-eighth of all others, are computed again from their events. One that is
// stored otherwise locks its tenant and takes its runbook's trust.
import { replayExecutions } from "../app/replay-executions.ts";
import { listTenantIds } from "../db/index.ts";
import type { Job } from "./job.ts";

const dayMs = 86_400_000;
/** Nights in which every execution is looked at once. */
const nights = 28;

export const replayExecutionsJob: Job = {
  name: "replay-executions",
  cron: "17 2 * * *",
  lateAfterMs: 25 * 3_600_000,
  work: async (context, nowMs, stopping) => {
    const share = { part: Math.floor(nowMs / dayMs) % nights, of: nights };
    for (const tenantId of await context.db.withSystem("schedule", listTenantIds)) {
      const found = await replayExecutions(context, tenantId, new Date(nowMs - 2 * dayMs), share, stopping);
      for (const difference of found) await context.onReplayDifference(tenantId, difference);
    }
  },
};
