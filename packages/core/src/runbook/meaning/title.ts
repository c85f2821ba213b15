// Names the runbook: front matter, first heading, a title line, else the first step.
// Blocks go in; a title comes out together with the blocks that are left once the title is taken away.

import type { Block } from "../source/block-tree.ts";
import { plainText } from "../source/plain-text.ts";
import { joinText, type SourceLine } from "../source/source-line.ts";
import { looksLikeCommandLine } from "../commands/command-shape.ts";
import { readPrompt } from "../commands/prompts.ts";
import { sectionKind } from "./sections.ts";

export interface Titled {
  readonly title: string | null;
  readonly blocks: readonly Block[];
}

const NOTION_ID = /\s+[0-9a-f]{32}$/;

export function takeTitle(blocks: readonly Block[], frontMatter: string | null): Titled {
  const first = blocks[0];
  if (first?.kind === "paragraph" && frontMatter === null && isTitleLine(joinText(first.lines), blocks[1])) {
    return { title: titleText(joinText(first.lines)), blocks: blocks.slice(1) };
  }
  if (first?.kind === "paragraph" && frontMatter === null && isHeadLine(first.lines)) {
    const [head, ...rest] = first.lines;
    return { title: titleText(head?.text ?? ""), blocks: [{ kind: "paragraph", lines: rest }, ...blocks.slice(1)] };
  }
  const headings = blocks.filter((block) => block.kind === "heading");
  const top = headings.find((heading) => heading.level === 1);
  const named = top ?? headings[0];
  if (named === undefined) return { title: frontMatter, blocks };
  const isHead = named === top && blocks.indexOf(named) <= 3;
  return { title: frontMatter ?? titleText(joinText(named.lines)), blocks: isHead ? blocks.filter((block) => block !== named) : blocks };
}

function titleText(markdown: string): string {
  return plainText(markdown).replace(NOTION_ID, "").replace(/`/g, "");
}

/** A short first line, with lines below it that begin anew: "DISK FULL (db-1)" above "need: sudo". */
function isHeadLine(lines: readonly SourceLine[]): boolean {
  const [head = "", next = ""] = lines.map((line) => line.text.trim());
  if (lines.length < 2 || head.length > 70 || /[.!?:;,`]$/.test(head) || head.includes("`") || /[$|<>]/.test(head)) return false;
  const begins = /^(?:\p{Lu}|[\p{L} ]{2,20}:|[-*•\d([])/u.test(next) && /^[\p{Lu}\d[(]/u.test(head);
  return begins && sectionKind(plainText(head)) === null && !looksLikeCommandLine(head) && readPrompt(head) === null;
}

/** One short line without a full stop, above anything but a heading of its own kind. */
function isTitleLine(text: string, next: Block | undefined): boolean {
  if (next === undefined || next.kind === "heading" || text.includes("\n") || text.length > 100) return false;
  return !/[.!?:;]$/.test(text.trim()) && !text.includes("`") && sectionKind(plainText(text)) === null;
}
