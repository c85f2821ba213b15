// A suggestion's spans as lines: nothing that changes is left out, and what stays is shown once.
import { describe, expect, it } from "vitest";
import { spanLines } from "./span-lines.ts";

const source = ["a", "b", "c", "d", "e", "f", "g", "h", "i"].join("\n");
const SIGN = { same: " ", added: "+", removed: "-" } as const;
const shown = (...spans: Parameters<typeof spanLines>[1]): string =>
  spanLines(source, spans)
    .map(({ kind, text }) => `${SIGN[kind]}${text}`)
    .join(" ");

describe("lines of a suggestion", () => {
  const cases: readonly [string, Parameters<typeof spanLines>[1], string][] = [
    ["in the middle", [{ start_line: 5, end_line: 6, lines: ["E"] }], " …  c  d -e +E  f  g  …"],
    ["at the beginning", [{ start_line: 1, end_line: 1, lines: ["A"] }], "+A  a  b  …"],
    ["at the end", [{ start_line: 9, end_line: 10, lines: [] }], " …  g  h -i"],
    [
      "close together",
      [
        { start_line: 3, end_line: 4, lines: [] },
        { start_line: 6, end_line: 7, lines: ["F"] },
      ],
      " a  b -c  d  e -f +F  g  h  …",
    ],
    [
      "side by side",
      [
        { start_line: 3, end_line: 4, lines: [] },
        { start_line: 5, end_line: 6, lines: ["E"] },
      ],
      " a  b -c  d -e +E  f  g  …",
    ],
  ];
  it.each(cases)("%s", (_, spans, expected) => {
    expect(shown(...spans)).toBe(expected);
  });
});
