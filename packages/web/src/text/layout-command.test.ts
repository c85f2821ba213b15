import { describe, expect, it } from "vitest";
import { type CommandMark, type CommandWord, layoutCommand, reasonMarks, valueMarks } from "./layout-command.ts";

const words = (layout: readonly CommandWord[]) => layout.map((word) => word.pieces.map((piece) => piece.shown).join(""));
const mark = (start: number, end: number, kind: CommandMark["kind"]): CommandMark => ({ start, end, kind, title: kind });

describe("layoutCommand", () => {
  it.each([
    ["arguments", "kubectl get pods", ["kubectl", " ", "get", " ", "pods"]],
    ["quoted blanks stay in one word", `grep 'a b' "c d" e`, ["grep", " ", "'a b'", " ", `"c d"`, " ", "e"]],
    ["an escaped quote does not close", `echo "a\\" b" c`, ["echo", " ", `"a\\" b"`, " ", "c"]],
    ["an escaped blank does not split", "cat a\\ b c", ["cat", " ", "a\\ b", " ", "c"]],
    ["an open quote runs to the end", "echo 'a b", ["echo", " ", "'a b"]],
    ["a line end outside quotes", "a |\n b", ["a", " ", "|", "\n", " ", "b"]],
    ["a trailing backslash", "echo \\", ["echo", " ", "\\"]],
    ["nothing", "", []],
  ])("%s", (_name, command, expected) => {
    expect(words(layoutCommand(command, []))).toEqual(expected);
  });

  it("cuts at marks and lets the strictest win", () => {
    expect(layoutCommand("rm -rf /x", [mark(0, 9, "caution"), mark(3, 6, "dangerous")])).toEqual([
      { kind: "word", start: 0, pieces: [{ shown: "rm", hidden: false, mark: mark(0, 9, "caution") }] },
      { kind: "gap", start: 2, pieces: [{ shown: " ", hidden: false, mark: mark(0, 9, "caution") }] },
      { kind: "word", start: 3, pieces: [{ shown: "-rf", hidden: false, mark: mark(3, 6, "dangerous") }] },
      { kind: "gap", start: 6, pieces: [{ shown: " ", hidden: false, mark: mark(0, 9, "caution") }] },
      { kind: "word", start: 7, pieces: [{ shown: "/x", hidden: false, mark: mark(0, 9, "caution") }] },
    ]);
  });

  it("shows a zero-width character inside a word", () => {
    expect(layoutCommand("r\u200Bm", [])).toEqual([
      {
        kind: "word",
        start: 0,
        pieces: [
          { shown: "r", hidden: false, mark: null },
          { shown: "U+200B", hidden: true, mark: null },
          { shown: "m", hidden: false, mark: null },
        ],
      },
    ]);
  });
});

describe("marks", () => {
  it("leaves safe and empty spans unmarked", () => {
    const reason = (risk: "safe" | "dangerous", start: number, end: number) => ({
      rule_id: "r",
      risk,
      span: { start, end },
      message: "m",
      safer_alternative: null,
    });
    expect(reasonMarks([reason("safe", 0, 2), reason("dangerous", 0, 0), reason("dangerous", 3, 6)])).toEqual([
      { start: 3, end: 6, kind: "dangerous", title: "dangerous: m" },
    ]);
  });

  it("finds every place of an alert's value, but not inside another name", () => {
    expect(valueMarks("get a-b -n a-b xa-b", [{ name: "service", value: "a-b" }])).toEqual([
      { start: 4, end: 7, kind: "value", title: "service, filled in from the alert" },
      { start: 11, end: 14, kind: "value", title: "service, filled in from the alert" },
    ]);
  });
});
