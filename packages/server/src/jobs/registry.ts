// Every background job there is.
import type { Job } from "./job.ts";
import { keepHouseJob } from "./keep-house.ts";

export const jobs: readonly Job[] = [keepHouseJob];
