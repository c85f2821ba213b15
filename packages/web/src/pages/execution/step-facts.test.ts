import { describe, expect, it } from "vitest";
import { isFinished, isRunning, namesMatch, needsNoRollbackAcknowledgement } from "./step-facts.ts";

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
    ["runbook", "safe", null, false],
    ["runbook", "caution", null, true],
    ["unlisted", "unknown", null, true],
    ["runbook", "dangerous", null, true],
    ["runbook", "dangerous", "kubectl apply -f x", false],
    ["rollback", "dangerous", null, false],
  ] as const)("%s step, %s, with rollback %s", (origin, risk, rollback, expected) => {
    expect(needsNoRollbackAcknowledgement({ origin, risk, rollback_command: rollback })).toBe(expected);
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

describe("isFinished", () => {
  it.each([
    ["completed", true],
    ["failed", true],
    ["outcome_unknown", true],
    ["rolled_back", true],
    ["rolling_back", false],
    ["skipped", false],
    ["awaiting_approval", false],
  ] as const)("%s", (status, expected) => {
    expect(isFinished({ status })).toBe(expected);
  });
});
