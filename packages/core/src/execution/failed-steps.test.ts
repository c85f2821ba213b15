import { describe, expect, it } from "vitest";
import { Run } from "../test/engine-fixture.ts";
import { countFailedSteps } from "./failed-steps.ts";
import type { StepState } from "./types.ts";

const base = new Run(["caution"]).state.steps[0]!;
const step = (
  id: string,
  status: StepState["status"],
  tries: string | null = null,
  origin: StepState["origin"] = "runbook",
): StepState => ({
  ...base,
  stepExecutionId: id,
  status,
  origin,
  parentStepExecutionId: tries,
});

describe("failed steps", () => {
  it.each<[string, readonly StepState[], number]>([
    ["none", [step("a", "completed"), step("b", "skipped"), step("c", "pending")], 0],
    ["each kind of failure", [step("a", "failed"), step("b", "timed_out"), step("c", "outcome_unknown")], 3],
    ["a failure that a later try made good", [step("a", "failed"), step("b", "completed", "a")], 0],
    ["a try that made it good and was taken back by a person", [step("a", "failed"), step("b", "rolled_back", "a")], 0],
    ["two tries that failed, once", [step("a", "failed"), step("b", "failed", "a")], 1],
    ["the third try made it good", [step("a", "failed"), step("b", "outcome_unknown", "a"), step("c", "completed", "b")], 0],
    ["a try that runs", [step("a", "failed"), step("b", "executing", "a")], 1],
    ["a try that waits for its approval", [step("a", "failed"), step("b", "awaiting_approval", "a")], 1],
    ["a try that was skipped", [step("a", "failed"), step("b", "skipped", "a")], 1],
    ["a try at which a person has to look", [step("a", "failed"), step("b", "manual_intervention", "a")], 1],
    ["a way back that failed, beside what it was to undo", [step("a", "completed"), step("b", "failed", "a", "rollback")], 1],
    ["a look-up that told nothing", [step("a", "failed", "b", "capture"), step("b", "completed")], 0],
    ["a failure that was undone", [step("a", "rolled_back"), step("b", "completed", "a", "rollback")], 0],
    ["a way back that ran does not make good what failed", [step("a", "failed"), step("b", "completed", "a", "rollback")], 1],
  ])("%s", (_what, steps, count) => {
    expect(countFailedSteps(steps)).toBe(count);
  });
});
