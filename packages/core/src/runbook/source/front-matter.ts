// Takes the front matter off a Markdown page: YAML (`---`) or TOML (`+++`) at the very start.
// Lines go in; they come out one to one with the front matter blank, and the title it names.

import { type SourceLine, withText } from "./source-line.ts";

export interface FrontMatter {
  readonly lines: readonly SourceLine[];
  readonly title: string | null;
}

const MAX_LINES = 200;

export function withoutFrontMatter(lines: readonly SourceLine[]): FrontMatter {
  const start = lines.findIndex((line) => line.text.trim() !== "");
  const fence = lines[start]?.text.trimEnd();
  if (fence !== "---" && fence !== "+++") return { lines, title: null };
  const end = lines.findIndex((line, index) => index > start && index < MAX_LINES && line.text.trimEnd() === fence);
  if (end < 0) return { lines, title: null };
  const head = lines.slice(start + 1, end);
  if (!head.every((line) => /^\s*$|^\s*#|^\s*- |^\s|^[\w.-]+\s*[:=]|^\[\[?[\w.-]+\]\]?\s*$/.test(line.text))) return { lines, title: null };
  if (!head.some((line) => /^[\w.-]+\s*[:=]/.test(line.text))) return { lines, title: null };
  const title = head
    .map((line) => /^title\s*[:=]\s*["']?(.*?)["']?\s*$/.exec(line.text)?.[1])
    .find((found) => found !== undefined && found !== "");
  return { lines: lines.map((line, index) => (index <= end ? withText(line, "") : line)), title: title ?? null };
}
