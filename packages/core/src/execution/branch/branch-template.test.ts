import { describe, expect, it } from "vitest";
import { parseRunbook } from "../../runbook/parse-runbook.ts";
import { branchTemplates } from "./branch-template.ts";

const drawn = (steps: string): readonly string[] => {
  const result = parseRunbook(`# T\n\n## Steps\n\n${steps}\n`);
  const branches = result.ok ? result.runbook.branches : [];
  return branchTemplates(branches).map(
    ({ branchId, condition, check, skipIfYes, skipIfNo }) =>
      `${branchId} ${condition} (${check?.kind ?? "a person"}): yes leaves out [${skipIfYes.join(",")}], no [${skipIfNo.join(",")}]`,
  );
};

describe("conditions of a runbook", () => {
  it.each<[string, string, readonly string[]]>([
    ["one step", "1. Look\n2. If it is red, restart it.\n3. Done now", ["b1 If it is red (a person): yes leaves out [], no [2]"]],
    ["the last step", "1. Look\n2. If it is red, restart it.", ["b1 If it is red (a person): yes leaves out [], no [2]"]],
    [
      "an otherwise",
      "1. Look\n2. If it is red, restart it.\n3. Otherwise scale it\n4. Tell the team",
      ["b1 If it is red (a person): yes leaves out [3], no [2]"],
    ],
    [
      "a jump ahead",
      "1. If it is green, go to step 4.\n2. Restart it\n3. Scale it\n4. Tell the team",
      ["b1 If it is green (a person): yes leaves out [2,3], no []"],
    ],
    ["a jump back, which no answer can make", "1. Look\n2. Restart it\n3. If it is red, go to step 1.\n4. Tell the team", []],
    [
      "a declared check",
      '1. Look\n2. If the output contains "CrashLoop", restart it.\n3. Done now',
      ['b1 If the output contains "CrashLoop" (contains): yes leaves out [], no [2]'],
    ],
  ])("%s", (_name, steps, expected) => {
    expect(drawn(steps)).toEqual(expected);
  });
});
