import { describe, expect, it } from "vitest";
import { fencePrompts, hasRootPrompts } from "./fence-prompts.ts";
import { toSourceLines } from "./source-line.ts";

const fenced = (text: string, habits = { root: false, plain: true }): readonly string[] =>
  fencePrompts(toSourceLines(text), habits).map((line) => line.text);

const OPEN = "````console";
const CLOSE = "````";

describe("fencePrompts", () => {
  it("keeps numbers, and puts a transcript with its output into a block", () => {
    expect(fencePrompts(toSourceLines("Look:\n$ df -h\nFilesystem Size\n\nThen go on."), { root: false, plain: true })).toEqual([
      { text: "Look:", line: 1 },
      { text: "", line: 2 },
      { text: OPEN, line: 2 },
      { text: "$ df -h", line: 2 },
      { text: "Filesystem Size", line: 3 },
      { text: CLOSE, line: 3 },
      { text: "", line: 3 },
      { text: "", line: 4 },
      { text: "Then go on.", line: 5 },
    ]);
  });

  it.each([
    ["prompts over blank lines", "$ a1 -x\n\n$ b1 -y", ["", OPEN, "$ a1 -x", "", "$ b1 -y", CLOSE, ""]],
    [
      "words end it",
      "ops@h:~$ ls -l\n02:06 no room left so I asked",
      ["", OPEN, "ops@h:~$ ls -l", CLOSE, "", "02:06 no room left so I asked"],
    ],
    [
      "a sentence between two prompts is output",
      "$ conf -t\nEnter commands one per line, please.\n$ end -x",
      ["", OPEN, "$ conf -t", "Enter commands one per line, please.", "$ end -x", CLOSE, ""],
    ],
    [
      "PowerShell goes on behind >>",
      "PS C:\\> Get-Item x |\n>>   Set-Item y",
      ["", OPEN, "PS C:\\> Get-Item x |", ">>   Set-Item y", CLOSE, ""],
    ],
    [
      "a command below an item, at the item's text",
      "- [ ] Change it\ngcloud sql instances patch x --tier=y",
      ["- [ ] Change it", "", `  ${OPEN}`, "  gcloud sql instances patch x --tier=y", `  ${CLOSE}`, ""],
    ],
    ["words below an item", "- Change it\nand find the owner of it", ["- Change it", "and find the owner of it"]],
    ["a fence is left alone", "```\n$ ls -l\n```", ["```", "$ ls -l", "```"]],
    ["a price is no prompt", "It costs $ 5 a day.", ["It costs $ 5 a day."]],
  ])("%s", (_name, text, expected) => {
    expect(fenced(text)).toEqual(expected);
  });

  it("reads # as root's prompt where the text does", () => {
    const text = "# zpool status -x\n  pool: tank\n# which slot is it in\n# lsblk -f";
    expect(hasRootPrompts(toSourceLines(text))).toBe(true);
    expect(fenced(text, { root: true, plain: true })).toEqual([
      "",
      OPEN,
      "$ zpool status -x",
      "  pool: tank",
      "# which slot is it in",
      "$ lsblk -f",
      CLOSE,
      "",
    ]);
  });
});
