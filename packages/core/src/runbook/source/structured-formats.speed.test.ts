import { describe, expect, it } from "vitest";
import type { SourceType } from "../types.ts";
import { readerText } from "./reader-text.ts";
import { bestMs } from "../../../../../bench/best-ms.ts";

const repeat =
  (head: string, piece: string, tail = "") =>
  (times: number): string =>
    head + piece.repeat(times) + tail;

describe("hostile text in a structured format", () => {
  it.each<[string, SourceType | undefined, (times: number) => string]>([
    ["tags without end", "html", repeat("<p>", "<a ")],
    ["open quotes in tags", "html", repeat("<p>", '<a b="')],
    ["quotes that hold tags", "html", repeat("<p>", '<a b="<" c')],
    ["declarations without end", "html", repeat("<p>a</p>", "<!a ")],
    ["CDATA without end", "confluence", repeat("<p>", "<![CDATA[ x </ac:a>")],
    ["nested tables", "html", repeat("", "<table><tr><td>x")],
    ["cells", "html", repeat("<table><tr>", "<td>x")],
    ["rows of wide cells", "html", repeat("<table>", '<tr><td colspan="1000" rowspan="1000">x')],
    ["nested lists", "html", repeat("", "<ul><li>x")],
    ["nested details", "html", repeat("", "<details><summary>Rollback</summary>x")],
    ["emphasis that nothing closes", "html", repeat("<p>", "<b>x")],
    ["code that nothing closes", "html", repeat("<p>", "<code>x <br>")],
    ["hidden elements", "html", repeat("", "<div hidden>x")],
    ["style rules", "html", repeat("<style>", "@media a{b{c{", "</style><p>x</p>")],
    ["macros", "confluence", repeat("", '<ac:structured-macro ac:name="expand"><ac:rich-text-body>x')],
    ["entities", "html", repeat("<p>", "&amp;#&lt")],
    ["comments in one line", "markdown", repeat("", "`a` <!-- b --> ")],
    ["tooltips in one line", "markdown", repeat("", '[a](b "c d e f") ')],
    ["link titles that nothing closes", "markdown", repeat("", '[a](b "')],
    ["hidden names", "markdown", repeat("", "<b hidden><i hidden>")],
    ["tables in Markdown", "markdown", repeat("", "<table>\n")],
    [
      "boxes in boxes",
      "markdown",
      (times) => Array.from({ length: Math.min(times, 600) }, (_, depth) => `${" ".repeat(4 * depth)}!!! note "A b"`).join("\n"),
    ],
    ["tabs", "markdown", repeat("", '=== "A"\n')],
    ["directives", undefined, repeat("T\n===\n\n.. note::\n\n", "   .. note::\n\n")],
    [
      "directives in directives",
      undefined,
      (times) =>
        `T\n===\n\n${Array.from({ length: Math.min(times, 300) }, (_, depth) => `${" ".repeat(3 * depth)}.. note::\n`).join("\n")}`,
    ],
    ["titles of every kind", undefined, repeat(".. note::\n\n   x\n\n", "T\n===\n")],
    ["literal blocks", undefined, repeat("T\n===\n\n", "x::\n\n   y\n\n")],
    ["roles", undefined, repeat("T\n===\n\n.. note::\n\n   x\n\n", ":ref:`x ` `` ")],
    [
      "blocks that nothing closes",
      undefined,
      (times) => `= Ti\n:toc:\n\n${Array.from({ length: times }, (_, index) => "-".repeat(4 + (index % 90))).join("\n")}`,
    ],
    ["list markers", undefined, repeat("= Ti\n:toc:\n\n", ". a\n+\n--\n")],
    ["cells of a table", undefined, repeat("= Ti\n:toc:\n\n|===\n", "a|x |y\n")],
    ["open quotes in a sheet", undefined, repeat("Task\tCommand\n", '"a\t"b\n')],
    ["separators", undefined, repeat("Task\tCommand\nx\ty\nx\ty\n", "a\t")],
    ["page counters", undefined, repeat("Owned by x\n2 min read\n", "1\n2\n3\n")],
    ["lines of a copied file", undefined, repeat("Skip to content\nBlame\nRaw\nIssues\nInsights\nT\n", "ls -l\nIt prints:\n\nx 1 2\n")],
  ])("stays near linear on %s", (_name, type, make) => {
    const [small, large] = [make(1_000), make(8_000)];
    const atMostMs = Math.max(400, bestMs(() => readerText(small, type), 0) * 40);
    expect(bestMs(() => readerText(large, type), atMostMs)).toBeLessThan(atMostMs);
  });

  it("reads a page of one long line with many commands in time", () => {
    const page = `<ol>${"<li>Go: <code>a-tool run &amp;&amp; b-tool</code></li>".repeat(5_000)}</ol>`;
    expect(bestMs(() => readerText(page), 1_500)).toBeLessThan(1_500);
  });
});
