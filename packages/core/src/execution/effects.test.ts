import { describe, expect, it } from "vitest";
import { agent, engine, Run, startMs } from "../test/engine-fixture.ts";
import { type Effect, effectsOf, wantsAdvance } from "./effects.ts";
import { grantLifetimeMs } from "./grant.ts";

/** Effects of the events that `act` caused, in short form, without notifications. */
function caused(run: Run, act: () => unknown): readonly Effect[] {
  const before = run.history.length;
  act();
  return effectsOf(run.history.slice(before), run.state).filter((effect) => effect.kind !== "notify");
}

const ids = (effects: readonly Effect[]): readonly string[] => effects.map((effect) => effect.id);

describe("effectsOf", () => {
  it("announces the plan when the preflight is confirmed, before anything is dispatched", () => {
    const run = new Run(["safe"]);
    expect(ids(caused(run, () => run.begin()))).toEqual(["announce:e1"]);
  });

  it("dispatches an automatic step with its time limit and a deadline", () => {
    const run = new Run(["safe"]).begin();
    expect(caused(run, () => run.advance())).toEqual([
      { kind: "dispatch", id: "dispatch:s1:1", agentId: "agent-1", stepExecutionId: "s1", attempt: 1, notAfterMs: startMs + 60_000 },
      {
        kind: "timer",
        id: "time-out:step.dispatched:s1:1",
        atMs: startMs + 60_000 + 60_000 + 30_000,
        command: { type: "time-out", stepExecutionId: "s1", attempt: 1 },
      },
    ]);
    const accept = () => run.give({ type: "agent-accepted", stepExecutionId: "s1", attempt: 1, atMs: startMs }, { actor: agent });
    expect(caused(run, accept)).toMatchObject([{ kind: "timer", id: "time-out:step.accepted:s1:1", atMs: startMs + 90_000 }]);
  });

  it("reminds about an open approval and dispatches only after it", () => {
    const run = new Run(["caution"]).begin();
    expect(ids(caused(run, () => run.advance()))).toEqual(["remind:s1:1:5", "remind:s1:1:15", "remind:s1:1:30"]);
    const approved = caused(run, () => run.approve("s1"));
    expect(approved[0]).toMatchObject({ kind: "dispatch", notAfterMs: startMs + grantLifetimeMs });
  });

  it("amends the plan before the dispatch of a later attempt", () => {
    const run = new Run(["caution"]).begin();
    run.advance();
    run.give({ type: "remind", stepExecutionId: "s1", attempt: 1, minutes: 30 }, { actor: engine });
    run.give({ type: "resume", note: null });
    run.advance();
    expect(ids(caused(run, () => run.approve("s1"))).slice(0, 2)).toEqual(["amend:s1:2", "dispatch:s1:2"]);
  });

  it("voids what was not sent yet under panic and abort, and ends the running process only when asked to", () => {
    const running = () => {
      const run = new Run(["safe"]).begin();
      run.advance();
      return run;
    };
    const panicked = running();
    expect(caused(panicked, () => panicked.give({ type: "panic", mode: "panic" }, { actor: engine }))).toMatchObject([
      { kind: "void-dispatches" },
    ]);
    const aborted = running();
    expect(caused(aborted, () => aborted.give({ type: "abort", reason: null, terminate: false }))).toMatchObject([
      { kind: "void-dispatches" },
    ]);
    const ended = running();
    expect(caused(ended, () => ended.give({ type: "abort", reason: null, terminate: true }))).toMatchObject([
      { kind: "void-dispatches" },
      { kind: "terminate", stepExecutionId: "s1", attempt: 1 },
    ]);
  });

  it("drops the runbook's trust once after a bad run", () => {
    const run = new Run(["caution"]).begin();
    run.advance();
    run.approve("s1");
    expect(caused(run, () => run.result("s1", 1))).toEqual([{ kind: "downgrade-trust", id: "downgrade:e1", runbookId: "r1" }]);
  });

  it("tells of every event, each under its own id", () => {
    const run = new Run(["safe", "caution"]).begin();
    run.advance();
    run.result("s1", 0);
    run.advance();
    const all = effectsOf(run.history, run.state);
    expect(all.filter((effect) => effect.kind === "notify")).toHaveLength(run.history.length);
    expect(new Set(ids(all)).size).toBe(all.length);
  });
});

describe("wantsAdvance", () => {
  it("is true exactly while advance would be accepted", () => {
    const run = new Run(["safe", "caution"]);
    const told: boolean[] = [];
    const tell = () => told.push(wantsAdvance(run.state));
    tell();
    run.begin();
    tell();
    run.advance();
    tell();
    run.result("s1", 0);
    tell();
    run.advance();
    tell();
    run.give({ type: "skip", stepExecutionId: "s2", reason: null });
    tell();
    run.advance();
    tell();
    expect(told).toEqual([false, true, false, true, false, true, false]);
  });
});
