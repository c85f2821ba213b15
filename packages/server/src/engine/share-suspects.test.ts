// Two replicas on one bus: what one suspects the other holds locked, until the record says so, and no longer.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { createMemoryBus } from "../adapters/memory-bus.ts";
import type { Bus } from "../ports.ts";
import { shareSuspects } from "./share-suspects.ts";
import { openSuspects, type Suspicion } from "./suspects.ts";

const fail = (error: unknown): never => {
  throw error;
};
const suspicion: Suspicion = {
  tenantId: "t1",
  cause: { cause: "chain_broken", key: "7", agentId: null, runbookId: null, facts: {} } as never,
};
let folder: string;
let bus: Bus;
beforeEach(() => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  folder = mkdtempSync(join(tmpdir(), "dd0c-suspects-"));
  bus = { ...createMemoryBus(fail), lookAgainMs: 1_000 };
});
afterEach(() => {
  vi.useRealTimers();
  rmSync(folder, { recursive: true });
});

function replica(name: string) {
  const standIns: Suspicion[] = [];
  const suspects = shareSuspects(openSuspects(join(folder, name), fail), bus, (one) => standIns.push(one));
  return { suspects, standIns };
}
const heard = () => new Promise((resolve) => setImmediate(resolve));

it("is locked on both, and on neither once it is on record", async () => {
  const [a, b] = [replica("a"), replica("b")];
  a.suspects.add(suspicion);
  expect([a.suspects.has("t1"), a.suspects.has("t2")]).toEqual([true, false]);
  await heard();
  expect([b.suspects.has("t1"), b.suspects.has("t2"), b.suspects.open()]).toEqual([true, false, []]);
  a.suspects.settle(suspicion);
  await heard();
  vi.advanceTimersByTime(60_000);
  expect([a.suspects.has("t1"), b.suspects.has("t1"), b.standIns]).toEqual([false, false, []]);
});

it("is put on record by the other one where the first fell silent", async () => {
  const [a, b] = [replica("a"), replica("b")];
  a.suspects.add(suspicion);
  await heard();
  vi.advanceTimersByTime(9_999);
  expect([b.suspects.has("t1"), b.standIns]).toEqual([true, []]);
  vi.advanceTimersByTime(1);
  expect(b.standIns).toEqual([suspicion]);
});

it("ends with its replica", async () => {
  const [a, b] = [replica("a"), replica("b")];
  b.suspects.stop();
  a.suspects.add(suspicion);
  await heard();
  vi.advanceTimersByTime(60_000);
  expect([b.suspects.has("t1"), b.standIns]).toEqual([false, []]);
});
