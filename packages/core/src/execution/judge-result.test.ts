import { describe, expect, it } from "vitest";
import { prepared, resultOf } from "../test/engine-fixture.ts";
import { succeeded } from "./judge-result.ts";
import type { MemberOutcome } from "./types.ts";

/** "0 1|0 - S" : pipelines separated by "|" for the plan's lists joined below; "-" not started, "S" ended by SIGPIPE, "K" by SIGKILL. */
function outcomes(pipelines: readonly string[]): readonly MemberOutcome[] {
  return pipelines.flatMap((text, pipeline) =>
    text.split(" ").map((word, member) => ({
      pipeline,
      member,
      exitCode: /^\d+$/.test(word) ? Number(word) : null,
      signal: word === "S" ? "SIGPIPE" : word === "K" ? "SIGKILL" : null,
    })),
  );
}

/** @param lists pipelines of each and-or list */
function judge(lists: readonly (readonly string[])[], answerCodes?: readonly (readonly number[])[]): boolean {
  const members = outcomes(lists.flat());
  const step = prepared("s1", 1, "safe", {
    pipelinesPerList: lists.map((list) => list.length),
    answerCodes: answerCodes ?? members.map(() => []),
  });
  return succeeded(step, resultOf(0, { members }));
}

describe("succeeded", () => {
  it.each<[string, boolean, readonly (readonly string[])[], (readonly (readonly number[])[])?]>([
    ["one process", true, [["0"]]],
    ["one process that failed", false, [["1"]]],
    ["one process that gave an answer", true, [["1"]], [[1]]],
    ["an answer of another member", false, [["1 0"]], [[], [1]]],
    ["a pipe", true, [["0 0 0"]]],
    ["a pipe whose last member failed", false, [["0 1"]]],
    ["a pipe whose earlier member failed", false, [["1 0"]]],
    ["a pipe whose reader had enough", true, [["S 0"]]],
    ["the same, as a shell status", true, [["141 0"]]],
    ["a last member that died of a broken pipe", false, [["0 S"]]],
    ["a killed member", false, [["K 0"]]],
    ["a member that was not started", false, [["- 0"]]],
    ["a && b", true, [["0", "0"]]],
    ["a that failed && b", false, [["1", "-"]]],
    ["grep without a hit && b", true, [["1", "-"]], [[1], []]],
    ["a that failed || b", true, [["1", "0"]]],
    ["a || b, both failed", false, [["1", "2"]]],
    ["a pipe with an earlier failure && b", false, [["1 0", "0"]]],
    ["a ; b", true, [["0"], ["0"]]],
    ["a that failed ; b", false, [["1"], ["0"]]],
    ["a ; b that never ran", false, [["0"], ["-"]]],
    ["nothing at all", false, [["-"]]],
  ])("%s: %s", (_name, expected, lists, answers) => {
    expect(judge(lists, answers)).toBe(expected);
  });

  it("is false for a report that does not fit the plan, or that says why a process did not start", () => {
    const step = prepared("s1", 1, "safe", { pipelinesPerList: [2], answerCodes: [[], []] });
    expect(succeeded(step, resultOf(0))).toBe(false);
    expect(succeeded(step, resultOf(0, { members: [] }))).toBe(false);
    expect(succeeded(step, resultOf(0, { members: outcomes(["0 0"]) }))).toBe(false);
    expect(succeeded(step, resultOf(0, { members: outcomes(["0", "0"]) }))).toBe(true);
    expect(succeeded(step, resultOf(0, { members: outcomes(["0", "0"]), message: "ENOENT" }))).toBe(false);
  });
});
