import type { WireStepExecution } from "@dd0c/protocol/http";
import { describe, expect, it } from "vitest";
import { allVerified, arrangeSteps, labelRange, summarizePast } from "./arrange-steps.ts";

const step = (label: string, status: WireStepExecution["status"], outcome: WireStepExecution["outcome"] = null) =>
  ({ id: `id-${label}`, label, status, outcome, actions: [] as const }) as unknown as WireStepExecution;
const labels = (steps: readonly WireStepExecution[]) => steps.map((one) => one.label);

describe("arrangeSteps", () => {
  const steps = [step("1", "completed", "ok"), step("2", "awaiting_approval"), step("3", "pending")];
  it.each([
    ["by the server's word", "id-2", [["1"], "2", ["3"]]],
    ["between two steps", null, [["1", "2"], null, ["3"]]],
  ] as const)("%s", (_name, currentId, [past, current, next]) => {
    const arranged = arrangeSteps({ steps, current_step_id: currentId });
    expect([labels(arranged.past), arranged.current?.label ?? null, labels(arranged.next)]).toEqual([past, current, next]);
  });

  it("shows the settled step that a paused run stopped at, not the one after it", () => {
    const failed = { ...step("1", "failed", "failed"), actions: ["continue" as const] };
    const arranged = arrangeSteps({ steps: [failed, step("2", "pending")], current_step_id: "id-2" });
    expect([labels(arranged.past), arranged.current?.label, labels(arranged.next)]).toEqual([[], "1", ["2"]]);
  });

  it("prefers a step that is still running to a settled one that asks to go on", () => {
    const settled = { ...step("1", "completed", null), actions: ["continue" as const] };
    const arranged = arrangeSteps({ steps: [settled, step("2", "executing")], current_step_id: "id-2" });
    expect([labels(arranged.past), arranged.current?.label]).toEqual([["1"], "2"]);
  });

  it("calls everything past when nothing is open", () => {
    expect(labels(arrangeSteps({ steps: steps.slice(0, 1), current_step_id: null }).past)).toEqual(["1"]);
  });
});

describe("the fold of past steps", () => {
  it("counts each kind and hides nothing", () => {
    const past = [step("1", "completed"), step("2", "skipped"), step("3", "outcome_unknown"), step("4", "rolling_back")];
    expect(summarizePast(past)).toBe("1 done, 1 skipped, 1 outcome unknown, 1 other");
  });
  it.each([
    ["all done", [step("1", "completed", "ok"), step("2", "completed", "answer")], true],
    ["a failed diagnosis", [step("1", "completed", "failed")], false],
    ["a skip", [step("1", "skipped")], false],
    ["done by report only", [step("1", "completed", null)], false],
  ])("verified: %s", (_name, past, expected) => {
    expect(allVerified(past)).toBe(expected);
  });
  it("names its range", () => {
    expect([labelRange([step("1", "completed")]), labelRange([step("1", "completed"), step("4a", "completed")])]).toEqual(["1", "1 to 4a"]);
  });
});
