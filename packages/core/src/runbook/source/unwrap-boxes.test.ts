import { describe, expect, it } from "vitest";
import { parseRunbook } from "../parse-runbook.ts";
import { readerText } from "./reader-text.ts";

function shown(text: string): readonly string[] {
  return readerText(text, "markdown")
    .lines.filter((line) => line.text.trim() !== "")
    .map((line) => `${line.line}: ${line.text}`);
}

const F = "```";

describe("boxes and tabs of documentation tools", () => {
  it.each<[string, string, readonly string[]]>([
    [
      "an admonition with a title",
      '!!! warning "Database hosts"\n    Ask first.\n\nThen',
      ["1: Database hosts:", "2: Ask first.", "4: Then"],
    ],
    ["one without", "!!! note\n    Ask first.\n", ["2: Ask first."]],
    [
      "one that names a section",
      '??? info "Prerequisites"\n\n    - VPN\n\nThen',
      ["1: > **Prerequisites**", "1: >", "2: > ", "3: > - VPN", "4: > ", "5: Then"],
    ],
    [
      "one in an item, with code",
      `1. A\n\n    !!! tip\n        Run:\n\n        ${F}\n        ls -l\n        ${F}\n2. B`,
      ["1: 1. A", "4:     Run:", `6:     ${F}`, "7:     ls -l", `8:     ${F}`, "9: 2. B"],
    ],
    ["one in another", '!!! note "A"\n    !!! tip "B"\n        c', ["1: A:", "2: B:", "3: c"]],
    [
      "tabs of code",
      `=== "AWS"\n\n    ${F}\n    aws s3 ls\n    ${F}\n\n=== "GCP"\n\n    ${F}\n    gcloud info\n    ${F}`,
      [`3: ${F}`, "4: aws s3 ls", `5: ${F}`, `9: ${F}`, "10: gcloud info", `11: ${F}`],
    ],
    ["tabs of words", '=== "Console"\n\n    1. Open it\n', ["1: **Console**", "3: 1. Open it"]],
    [
      "tabs as components",
      `<Tabs>\n  <TabItem value="a" label="A">\n\n${F}\nls -l\n${F}\n\n  </TabItem>\n  <TabItem label="B">\n\nOpen it\n\n  </TabItem>\n</Tabs>`,
      [`4: ${F}`, "5: ls -l", `6: ${F}`, "9:   **B**", "11: Open it"],
    ],
    ["tabs as shortcodes", '{{< tabs >}}\n{{% tab "Linux" %}}\nOpen it\n{{% /tab %}}\n{{< /tabs >}}', ["2: **Linux**", "3: Open it"]],
    ["a box of colons", ":::danger[Careful]\nAsk.\n:::\n\n:::note\nb\n:::", ["1: Careful:", "2: Ask.", "6: b"]],
    ["an alert of a code host", "> [!WARNING]\n> Ask.", ["1: > ", "2: > Ask."]],
    ["highlighted code", "{% highlight bash %}\nls -l\n{% endhighlight %}", ["1: ````bash", "2: ls -l", "3: ````"]],
    ["modules of a page", "import Tabs from '@theme/Tabs';\nexport const x = 1;\n\n# A\n\n<Tabs>\n\nb", ["4: # A", "8: b"]],
  ])("unwraps %s", (_name, text, expected) => {
    expect(shown(text)).toEqual(expected);
  });

  it.each<[string, string]>([
    ["marks in a fence", `${F}\n!!! note\n    a\n:::note\n<Tabs>\n${F}`],
    ["an import that is a command", "Run this:\n\nimport -window root x.png"],
    ["a comparison", "a === b\n\n    x"],
    ["colons in words", "a ::: b"],
    ["a placeholder on its own line", "<name>"],
  ])("leaves %s alone", (_name, text) => {
    expect(shown(text).map((line) => line.replace(/^\d+: /, ""))).toEqual(text.split("\n").filter((line) => line.trim() !== ""));
  });

  it("makes alternatives in tabs one step", () => {
    const text = `# P\n\n## Fix\n\n1. Install it:\n\n    === "Debian"\n\n        ${F}\n        apt-get install -y jq\n        ${F}\n\n    === "RHEL"\n\n        ${F}\n        yum install -y jq\n        ${F}\n\n2. Wait\n`;
    expect(parseRunbook(text)).toMatchObject({
      ok: true,
      runbook: {
        steps: [
          {
            commands: [
              { text: "apt-get install -y jq", line: 10 },
              { text: "yum install -y jq", line: 16 },
            ],
          },
          { command: null },
        ],
      },
    });
  });

  it("ends the section of a box with the box", () => {
    const text = '# P\n\n## Fix\n\n!!! note "Prerequisites"\n    - VPN\n\n1. Look: `df -h`\n';
    expect(parseRunbook(text)).toMatchObject({
      ok: true,
      runbook: { steps: [{ section: "Fix" }], prerequisites: [{ description: "VPN", line: 6 }] },
    });
  });

  it("rewrites tables and preformatted text that stand as HTML in the page", () => {
    const text =
      "# P\n\n- Run:\n\n  <pre>\n  ls -l &gt; x\n  </pre>\n\n<table>\n<tr><th>Step</th><th>Command</th></tr>\n<tr><td>Look</td>\n<td><code>df -h</code></td></tr>\n</table>\n\n<table>\nunclosed";
    expect(shown(text)).toEqual([
      "1: # P",
      "3: - Run:",
      "6:   ``````",
      "6:     ls -l > x",
      "6:   ``````",
      "10: | Step | Command |",
      "10: | --- | --- |",
      "11: | Look | `df -h` |",
      "15: <table>",
      "16: unclosed",
    ]);
  });
});
