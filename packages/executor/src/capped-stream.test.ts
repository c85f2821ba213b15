import { describe, expect, it } from "vitest";
import { createCappedStream } from "./capped-stream.ts";

function cap(maxBytes: number, ...chunks: readonly string[]) {
  const capped = createCappedStream(maxBytes);
  const show = (pieces: ReturnType<typeof capped.push>) =>
    pieces.map((piece) => (piece.kind === "data" ? `${piece.offset}:${piece.bytes.toString()}` : `${piece.offset}!${piece.omittedBytes}`));
  const live = chunks.flatMap((chunk) => show(capped.push(Buffer.from(chunk))));
  return { live, end: show(capped.end()), truncated: capped.truncated, total: capped.totalBytes };
}

describe("capped stream", () => {
  it.each([
    ["nothing", [], { live: [], end: [], truncated: false, total: 0 }],
    ["less than the head", ["ab", "c"], { live: ["0:ab", "2:c"], end: [], truncated: false, total: 3 }],
    ["exactly the head", ["abcd"], { live: ["0:abcd"], end: [], truncated: false, total: 4 }],
    ["head and part of the tail", ["abcdef"], { live: ["0:abcd"], end: ["4:ef"], truncated: false, total: 6 }],
    ["exactly everything", ["abcdefgh"], { live: ["0:abcd"], end: ["4:efgh"], truncated: false, total: 8 }],
    ["one too many", ["abcdefghi"], { live: ["0:abcd"], end: ["4!1", "5:fghi"], truncated: true, total: 9 }],
    ["many chunks", ["abc", "def", "ghi", "jkl", "m"], { live: ["0:abc", "3:d"], end: ["4!5", "9:jklm"], truncated: true, total: 13 }],
    ["a chunk larger than all", ["abc", "0123456789"], { live: ["0:abc", "3:0"], end: ["4!5", "9:6789"], truncated: true, total: 13 }],
  ])("%s", (_, chunks, expected) => {
    expect(cap(8, ...chunks)).toEqual(expected);
  });
});
