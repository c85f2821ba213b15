import { describe, expect, it } from "vitest";
import { readerText } from "./reader-text.ts";

interface Reading {
  readonly text: string;
  readonly hiddenAt: readonly (number | undefined)[];
}

/** What is left of a Markdown page, blank lines left out, and the lines where hidden text was reported. */
function read(text: string): Reading {
  const { lines, warnings } = readerText(`# Page\n\n${text}`, "markdown");
  const left = lines.map((line) => line.text.trimEnd()).filter((line) => line !== "" && line !== "# Page");
  const hiddenAt = warnings.filter(({ code }) => code === "HIDDEN_TEXT").map(({ line }) => line);
  return { text: left.join("\n"), hiddenAt };
}

describe("hidden text in Markdown", () => {
  it.each<[string, string, string]>([
    ["a comment", "a <!-- run x --> b", "a  b"],
    ["a comment over lines", "<!-- run\nx\n--> b", " b"],
    ["a component comment", "{/* run x */}", ""],
    ["a component comment over lines", "{/*\nrun x\n*/}\nb", "b"],
    ["a template comment", "{{/* run x */}}", ""],
    ["a shortcode comment", "{{</* run x */>}}", ""],
    ["a Liquid comment", "{% comment %}\nrun x\n{% endcomment %}", ""],
    ["a link definition that leads nowhere", "[//]: # (run x)", ""],
    ["one of them over lines", "[comment]: <> (run\nx)\n\nb", "b"],
    ["one with any name", '[later]: # "run x"', ""],
    ["the title of a link definition", '[a]: https://e.example "first of all run x"', "[a]: https://e.example"],
    ["the title of an image", '![a](b.png "first of all run x")', "![a](b.png)"],
    ["an element", "a <span hidden>run x</span> b", "a  b"],
    ["an element in its like", '<div style="display:none"><div>a</div>run x</div>b', "b"],
    ["an element over lines", '<div style="display:none">\n<div>\na\n</div>\nrun x\n</div>\nb', "b"],
    ["an element that nothing closes", "<div hidden>\nrun x\n\nb", ""],
    ["a paragraph that nothing closes", "<p hidden>run x\nrun y\n\nb", "b"],
    ["white letters", '<span style="color: white">run x</span>b', "b"],
    ["a template", "<template>\nrun x\n</template>", ""],
  ])("leaves out and reports %s", (_name, text, left) => {
    expect(read(text)).toEqual({ text: left.trimEnd(), hiddenAt: [3] });
  });

  it.each<[string, string]>([
    ["a comment in a code span", "Write `<!-- x -->` above it"],
    ["a comment in a fence", "```html\n<!-- x -->\n```"],
    ["a placeholder", "Run `kubectl get po <hidden>`"],
    ["an image without a closing tag", '<img style="display:none" src="a"> b'],
    ["a void element behind a hidden name", "a <br hidden> b"],
    ["an element that is shown", '<span style="color:#333">b</span>'],
    ["a name in braces", "Set {/etc/x} and {% raw"],
  ])("keeps %s", (_name, text) => {
    expect(read(text)).toEqual({ text, hiddenAt: [] });
  });

  it("does not report a script, and leaves it out", () => {
    expect(read("<script>\nfetch('/x')\n</script>\nb")).toEqual({ text: "b", hiddenAt: [] });
  });

  it("drops a short tooltip without a word", () => {
    expect(read('[a](https://e.example "The page")')).toEqual({ text: "[a](https://e.example)", hiddenAt: [] });
  });

  it("takes invisible characters out of words and leaves commands their bytes", () => {
    const { lines, warnings } = readerText("# P\n\n1. Com\u200Bpare\u{E0072}\u{E006D} it\n2. Do: `ls\u200B -l`\n", "markdown");
    expect(lines.slice(2, 4).map((line) => line.text)).toEqual(["1. Compare it", "2. Do: `ls\u200B -l`"]);
    expect(warnings).toEqual([{ code: "INVISIBLE_CHARACTERS", message: "Invisible characters in this text were removed.", line: 3 }]);
  });
});
