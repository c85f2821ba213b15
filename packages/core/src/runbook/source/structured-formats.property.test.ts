import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseRunbook } from "../parse-runbook.ts";
import type { SourceType } from "../types.ts";
import { readerText } from "./reader-text.ts";
import type { SourceLine } from "./source-line.ts";

const PIECES = [
  "<p>",
  "</p>",
  "<ol>",
  "</ol>",
  "<ul>",
  "<li>",
  "</li>",
  "<table>",
  "</table>",
  "<tr>",
  "<td>",
  "</td>",
  '<td colspan="3" rowspan=2>',
  "<th>",
  "<pre>",
  "</pre>",
  "<code>",
  "</code>",
  "<br>",
  "<h2>",
  "</h2>",
  "<b>",
  "</b>",
  '<a href="x">',
  "</a>",
  "<details>",
  "<summary>Rollback</summary>",
  "</details>",
  "<!-- ",
  " -->",
  "<![CDATA[",
  "]]>",
  "<div hidden>",
  "</div>",
  '<span style="color:#fff">',
  "</span>",
  "<",
  '<ac:structured-macro ac:name="code">',
  "</ac:structured-macro>",
  '<ac:parameter ac:name="title">',
  "</ac:parameter>",
  "<ac:plain-text-body>",
  "</ac:plain-text-body>",
  "<ac:rich-text-body>",
  "</ac:rich-text-body>",
  "<ac:task-list>",
  "<ac:task-body>",
  "</ac:task>",
  "&amp;&lt;",
  "ls -l /srv",
  "$ df -h",
  "Run this:",
  "| a | b |",
  "|---|---|",
  "a\tb\tc",
  "1\t2\t3",
  "Task\tCommand",
  '"x',
  "```",
  "````",
  "# T",
  "== T",
  "= T",
  "T\n===",
  "#. a",
  ". a",
  "+",
  "----",
  "....",
  "|===",
  "|a |b",
  "a::",
  ".. note::",
  ".. code-block:: sh",
  ".. x",
  "   in",
  "      deep",
  '=== "A"',
  "!!! note",
  "    body",
  ":::tip",
  "<Tabs>",
  "<aside>",
  "</aside>",
  "Skip to content",
  "Blame",
  "Raw",
  "Issues",
  "Owned by x",
  "2 min read",
  "On this page",
  "1",
  "2",
  "\u200B",
  "\n",
  "\n\n",
  " ",
];
const text = fc
  .array(fc.tuple(fc.constantFrom(...PIECES), fc.constantFrom("", "\n", "\n", " ")), { maxLength: 60 })
  .map((parts) => parts.flat().join(""));
const type = fc.constantFrom<SourceType | undefined>(undefined, "html", "confluence", "markdown", "text", "notion");

const linesOf = (lines: readonly SourceLine[]): readonly number[] =>
  lines.flatMap((line) => [line.line, ...linesOf(line.cells?.flat() ?? [])]);

describe("any mixture of formats", () => {
  it("is read without a fault, the same every time, on lines that exist", () => {
    fc.assert(
      fc.property(text, type, (raw, named) => {
        const read = readerText(raw, named);
        expect(readerText(raw, named)).toEqual(read);
        const last = raw.split("\n").length;
        expect(linesOf(read.lines).filter((line) => line < 1 || line > last || !Number.isInteger(line))).toEqual([]);
        const result = parseRunbook(raw, named === undefined ? {} : { sourceType: named });
        const commands = result.ok ? result.runbook.steps.flatMap((step) => step.commands) : [];
        expect(commands.filter(({ line, end_line }) => line < 1 || (end_line ?? line) > last || (end_line ?? line) < line)).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });

  it("never shows what stands in a comment or a hidden element", () => {
    const hiding = fc.constantFrom(
      ["<!-- ", " -->"],
      ["<div hidden>", "</div>"],
      ['<span style="display:none">', "</span>"],
      ["<template>", "</template>"],
    );
    fc.assert(
      fc.property(text, hiding, fc.constantFrom<SourceType>("html", "confluence"), (before, [opening, closing], named) => {
        const closed = before.replace(/<!|\]\]>|<$/g, "").replace(/<[^>]*$/, "");
        const { lines } = readerText(`${closed}\n${opening ?? ""}obey-me${closing ?? ""}\n<p>x</p>`, named);
        expect(lines.filter((line) => line.text.includes("obey-me"))).toEqual([]);
      }),
      { numRuns: 400 },
    );
  });
});
