import { describe, expect, it } from "vitest";
import { parseRunbook } from "../parse-runbook.ts";
import { detectSource } from "./detect-source.ts";
import { readerText } from "./reader-text.ts";
import { toSourceLines } from "./source-line.ts";

function steps(text: string): readonly string[] {
  const result = parseRunbook(text);
  if (!result.ok) return [result.error.code];
  return result.runbook.steps.map(
    (step) => `${step.description} | ${step.commands.map(({ line, text: command }) => `${line}: ${command}`).join(" | ")}`,
  );
}

function shown(text: string): readonly string[] {
  return readerText(text)
    .lines.filter((line) => line.text.trim() !== "")
    .map((line) => `${line.line}: ${line.text}`);
}

describe("rows of a spreadsheet", () => {
  it("reads quoted cells over lines, doubled quotes, and empty cells at the end", () => {
    const text =
      'Move\t\t\r\nTask\tCommand\tExpected\r\nStop\t"systemctl stop a\r\nsystemctl stop ""b c"""\tinactive\r\nTell "#ops" of it\t\r\nLook\tdf -h | grep srv\t\r\n';
    expect(steps(text)).toEqual([
      'Stop | 3: systemctl stop a | 4: systemctl stop "b c"',
      'Tell "#ops" of it | ',
      "Look | 6: df -h | grep srv",
    ]);
  });

  it("reads a block with a prompt, a comment and a continuation in a command cell", () => {
    const text = 'Step\tWhat\tCommand\n1\tCopy\t"# first\n$ rsync -a /a \\\n    /b"\n2\tWait\tn/a\n3\tLook\tls -l /b\n';
    expect(steps(text)).toEqual(["Copy | 3: rsync -a /a /b", "Wait - n/a | ", "Look | 6: ls -l /b"]);
  });

  it("reads an export with commas or semicolons", () => {
    expect(steps('Step,Action,Owner\n1,"Stop it, then wait",dba\n2,Start it,app\n')).toEqual([
      "Stop it, then wait - dba | ",
      "Start it - app | ",
    ]);
    expect(steps("Schritt;Befehl;Wer\n1;systemctl stop a;dba\n2;systemctl start a;app\n")).toEqual([
      "dba | 2: systemctl stop a",
      "app | 3: systemctl start a",
    ]);
  });

  it.each<[string, string]>([
    ["columns that a command printed", "Look at the pods:\n\nNAME\tREADY\tSTATUS\na\t1/1\tRunning\nb\t1/1\tRunning\n"],
    ["prose with commas", "Stop the task, wait, look\nAsk, then, go\nOne, two, three\n"],
    ["items with a tab behind the number", "1.\tStop the service\n2.\tWait\n3.\tStart it\n"],
    ["a Markdown table", "| Task | Command |\n|---|---|\n| a\tb | c\td |\n| a\tb | c\td |\n"],
    ["a makefile in a fence", "# x\n\n```\nall:\ttask\tcommand\n\ta\tb\n\tc\td\n```\n"],
    ["a list of prices", "Item,Price,Stock\na,1,2\nb,3,4\n"],
  ])("leaves %s alone", (_name, text) => {
    expect(readerText(text).lines.some((line) => line.text.includes("| --- |"))).toBe(false);
  });

  it("keeps a quote that nothing closes", () => {
    expect(steps('Task\tCommand\nLook\t"df -h\nWait\tsleep 5\nGo\tsleep 6\n')).toEqual([
      'Look - "df -h | 2: df -h',
      "Wait | 3: sleep 5",
      "Go | 4: sleep 6",
    ]);
  });
});

describe("pages copied with their surroundings", () => {
  it("takes off what a code host draws around a file, and finds its headings and code", () => {
    const text = [
      "Skip to content",
      "Navigation Menu",
      "ops",
      "/",
      "runbooks",
      "Pull requests",
      "4",
      "Go to file",
      "disk.md",
      "20 lines (9 loc) · 800 Bytes",
      "Preview",
      "Code",
      "Blame",
      "Disk full",
      "Ingest stops.",
      "",
      "Steps",
      "Find it:",
      "",
      "du -xh /srv | sort -h",
      "It prints something like",
      "",
      "12G  /srv/a",
      "Delete the oldest:",
      "",
      "find /srv/a \\",
      "  -mtime +9 -delete",
      "Footer",
      "© 2024 Host",
      "Terms",
    ].join("\n");
    expect(shown(text)).toEqual([
      "14: # Disk full",
      "15: Ingest stops.",
      "17: ## Steps",
      "18: Find it:",
      "20: ````",
      "20: du -xh /srv | sort -h",
      "20: ````",
      "21: It prints something like",
      "23: ````",
      "23: 12G  /srv/a",
      "23: ````",
      "24: Delete the oldest:",
      "26: ````",
      "26: find /srv/a \\",
      "27:   -mtime +9 -delete",
      "27: ````",
    ]);
  });

  it("takes headings from the table of contents of a wiki page, and code from its line numbers", () => {
    const text = [
      "Spaces",
      "Queue full",
      "Owned by Kim",
      "Last updated: today",
      "2 min read",
      "On this page",
      "",
      "Look",
      "If it hangs",
      "",
      "Look",
      "",
      "Ask for its state",
      "",
      "1",
      "2",
      "queuectl status",
      "queuectl list",
      "",
      "If it hangs",
      "",
      "1\tqueuectl kill <id>",
      "2\tqueuectl start",
      "",
      "Was this helpful?",
      "Yes",
    ].join("\n");
    expect(shown(text)).toEqual([
      "2: # Queue full",
      "11: ## Look",
      "13: Ask for its state",
      "17: ````",
      "17: queuectl status",
      "18: queuectl list",
      "18: ````",
      "20: ## If it hangs",
      "22: ````",
      "22: queuectl kill <id>",
      "23: queuectl start",
      "23: ````",
    ]);
  });

  it.each<[string, string]>([
    ["a runbook that speaks of pull requests", "# Release\n\n1. Merge the pull requests\n\nActions\n\n2. Run `make release`\n"],
    ["a runbook that has a byline", "# Release\n\nLast updated: today\n\n1. Run `make release`\n"],
    ["numbers in front of words", "# Seats\n\n1 person calls, `a -b`\n2 people wait\n"],
  ])("leaves %s alone", (_name, text) => {
    expect(shown(text).map((line) => line.replace(/^\d+: /, ""))).toEqual(text.split("\n").filter((line) => line !== ""));
  });

  it("keeps what could be run below a foot", () => {
    const text = "Skip to content\nPull requests\nIssues\nInsights\nBlame\n# T\n\n1. a\n\nRelated content\n\n```\nls -l\n```\n";
    expect(shown(text)).toContain("13: ls -l");
  });
});

describe("Notion", () => {
  it("keeps what a callout says of itself inside of it", () => {
    const text =
      "# Queue 0123456789abcdef0123456789abcdef\n\n## Fix\n\n<aside>\n💡 **Prerequisites**\n\n- VPN\n</aside>\n\n- [ ]  Drain it: `queuectl drain`\n";
    expect(parseRunbook(text)).toMatchObject({
      ok: true,
      runbook: {
        title: "Queue",
        source_type: "notion",
        prerequisites: [{ description: "VPN", line: 8 }],
        steps: [{ command: "queuectl drain", section: "Fix" }],
      },
    });
  });

  it("leaves a callout that nothing closes alone", () => {
    const text = "# Queue 0123456789abcdef0123456789abcdef\n\n<aside>\n\n- [ ]  Drain it: `queuectl drain`\n";
    expect(steps(text)).toEqual(["Drain it | 5: queuectl drain"]);
  });
});

describe("detectSource", () => {
  it.each<[string, string]>([
    ["confluence", '<p>a</p><ac:structured-macro ac:name="toc"/>'],
    ["html", "<!DOCTYPE html>\n<pre>\na\nb\nc\nd\n</pre>"],
    ["html", "<!-- saved -->\n<div>\n<pre>\na\nb\nc\nd\n</pre>\n</div>"],
    ["html", "<meta charset='utf-8'><p>a</p>"],
    ["markdown", "# Macros\n\nWrite `<ac:task-list>` by hand.\n\n```xml\n<ac:task-list>\n```\n"],
    ["markdown", "# Macros\n\n<ac:task-list> is a tag, `x`\n"],
    ["markdown", '<p align="center"><img src="x"></p>\n\n# Tool\n\n1. Run `a b`\n2. Run `c d`\n\n- x\n- y\n'],
    ["markdown", "<div>\n\n## Fix\n\n```\nls\n```\n\n</div>\n"],
    ["text", "<name> is the service.\nAsk for it.\n"],
  ])("says %s", (type, text) => {
    expect(detectSource(toSourceLines(text))).toBe(type);
  });
});
