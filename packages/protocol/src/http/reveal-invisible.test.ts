import { describe, expect, it } from "vitest";
import { revealAsText, revealInvisible } from "./reveal-invisible.ts";

describe("revealInvisible", () => {
  it("keeps plain text as one run with tabs and line ends", () => {
    expect(revealInvisible("ls\t-l\npwd")).toEqual([{ start: 0, end: 9, shown: "ls\t-l\npwd", hidden: false }]);
  });

  it("cuts out a bidi override and keeps the offsets of the source", () => {
    expect(revealInvisible("rm \u202Efdp.exe")).toEqual([
      { start: 0, end: 3, shown: "rm ", hidden: false },
      { start: 3, end: 4, shown: "U+202E", hidden: true },
      { start: 4, end: 11, shown: "fdp.exe", hidden: false },
    ]);
  });

  it.each([
    ["zero width space", "\u200B", "U+200B"],
    ["no-break space", "\u00A0", "U+00A0"],
    ["soft hyphen", "\u00AD", "U+00AD"],
    ["carriage return", "\r", "U+000D"],
    ["escape", "\u001B", "U+001B"],
    ["hangul filler", "\u3164", "U+3164"],
    ["line separator", "\u2028", "U+2028"],
    ["tag letter beyond the first plane", "\u{E0041}", "U+E0041"],
    ["lone surrogate", "\uD800", "U+D800"],
    ["isolate", "\u2066", "U+2066"],
  ])("shows a %s in a command", (_name, character, shown) => {
    expect(revealInvisible(`a${character}b`)).toEqual([
      { start: 0, end: 1, shown: "a", hidden: false },
      { start: 1, end: 1 + character.length, shown, hidden: true },
      { start: 1 + character.length, end: 2 + character.length, shown: "b", hidden: false },
    ]);
  });

  it("loses no character: the runs cover the text", () => {
    const text = "echo \u200B\u202E'x'\u{1F600}\r\n\u00A0end";
    const runs = revealInvisible(text);
    expect(runs.map((run) => text.slice(run.start, run.end)).join("")).toBe(text);
  });
});

describe("revealAsText", () => {
  it.each([
    ["an emoji with its selector stays", "⚠\uFE0F careful", "⚠\uFE0F careful"],
    ["a selector after a letter is shown", "a\uFE0Fb", "a⟨U+FE0F⟩b"],
    ["an override is shown in prose too", "see \u202Egnp", "see ⟨U+202E⟩gnp"],
    ["a no-break space is a blank in prose", "10\u00A0ms", "10\u00A0ms"],
  ])("%s", (_name, text, shown) => {
    expect(revealAsText(text)).toBe(shown);
  });
});
