import { describe, expect, it } from "vitest";
import {
  approvalChoices,
  byHandChoices,
  type Choice,
  leftRunningChoices,
  readChoice,
  refusedChoices,
  showChoices,
  unknownChoices,
  wrongChoices,
  yesNo,
} from "./choices.ts";

const questions: Readonly<Record<string, readonly Choice[]>> = {
  approval: approvalChoices({ variables: [] }),
  "approval with values": approvalChoices({ variables: ["pod"] }),
  manual: byHandChoices(false, false),
  "by hand": byHandChoices(true, true),
  refused: refusedChoices,
  "went wrong": wrongChoices({ mayRetry: true, hasValues: true, mayRollBack: true }),
  "went wrong for good": wrongChoices({ mayRetry: false, hasValues: true, mayRollBack: false }),
  unknown: unknownChoices,
  "left running": leftRunningChoices,
  "yes or no": yesNo,
};

describe.each(Object.entries(questions))("the question %s", (name, choices) => {
  it("has one key for each answer, and one answer for each key", () => {
    expect(new Set(choices.map(({ key }) => key)).size).toBe(choices.length);
    expect(new Set(choices.map(({ deed }) => deed)).size).toBe(choices.length);
    for (const choice of choices) expect(readChoice(choices, ` ${choice.key.toUpperCase()} `)).toBe(choice);
  });

  it("takes nothing else for an answer", () => {
    for (const line of ["", " ", "yes", "yy", "run it", "1", "Y n", "\u001b[A", "?"]) expect(readChoice(choices, line)).toBeNull();
  });

  it("can be left, but for yes and no", () => {
    expect(choices.some(({ deed }) => deed === "leave")).toBe(name !== "yes or no");
  });

  it.each([40, 80, 100])("fits into %d columns", (width) => {
    const lines = showChoices(choices, width);
    expect(lines.every((line) => line.length <= width)).toBe(true);
    for (const { key, says } of choices) expect(lines.join("\n")).toContain(`[${key}] ${says}`);
  });
});

it("an unknown outcome and a command that still runs offer nothing that starts it again", () => {
  for (const { deed } of [...unknownChoices, ...leftRunningChoices]) expect(["run", "again"]).not.toContain(deed);
});

it("what is offered after a failure follows from what can be done", () => {
  const deeds = (mayRetry: boolean, hasValues: boolean, mayRollBack: boolean) =>
    wrongChoices({ mayRetry, hasValues, mayRollBack }).map(({ deed }) => deed);
  expect(deeds(true, true, true)).toEqual(["rollback", "again", "values", "go_on", "leave", "end"]);
  expect(deeds(true, false, false)).toEqual(["again", "go_on", "leave", "end"]);
  expect(deeds(false, true, false)).toEqual(["go_on", "leave", "end"]);
});
