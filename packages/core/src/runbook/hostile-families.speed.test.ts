import { cpuMs } from "../../../../bench/best-ms.ts";
import { describe, expect, it } from "vitest";
import { distil } from "./distil/distil.ts";
import { parseRunbook } from "./parse-runbook.ts";
import type { SourceType } from "./types.ts";

/** Repeated without a line end between places of one line. */
const MARKS = [
  "`",
  "``",
  "*",
  "__",
  "[",
  "](",
  "<",
  "<a ",
  "</",
  "<!--",
  "{{",
  "{%",
  "${",
  "\\",
  "'",
  '"',
  "“",
  "|",
  "&amp;",
  ";",
  ":",
  ",",
  "=",
  "--",
  "#",
  "link:",
  "%",
  "~",
  ".",
  ". ",
  "、",
  "日本",
  "\u00a0",
  "\u200b",
  "  ",
  "\t",
  "a",
  "A ",
  "1. ",
  "a_b",
  "if a, then b. ",
  "do not ",
  "<pod> ",
  "$POD ",
  "[pod] ",
  "see step 2 ",
  "<<EOF ",
  "$(a ",
  "/* ",
  "a='",
  "*a ",
  "> ",
  ">",
  "- ",
  "🔥",
  "kubectl get pods ",
  "run ",
];
const PLACES: readonly (readonly [before: string, after: string])[] = [
  ["", ""],
  ["1. Run `ls -l` and ", "\n"],
  ["Run `ls ", "` now.\n"],
  ["# T\n\n$ ls ", "\n"],
  ["# T\n\nkubectl get ", " x\n"],
  ["```\nls ", "\n```\n"],
];
/** Repeated as lines. */
const LINES = [
  "`",
  "```",
  "~~~sh",
  "- a",
  "1. a",
  "   a",
  "> a",
  "# a",
  "a",
  "a b c.",
  "Run:",
  "$ ls",
  "$ ls \\",
  "# ls -l",
  "PS C:\\> ls",
  "mysql> select 1",
  "kubectl get pods",
  "kubectl get pods |",
  "kubectl get pods &&",
  "cat <<EOF",
  "EOF",
  "echo 'a",
  'echo "a',
  "for i in 1; do",
  "done",
  "f() {",
  "(",
  "| a | b |",
  "|---|---|",
  "a\tb",
  "a,b",
  '"a","b',
  "1",
  "1 a",
  "---",
  "***",
  "<!--",
  "<div>",
  "<ul>",
  "<pre>",
  "<table>",
  "<span hidden>",
  "[a]: b",
  "[//]: # (a",
  "mara [9:00 AM]",
  "[10:02] <mara> df -h",
  "10:00 We ran `df -h`",
  "From: a",
  "On Mon, a wrote:",
  "Timeline",
  "## Rollback",
  "title: a",
  "{code}",
  "h1. a",
  "* a",
  "** a",
  "== a",
  "----",
  "[source,bash]",
  "|===",
  "+",
  ".. note::",
  "a::",
  "!!! note",
  ":::",
  "{% tab %}",
  "If a, do b.",
  "If a:",
  "Otherwise:",
  "Do not run `rm`.",
  "Expected output:",
  "Run `kubectl delete pod <pod>`.",
  "where `<pod>` is a b",
  "export A=$(ls)",
  "See step 2.",
  "ssh a",
  "select 'a",
  "/*",
  "do $$",
  "@'",
  "<#",
  "a。",
  "\u200b",
  "ERROR a",
  "a   b   c",
];
const AROUND: readonly (readonly [before: string, between: string])[] = [
  ["", "\n"],
  ["# T\n\n", "\n\n"],
  ["1. Run:\n", "\n   "],
  ["```\n", "\n"],
  ["mara [9:00 AM]\nx\ntilo [9:01 AM]\n", "\n"],
];
const TYPES: readonly (SourceType | undefined)[] = [undefined, "markdown", "text", "html", "confluence", "notion", "chat", "email"];

interface Family {
  readonly name: string;
  readonly make: (length: number) => string;
  readonly type: SourceType | undefined;
}

const family = (before: string, unit: string, after: string, index: number): Family => ({
  name: JSON.stringify([before, unit, after]),
  make: (length) => before + unit.repeat(Math.ceil(length / unit.length)) + after,
  type: TYPES[index % TYPES.length],
});

const FAMILIES: readonly Family[] = [
  ...PLACES.flatMap(([before, after], place) => MARKS.map((unit, index) => family(before, unit, after, index + place))),
  ...AROUND.flatMap(([before, between], place) => LINES.map((unit, index) => family(before, unit + between, "", index + place))),
  // What was found to be slow once and is no repetition of one thing.
  family("a\tb\n", '//A="export A=', "", 0),
  family("?[x] ", "ab cd + [//]: # (a)\n....\t\n", '"', 0),
  family("", '"kubectl get pods ', "\n-->\n", 4),
  family("", "a='link:", "", 0),
  family("# A\n\nkubectl get pods -n x", " ", "=", 0),
  family("# A\n\n1. Run kubectl get pods -n x (", "word ", "|", 0),
  family("# A\n\n1. Confirm that it will be ", "removed, ", "using `make x y`.", 0),
];

/** 4 kB that take this long are looked at again with 24 kB. */
const SUSPECT_MS = 25;
const LARGE_MS = 400;
/** Six times the text may take this many times as long: what is square takes 36. */
const MAX_GROWTH = 16;

/** Growth is asked for again before it counts. */
const isSlow = ({ make, type }: Family): boolean => {
  const options = type === undefined ? {} : { sourceType: type };
  const [small, large] = [make(4_000), make(24_000)];
  if (cpuMs(() => parseRunbook(small, options)) < SUSPECT_MS) return false;
  if (cpuMs(() => parseRunbook(large, options)) < LARGE_MS) return false;
  const best = (text: string): number => Math.min(...[0, 1, 2].map(() => cpuMs(() => parseRunbook(text, options))));
  const largeMs = best(large);
  return largeMs > LARGE_MS && largeMs > MAX_GROWTH * best(small);
};

describe("text that repeats one thing", () => {
  it(`stays near linear in ${String(FAMILIES.length)} families`, { timeout: 120_000 }, () => {
    expect(FAMILIES.filter(isSlow).map(({ name }) => name)).toEqual([]);
  });

  it("describes a paragraph of commands once, not once per command", () => {
    const result = parseRunbook("`kubectl get pods`, then ".repeat(2_000));
    const described = result.ok ? result.runbook.steps.reduce((sum, { description }) => sum + description.length, 0) : 0;
    expect(result.ok && result.runbook.steps.length).toBe(2_000);
    expect(described).toBeLessThan(2_000 * 1_100);
  });

  it("distils no slower", () => {
    const text = "mara [9:00 AM]\n`kubectl delete pod a`\ntilo [9:01 AM]\n(\n".repeat(2_000);
    expect(cpuMs(() => distil(text, "chat")) + cpuMs(() => distil(text, "postmortem"))).toBeLessThan(8_000);
  });
});
