// Turns code that was copied with its line numbers into fenced blocks: numbers on lines of their own above it, or in front of each line.
// Lines go in, lines with their physical numbers come out.

import { readsAsCommand } from "../commands/prompts.ts";
import { type SourceLine, withText } from "./source-line.ts";

interface Taken {
  readonly lines: readonly SourceLine[];
  readonly count: number;
}

/** On a page that is known to number its code. */
export function fenceNumberedCode(lines: readonly SourceLine[]): readonly SourceLine[] {
  return fenceTaken(lines, (at) => ownLineGutter(lines, at) ?? prefixGutter(lines, at, "\t") ?? prefixGutter(lines, at, " "));
}

/** Anywhere: as many numbers on lines of their own as lines of code below them, the first of them a command. */
export function fenceGutters(lines: readonly SourceLine[]): readonly SourceLine[] {
  if (!lines.some(({ text }) => text.trim() === "1")) return lines;
  return fenceTaken(lines, (at) => {
    const taken = ownLineGutter(lines, at);
    return taken !== null && readsAsCommand(taken.lines[2]?.text ?? "") ? taken : null;
  });
}

function fenceTaken(lines: readonly SourceLine[], take: (at: number) => Taken | null): readonly SourceLine[] {
  const result: SourceLine[] = [];
  let index = 0;
  while (index < lines.length) {
    const taken = take(index);
    if (taken === null) {
      const line = lines[index];
      if (line !== undefined) result.push(line);
      index++;
      continue;
    }
    result.push(...taken.lines);
    index += taken.count;
  }
  return result;
}

/** "1", "2", "3" on lines of their own, then as many lines of code. */
function ownLineGutter(lines: readonly SourceLine[], start: number): Taken | null {
  let count = 0;
  while (lines[start + count]?.text.trim() === String(count + 1)) count++;
  if (count === 0) return null;
  const code = lines.slice(start + count, start + 2 * count);
  if (code.length < count || code[0]?.text.trim() === "") return null;
  return { lines: fenceCode(code), count: 2 * count };
}

/** "1 kubectl ..." and "2 kubectl ...": a number in front of each line of code, no dot behind it; a blank could be prose that counts. */
function prefixGutter(lines: readonly SourceLine[], start: number, gap: string): Taken | null {
  const code: SourceLine[] = [];
  for (let index = start; index < lines.length; index++) {
    const line = lines[index];
    const own = line === undefined ? null : withoutNumber(line, code.length + 1, gap);
    if (own === null) break;
    code.push(own);
  }
  const follows = lines[start + code.length]?.text.trim() ?? "";
  return code.length === 0 || (gap === " " && follows !== "") ? null : { lines: fenceCode(code), count: code.length };
}

/** Null without the number; below the first line it may stand alone, in front of a blank line of code. */
function withoutNumber(line: SourceLine, number: number, gap: string): SourceLine | null {
  if (number > 1 && line.text === String(number)) return withText(line, "");
  const prefix = `${number}${gap}`;
  return line.text.startsWith(prefix) ? withText(line, line.text.slice(prefix.length)) : null;
}

export function fenceCode(code: readonly SourceLine[]): readonly SourceLine[] {
  const first = code[0];
  const last = code.at(-1);
  if (first === undefined || last === undefined) return [];
  return [
    { text: "", line: first.line },
    { text: "````", line: first.line },
    ...code,
    { text: "````", line: last.line },
    { text: "", line: last.line },
  ];
}
