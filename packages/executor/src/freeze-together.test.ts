import { afterAll, afterEach, describe, expect, it } from "vitest";
import { freezeTogether } from "./freeze-together.ts";
import { readProcess, walkProcesses } from "./process-table.ts";
import { openFixture, sh, single, start, type Started } from "./testing/run-fixture.ts";

const fixture = openFixture();
let running: Started[] = [];
afterEach(async () => {
  for (const { handle, done } of running) {
    await handle.stop();
    await done.catch(() => undefined);
  }
  running = [];
});
afterAll(() => fixture.close());

const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
const pidsOf = (started: Started): readonly number[] => started.handle.processes();
/** A signal counts when its process has been scheduled once more, which on a busy machine takes a moment; here nobody else may go on meanwhile. */
function waitFor(condition: () => boolean): void {
  const pause = new Int32Array(new SharedArrayBuffer(4));
  for (let tries = 0; !condition() && tries < 1_000; tries++) Atomics.wait(pause, 0, 0, 5);
}
const statesOf = (started: Started): readonly string[] => pidsOf(started).map((pid) => readProcess(pid)?.state ?? "gone");

/** Steps with this many processes each, all there. */
async function launch(count: number, text: string, processes: number): Promise<readonly Started[]> {
  running = Array.from({ length: count }, () => start(fixture, single(sh(text))));
  while (!running.every((step) => pidsOf(step).length >= processes)) await sleep(10);
  return running;
}

describe("many steps frozen together", () => {
  it("stand still before anybody searches for escapees, and share one search per round", async () => {
    const steps = await launch(12, "sleep 60 & wait", 2);
    const atEachLook: (readonly string[])[] = [];
    freezeTogether(
      steps.map(({ handle }) => handle),
      () => {
        waitFor(() => steps.flatMap(statesOf).every((state) => state === "T"));
        atEachLook.push(steps.flatMap(statesOf));
        return walkProcesses();
      },
    );
    expect(atEachLook.map((states) => [states.length, [...new Set(states)]])).toEqual(Array.from({ length: 3 }, () => [24, ["T"]]));
  });

  it("each keep their own escapees, found in one search for all", async () => {
    const steps = await launch(3, "setsid sleep 60 >/dev/null 2>&1 & sleep 60", 3);
    expect(freezeTogether(steps.map(({ handle }) => handle))).toEqual([1, 1, 1]);
    waitFor(() => steps.flatMap(statesOf).every((state) => state === "T"));
    expect(new Set(steps.flatMap(statesOf))).toEqual(new Set(["T"]));
  });

  it("go on one by one", async () => {
    const [first, second] = (await launch(2, "sleep 60 & wait", 2)) as [Started, Started];
    freezeTogether([first.handle, second.handle]);
    waitFor(() => [first, second].flatMap(statesOf).every((state) => state === "T"));
    first.handle.thaw();
    waitFor(() => statesOf(first).every((state) => state === "S"));
    expect([new Set(statesOf(first)), new Set(statesOf(second))]).toEqual([new Set(["S"]), new Set(["T"])]);
  });

  it("do not look at all where nothing runs", () => {
    expect(
      freezeTogether([], () => {
        throw new Error("looked");
      }),
    ).toEqual([]);
  });
});
