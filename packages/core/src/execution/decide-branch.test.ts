import { describe, expect, it } from "vitest";
import { apiKey, engine, Run, riley } from "../test/engine-fixture.ts";
import type { BranchTemplate } from "./branch/branch-template.ts";
import type { LastOutput } from "./branch/declared-check.ts";
import { wantsAdvance } from "./effects.ts";
import { replay } from "./evolve.ts";

const branch = (change: Partial<BranchTemplate> = {}): BranchTemplate => ({
  branchId: "b1",
  condition: "If it is red",
  check: null,
  skipIfYes: [3],
  skipIfNo: [2],
  ...change,
});
const start = (...branches: readonly BranchTemplate[]): Run => {
  const run = new Run(["safe", "safe", "safe", "safe"], { branches }).begin();
  run.advance();
  run.result("s1", 0);
  return run;
};
const answer = (value: "yes" | "no", branchId = "b1") => ({ type: "answer-branch", branchId, answer: value, note: "I looked" }) as const;
const output = (stdout: string): LastOutput => ({ stepExecutionId: "s1", attempt: 1, stdout, sha256: "1".repeat(64), exitCode: 0 });

describe("a condition of the runbook", () => {
  it.each([
    ["yes", "running completed pending skipped pending", "s2"],
    ["no", "running completed skipped pending pending", "s3"],
  ] as const)("answered %s by a person leaves the other path out, with its reason on record", (value, statuses, next) => {
    const run = start(branch());
    expect(run.advance()).toBe("execution.branch_asked");
    expect([wantsAdvance(run.state), run.advance(), run.statuses]).toEqual([
      false,
      "STEP_STATE_CONFLICT",
      "running completed pending pending pending",
    ]);
    expect(run.give(answer(value))).toBe("execution.branch_answered step.skipped");
    expect(run.statuses).toBe(statuses);
    const skipped = run.state.steps.find(({ status }) => status === "skipped");
    expect(skipped?.note).toBe(`Not on the path taken: “If it is red” was answered ${value}.`);
    expect(run.state.branches[0]).toMatchObject({ answer: value, answeredBy: "riley", note: "I looked", askedBefore: "s2" });
    expect(run.advance()).toBe("step.auto_executed step.dispatched");
    expect(run.state.steps.find(({ status }) => status === "auto_executing")?.stepExecutionId).toBe(next);
    expect(replay(run.history)).toEqual(run.state);
  });

  it("is answered by people who may, once, and when the run has come to it", () => {
    const run = new Run(["safe", "safe", "safe"], { branches: [branch()] }).begin();
    expect(run.give(answer("yes"))).toBe("EXECUTION_STATE_CONFLICT");
    run.advance();
    run.result("s1", 0);
    run.advance();
    expect(run.give(answer("yes"), { actor: apiKey, roles: ["admin"] })).toBe("HUMAN_REQUIRED");
    expect(run.give(answer("yes"), { actor: engine, roles: ["admin"] })).toBe("HUMAN_REQUIRED");
    expect(run.give(answer("yes"), { roles: ["viewer"] })).toBe("FORBIDDEN");
    expect(run.give(answer("yes"), { panic: true })).toBe("PANIC_ACTIVE");
    expect(run.give(answer("yes", "b9"))).toBe("NOT_FOUND");
    expect(run.give(answer("yes"), { actor: riley, roles: ["operator"] })).toBe("execution.branch_answered step.skipped");
    expect(run.give(answer("no"))).toBe("EXECUTION_STATE_CONFLICT");
  });

  const check = { kind: "contains", text: "CrashLoop", negated: false } as const;

  it.each([
    ["CrashLoopBackOff", "yes", "s3"],
    ["Running", "no", "s2"],
  ])("is answered by its declared check on the stored output %j, with the output's hash", (stdout, value, left) => {
    const run = start(branch({ check }));
    expect(run.advance({ lastOutput: output(stdout) })).toBe("execution.branch_answered step.skipped");
    expect(run.history.at(-2)).toMatchObject({
      actor: engine,
      data: {
        answer: value,
        by: "check",
        check,
        looked_at: { step_execution: "s1", attempt: 1, stdout_hash: "1".repeat(64), exit_code: 0 },
      },
    });
    expect(run.state.steps.find(({ status }) => status === "skipped")?.stepExecutionId).toBe(left);
  });

  it.each([
    ["no output", {}],
    ["an output that is cut off", { lastOutput: { unusable: "The output is cut off." } }],
  ])("goes to a person where its check has %s", (_name, given) => {
    const run = start(branch({ check }));
    expect(run.advance(given)).toBe("execution.branch_asked");
    expect(run.state.branches[0]?.why).toMatch(/output/);
    expect(run.give(answer("no"))).toBe("execution.branch_answered step.skipped");
  });

  it("inside another one is asked only where that one leaves it", () => {
    const outer = branch({ skipIfYes: [], skipIfNo: [2, 3] });
    const inner = branch({ branchId: "b2", condition: "If it is still red", skipIfYes: [], skipIfNo: [3] });
    const left = start(outer, inner);
    left.advance();
    left.give(answer("no"));
    expect(left.advance()).toBe("step.auto_executed step.dispatched");
    const taken = start(outer, inner);
    taken.advance();
    taken.give(answer("yes"));
    expect(taken.advance()).toBe("step.auto_executed step.dispatched");
    taken.result("s2", 0);
    expect(taken.advance()).toBe("execution.branch_asked");
    expect(taken.give(answer("no", "b2"))).toBe("execution.branch_answered step.skipped");
    expect(taken.statuses).toBe("running completed completed skipped pending");
  });

  it("does not hold up what a person added to the run", () => {
    const run = start(branch());
    run.advance();
    run.give({ type: "run-unlisted", command: "safe-command", reason: null, newStepExecutionId: "a1" });
    expect(run.statuses).toBe("running completed pending pending pending pending");
    expect(run.advance({ policy: { governanceMode: "strict", dangerousSteps: "typed" } })).toBe("step.approval_requested");
  });
});
