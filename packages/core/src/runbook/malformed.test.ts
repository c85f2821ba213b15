// The parser on broken input: pastes cut, doubled, turned round and sown with marks, 520 of them, the same every time.
// Whatever comes out claims only lines of the text, and every command can be found in the lines it claims.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { bestMs } from "../../../../bench/best-ms.ts";
import { parseRunbook } from "./parse-runbook.ts";

const FOLDER = "packages/core/corpus/pasted";
const MARKS = [
  "```",
  "~~~",
  "> ",
  "- ",
  "1. ",
  "# ",
  "| a | b |",
  "<!--",
  "-->",
  "<details>",
  "</p>",
  "<ac:plain-text-body><![CDATA[",
  "]]>",
  "$ ",
  "'",
  '"',
  "`",
  "$(",
  "{",
  "\\",
  "\u202E",
  "\uFEFF",
  "\r",
  "\t",
  "===",
  "---",
  "{code}",
  "EOF",
  "&lt;",
  "[x] ",
];

type Mutation = (lines: readonly string[], random: () => number) => readonly string[];

const pick = <T>(list: readonly T[], random: () => number): T | undefined => list[Math.floor(random() * list.length)];
const at = (lines: readonly string[], random: () => number): number => Math.floor(random() * (lines.length + 1));

const MUTATIONS: readonly (readonly [name: string, mutate: Mutation])[] = [
  ["cut off", (lines, random) => lines.slice(0, at(lines, random))],
  ["without its head", (lines, random) => lines.slice(at(lines, random))],
  ["twice", (lines) => [...lines, ...lines]],
  ["from the end", (lines) => [...lines].reverse()],
  ["indented", (lines, random) => lines.map((line) => " ".repeat(Math.floor(random() * 9)) + line)],
  ["outdented", (lines) => lines.map((line) => line.trimStart())],
  ["quoted", (lines) => lines.map((line) => `> ${line}`)],
  ["on one line", (lines) => [lines.join(" ")]],
  ["every other line", (lines) => lines.filter((_, index) => index % 2 === 0)],
  ["sown with marks", (lines, random) => lines.map((line) => (random() < 0.2 ? `${pick(MARKS, random) ?? ""}${line}` : line))],
  ["sown at line ends", (lines, random) => lines.map((line) => (random() < 0.2 ? `${line}${pick(MARKS, random) ?? ""}` : line))],
  ["marks between lines", (lines, random) => lines.flatMap((line) => (random() < 0.3 ? [line, pick(MARKS, random) ?? ""] : [line]))],
  [
    "with words missing",
    (lines, random) =>
      lines.map((line) =>
        line
          .split(" ")
          .filter(() => random() > 0.15)
          .join(" "),
      ),
  ],
];

/** The same numbers in every run. */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

/** What a result claims that the text does not hold. */
function falseClaims(text: string): readonly string[] {
  const result = parseRunbook(text);
  if (!result.ok) return result.error.code === "PARSE_FAILED" && result.error.message !== "" ? [] : [result.error.code];
  const lines = text.replace(/\r(?!\n)/g, " ").split("\n");
  const claims: string[] = [];
  for (const { source_lines, commands } of result.runbook.steps) {
    if (source_lines[0] < 1 || source_lines[1] < source_lines[0] || source_lines[1] > lines.length)
      claims.push(`lines ${source_lines.join("-")}`);
    for (const { text: command, verbatim, line, end_line } of commands) {
      const source = lines.slice(line - 1, end_line ?? line).join("\n");
      const missing = (verbatim ?? command).split(/\s+/).filter((word) => word !== "\\" && !source.includes(word));
      if (missing.length > 0) claims.push(`${line}: ${missing.join(" ")}`);
    }
  }
  return claims;
}

const pastes = readdirSync(FOLDER)
  .filter((name) => name.endsWith(".txt"))
  .sort();

describe("broken pastes", () => {
  it("are five hundred or more", () => {
    expect(pastes.length * MUTATIONS.length).toBeGreaterThanOrEqual(500);
  });

  it.each(MUTATIONS)("%s: no crash, no false claim, the same twice", (_name, mutate) => {
    for (const [index, name] of pastes.entries()) {
      const text = mutate(readFileSync(join(FOLDER, name), "utf8").split("\n"), randomFrom(index + 1)).join("\n");
      expect([name, falseClaims(text)]).toEqual([name, []]);
      expect(JSON.stringify(parseRunbook(text))).toBe(JSON.stringify(parseRunbook(text)));
    }
  });

  it("a text over the limit is refused with a code, at once", () => {
    const text = "x".repeat(5 * 1024 * 1024 + 1);
    expect(parseRunbook(text)).toEqual({ ok: false, error: { code: "INPUT_TOO_LARGE", message: "The text is longer than 5 MB." } });
    expect(bestMs(() => parseRunbook(text), 50)).toBeLessThan(50);
  });
});
