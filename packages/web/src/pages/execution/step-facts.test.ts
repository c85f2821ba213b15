import { describe, expect, it } from "vitest";
import { isRunning, namesMatch, needsNoRollbackAcknowledgement } from "./step-facts.ts";

describe("namesMatch", () => {
  const two = [{ name: "payments" }, { name: "orders" }];
  it.each([
    ["each exactly", two, ["payments", "orders"], true],
    ["one is missing", two, ["payments"], false],
    ["in the wrong order", two, ["orders", "payments"], false],
    ["another case", two, ["Payments", "orders"], false],
    ["a blank at the end", two, ["payments ", "orders"], false],
    ["no target is never confirmed", [], [], false],
  ])("%s", (_name, expected, typed, result) => {
    expect(namesMatch(expected, typed)).toBe(result);
  });
});

describe("needsNoRollbackAcknowledgement", () => {
  it.each([
    ["safe", null, false],
    ["caution", null, true],
    ["unknown", null, true],
    ["dangerous", null, true],
    ["dangerous", "kubectl apply -f x", false],
  ] as const)("%s with rollback %s", (risk, rollback, expected) => {
    expect(needsNoRollbackAcknowledgement({ risk, rollback_command: rollback })).toBe(expected);
  });
});

describe("isRunning", () => {
  it.each([
    ["auto_executing", true],
    ["executing", true],
    ["outcome_unknown", false],
    ["awaiting_approval", false],
  ] as const)("%s", (status, expected) => {
    expect(isRunning({ status })).toBe(expected);
  });
});
