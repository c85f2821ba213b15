import { describe, expect, it } from "vitest";
import { isJira, rewriteJira } from "./rewrite-jira.ts";
import { toSourceLines } from "./source-line.ts";

const rewrite = (text: string): readonly string[] => rewriteJira(toSourceLines(text)).map((line) => line.text);

describe("rewriteJira", () => {
  it("keeps every line's number", () => {
    const lines = rewriteJira(toSourceLines("h2. A\n\n# one\n{code:bash}\nuptime\n{code}\n# two"));
    expect(lines.find(({ text }) => text.trim() === "uptime")?.line).toBe(5);
    expect(lines.at(-1)).toEqual({ text: "1.  two", line: 7 });
  });

  it.each([
    ["h3. Undo {{x}}", ["### Undo `x`"]],
    ["{code}uptime{code}", ["", "````", "uptime", "````", ""]],
    ["{noformat}\nNAME\n{noformat}", ["", "````text", "NAME", "````", ""]],
    ["# a\n## b\n{code}\nls\n{code}", ["1.  a", "    1.  b", "", "        ````", "        ls", "        ````", ""]],
    ["* see [the guide|https://example.org/g]", ["-   see [the guide](https://example.org/g)"]],
    ["# -gone- {color:grey}(old){color}", ["1.  ~~gone~~ (old)"]],
    ["||a||b||\n|1|2|", ["|a|b|", "|1|2|"]],
    ["{quote}Do *not* run it{quote}", ["Do **not** run it"]],
    ["{code:bash}\nnever closed", ["", "````bash", "never closed"]],
    ["----", ["----"]],
  ])("%j", (text, expected) => {
    expect(rewrite(text)).toEqual(expected);
  });
});

describe("isJira", () => {
  it.each([
    ["h2. A\n{code}\nls\n{code}", true],
    ["{noformat}\nx\n{noformat}", true],
    ["# A heading\n\n```\nls\n```", false],
    ["h2. the only one", false],
    ["Use `{code}` blocks.", false],
  ])("%j: %s", (text, expected) => {
    expect(isJira(toSourceLines(text))).toBe(expected);
  });
});
