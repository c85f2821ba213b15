import type { WireOutputChunk } from "@dd0c/protocol/http";
import { describe, expect, it } from "vitest";
import { appendOutput, EMPTY_OUTPUT, MAX_CHARACTERS, mergeHistory } from "./collect-output.ts";

const chunk = (offset: number, text: string, stream: "stdout" | "stderr" = "stdout"): WireOutputChunk => ({
  step_execution_id: "s",
  stream,
  offset,
  text,
});

describe("appendOutput", () => {
  it("keeps order of arrival over both streams", () => {
    const output = appendOutput(EMPTY_OUTPUT, [chunk(0, "a"), chunk(0, "E", "stderr"), chunk(1, "b")]);
    expect(output).toEqual({ chunks: [chunk(0, "a"), chunk(0, "E", "stderr"), chunk(1, "b")], characters: 3, dropped: 0 });
  });

  it("drops what was sent twice, in one batch and across two", () => {
    const once = appendOutput(EMPTY_OUTPUT, [chunk(0, "a"), chunk(0, "a")]);
    expect(once.chunks).toEqual([chunk(0, "a")]);
    expect(appendOutput(once, [chunk(0, "a")])).toBe(once);
  });

  it("keeps the newest part of a flood and counts the rest", () => {
    const half = "x".repeat(MAX_CHARACTERS / 2 + 1);
    expect(appendOutput(EMPTY_OUTPUT, [chunk(0, half), chunk(half.length, half)])).toEqual({
      chunks: [chunk(half.length, half)],
      characters: half.length,
      dropped: half.length,
    });
  });
});

describe("mergeHistory", () => {
  it("puts earlier output before what arrived live", () => {
    const live = appendOutput(EMPTY_OUTPUT, [chunk(2, "c")]);
    expect(mergeHistory(live, [chunk(0, "a"), chunk(1, "b"), chunk(2, "c")]).chunks).toEqual([chunk(0, "a"), chunk(1, "b"), chunk(2, "c")]);
  });

  it("keeps live output that the history did not have yet", () => {
    const live = appendOutput(EMPTY_OUTPUT, [chunk(1, "b"), chunk(2, "c")]);
    expect(mergeHistory(live, [chunk(0, "a"), chunk(1, "b")]).chunks).toEqual([chunk(0, "a"), chunk(1, "b"), chunk(2, "c")]);
  });
});
