// Every hour and at a start: the copies of the last two days are compared with the chains; every night all copies. What differs is recorded and
// locks the tenant. A copy that cannot be read is no agreement: the job fails, is named in the log and comes again.
import { compareCopies } from "../app/compare-witnesses.ts";
import { listChains } from "../db/index.ts";
import type { Job, JobContext } from "./job.ts";

const work =
  (scope: "recent" | "all"): Job["work"] =>
  async (context: JobContext, nowMs, stopping) => {
    let failure: unknown;
    for (const chain of await context.db.withSystem("checkpoint", listChains)) {
      if (stopping.aborted) return;
      try {
        const found = await compareCopies(context, chain, nowMs, scope);
        if (found !== null) await context.onContradiction(chain, "object_store", found);
      } catch (error) {
        failure = error;
      }
    }
    if (failure !== undefined) throw failure;
  };

export const compareRecentCopiesJob: Job = { name: "compare-recent-copies", cron: "23 * * * *", lateAfterMs: 0, work: work("recent") };

export const compareAllCopiesJob: Job = { name: "compare-all-copies", cron: "41 1 * * *", lateAfterMs: 25 * 3_600_000, work: work("all") };
