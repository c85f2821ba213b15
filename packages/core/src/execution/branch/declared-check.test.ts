import { describe, expect, it } from "vitest";
import { declaredCheck, evaluateCheck, type LastOutput } from "./declared-check.ts";

const printed = (stdout: string, exitCode: number | null = 0): LastOutput => ({
  stepExecutionId: "s1",
  attempt: 1,
  stdout,
  sha256: "0".repeat(64),
  exitCode,
});
const answer = (condition: string, output: LastOutput): string => {
  const check = declaredCheck(condition);
  if (check === null) return "a person";
  const evaluation = evaluateCheck(check, output);
  return evaluation.ok ? (evaluation.holds ? "yes" : "no") : "a person";
};

describe("a declared check", () => {
  it.each<[string, LastOutput, string]>([
    ['If output contains "CrashLoop"', printed("pod-1 CrashLoopBackOff"), "yes"],
    ['If the output contains "CrashLoop":', printed("pod-1 crashloop"), "no"],
    ["When output contains 'a \"b\"'", printed('x a "b" y'), "yes"],
    ["If the output contains `0/3`", printed("ready 0/3"), "yes"],
    ["If the output does not contain “Running”", printed("Pending"), "yes"],
    ["If output is empty", printed(" \n\t"), "yes"],
    ["If the output is not empty,", printed("x"), "yes"],
    ["if the exit code is 1", printed("", 1), "yes"],
    ["If exit code is not 0", printed("", 0), "no"],
    ["If exit code is 0", printed("", null), "a person"],
    ["If number >= 50", printed(" 50\n"), "yes"],
    ["If number >= 50", printed("49.999"), "no"],
    ["If the number < -1.5", printed("-2"), "yes"],
    ["If number == 0", printed("-0"), "yes"],
    ["If number != 3", printed("3.0"), "no"],
  ])("%s", (condition, output, expected) => {
    expect(answer(condition, output)).toBe(expected);
  });

  it.each([
    "If it is red",
    'If output contains "a" or output contains "b"',
    'Unless output contains "a"',
    "If output contains a",
    'If output contains ""',
    'If output contains "a" please restart it',
    "If exit code is 1 or 2",
    "If exit code is 1000",
    "If number >= 5e3",
    "If number >= 50 connections",
    "If numbers > 1",
    "If number > 0x10",
    'Check output contains "a"',
    'If output contains "a"\nthen output is empty',
    "",
  ])("is nothing else than its five forms: %j goes to a person", (condition) => {
    expect(declaredCheck(condition)).toBeNull();
  });

  it.each(["50 connections", "1\n2", "", "1e3", "NaN", "0x32", "5,000", "99999999999999999999"])(
    "does not read a number out of %j",
    (stdout) => {
      expect(answer("If number >= 1", printed(stdout))).toBe("a person");
    },
  );

  it("answers nothing about an output that cannot be judged", () => {
    for (const condition of ["If output is empty", "If exit code is 0", 'If output does not contain "x"', "If number < 1"])
      expect(answer(condition, { unusable: "cut off" })).toBe("a person");
  });
});
