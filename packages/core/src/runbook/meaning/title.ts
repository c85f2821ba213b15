// Names the runbook: front matter, first heading, a title line, else the first step.
// Blocks go in; a title comes out together with the blocks that are left once the title is taken away.

import type { Block } from "../source/block-tree.ts";
import { plainText } from "../source/plain-text.ts";
import { joinText } from "../source/source-line.ts";
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
  const headings = blocks.filter((block) => block.kind === "heading");
  const top = headings.find((heading) => heading.level === 1);
  const named = top ?? headings[0];
  if (named === undefined) return { title: frontMatter, blocks };
  const isHead = named === top && blocks.indexOf(named) <= 3;
  return { title: frontMatter ?? titleText(joinText(named.lines)), blocks: isHead ? blocks.filter((block) => block !== named) : blocks };
}

function titleText(markdown: string): string {
  return plainText(markdown).replace(NOTION_ID, "");
}

/** One short line without a full stop, above anything but a heading of its own kind. */
function isTitleLine(text: string, next: Block | undefined): boolean {
  if (next === undefined || next.kind === "heading" || text.includes("\n") || text.length > 100) return false;
  return !/[.!?:;]$/.test(text.trim()) && !text.includes("`") && sectionKind(plainText(text)) === null;
}
