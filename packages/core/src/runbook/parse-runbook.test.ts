import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { maxInputLength, parseRunbook, parserVersion } from "./parse-runbook.ts";
import type { ParsedRunbook } from "./types.ts";
import { bestMs } from "../../../../bench/best-ms.ts";

const CORPUS = fileURLToPath(new URL("../../../../../shared/corpus", import.meta.url));

/** Every word of a command, as the source spells it, stands in the lines the command claims. */
function misplaced(rawText: string, runbook: ParsedRunbook): readonly string[] {
  const lines = rawText.split("\n");
  return runbook.steps
    .flatMap((step) => step.commands)
    .filter((command) => {
      const source = lines.slice(command.line - 1, command.end_line ?? command.line).join("\n");
      const words = (command.verbatim ?? command.text).split(/\s+/).filter((word) => word !== "\\");
      return !words.every((word) => source.includes(word));
    })
    .map((command) => `${command.line}: ${command.text}`);
}

describe("parseRunbook", () => {
  it("answers with the whole shape", () => {
    expect(parseRunbook("# Disk full\n\n1. Find it: `du -xh <dir> --max-depth=1`\n")).toEqual({
      ok: true,
      runbook: {
        title: "Disk full",
        source_type: "markdown",
        parser_version: parserVersion,
        steps: [
          {
            order: 1,
            description: "Find it",
            command: "du -xh <dir> --max-depth=1",
            commands: [{ text: "du -xh <dir> --max-depth=1", line: 3 }],
            expected_output: null,
            rollback_command: null,
            section: null,
            section_kind: null,
            kind: "command",
            source_lines: [3, 3],
            variables_used: ["dir"],
          },
        ],
        variables: [{ name: "dir", placeholder: "<dir>", placeholders: ["<dir>"], source: "manual", type: "path", line: 3 }],
        prerequisites: [],
        branches: [],
        ambiguities: [],
        rollback: [],
        mentions: [],
        warnings: [],
      },
    });
  });

  it.each(["", " \n\t\n", "\uFEFF", "Hello there.", "---\ntitle: x\n---\n", "<!-- run `ls -l` -->"])("refuses %j", (text) => {
    expect(parseRunbook(text)).toMatchObject({ ok: false, error: { code: "PARSE_FAILED" } });
  });

  it("refuses more than 5 MB at once", () => {
    expect(parseRunbook("x".repeat(maxInputLength + 1))).toMatchObject({ ok: false, error: { code: "INPUT_TOO_LARGE" } });
  });

  it("finds manual steps in prose that holds no command", () => {
    const result = parseRunbook(
      "# Alert\n\n## Meaning\n\nThe queue grows.\n\n## What now\n\nYou should contact the vendor and wait for their answer.\n",
    );
    expect(result).toMatchObject({ ok: true, runbook: { steps: [{ order: 1, kind: "manual", command: null }] } });
  });

  it("takes the source type it is told", () => {
    const result = parseRunbook("<ol><li>Look: <code>df -h</code></li></ol>", { sourceType: "html" });
    expect(result).toMatchObject({ ok: true, runbook: { source_type: "html", steps: [{ command: "df -h" }] } });
  });
});

describe("parseRunbook on any text", () => {
  const piece = fc.constantFrom(
    "# T\n",
    "## Rollback\n",
    "## Steps\n",
    "1. ",
    "- ",
    "- [ ] ",
    "  ",
    "    ",
    "\n",
    "\n\n",
    "```\n",
    "```bash\n",
    "~~~\n",
    "`",
    "``",
    "kubectl get pods",
    "$ ",
    "# ",
    "> ",
    "rm -rf <dir>",
    "$POD",
    "\\\n",
    "'",
    '"',
    "<<EOF\n",
    "EOF\n",
    "for i in 1; do\n",
    "done\n",
    "| a | b |\n|---|---|\n",
    "<!--",
    "-->",
    "<p>",
    "</p>",
    "<ac:structured-macro>",
    "<![CDATA[",
    "]]>",
    "dana  2:14 AM\n",
    "If it fails, ",
    "otherwise ",
    "select 1;",
    "&amp;",
    "–",
    "“",
    "\r\n",
    "\r",
    "\0",
    "\u200B",
    "[//]: # (x)\n",
    "<span hidden>",
    "---\n",
    "(",
    ")",
    "{",
    "}",
    "<",
    ">",
    "Run ",
    ": ",
  );
  const text = fc.oneof(
    fc.string({ unit: "binary", maxLength: 400 }),
    fc.array(piece, { maxLength: 60 }).map((pieces) => pieces.join("")),
  );

  it("never throws, is deterministic, and claims only lines that hold the command", () => {
    fc.assert(
      fc.property(text, (raw) => {
        const result = parseRunbook(raw);
        expect(parseRunbook(raw)).toEqual(result);
        if (!result.ok) return;
        const { steps, title } = result.runbook;
        expect(title).not.toBe("");
        expect(steps.map(({ order }) => order)).toEqual(steps.map((_, index) => index + 1));
        const count = raw.split("\n").length;
        for (const step of steps) {
          const [start, end] = step.source_lines;
          expect(1 <= start && start <= end && end <= count).toBe(true);
          for (const command of step.commands) expect(command.text.trim()).toBe(command.text);
        }
      }),
      { numRuns: 400 },
    );
  });

  it.each([
    ["open quotes", (n: number) => `\`\`\`sh\n${"echo 'a \"\n".repeat(n)}\`\`\`\n`],
    ["open loops", (n: number) => `\`\`\`sh\n${"for i in 1; do\n".repeat(n)}\`\`\`\n`],
    ["prompts with backslashes", (n: number) => `\`\`\`\n${"$ ls \\\n".repeat(n)}\`\`\`\n`],
    ["backticks", (n: number) => Array.from({ length: n }, (_, index) => "`".repeat(1 + (index % 90))).join(" ")],
    ["nested quotes", (n: number) => "> ".repeat(n)],
    ["nested lists", (n: number) => "- ".repeat(n)],
    ["comments", (n: number) => "<!-- ".repeat(n)],
    ["hidden spans", (n: number) => "<span hidden>".repeat(n)],
    ["angle brackets", (n: number) => `Run \`cat ${"<a ".repeat(n)}\`\n`],
    ["links", (n: number) => `- ${"[a](".repeat(n)}\n`],
    ["conditions", (n: number) => `1. ${"If a, b. ".repeat(n)}\n`],
    ["one long bare command", (n: number) => `1. Do: kubectl get ${"x, 'y ".repeat(n)}\n`],
    ["html", (n: number) => `<ul>${"<li><p>Run <code>df -h</code>".repeat(n)}`],
    ["tables", (n: number) => `| a | command |\n|---|---|\n${"| x | `df -h` |\n".repeat(n)}`],
    ["placeholders", (n: number) => `Run \`cp ${"<a> {b} $C ".repeat(n)}\`\n`],
  ])("stays near linear on %s", (_name, make) => {
    const [small, large] = [make(1_000), make(8_000)];
    const atMostMs = Math.max(400, bestMs(() => parseRunbook(small), 0) * 40);
    expect(bestMs(() => parseRunbook(large), atMostMs)).toBeLessThan(atMostMs);
  });
});

describe.skipIf(!existsSync(CORPUS))("parseRunbook on the shared corpus (../shared)", () => {
  const namesIn = (folder: string, ending: string): readonly string[] =>
    existsSync(CORPUS) ? readdirSync(join(CORPUS, folder)).filter((name) => name.endsWith(ending) && name !== "README.md") : [];

  it.each([...namesIn("runbooks", ".md"), ...namesIn("runbooks", ".erb")])(
    "cuts every command of %s out of the lines it claims",
    (name) => {
      const raw = readFileSync(join(CORPUS, "runbooks", name), "utf8");
      const result = parseRunbook(raw);
      expect(result.ok ? misplaced(raw, result.runbook) : [result.error.code]).toEqual(NO_STEPS.has(name) ? ["PARSE_FAILED"] : []);
    },
  );
});

/** A table of alert names: nothing in it tells anybody to act. */
const NO_STEPS: ReadonlySet<string> = new Set(["thanos-io__runbook.md"]);
