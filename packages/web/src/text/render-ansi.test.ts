import { describe, expect, it } from "vitest";
import { createAnsiRenderer } from "./render-ansi.ts";

const shown = (...pieces: string[]) => {
  const render = createAnsiRenderer();
  return pieces.flatMap((piece) => render(piece).map(({ run, className }) => [run.shown, className]));
};

describe("createAnsiRenderer", () => {
  it.each([
    ["plain text", ["a <b> & 'c' \"d\""], [["a <b> & 'c' \"d\"", ""]]],
    ["markup in the output stays text", ["<img src=x onerror=alert(1)></span>"], [["<img src=x onerror=alert(1)></span>", ""]]],
    ["entities in the output stay text", ["&lt;b&gt;"], [["&lt;b&gt;", ""]]],
    [
      "a colour",
      ["\u001b[31mred\u001b[0m plain"],
      [
        ["red", "ansi-red"],
        [" plain", ""],
      ],
    ],
    ["bold and bright", ["\u001b[1;92mok\u001b[0m"], [["ok", "ansi-bright-green bold"]]],
    [
      "a colour across two pieces",
      ["\u001b[33mwarn", "ing"],
      [
        ["warn", "ansi-yellow"],
        ["ing", "ansi-yellow"],
      ],
    ],
    [
      "a sequence cut in two",
      ["a\u001b[3", "1mb"],
      [
        ["a", ""],
        ["b", "ansi-red"],
      ],
    ],
    ["black on black cannot hide", ["\u001b[30;40mhidden\u001b[0m"], [["hidden", "ansi-black"]]],
    ["concealing and faint are ignored", ["\u001b[8;2mhidden\u001b[0m"], [["hidden", ""]]],
    ["free colours are ignored", ["\u001b[38;2;1;1;1mdark\u001b[0m"], [["dark", ""]]],
    ["a carriage return is a line end", ["10%\r20%\r\ndone"], [["10%\n20%\ndone", ""]]],
  ])("%s", (_name, pieces, expected) => {
    expect(shown(...pieces)).toEqual(expected);
  });

  it("shows a bidi override and drops a link's target", () => {
    expect(shown("a\u202Eb")).toEqual([
      ["a", ""],
      ["U+202E", ""],
      ["b", ""],
    ]);
    expect(
      shown("\u001b]8;;https://evil.example\u0007click\u001b]8;;\u0007")
        .map(([text]) => text)
        .join(""),
    ).not.toContain("evil");
  });
});
