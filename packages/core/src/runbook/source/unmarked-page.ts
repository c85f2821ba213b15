// Finds headings and code in a rendered page whose copy lost all marks: a heading is a line of its own, code follows a blank line and ends where words begin.
// Lines go in, Markdown lines with their physical numbers come out; every line of words is a paragraph of its own.

import { looksLikeOutput } from "../commands/output-lines.ts";
import { readPrompt, readsAsCommand } from "../commands/prompts.ts";
import { sectionKind } from "../meaning/sections.ts";
import { fenceCode } from "./code-gutters.ts";
import { type SourceLine, withText } from "./source-line.ts";

const SHOWS =
  /\b(?:output|something like|similar to|looks? like|prints?|shows?|returns?|result|response|see)\b[^.]{0,40}:?\s*$|\bexample\b[^.]{0,20}:?\s*$/i;

export function markUpPage(lines: readonly SourceLine[]): readonly SourceLine[] {
  const result: SourceLine[] = [];
  let titled = false;
  let index = 0;
  while (index < lines.length) {
    const line = lines[index] ?? { text: "", line: 1 };
    const end = line.text.trim() === "" ? index : codeEnd(lines, index);
    if (end > index) {
      result.push(...fenceCode(lines.slice(index, end)));
      index = end;
      continue;
    }
    if (line.text.trim() === "") result.push(line);
    else
      result.push(withText(line, isHeading(line.text, titled) ? `${titled ? "##" : "#"} ${line.text.trim()}` : line.text), {
        text: "",
        line: line.line,
      });
    titled ||= line.text.trim() !== "";
    index++;
  }
  return result;
}

/** The first line names the page; later ones are headings when they name a known section. */
function isHeading(text: string, titled: boolean): boolean {
  const bare = text.trim();
  if (bare.length > 80 || /[.:;,!]$/.test(bare)) return false;
  return titled ? sectionKind(bare) !== null && bare.split(/\s+/).length <= 6 : true;
}

/** Index behind the code that starts here; `start` itself when none does. */
function codeEnd(lines: readonly SourceLine[], start: number): number {
  const announced = introducedBy(lines, start);
  const first = lines[start]?.text ?? "";
  const isOutput = SHOWS.test(announced.text) && announced.gap && !isWords(first);
  if (!isCommand(first) && !isOutput) return start;
  let end = start + 1;
  while (end < lines.length && goesOn(lines, end, isOutput)) end++;
  return end;
}

interface Introduction {
  readonly text: string;
  /** A blank line stands between. */
  readonly gap: boolean;
}

function introducedBy(lines: readonly SourceLine[], start: number): Introduction {
  const gap = (lines[start - 1]?.text.trim() ?? "") === "";
  const from = Math.max(0, start - 4);
  const before = lines.slice(from, start).findLast((line) => line.text.trim() !== "");
  return { text: before?.text.trim() ?? "", gap };
}

function isCommand(text: string): boolean {
  return readPrompt(text) !== null || (readsAsCommand(text) && !/^\p{Lu}\p{Ll}/u.test(text.trim()));
}

/** A line that begins or ends like a sentence. */
function isWords(text: string): boolean {
  const bare = text.trim();
  return /^\p{Lu}\p{Ll}*(?: \p{Ll}+)+/u.test(bare) || (/[.:]$/.test(bare) && / \p{Ll}+ /u.test(bare)) || sectionKind(bare) !== null;
}

const CONTINUED = /(?:\\|\||&&|\|\||[{([])\s*$/;

function goesOn(lines: readonly SourceLine[], index: number, isOutput: boolean): boolean {
  const { text } = lines[index] ?? { text: "" };
  if (text.trim() === "") return false;
  if (
    CONTINUED.test(
      lines
        .slice(index - 1, index)
        .map((line) => line.text)
        .join(""),
    ) ||
    /^\s{2,}\S/.test(text) ||
    isCommand(text)
  )
    return true;
  return !isWords(text) && (isOutput || looksLikeOutput(text));
}
