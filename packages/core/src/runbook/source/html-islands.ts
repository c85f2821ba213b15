// Rewrites tables and preformatted text that a Markdown page holds as HTML: Markdown itself would show their words and lose their structure.
// Lines go in; Markdown lines with their physical numbers and what was hidden in them come out. An element that nothing closes is left alone.

import { followFences } from "./fences.ts";
import { rewriteHtml } from "./rewrite-html.ts";
import type { SourceLine } from "./source-line.ts";

export interface WithoutIslands {
  readonly lines: readonly SourceLine[];
  readonly hiddenAt: readonly number[];
}

const START = /^(\s{0,12})<(table|pre)(?=[\s>])/i;
const MAX_LINES = 1000;

export function rewriteIslands(lines: readonly SourceLine[]): WithoutIslands {
  if (!lines.some((line) => START.test(line.text))) return { lines, hiddenAt: [] };
  const fenced = followFences(lines);
  const result: SourceLine[] = [];
  const hiddenAt: number[] = [];
  const unclosed = new Set<string>();
  let at = 0;
  while (at < lines.length) {
    const island = fenced[at] === true ? null : takeIsland(lines, at, unclosed);
    result.push(...(island?.lines ?? lines.slice(at, at + 1)));
    hiddenAt.push(...(island?.hiddenAt ?? []));
    at = island?.end ?? at + 1;
  }
  return { lines: result, hiddenAt };
}

interface Island extends WithoutIslands {
  readonly end: number;
}

/** @param unclosed - names that were found without an end, not looked for again */
function takeIsland(lines: readonly SourceLine[], at: number, unclosed: Set<string>): Island | null {
  const { text, line } = lines[at] ?? { text: "", line: 1 };
  const start = START.exec(text);
  if (start === null) return null;
  const [, indent = "", rawName = ""] = start;
  const name = rawName.toLowerCase();
  if (unclosed.has(name)) return null;
  const end = islandEnd(lines, at, name);
  if (end < 0) {
    unclosed.add(name);
    return null;
  }
  const rewritten = rewriteHtml(lines.slice(at, end));
  const blank = { text: "", line };
  const moved = rewritten.lines.map((each) => ({ ...each, text: each.text === "" ? "" : indent + each.text }));
  return { lines: [blank, ...moved, blank], hiddenAt: rewritten.hiddenAt, end };
}

/** Index behind the line that closes the element, or -1. */
function islandEnd(lines: readonly SourceLine[], start: number, name: string): number {
  const tag = new RegExp(`<(/?)${name}(?=[\\s>])`, "gi");
  let depth = 0;
  for (let at = start; at < Math.min(lines.length, start + MAX_LINES); at++) {
    for (const found of (lines[at]?.text ?? "").matchAll(tag)) depth += found[1] === "/" ? -1 : 1;
    if (depth <= 0) return at + 1;
  }
  return -1;
}
