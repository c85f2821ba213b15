// Edits of a runbook and what becomes of its steps' ids.
import { describe, expect, it } from "vitest";
import { type KnownStep, type StepKey, stableStepIds } from "./stable-step-ids.ts";

const step = (order: number, command: string | null, description = "", sub = 0): StepKey => ({ order, sub, command, description });
const known = (stepId: string, ...key: Parameters<typeof step>): KnownStep => ({ stepId, ...step(...key) });
const before = [known("A", 1, "df -h"), known("B", 2, "du -sh /var"), known("C", 3, null, "Tell the owner")];

const ids = (steps: readonly StepKey[], from: readonly KnownStep[] = before): readonly string[] => {
  let made = 0;
  return stableStepIds(from, steps, () => `new${++made}`);
};

describe("stableStepIds", () => {
  it.each<[string, StepKey[], string[]]>([
    ["nothing changed", before, ["A", "B", "C"]],
    [
      "a step inserted above",
      [step(1, "uptime"), step(2, "df -h"), step(3, "du -sh /var"), step(4, null, "Tell the owner")],
      ["new1", "A", "B", "C"],
    ],
    ["two steps swapped", [step(1, "du -sh /var"), step(2, "df -h"), step(3, null, "Tell the owner")], ["B", "A", "C"]],
    ["a command edited in place", [step(1, "df -i"), step(2, "du -sh /var"), step(3, null, "Tell the owner")], ["A", "B", "C"]],
    ["a description edited in place", [step(1, "df -h"), step(2, "du -sh /var"), step(3, null, "Tell everybody")], ["A", "B", "C"]],
    ["a step removed", [step(1, "du -sh /var"), step(2, null, "Tell the owner")], ["B", "C"]],
    ["a command become manual", [step(1, "df -h"), step(2, null, "Look at /var"), step(3, null, "Tell the owner")], ["A", "new1", "C"]],
    ["one of two with the same command removed", [step(1, null, "Tell the owner"), step(2, "df -h", "again")], ["C", "D"]],
    ["the same command twice", [step(1, "df -h"), step(2, "df -h"), step(3, "du -sh /var")], ["A", "new1", "B"]],
  ])("%s", (_name, steps, expected) => {
    expect(ids(steps, expected.includes("D") ? [...before, known("D", 4, "df -h", "again")] : before)).toEqual(expected);
  });

  it("gives a position's id only to a step that no text claims", () => {
    // B's text moved to place 1; the new text in place 2 takes what is left there.
    expect(ids([step(1, "du -sh /var"), step(2, "ls")], [known("A", 1, "df -h"), known("B", 2, "du -sh /var")])).toEqual(["B", "new1"]);
  });

  it("never gives an id twice", () => {
    const doubled = [known("A", 1, "x"), known("B", 2, "x")];
    expect(new Set(ids([step(1, "x"), step(2, "x"), step(3, "x")], doubled)).size).toBe(3);
  });
});
