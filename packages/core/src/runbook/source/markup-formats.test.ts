import { describe, expect, it } from "vitest";
import { parseRunbook } from "../parse-runbook.ts";
import { detectMarkup } from "./detect-markup.ts";
import { readerText } from "./reader-text.ts";
import { toSourceLines } from "./source-line.ts";

function shown(text: string): readonly string[] {
  return readerText(text)
    .lines.filter((line) => line.text.trim() !== "")
    .map((line) => `${line.line}: ${line.text}`);
}

function steps(text: string): readonly string[] {
  const result = parseRunbook(text);
  if (!result.ok) return [result.error.code];
  return result.runbook.steps.map(
    (step) => `${step.description} | ${step.commands.map(({ line, text: command }) => `${line}: ${command}`).join(" | ")}`,
  );
}

const warned = (text: string): readonly string[] => readerText(text).warnings.map(({ code, line }) => `${line ?? 0}: ${code}`);

describe("reStructuredText", () => {
  it("reads titles, items, literal blocks, roles and directives by their lines", () => {
    const text = [
      "==========",
      "Queue full",
      "==========",
      "",
      "Look",
      "----",
      "",
      "#. State of :command:`queuectl`, see :ref:`states <st>`::",
      "",
      "      queuectl status",
      "",
      "   Example::",
      "",
      "      STATE full",
      "",
      "#. Drain it:",
      "",
      "   .. code-block:: bash",
      "      :linenos:",
      "",
      "      # once",
      "      queuectl drain ``id``",
      "",
      "   * If ``drain`` hangs, read `the guide <https://e.example/g>`_.",
      "",
      "After",
      "~~~~~",
      "",
      ".. _target:",
      "",
      "Tell the owner.",
    ].join("\n");
    expect(shown(text)).toEqual([
      "2: # Queue full",
      "5: ## Look",
      "8: 1. State of `queuectl`, see states:",
      "10:    ``````",
      "10:    queuectl status",
      "10:    ``````",
      "12:    Example:",
      "14:    ``````",
      "14:    STATE full",
      "14:    ``````",
      "16: 1. Drain it:",
      "21:    ``````bash",
      "21:    # once",
      "22:    queuectl drain ``id``",
      "22:    ``````",
      "24:    * If `drain` hangs, read [the guide](https://e.example/g).",
      "26: ### After",
      "31: Tell the owner.",
    ]);
  });

  it.each<[string, string, readonly string[]]>([
    ["a note is its text", "P\n===\n\n.. note:: Ask first.\n\n   Then wait.\n\n.. x", ["1: # P", "4: Ask first.", "6: Then wait."]],
    [
      "a titled box keeps its section to itself",
      "P\n===\n\n.. admonition:: Prerequisites\n\n   - VPN\n\nText",
      ["1: # P", "4: > **Prerequisites**", "4: >", "5: > ", "6: > - VPN", "8: Text"],
    ],
    [
      "a literal block at the end of the text",
      "P\n===\n\nRun::\n\n   ls -l\n     x",
      ["1: # P", "4: Run:", "6: ``````", "6: ls -l", "7:   x", "7: ``````"],
    ],
    [
      "a directive without a body",
      "P\n===\n\n.. code-block:: bash\n\n.. toctree::\n   :maxdepth: 2\n\n   a\n   b\n\nText",
      ["1: # P", "12: Text"],
    ],
    ["deeply indented text is no code", "P\n===\n\n.. note:: x\n\n        far in\n", ["1: # P", "4: x", "6: far in"]],
    [
      "an underline that is too short is a rule",
      "A long title\n--\n\nRun::\n\n    ls -l\n\n#. b",
      ["1: A long title", "2: --", "4: Run:", "6: ``````", "6: ls -l", "6: ``````", "8: 1. b"],
    ],
  ])("%s", (_name, text, expected) => {
    expect(shown(text)).toEqual(expected);
  });

  it("leaves out and reports comments and raw markup", () => {
    const text = "P\n===\n\n.. run rm -rf /srv first\n   and then more\n\n..\n   halt\n\n.. raw:: html\n\n   <p>halt</p>\n\n.. note:: a\n";
    expect(shown(text)).toEqual(["1: # P", "14: a"]);
    expect(warned(text)).toEqual(["4: HIDDEN_TEXT", "7: HIDDEN_TEXT", "10: HIDDEN_TEXT"]);
  });

  it("makes tabs of code alternatives of one step", () => {
    const text =
      "P\n===\n\nFix\n---\n\nInstall it:\n\n.. tabs::\n\n   .. group-tab:: Debian\n\n      .. code-block:: bash\n\n         apt-get install -y jq\n\n   .. group-tab:: RHEL\n\n      .. code-block:: bash\n\n         yum install -y jq\n";
    expect(steps(text)).toEqual(["Install it | 15: apt-get install -y jq | 21: yum install -y jq"]);
  });
});

describe("AsciiDoc", () => {
  it("reads titles, lists joined by +, blocks, tables and links by their lines", () => {
    const text = [
      "= Queue full",
      "Ops <ops@e.example>",
      ":toc:",
      "",
      ".Prerequisites",
      "* VPN",
      "",
      "== Fix",
      "",
      ". Drain it:",
      "+",
      "[source,bash,subs=quotes]",
      "----",
      "$ queuectl drain --all <1>",
      "----",
      "<1> All of it.",
      "",
      ".. Look with `queuectl status`",
      ". Wait",
      "+",
      "--",
      "Long:",
      "",
      "....",
      "sleep 5",
      "....",
      "--",
      "",
      ". See https://e.example/g[the guide] or <<fix,above>>",
      "",
      "[%header,cols=2*]",
      "|===",
      "|Step |Command",
      "",
      "|Stop",
      "|`systemctl stop q \\| cat`",
      "",
      "a|* Start",
      "a|",
      "----",
      "systemctl start q",
      "----",
      "|===",
    ].join("\n");
    expect(shown(text)).toEqual([
      "1: # Queue full",
      "5: **Prerequisites**",
      "6: -   VPN",
      "8: ## Fix",
      "10: 1.  Drain it:",
      "13:     ``````bash",
      "14:     $ queuectl drain --all",
      "14:     ``````",
      "16:     All of it.",
      "18:     1.  Look with `queuectl status`",
      "19: 1.  Wait",
      "22:     Long:",
      "24:     ``````",
      "25:     sleep 5",
      "25:     ``````",
      "29: 1.  See [the guide](https://e.example/g) or above",
      "33: | Step | Command |",
      "33: | --- | --- |",
      "35: | Stop | `systemctl stop q \\| cat` |",
      "38: | Start | `systemctl start q` |",
    ]);
    expect(steps(text).slice(-2)).toEqual(["Stop | 36: systemctl stop q | cat", "Start | 41: systemctl start q"]);
  });

  it.each<[string, string, readonly string[]]>([
    [
      "a block that nothing closes ends at the next section",
      "= P\n\n[source,bash]\n----\nls -l\n\n== Next\n\nText",
      ["1: # P", "4: ``````bash", "5: ls -l", "6: ``````", "7: ## Next", "9: Text"],
    ],
    [
      "an indented paragraph is literal",
      "= P\n:x: y\n\nRun:\n\n  ls -l\n  df -h\n\nText",
      ["1: # P", "4: Run:", "6: ``````", "6:   ls -l", "7:   df -h", "7: ``````", "9: Text"],
    ],
    [
      "a paragraph ends a list, a joined one does not",
      "= P\n\n. a\n+\nb\n\nc\n\n. d",
      ["1: # P", "3: 1.  a", "5:     b", "7: c", "9: 1.  d"],
    ],
    [
      "a block title that introduces nothing new is left out",
      "= P\n\nList it:\n\n.x.sh\n----\nls -l\n----\n\n.On the host\n----\ndf -h\n----",
      ["1: # P", "3: List it:", "6: ``````", "7: ls -l", "7: ``````", "10: On the host:", "11: ``````", "12: df -h", "12: ``````"],
    ],
    ["an admonition block is its text", "= P\n\n[WARNING]\n====\nAsk first.\n====", ["1: # P", "5: Ask first."]],
  ])("%s", (_name, text, expected) => {
    expect(shown(text)).toEqual(expected);
  });

  it("leaves out and reports comments and what is passed through", () => {
    const text = "= P\n\n. a\n// run x\n////\nrun y\n////\n++++\n<b>run z</b>\n++++\n";
    expect(shown(text)).toEqual(["1: # P", "3: 1.  a"]);
    expect(warned(text)).toEqual(["4: HIDDEN_TEXT", "5: HIDDEN_TEXT", "8: HIDDEN_TEXT"]);
  });

  it("reports a block that nothing closes", () => {
    expect(warned("= P\n:toc:\n\n. a\n+\n----\nls -l\n")).toEqual(["6: UNCLOSED_FENCE"]);
  });
});

describe("detectMarkup", () => {
  it.each<[string, string]>([
    ["Markdown with underlined titles", "Title\n=====\n\nText\n\nSteps\n-----\n\n1. Run ``df -h``\n"],
    ["Markdown that shows a directive", "# Docs\n\nWrite:\n\n```rst\n.. note:: x\n\nText::\n\n   x\n```\n"],
    ["Markdown with a MyST role", "# Docs\n\nSee :ref:`x`.\n\n## More\n"],
    ["C++ names at line ends", "Call these:\n\nstd::\n\n  cout\n"],
    ["a shell that goes up", "Steps:\n\n1. cd .. \n2. ls\n.. and so on\n"],
    ["Markdown with rules of equal signs", "== Note ==\n\n1. Run `df -h`\n\n----\n\n2. Wait\n"],
    ["a wiki page", "== Steps ==\n* Run this\n* [[Page|that]]\n----\n"],
    ["a diff", "--- a/x\n+++ b/x\n@@ -1 +1 @@\n-= a\n+= b\n"],
    ["plain text with a warning", "WARNING: do not stop it\n\n1. Run df -h\n\n----\n----\n"],
    ["an assignment", "= SUM(A1)\n= x\n"],
  ])("does not take %s for another language", (_name, text) => {
    expect(detectMarkup(toSourceLines(text))).toBeNull();
  });

  it.each<["rst" | "asciidoc", string]>([
    ["rst", "Title\n=====\n\n.. note::\n\n   x\n"],
    ["rst", "#. Look::\n\n      ls\n"],
    ["asciidoc", "= T\n:toc:\n\n. a\n"],
    ["asciidoc", "== T\n\n[source,bash]\n----\nls\n----\n"],
    ["asciidoc", "[source,bash]\n----\nls\n----\n\n.Fix\n. a\n"],
  ])("finds %s", (markup, text) => {
    expect(detectMarkup(toSourceLines(text))).toBe(markup);
  });
});
