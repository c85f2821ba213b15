import { mkdtempSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, afterEach, describe, expect, it } from "vitest";
import { findStepProcesses, NO_KNOWN_PROCESSES, readProcess } from "./process-table.ts";
import { andOr, openFixture, pipeline, planOf, sh, single, start, type Started } from "./testing/run-fixture.ts";

const fixture = openFixture();
const running: Started[] = [];
afterEach(async () => {
  for (const { handle, done } of running.splice(0)) {
    await handle.stop();
    await done.catch(() => undefined);
  }
});
afterAll(() => fixture.close());

const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
async function until(condition: () => boolean): Promise<void> {
  for (let waited = 0; !condition(); waited += 10) {
    if (waited > 5000) throw new Error("waited too long");
    await sleep(10);
  }
}
/** Children of this process that have ended and were not collected. */
const zombies = (): string[] =>
  readFileSync(`/proc/self/task/${process.pid}/children`, "utf8")
    .trim()
    .split(" ")
    .filter((pid) => pid !== "" && readProcess(Number(pid))?.state === "Z");
const alive = (started: Started): number[] => findStepProcesses(started.stepExecutionId, NO_KNOWN_PROCESSES).map((facts) => facts.pid);
const launch = (...args: Parameters<typeof start>): Started => {
  const started = start(...args);
  running.push(started);
  return started;
};
const stubborn = sh('trap "" TERM; sh -c "trap \\"\\" TERM; while :; do sleep 0.05; done" & while :; do sleep 0.05; done');

describe("deadline", () => {
  it("ends a tree that ignores SIGTERM", async () => {
    const started = launch(fixture, single(stubborn, ["cat"]), { timeoutMs: 300 });
    const { result } = await started.done;
    expect([result.outcome, result.members[0]?.signal, result.leftRunning, alive(started)]).toEqual(["timed_out", "SIGKILL", [], []]);
    expect(result.durationMs).toBeLessThan(3000);
  });

  it("lets a program that heeds SIGTERM end by itself", async () => {
    const { result, stdout } = await launch(fixture, single(sh('trap "echo bye; exit 3" TERM; while :; do sleep 0.05; done')), {
      timeoutMs: 200,
    }).done;
    expect([result.outcome, result.exitCode, stdout]).toEqual(["timed_out", 3, "bye\n"]);
  });

  it.each([
    ["a new session", "setsid sleep 60"],
    ["a new session with an emptied environment", "env -i setsid sleep 60"],
    [
      "a new session with an emptied environment that ignores SIGTERM",
      "env -i setsid sh -c 'trap \"\" TERM; while :; do sleep 0.05; done'",
    ],
    ["a group member with an emptied environment whose parent is gone", "(env -i sleep 60 &)"],
  ])("ends what escaped into %s", async (_, escape) => {
    const started = launch(fixture, single(sh(`${escape} >/dev/null 2>&1 & sleep 60`)), { timeoutMs: 200 });
    await until(() => started.handle.processes().length >= 2);
    const pids = started.handle.processes();
    const { result } = await started.done;
    // An orphan is reaped by init when init likes; until then it is dead all the same.
    const left = pids.filter((pid) => (readProcess(pid)?.state ?? "Z") !== "Z");
    expect([result.outcome, result.leftRunning, left]).toEqual(["timed_out", [], []]);
  });

  it("starts nothing after it", async () => {
    const plan = planOf(andOr(pipeline(["sleep", "60"])), andOr(pipeline(["echo", "late"])));
    const { result, stdout } = await launch(fixture, plan, { timeoutMs: 100 }).done;
    expect([result.outcome, result.exitCode, stdout, result.members[1]?.started]).toEqual(["timed_out", 143, "", false]);
  });
});

describe("stop", () => {
  it("never lets a consumer take a killed producer's output for the whole of it", async () => {
    for (let round = 0; round < 20; round++) {
      const started = launch(fixture, single(["sleep", "60"], ["cat"], sh("read line || echo acted on nothing")));
      await until(() => alive(started).length === 3);
      await started.handle.stop();
      const { result, stdout } = await started.done;
      expect([stdout, result.members.map((member) => member.signal)]).toEqual(["", ["SIGTERM", "SIGTERM", "SIGTERM"]]);
    }
  });

  it("ends all members and says stopped", async () => {
    const started = launch(fixture, single(["sleep", "60"], ["cat"], ["sleep", "60"]));
    await until(() => alive(started).length === 3);
    expect(await started.handle.stop()).toEqual([]);
    const { result } = await started.done;
    expect([result.outcome, result.members.map((member) => member.signal)]).toEqual(["stopped", ["SIGTERM", "SIGTERM", "SIGTERM"]]);
  });

  it("before the first process means that none starts", async () => {
    const started = launch(fixture, single(["echo", "never"]));
    await started.handle.stop();
    const { result, stdout } = await started.done;
    expect([result.outcome, result.exitCode, stdout, result.members[0]?.started]).toEqual(["stopped", null, "", false]);
  });
});

describe("freeze", () => {
  const counting = (file: string) => sh('while :; do echo x >> "$1"; sleep 0.01; done', file);
  const newFile = (): string => join(mkdtempSync(join(fixture.folder, "freeze-")), "count");
  const size = (file: string): number => readFileSync(file).length;

  it("stops every process at once, its clock too, and goes on after thaw", async () => {
    const file = newFile();
    const started = launch(
      fixture,
      single(sh('(setsid sleep 60 >/dev/null 2>&1 &); while :; do echo x >> "$1"; sleep 0.01; done', file), ["cat"]),
      {
        timeoutMs: 600,
      },
    );
    await until(() => alive(started).length >= 3);
    await sleep(50);
    const outside = started.handle.freeze();
    // A process that waits for the disk stops when its wait ends.
    await until(() => started.handle.processes().every((pid) => readProcess(pid)?.state === "T"));
    const before = size(file);
    await sleep(800);
    expect([outside, size(file)]).toEqual([1, before]);
    started.handle.thaw();
    await until(() => size(file) > before);
    const { result } = await started.done;
    expect([result.outcome, result.durationMs > 1300, result.leftRunning]).toEqual(["timed_out", true, []]);
  });

  it("holds back the next pipeline", async () => {
    const started = launch(fixture, planOf(andOr(pipeline(["true"])), andOr(pipeline(["echo", "next"]))));
    started.handle.freeze();
    await sleep(100);
    expect(alive(started)).toEqual([]);
    started.handle.thaw();
    expect((await started.done).stdout).toBe("next\n");
  });

  it("can be followed by stop", async () => {
    const started = launch(fixture, single(counting(newFile())));
    await until(() => alive(started).length > 0);
    started.handle.freeze();
    await started.handle.stop();
    expect((await started.done).result.members[0]?.signal).toBe("SIGTERM");
  });
});

describe("what stays behind", () => {
  it("does not wait for a daemon that holds the output, and names it", async () => {
    const quick = openFixture({ drainMs: 200 });
    const started = launch(quick, single(sh("echo before; sleep 60 & echo after")));
    const { result, stdout } = await started.done;
    const left = alive(started);
    expect([result.outcome, stdout, result.leftRunning, left.length]).toEqual(["ok", "before\nafter\n", left, 1]);
    for (const pid of left) process.kill(pid, "SIGKILL");
    quick.close();
  });

  it("waits for output of a background process that is still writing", async () => {
    const { stdout } = await launch(fixture, single(sh("(sleep 0.2; echo late) & echo now"))).done;
    expect(stdout).toBe("now\nlate\n");
  });

  it("leaves no zombie after fifty steps that were killed in their middle, each with children of its own", async () => {
    for (let round = 0; round < 5; round++) {
      const steps = Array.from({ length: 10 }, () => launch(fixture, single(sh("sleep 60 & sleep 60 & wait"), ["cat"])));
      await until(() => steps.every((step) => alive(step).length >= 4));
      await Promise.all(steps.map(({ handle }) => handle.stop()));
      await Promise.all(steps.map(({ done }) => done));
    }
    // Collected when the loop turns: what stays is a zombie, what goes is a death that was just heard of.
    await until(() => zombies().length === 0);
  });

  it("leaves no zombie", async () => {
    await launch(fixture, single(["yes"], ["head", "-1"])).done;
    await launch(fixture, single(stubborn), { timeoutMs: 100 }).done;
    await until(() => zombies().length === 0);
  });
});
