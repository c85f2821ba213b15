// Runs the background jobs on pg-boss: its queues in schema `jobs` decide which replica works, and remember what failed.
// In: jobs and connections of role dd0c_jobs. Nothing is loaded or asked before a moment after the start, so that a start is not slowed down.
// Never runs one job twice at a time: a queue holds one entry, and a replica that died is noticed by its missing heartbeat.
import type { Pool } from "pg";
import type { PgBoss } from "pg-boss";
import { readSystemSetting, writeSystemSetting } from "../db/index.ts";
import type { Job, JobContext } from "./job.ts";

export interface JobRunner {
  /** Returns at once. */
  readonly start: () => void;
  /** Tells running work to end, waits for it a moment, and leaves the rest to the next start. */
  readonly stop: () => Promise<void>;
}

export interface JobRunnerOptions {
  readonly pool: Pool;
  readonly jobs: readonly Job[];
  readonly context: JobContext;
  /** How long after `start` the first look at the queues is taken. */
  readonly startAfterMs: number;
  /** How often a queue is looked at; each look is one statement. */
  readonly pollSeconds: number;
  /** How often the schedules are looked at; 45 at most, or a minute could be missed. */
  readonly clockSeconds: number;
}

const startAgainMs = 30_000;
const stopWithinMs = 5_000;
const heartbeatSeconds = 60;

/** Its own upkeep is cheap and rare: the queues hold a handful of rows. What it would do with DDL or listening connections is off. */
const bossOptions = {
  schema: "jobs",
  createSchema: false,
  flowIntervalSeconds: 3_600,
  bamIntervalSeconds: 600,
  queueCacheIntervalSeconds: 600,
  reindex: false,
  monitorVacuum: false,
} as const;

const queueOptions = {
  policy: "exclusive",
  retryLimit: 10,
  retryDelay: 30,
  retryDelayMax: 900,
  retryBackoff: true,
  expireInSeconds: 23 * 3_600,
  heartbeatSeconds,
  deleteAfterSeconds: 3_600,
} as const;

const nameOf = (error: unknown): string => (error instanceof Error ? error.name : "unknown");
const codeOf = (error: unknown): unknown => (error instanceof Error && "code" in error ? error.code : undefined);

/** Under which the end of the last good run is kept. */
const settingOf = (job: Job): string => `job_done:${job.name}`;

async function lastDoneMs({ db }: JobContext, job: Job): Promise<number> {
  const value = await db.withSystem("schedule", (tx) => readSystemSetting(tx, settingOf(job)));
  return typeof value === "number" ? value : 0;
}

async function noteDone({ db }: JobContext, job: Job, nowMs: number): Promise<void> {
  if (job.lateAfterMs === 0) return;
  await db.withSystem("schedule", (tx) => writeSystemSetting(tx, settingOf(job), nowMs, "server", new Date(nowMs)));
}

async function runOnce(context: JobContext, job: Job, stopping: AbortSignal): Promise<void> {
  const nowMs = context.clock.now();
  try {
    await job.work(context, nowMs, stopping);
    await noteDone(context, job, nowMs);
  } catch (error) {
    if (!stopping.aborted) {
      context.logger.error({ job: job.name, error: nameOf(error), code: codeOf(error) }, "a background job failed; it is tried again");
    }
    // The queue keeps the name of what was thrown, never its words: they may hold what a command holds.
    throw new Error(nameOf(error));
  }
}

/** Makes the job's queue, puts it on the clock, and takes up what is late. */
async function takeOn(boss: PgBoss, { context, pollSeconds }: JobRunnerOptions, job: Job, stopping: AbortSignal): Promise<void> {
  await boss.createQueue(job.name, queueOptions);
  await boss.schedule(job.name, job.cron);
  await boss.work(job.name, { pollingIntervalSeconds: pollSeconds }, () => runOnce(context, job, stopping));
  if (context.clock.now() - (await lastDoneMs(context, job)) > job.lateAfterMs) await boss.send(job.name);
}

async function open(options: JobRunnerOptions, stopping: AbortSignal): Promise<PgBoss> {
  const { pool, jobs, context, clockSeconds, pollSeconds } = options;
  const { PgBoss } = await import("pg-boss");
  const boss = new PgBoss({
    ...bossOptions,
    cronMonitorIntervalSeconds: clockSeconds,
    cronWorkerIntervalSeconds: Math.max(1, pollSeconds),
    db: { executeSql: async (text, values) => await pool.query(text, values) },
  });
  boss.on("error", (error) => {
    if (!stopping.aborted) context.logger.error({ error: nameOf(error), code: codeOf(error) }, "the job queue reported an error");
  });
  try {
    await boss.start();
    for (const job of jobs) await takeOn(boss, options, job, stopping);
    return boss;
  } catch (error) {
    await boss.stop({ graceful: false, close: false }).catch(() => undefined);
    throw error;
  }
}

export function createJobRunner(options: JobRunnerOptions): JobRunner {
  const { logger } = options.context;
  const end = new AbortController();
  let opening: Promise<PgBoss | undefined> = Promise.resolve(undefined);
  let timer: NodeJS.Timeout | undefined;

  const openAfter = (delayMs: number): void => {
    timer = setTimeout(() => {
      opening = open(options, end.signal).catch((error: unknown) => {
        if (end.signal.aborted) return undefined;
        logger.error({ error: nameOf(error), code: codeOf(error) }, "background jobs could not be started; tried again soon");
        openAfter(startAgainMs);
        return undefined;
      });
    }, delayMs).unref();
  };
  return {
    start: () => openAfter(options.startAfterMs),
    stop: async () => {
      end.abort();
      clearTimeout(timer);
      const boss = await opening;
      await boss?.stop({ graceful: true, close: false, timeout: stopWithinMs });
    },
  };
}
