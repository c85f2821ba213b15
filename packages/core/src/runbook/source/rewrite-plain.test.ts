import { describe, expect, it } from "vitest";
import { isMarkedUp, rewritePlain } from "./rewrite-plain.ts";
import { toSourceLines } from "./source-line.ts";

const rewrite = (text: string): string =>
  rewritePlain(toSourceLines(text))
    .map((line) => line.text)
    .join("\n");

describe("rewritePlain", () => {
  it.each([
    ["a box", "=======\n  Replace a disk\n=======\n\nx", "\n# Replace a disk\n\n\nx"],
    ["an underlined heading stays", "Redis\n-----\n\nx", "Redis\n-----\n\nx"],
    ["a drawn heading", "==== 2. light it up ====", "## light it up"],
    ["capitals alone on a line, twice", "intro\n\nPREPARATION\n\nx\n\nEXECUTION\n\ny", "intro\n\n## PREPARATION\n\nx\n\n## EXECUTION\n\ny"],
    ["capitals once are words", "intro\n\nSTOP THE QUEUE\n\nx", "intro\n\nSTOP THE QUEUE\n\nx"],
    ["legal numbering", "3.1\tOpen the console.\n3.2\tCheck the load.", "1. Open the console.\n1. Check the load."],
    ["a chapter", "2\tPreconditions\n2.1\tAn account", "## Preconditions\n1. An account"],
    ["letters from A on", "A. Drain it.\nB. Boot it.\nC. Check it.", "1. Drain it.\n1. Boot it.\n1. Check it."],
    ["a single letter is none", "A. Smith wrote this.", "A. Smith wrote this."],
    ["other numbers", "1/ look\n2/ stop it", "1. look\n1. stop it"],
    ["check boxes", "[ ] Announce it\n[x] Ask\n☐ Drain", "- [ ] Announce it\n- [x] Ask\n- [ ] Drain"],
    ["a word processor's bullet", "o\tattach the dump", "- attach the dump"],
    ["feet of pages", "Page 2 of 3", ""],
    ["brackets of Japanese headings", "x\n【手順】", "x\n## 手順"],
    ["code is left alone", "```\n==== x ====\n1/ y\n2/ z\n```", "```\n==== x ====\n1/ y\n2/ z\n```"],
  ])("%s", (_name, text, expected) => {
    expect(rewrite(text)).toBe(expected);
  });

  it("keeps the number of lines", () => {
    const text = "====\nA\n====\n1/ x\n\n2/ y\n[ ] z\n";
    expect(rewritePlain(toSourceLines(text)).map(({ line }) => line)).toEqual(toSourceLines(text).map(({ line }) => line));
  });
});

describe("isMarkedUp", () => {
  it.each([
    ["# Title\n\ntext", true],
    ["text\n```\nls\n```", true],
    ["1. Look\n2. Stop", false],
    ["# zpool status\n# lsblk -f\n# uptime", false],
  ])("%j: %s", (text, expected) => {
    expect(isMarkedUp(toSourceLines(text))).toBe(expected);
  });
});
