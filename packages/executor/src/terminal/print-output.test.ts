import type { OutputChunk } from "../read-output.ts";
import { expect, it } from "vitest";
import { printOutput } from "./print-output.ts";

const shown = async (...pieces: readonly (readonly ["stdout" | "stderr", Buffer | string] | number)[]): Promise<readonly string[]> => {
  const lines: string[] = [];
  const printer = printOutput(async (more) => void lines.push(...more));
  for (const piece of pieces) {
    const chunk: OutputChunk =
      typeof piece === "number"
        ? { kind: "elided", stream: "stdout", offset: 0, omittedBytes: piece }
        : { kind: "data", stream: piece[0], offset: 0, bytes: Buffer.from(piece[1]) };
    await printer.take(chunk);
  }
  await printer.end();
  return lines;
};

it.each([
  ["whole lines at once", [["stdout", "a\nb\n"]], ["  | a", "  | b"]],
  [
    "a line in pieces",
    [
      ["stdout", "a"],
      ["stdout", "b\nc"],
    ],
    ["  | ab", "  | c"],
  ],
  [
    "the streams apart",
    [
      ["stdout", "a"],
      ["stderr", "x\n"],
      ["stdout", "b\n"],
    ],
    ["  ! x", "  | ab"],
  ],
  [
    "a character in two pieces",
    [
      ["stdout", Buffer.from([0xc3])],
      ["stdout", Buffer.from([0xa4, 0x0a])],
    ],
    ["  | ä"],
  ],
  ["what was left out", [["stdout", "a\n"], 7, ["stdout", "b\n"]], ["  | a", "  | ", "  | [7 bytes left out]", "  | b"]],
  [
    "colours dropped, other escapes shown",
    [["stdout", "\u001b[31mred\u001b[0m \u001b]0;t\u0007\u202e\n"]],
    ["  | red \\u{1b}]0;t\\u{7}\\u{202e}"],
  ],
  ["line ends of other systems", [["stdout", "a\r\nb\n"]], ["  | a", "  | b"]],
  ["nothing", [], []],
] as const)("prints %s", async (_name, pieces, lines) => {
  expect(await shown(...pieces)).toEqual(lines);
});
