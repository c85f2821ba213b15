import { describe, expect, it } from "vitest";
import type { ExecutionState, StepResult, StepState } from "../types.ts";
import { judgedOutput, judgedStep } from "./judged-output.ts";

const result = (more: Partial<StepResult> = {}): StepResult =>
  ({ exitCode: 0, stdoutHash: "aa", stdoutBytes: 3, truncated: false, ...more }) as StepResult;
const step = (more: Partial<StepState>): StepState =>
  ({ stepExecutionId: "s", attempt: 1, origin: "runbook", status: "completed", result: result(), ...more }) as StepState;
const hangs = step({ stepExecutionId: "hangs", status: "pending", result: null });
const stateOf = (...before: readonly StepState[]): ExecutionState => ({ steps: [...before, hangs] }) as unknown as ExecutionState;

describe("the output that a declared check may judge", () => {
  it("is that of the runbook's own step in front, in its last try; what a person added is passed over", () => {
    const tried = step({ stepExecutionId: "again", attempt: 2, status: "failed" });
    const added = [step({ stepExecutionId: "typed", origin: "unlisted" }), step({ stepExecutionId: "back", origin: "rollback" })];
    expect(judgedStep(stateOf(step({}), tried, ...added), hangs)).toMatchObject({ stepExecutionId: "again", attempt: 2 });
  });

  it.each<[string, readonly StepState[]]>([
    ["no step in front", []],
    ["one without a result", [step({}), step({ result: null, status: "completed" })]],
    ["one that was skipped", [step({ status: "skipped" })]],
    ["one whose outcome nobody knows", [step({ status: "outcome_unknown" })]],
    ["one that was cut off", [step({ result: result({ truncated: true }) })]],
    ["one that printed too much", [step({ result: result({ stdoutBytes: 1_048_577 }) })]],
  ])("is nothing with %s", (_name, before) => {
    expect(judgedStep(stateOf(...before), hangs)).toEqual({ unusable: expect.any(String) as string });
  });

  it("is whole and as it was reported, or nothing", () => {
    const judged = { stepExecutionId: "s", attempt: 1, result: result({ exitCode: 3 }) };
    expect(judgedOutput(judged, { stdout: "abc", sha256: "aa" })).toEqual({
      stepExecutionId: "s",
      attempt: 1,
      stdout: "abc",
      sha256: "aa",
      exitCode: 3,
    });
    expect(judgedOutput(judged, { stdout: "abd", sha256: "ab" })).toEqual({ unusable: expect.any(String) as string });
  });
});
