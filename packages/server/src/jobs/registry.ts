// Every background job there is.
import { archiveAuditJob } from "./archive-audit.ts";
import { compareAllCopiesJob, compareRecentCopiesJob } from "./compare-copies.ts";
import { copyCheckpointsJob } from "./copy-checkpoints.ts";
import type { Job } from "./job.ts";
import { keepHouseJob } from "./keep-house.ts";
import { replayExecutionsJob } from "./replay-executions.ts";
import { verifyChainsJob } from "./verify-chains.ts";

export const jobs: readonly Job[] = [
  keepHouseJob,
  copyCheckpointsJob,
  compareRecentCopiesJob,
  compareAllCopiesJob,
  archiveAuditJob,
  replayExecutionsJob,
  verifyChainsJob,
];
