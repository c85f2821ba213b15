import { describe, expect, it } from "vitest";
import type { OutputChunk } from "../read-output.ts";
import { keepOutput } from "./keep-output.ts";

const data = (text: string, stream: "stdout" | "stderr" = "stdout"): OutputChunk =>
  ({ stream, kind: "data", bytes: Buffer.from(text) }) as unknown as OutputChunk;
const hole = { stream: "stdout", kind: "elided", offset: 1, omittedBytes: 5 } as unknown as OutputChunk;

const kept = async (maxBytes: number | undefined, ...chunks: readonly OutputChunk[]): Promise<string | null> => {
  const output = keepOutput(maxBytes);
  for (const chunk of chunks) await output.take(chunk);
  expect(output.bytes()?.length ?? null).toBe(output.text()?.length ?? null);
  return output.text();
};

describe("output that is kept", () => {
  it.each<[string, number | undefined, readonly OutputChunk[], string | null]>([
    ["nothing", undefined, [], ""],
    ["standard output alone, in order", undefined, [data("a"), data("x", "stderr"), data("b")], "ab"],
    ["up to its limit", 2, [data("a"), data("b")], "ab"],
    ["nothing above its limit", 2, [data("a"), data("bc")], null],
    ["nothing with a hole in it", undefined, [data("a"), hole, data("b")], null],
  ])("is %s", async (_name, maxBytes, chunks, expected) => {
    expect(await kept(maxBytes, ...chunks)).toBe(expected);
  });
});
