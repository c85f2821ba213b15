import type { ExecutionState } from "@dd0c/core";
import { setImmediate as turn } from "node:timers/promises";
import { describe, expect, it, vi } from "vitest";
import { createAnnouncements, type Frame } from "./announcements.ts";

const run = (id: string, agentId = "agent"): ExecutionState => ({ id, agentId }) as ExecutionState;
const frameOf = ({ id }: ExecutionState, nth: number): Frame => ({
  $case: "announce",
  value: { executionId: `${id}/${nth}`, announcement: undefined },
});
const counting = () => {
  let made = 0;
  return vi.fn(async (state: ExecutionState) => frameOf(state, (made += 1)));
};

describe("announcements made ahead", () => {
  it("are made once while the run waits, given out once, and made anew for the next stream", async () => {
    const make = counting();
    const announcements = createAnnouncements(make);
    announcements.prepare(run("a"));
    announcements.prepare(run("a"));
    expect(make).not.toHaveBeenCalled();
    await turn();
    expect(make).toHaveBeenCalledTimes(1);
    expect(await announcements.take(run("a"))).toEqual(frameOf(run("a"), 1));
    announcements.prepare(run("a"));
    await turn();
    expect(await announcements.take(run("a"))).toEqual(frameOf(run("a"), 2));
    expect(make).toHaveBeenCalledTimes(2);
  });

  it("are of the agent that they name", async () => {
    const announcements = createAnnouncements(counting());
    announcements.prepare(run("a", "one"));
    await turn();
    expect(await announcements.take(run("a", "other"))).toEqual(frameOf(run("a"), 2));
  });

  it("are made again when the first try failed", async () => {
    const make = counting().mockRejectedValueOnce(new Error("the database is away"));
    const announcements = createAnnouncements(make);
    announcements.prepare(run("a"));
    await turn();
    await turn();
    expect(await announcements.take(run("a"))).toMatchObject({ $case: "announce" });
    expect(make).toHaveBeenCalledTimes(2);
  });

  it("are kept for a hundred runs, and made when they are needed for the rest", async () => {
    const make = counting();
    const announcements = createAnnouncements(make);
    for (let at = 0; at <= 100; at += 1) announcements.prepare(run(`r${at}`));
    await turn();
    await announcements.take(run("r100"));
    expect(make).toHaveBeenCalledTimes(101);
    await announcements.take(run("r0"));
    expect(make).toHaveBeenCalledTimes(102);
  });
});
