// The verdict sees what it is there to see: each kind of lie alone, in an otherwise true record.
import type { WireExecution, WireStepExecution } from "@dd0c/protocol/http";
import { describe, expect, it } from "vitest";
import { nextMove } from "./next-move.ts";
import { factOf } from "./observer.ts";
import { type Evidence, type ExportedEvent, verdictOf } from "./verdict.ts";

type Step = Pick<WireStepExecution, "id" | "status" | "exit_code" | "actions">;

const step = (id: string, status: Step["status"], change: Partial<Step> = {}): Step => ({
  id,
  status,
  exit_code: status === "completed" ? 0 : null,
  actions: [],
  ...change,
});
const execution = (status: WireExecution["status"], ...steps: readonly Step[]): WireExecution =>
  ({ id: "e", status, last_seq: 2, steps }) as unknown as WireExecution;
const event = (seq: number, type: string, step_execution: string | null = "a"): ExportedEvent => ({
  seq,
  hash: `h${seq}`,
  type,
  execution: "e",
  step_execution,
});

const honest: Evidence = {
  effects: new Map([["a", 1]]),
  executions: [execution("completed", step("a", "completed"))],
  events: [event(1, "step.approved"), event(2, "step.executed")],
  acknowledged: {
    events: new Map([
      [1, "h1"],
      [2, "h2"],
    ]),
    facts: new Set([factOf("e", "a", "step.approved")]),
    lengths: new Map([["e", 2]]),
    rewritten: new Set(),
  },
};
const found = (change: Partial<Evidence>) => {
  const { doubleEffects, lostEvents, untrue } = verdictOf({ ...honest, ...change });
  return [doubleEffects, lostEvents, untrue.length];
};

describe("the verdict", () => {
  it("finds nothing in a true record", () => {
    expect(verdictOf(honest)).toEqual({
      steps: 1,
      completed: 1,
      outcomeUnknown: 0,
      refused: 0,
      doubleEffects: 0,
      lostEvents: 0,
      untrue: [],
    });
  });

  it.each<[string, Partial<Evidence>, readonly number[]]>([
    ["an effect that happened twice", { effects: new Map([["a", 2]]) }, [1, 0, 0]],
    ["an event that is gone", { events: [event(1, "step.approved")] }, [0, 1, 0]],
    ["an event in another's place", { events: [event(1, "step.approved"), { ...event(2, "step.executed"), hash: "x" }] }, [0, 1, 0]],
    ["a decision without its event", { events: [event(1, "step.started"), event(2, "step.executed")] }, [0, 1, 0]],
    ["a completed step without an effect", { effects: new Map() }, [0, 0, 1]],
    ["a skipped step with an effect", { executions: [execution("completed", step("a", "skipped"))] }, [0, 0, 1]],
    ["a step under way in a run that is over", { executions: [execution("completed", step("a", "executing"))] }, [0, 0, 1]],
    ["a run without an end", { executions: [execution("running", step("a", "completed"))] }, [0, 0, 1]],
    [
      "an effect of no step",
      {
        effects: new Map([
          ["a", 1],
          ["b", 1],
        ]),
      },
      [0, 0, 1],
    ],
    ["party mode", { events: [...honest.events, event(3, "party_mode.activated", null)] }, [0, 0, 1]],
  ])("finds %s", (_, change, expected) => {
    expect(found(change)).toEqual(expected);
  });
});

describe("what a person does next", () => {
  it.each<[string, WireExecution, string]>([
    ["approves what is asked", execution("running", step("a", "awaiting_approval", { actions: ["approve", "skip"] })), "approve"],
    ["reports before going on", execution("paused", step("a", "outcome_unknown", { actions: ["report", "continue"] })), "report"],
    ["passes over what the agent refused", execution("running", step("a", "blocked", { actions: ["modify", "skip"] })), "skip"],
    ["resumes what waits for nothing else", execution("paused", step("a", "executing")), "resume"],
    ["waits for a step under way", execution("running", step("a", "executing")), "wait"],
    ["leaves a run that is over", execution("failed", step("a", "failed")), "over"],
  ])("%s", (_, shown, kind) => {
    expect(nextMove(shown, () => false).kind).toBe(kind);
  });

  it("says of an unknown outcome what the effects file says", () => {
    const unknown = execution("paused", step("a", "outcome_unknown", { actions: ["report"] }));
    expect([true, false].map((happened) => nextMove(unknown, () => happened))).toMatchObject([{ outcome: "done" }, { outcome: "failed" }]);
  });
});
