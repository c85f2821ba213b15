import { describe, expect, it } from "vitest";
import { countWord, describeActor, describeStep, describeTarget } from "./words.ts";

const T = "2025-06-04T03:12:07.000Z";

describe("describeStep", () => {
  it.each([
    ["plain success", { status: "completed", outcome: "ok", exit_code: 0, started_at: T }, "done"],
    [
      "an exit code that is an answer",
      { status: "completed", outcome: "answer", exit_code: 1, started_at: T },
      "done, exit 1 is an answer",
    ],
    ["a diagnosis that failed", { status: "completed", outcome: "failed", exit_code: 7, started_at: T }, "done, exit 7"],
    ["a person's word is not an observation", { status: "completed", outcome: null, exit_code: null, started_at: T }, "reported done"],
    ["a failed change", { status: "failed", outcome: "failed", exit_code: 2, started_at: T }, "failed, exit 2"],
    [
      "nothing runs before the agent says so",
      { status: "executing", outcome: null, exit_code: null, started_at: null },
      "sent to the agent, not started yet",
    ],
    ["unknown stays unknown", { status: "outcome_unknown", outcome: "unknown", exit_code: null, started_at: T }, "outcome unknown"],
  ] as const)("%s", (_name, step, words) => {
    expect(describeStep(step)).toBe(words);
  });
});

describe("names", () => {
  it("names a target with its namespace", () => {
    expect(describeTarget({ kind: "deployment", name: "payment-svc", namespace: "payments" })).toBe("deployment payment-svc in payments");
  });
  it("says through which door a person came", () => {
    expect(describeActor({ type: "user", id: "u1", name: "Ada", via: "web" })).toBe("Ada, on the web");
  });
  it("falls back to the id of a machine", () => {
    expect(describeActor({ type: "agent", id: "a-1", name: null, via: "agent" })).toBe("a-1");
  });
  it.each([
    [1, "1 step"],
    [0, "0 steps"],
  ])("counts %d", (count, words) => {
    expect(countWord(count, "step")).toBe(words);
  });
});
