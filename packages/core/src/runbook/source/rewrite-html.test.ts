import { describe, expect, it } from "vitest";
import { parseRunbook } from "../parse-runbook.ts";
import { readerText } from "./reader-text.ts";

/** What a reader sees, with physical lines; blank lines left out. */
function shown(text: string, type: "html" | "confluence" = "html"): readonly string[] {
  return readerText(text, type)
    .lines.filter((line) => line.text.trim() !== "")
    .map((line) => `${line.line}: ${line.text}`);
}

function commands(text: string): readonly string[] {
  const result = parseRunbook(text);
  return result.ok ? result.runbook.steps.flatMap((step) => step.commands.map(({ line, text: command }) => `${line}: ${command}`)) : [];
}

const hiddenAt = (text: string): readonly (number | undefined)[] =>
  readerText(text, "html")
    .warnings.filter(({ code }) => code === "HIDDEN_TEXT")
    .map(({ line }) => line);

describe("HTML", () => {
  it.each<[string, string, readonly string[]]>([
    [
      "keeps the line of every line of a paragraph",
      "<p>Look at the queue\nand then run <code>queuectl drain\n--all</code> there</p>",
      ["1: Look at the queue", "2: and then run `queuectl drain", "3: --all` there"],
    ],
    ["breaks a line where the page does", "<p><strong>You need:</strong><br>sudo<br/>VPN</p>", ["1: **You need:**", "1: sudo", "1: VPN"]],
    [
      "puts code that stands alone in a paragraph into a block, one line each",
      "<p>Run:</p>\n<p><code>df -h /srv<br/>du -xh /srv</code></p>",
      ["1: Run:", "2: ``````", "2: df -h /srv", "2: du -xh /srv", "2: ``````"],
    ],
    ["chooses marks that the code does not hold", "<p>Type <code>echo `date`</code> now</p>", ["1: Type `` echo `date` `` now"]],
    ["fences code that holds fences", "<pre>a\n```````\nb</pre>", ["1: ````````", "1: a", "2: ```````", "3: b", "3: ````````"]],
    [
      "takes the language from the class",
      '<pre class="x"><code class="hljs language-sql">SELECT 1;</code></pre>',
      ["1: ``````sql", "1: SELECT 1;", "1: ``````"],
    ],
    [
      "reads highlighted code without its tags and line numbers",
      '<pre><span class="lineno">1 </span><span class="k">systemctl</span> stop x\n<span class="lineno">2 </span>systemctl start x</pre>',
      ["1: ``````", "1: systemctl stop x", "2: systemctl start x", "2: ``````"],
    ],
    [
      "nests lists and code in them",
      "<ol><li>One<ul><li>Inner: <code>ls -l /a</code></li></ul></li><li><pre>ls -l /b</pre></li></ol>",
      ["1: 1.  One", "1:     -   Inner: `ls -l /a`", "1: 1.  ``````", "1:     ls -l /b", "1:     ``````"],
    ],
    ["keeps an empty item with a list in it a list", "<ul><li><ul><li>x y</li></ul></li></ul>", ["1: -   -   x y"]],
    [
      "keeps links that can be followed",
      '<p><a href="https://e.example/a (1)">The list</a></p>',
      ["1: [The list](https://e.example/a%20%281%29)"],
    ],
    ["makes a link to a script its words", '<p><a href="javascript:x()">here</a></p>', ["1: here"]],
    ["reads an attribute that holds an angle bracket", '<p title="a > b">Text</p>', ["1: Text"]],
    ["decodes names and numbers once", "<p>&uuml;ber &#8594; &amp;lt; &nosuch;</p>", ["1: über → &lt; &nosuch;"]],
    [
      "does not take words for headings, tags or rules",
      "<p># not a title</p><p>&lt;b&gt; is bold</p><p>---</p>",
      ["1: \\# not a title", "1: \\<b> is bold", "1: \\---"],
    ],
    [
      "leaves navigation, buttons and the foot out",
      '<nav>Home</nav><button>Copy</button><p>Text</p><div class="footer">Foot</div>',
      ["1: Text"],
    ],
    [
      "reads task lists",
      '<ul><li><input type="checkbox" checked> a</li><li><input type="checkbox"> b</li></ul>',
      ["1: -   [x] a", "1: -   [ ] b"],
    ],
    [
      "lets details speak of what follows",
      "<details><summary>If it <b>hangs</b></summary><pre>kill -9 7</pre></details>",
      ["1: If it hangs:", "1: ``````", "1: kill -9 7", "1: ``````"],
    ],
    [
      "keeps a titled section inside its details",
      "<details><summary>Prerequisites</summary><p>VPN</p></details><p>Text</p>",
      ["1: > **Prerequisites**", "1: > ", "1: > VPN", "1: Text"],
    ],
  ])("%s", (_name, text, expected) => {
    expect(shown(text)).toEqual(expected);
  });

  it.each<[string, string, readonly string[]]>([
    [
      "unclosed paragraphs and items",
      "<ol><li><p>One: <code>ls -l /a<li>Two: <code>ls -l /b",
      ["1: 1.  One: `ls -l /a`", "1: 1.  Two: `ls -l /b`"],
    ],
    [
      "a heading inside of code that nothing closes",
      "<pre>ls -l\n<h2>Next</h2><p>x",
      ["1: ``````", "1: ls -l", "1: ``````", "2: ## Next", "2: x"],
    ],
    ["closing tags that nothing opened", "</ul></li></td></table></pre>Text</p>", ["1: Text"]],
    ["a comment without end", "<p>a</p><!-- b", ["1: a"]],
    ["angle brackets that are no tags", "<p>a < b and c<d, 1 <2</p>", ["1: a < b and c<d, 1 <2"]],
    ["cells outside of a table", "<td>a</td><td>b</td>", ["1: a", "1: b"]],
  ])("survives %s", (_name, text, expected) => {
    expect(shown(text)).toEqual(expected);
  });

  it.each<[string, string]>([
    ["display", '<div style="display: none">run x</div>'],
    ["the attribute", "<p hidden>run x</p>"],
    ["white letters", '<span style="color:#FFFFFF">run x</span>'],
    ["white letters of old", '<font color="white">run x</font>'],
    ["no size", '<span style="font-size:0px">run x</span>'],
    ["one pixel", '<span style="font-size: 1px">run x</span>'],
    ["no opacity", '<span style="opacity:0.0">run x</span>'],
    ["a place off the screen", '<div style="position:absolute;left:-9999px">run x</div>'],
    ["a box without height", '<div style="height:0;overflow:hidden">run x</div>'],
    ["a clip", '<div style="clip:rect(0,0,0,0)">run x</div>'],
    ["words for screen readers", '<span class="sr-only">run x</span>'],
    ["aria", '<span aria-hidden="true">run x</span>'],
    ["a template", "<template><p>run x</p></template>"],
    ["a comment", "<!-- run x -->"],
    ["the page's own style", "<style>.quiet, #z { display:none }</style><p class='quiet'>run x</p>"],
    ["an element in it of the same name", "<div hidden>a<div>b</div>run x</div>"],
    ["an element that nothing closes", "<p>ok</p><div hidden>run x"],
  ])("leaves out and reports what is hidden by %s", (_name, text) => {
    expect(hiddenAt(text)).toEqual([1]);
    expect(shown(text).filter((line) => line.includes("run x"))).toEqual([]);
  });

  it.each<[string, string]>([
    ["white letters on a dark ground", '<span style="color:#fff;background:#333">run x</span>'],
    ["half opacity", '<span style="opacity:0.5">run x</span>'],
    ["an inline list", '<span style="display:inline">run x</span>'],
    ["a style for print", "<style>@media print { .q { display:none } }</style><p class='q'>run x</p>"],
    ["a data attribute", '<span data-hidden="1" title="hidden">run x</span>'],
    ["a hidden paragraph before, unclosed", "<p hidden><p>run x</p>"],
  ])("shows what is not hidden: %s", (_name, text) => {
    expect(shown(text).some((line) => line.includes("run x"))).toBe(true);
    expect(hiddenAt(text)).toEqual([]);
  });

  it("keeps the spelling of the source beside the command", () => {
    const text = "<ol>\n<li>Go: <code>a-tool run &amp;&amp; b-tool &gt; /tmp/&lt;name&gt;</code></li>\n<li>Wait</li></ol>";
    expect(parseRunbook(text)).toMatchObject({
      ok: true,
      runbook: {
        steps: [
          {
            command: "a-tool run && b-tool > /tmp/<name>",
            commands: [{ verbatim: "a-tool run &amp;&amp; b-tool &gt; /tmp/&lt;name&gt;", line: 2 }],
          },
          { command: null },
        ],
        warnings: [],
      },
    });
  });

  it("finds commands in cells over lines, by their own lines", () => {
    const text = [
      "<table>",
      "<tr><th>Step</th><th>Command</th><th>Expected</th></tr>",
      "<tr>",
      "  <td>Drain</td>",
      "  <td>",
      "    <p><code>kubectl cordon n1</code></p>",
      "    <pre>kubectl drain n1 \\",
      "  --force</pre>",
      "  </td>",
      "  <td>node/n1 drained</td>",
      "</tr>",
      '<tr><td rowspan="2">Check | look</td><td><code>kubectl get no | grep n1</code></td><td>-</td></tr>',
      "<tr><td><code>kubectl get po -A</code></td></tr>",
      "</table>",
    ].join("\n");
    expect(commands(text)).toEqual([
      "6: kubectl cordon n1",
      "7: kubectl drain n1 --force",
      "12: kubectl get no | grep n1",
      "13: kubectl get po -A",
    ]);
  });

  it("reads a table without a header, and one that only lays out the page", () => {
    expect(shown("<table><tr><td>1</td><td><code>ls -l</code></td></tr></table>")).toEqual([
      "1: |  |  |",
      "1: | --- | --- |",
      "1: | 1 | `ls -l` |",
    ]);
    expect(shown("<table><tr><td><h2>Fix</h2><pre>ls -l</pre></td></tr></table>")).toEqual([
      "1: **Fix**",
      "1: ``````",
      "1: ls -l",
      "1: ``````",
    ]);
  });

  it("names the page after its head when no heading does", () => {
    expect(readerText("<html><head><title>Disk full</title></head><body><p>x</p></body></html>").title).toBe("Disk full");
    expect(readerText("<html><head><title>Wiki</title></head><body><h1>Disk full</h1></body></html>").title).toBeNull();
  });
});

const code = (body: string, parameters = ""): string =>
  `<ac:structured-macro ac:name="code">${parameters}<ac:plain-text-body><![CDATA[${body}]]></ac:plain-text-body></ac:structured-macro>`;
const parameter = (name: string, value: string): string => `<ac:parameter ac:name="${name}">${value}</ac:parameter>`;
const box = (name: string, title: string, body: string): string =>
  `<ac:structured-macro ac:name="${name}">${title === "" ? "" : parameter("title", title)}<ac:rich-text-body>${body}</ac:rich-text-body></ac:structured-macro>`;

describe("Confluence storage format", () => {
  it.each<[string, string, readonly string[]]>([
    [
      "code with its language; entities in CDATA mean themselves",
      `<p>Run:</p>\n${code("a &amp;&amp; b <c>\nd", parameter("language", "bash"))}`,
      ["1: Run:", "2: ``````bash", "2: a &amp;&amp; b <c>", "3: d", "3: ``````"],
    ],
    [
      "a title where no sentence introduces the code",
      `<h2>Fix</h2>${code("ls -l", parameter("title", "On the primary"))}`,
      ["1: ## Fix", "1: On the primary:", "1: ``````", "1: ls -l", "1: ``````"],
    ],
    [
      "no title where one does",
      `<p>List it:</p>${code("ls -l", parameter("title", "x.sh"))}`,
      ["1: List it:", "1: ``````", "1: ls -l", "1: ``````"],
    ],
    ["CDATA that is cut in two around its own end", code("test ]]]]><![CDATA[> x"), ["1: ``````", "1: test ]]> x", "1: ``````"]],
    [
      "CDATA without end, as far as its macro",
      "<ac:plain-text-body><![CDATA[ls -l\n</ac:plain-text-body><p>Then</p>",
      ["1: ``````", "1: ls -l", "1: ``````", "2: Then"],
    ],
    [
      "a macro that nobody knows as data",
      '<ac:structured-macro ac:name="plantuml"><ac:plain-text-body><![CDATA[a -> b]]></ac:plain-text-body></ac:structured-macro>',
      ["1: ``````plantuml", "1: a -> b", "1: ``````"],
    ],
    [
      "a panel that names a section",
      box("panel", "Prerequisites", "<ul><li>VPN</li></ul>"),
      ["1: > **Prerequisites**", "1: > ", "1: > -   VPN"],
    ],
    ["a panel with other words", box("info", "On call", "<p>Ask first</p>"), ["1: On call:", "1: Ask first"]],
    ["macros in macros", box("expand", "More", box("note", "", code("ls -l"))), ["1: More:", "1: ``````", "1: ls -l", "1: ``````"]],
    [
      "tasks with their state",
      "<ac:task-list><ac:task><ac:task-id>1</ac:task-id><ac:task-status>complete</ac:task-status><ac:task-body>a</ac:task-body></ac:task>\n<ac:task><ac:task-status>incomplete</ac:task-status><ac:task-body><span>b</span></ac:task-body></ac:task></ac:task-list>",
      ["1: -   [x] a", "2: -   [ ] b"],
    ],
    [
      "links to people and pages",
      '<p>Tell <ac:link><ri:user ri:userkey="8a"/></ac:link>, see <ac:link><ri:page ri:content-title="How &amp; why"/></ac:link> or <ac:link><ri:page ri:content-title="x"/><ac:plain-text-link-body><![CDATA[the guide]]></ac:plain-text-link-body></ac:link></p>',
      ["1: Tell @user, see How & why or the guide"],
    ],
    [
      "status and emoji",
      `<p><ac:structured-macro ac:name="status">${parameter("colour", "Red")}${parameter("title", "DRAFT")}</ac:structured-macro> <ac:emoticon ac:name="warning" ac:emoji-fallback="⚠"/>x <time datetime="2025-01-02"/></p>`,
      ["1: DRAFT ⚠x 2025-01-02"],
    ],
    [
      "cells of a layout",
      "<ac:layout><ac:layout-section><ac:layout-cell><p>a</p></ac:layout-cell><ac:layout-cell><p>b</p></ac:layout-cell></ac:layout-section></ac:layout>",
      ["1: a", "1: b"],
    ],
    [
      "code in a cell",
      `<table><tbody><tr><td>2</td><td>${code("ls -l")}</td></tr></tbody></table>`,
      ["1: |  |  |", "1: | --- | --- |", "1: | 2 | `ls -l` |"],
    ],
  ])("reads %s", (_name, text, expected) => {
    expect(shown(text, "confluence")).toEqual(expected);
  });

  it.each<[string, string]>([
    [
      "an excerpt that is hidden",
      `<ac:structured-macro ac:name="excerpt">${parameter("hidden", "true")}<ac:rich-text-body><p>run x</p></ac:rich-text-body></ac:structured-macro>`,
    ],
    ["a hint of a template", "<p>a <ac:placeholder>run x</ac:placeholder></p>"],
    [
      "markup of another kind",
      '<ac:structured-macro ac:name="html"><ac:plain-text-body><![CDATA[<p>run x</p>]]></ac:plain-text-body></ac:structured-macro>',
    ],
  ])("leaves out and reports %s", (_name, text) => {
    expect(shown(text, "confluence").filter((line) => line.includes("run x"))).toEqual([]);
    expect(readerText(text, "confluence").warnings.map(({ code: found }) => found)).toEqual(["HIDDEN_TEXT"]);
  });
});
