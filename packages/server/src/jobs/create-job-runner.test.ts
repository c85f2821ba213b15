// Background jobs on real queues of both databases: who runs, when, how often, and how it ends.
import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { databaseKinds, openTestDatabase, type TestDatabase } from "../../test-support/test-database.ts";
import { folderObjects } from "../adapters/folder-objects.ts";
import { openEngineKey } from "../agents/engine-key.ts";
import { createJobRunner, type JobRunner } from "./create-job-runner.ts";
import type { Job, JobContext } from "./job.ts";
import { jobs as allJobs } from "./registry.ts";

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 20_000;
  while (!(await holds())) {
    if (Date.now() > deadline) throw new Error("it did not happen in time");
    await pause(50);
  }
}

describe("the list of jobs", () => {
  it("has names of their own, five fields of time and a reason for being late", () => {
    expect(new Set(allJobs.map(({ name }) => name)).size).toBe(allJobs.length);
    for (const { name, cron, lateAfterMs } of allJobs) {
      expect(name).toMatch(/^[a-z]+(-[a-z]+)*$/);
      expect(cron.split(" ")).toHaveLength(5);
      expect(lateAfterMs).toBeGreaterThanOrEqual(0);
    }
  });
});

describe.each(databaseKinds)("background jobs on %s", (kind) => {
  let test: TestDatabase;
  let context: JobContext;
  let nowMs = Date.parse("2026-03-04T05:06:07Z");
  const log: object[] = [];
  const runners: JobRunner[] = [];
  const folder = mkdtempSync(join(tmpdir(), "dd0c-jobs-"));

  beforeAll(async () => {
    test = await openTestDatabase(kind);
    const note = (facts: object) => void log.push(facts);
    context = {
      db: test.db,
      clock: { now: () => nowMs, monotonic: () => performance.now() },
      engineKey: await openEngineKey(join(folder, "engine.pem")),
      newId: randomUUID,
      objects: folderObjects(join(folder, "objects")),
      onContradiction: async () => undefined,
      onReplayDifference: async () => undefined,
      checkChain: async () => undefined,
      alertDeliveriesDays: 90,
      logger: { info: note, warn: note, error: note },
    };
  });
  afterEach(async () => {
    await Promise.all(runners.splice(0).map((runner) => runner.stop()));
    log.length = 0;
  });
  afterAll(async () => {
    await test.close();
    rmSync(folder, { recursive: true, force: true });
  });

  /** A replica with one job of this name. */
  function replica(job: Pick<Job, "name" | "work"> & Partial<Job>): JobRunner {
    const jobs: Job[] = [{ cron: "0 0 1 1 *", lateAfterMs: 60_000, ...job }];
    const runner = createJobRunner({ pool: test.db.jobsPool, jobs, context, startAfterMs: 0, pollSeconds: 0.5, clockSeconds: 1 });
    runners.push(runner);
    runner.start();
    return runner;
  }

  it("take up what is late at a start, on one of three replicas, with the time they are given", async () => {
    const runs: number[] = [];
    let atOnce = 0;
    const work = async (_context: JobContext, at: number) => {
      atOnce += 1;
      expect(atOnce).toBe(1);
      await pause(600);
      runs.push(at);
      atOnce -= 1;
    };
    for (let count = 0; count < 3; count += 1) replica({ name: "late", work });
    await until(() => runs.length > 0);
    await pause(2_500);
    expect(runs).toEqual([nowMs]);
    await Promise.all(runners.splice(0).map((runner) => runner.stop()));

    replica({ name: "late", work });
    await pause(2_000);
    expect(runs).toHaveLength(1);
    await Promise.all(runners.splice(0).map((runner) => runner.stop()));

    nowMs += 60_001;
    replica({ name: "late", work });
    await until(() => runs.length > 1);
    expect(runs).toEqual([nowMs - 60_001, nowMs]);
  });

  it("come by the clock", async () => {
    let runs = 0;
    replica({ name: "clock", cron: "* * * * *", lateAfterMs: Number.MAX_SAFE_INTEGER, work: async () => void (runs += 1) });
    await until(() => runs > 0);
  });

  it("that fail are named in the log without their words, are not done, and come again", async () => {
    let tries = 0;
    const work = async () => {
      tries += 1;
      throw Object.assign(new TypeError("rm -rf /srv/secret"), { code: "E1" });
    };
    const runner = replica({ name: "failing", work });
    await until(() => log.length > 0);
    expect(log).toEqual([{ job: "failing", error: "TypeError", code: "E1" }]);
    await until(async () => {
      const rows = await test.admin<{ state: string; output: unknown }>(`SELECT state, output FROM jobs.job WHERE name = 'failing'`);
      expect(JSON.stringify(rows)).not.toContain("secret");
      return rows[0]?.state === "retry";
    });
    expect(tries).toBe(1);
    await test.admin(`UPDATE jobs.job SET start_after = now() WHERE name = 'failing'`);
    await until(() => tries > 1);
    await runner.stop();
  });

  it("are told to end, and a stop does not wait for those that do not listen", async () => {
    const ended: string[] = [];
    const polite = replica({
      name: "polite",
      work: (_context, _at, stopping) =>
        new Promise((_resolve, reject) => {
          stopping.addEventListener("abort", () => reject(new Error("stopping")));
          ended.push("begun");
        }),
    });
    await until(() => ended.length === 1);
    const started = performance.now();
    await polite.stop();
    expect(performance.now() - started).toBeLessThan(3_000);

    const deaf = replica({ name: "deaf", work: () => new Promise(() => void ended.push("begun")) });
    await until(() => ended.length === 2);
    const again = performance.now();
    await deaf.stop();
    expect(performance.now() - again).toBeLessThan(8_000);
    expect(log).toEqual([]);
  });

  it("work as their own role, which sees nothing of ours", async () => {
    await until(async () => (await test.admin(`SELECT 1 FROM jobs.queue LIMIT 1`)).length === 1);
    const owners = await test.admin<{ owner: string }>(
      `SELECT DISTINCT tableowner AS owner FROM pg_tables WHERE schemaname = 'jobs' ORDER BY 1`,
    );
    expect(owners).toEqual([{ owner: "dd0c_jobs" }]);
    await expect(test.db.jobsPool.query("SELECT * FROM run.tenants")).rejects.toMatchObject({ code: "42501" });
  });
});
