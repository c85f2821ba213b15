import { describe, expect, it } from "vitest";
import { judgePlan } from "./judge-plan.ts";
import type { MemberResult } from "./member-result.ts";

/** `0`, `1` exit codes; `1?` an answer; `PIPE`, `TERM` signals. */
function pipelineOf(text: string) {
  const words = text.split("|").map((word) => word.trim());
  const member = (word: string): MemberResult => {
    const code = Number.parseInt(word, 10);
    const base = { argv0: "x", started: true };
    return Number.isNaN(code) ? { ...base, exitCode: null, signal: `SIG${word}` } : { ...base, exitCode: code, signal: null };
  };
  return { members: words.map(member), answers: words.map((word) => (word.endsWith("?") ? [Number.parseInt(word, 10)] : [])) };
}

describe("judgePlan", () => {
  it.each([
    [[], "ok"],
    [[["0"]], "ok"],
    [[["1?"]], "answer"],
    [[["1"]], "failed"],
    [[["TERM"]], "failed"],
    [[["PIPE"]], "failed"],
    [[["PIPE|0"]], "ok"],
    [[["141|0"]], "ok"],
    [[["1|0"]], "failed"],
    [[["1?|0"]], "ok"],
    [[["1?|1?"]], "answer"],
    [[["TERM|1?"]], "failed"],
    [[["1", "0"]], "ok"],
    [[["1|0", "0"]], "failed"],
    [[["1"], ["0"]], "failed"],
    [[["1?"], ["0"]], "ok"],
    [[["0"], ["1?"]], "answer"],
    [[["0"], []], "ok"],
  ] as const)("%j is %s", (lists, verdict) => {
    expect(judgePlan(lists.map((list) => list.map(pipelineOf)))).toBe(verdict);
  });
});
