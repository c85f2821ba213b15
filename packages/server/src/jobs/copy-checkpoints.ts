// Every minute: signed checkpoints that are not in the object store yet are copied there.
import { copyCheckpoints } from "../app/copy-checkpoints.ts";
import type { Job } from "./job.ts";

export const copyCheckpointsJob: Job = {
  name: "copy-checkpoints",
  cron: "* * * * *",
  lateAfterMs: 0,
  work: copyCheckpoints,
};
