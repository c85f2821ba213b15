// Names the runbook: front matter, first heading, a title line, else the first step.
// Blocks go in; a title comes out together with the blocks that are left once the title is taken away.

import type { Block } from "../source/block-tree.ts";
import { plainText } from "../source/plain-text.ts";
import { joinText, type SourceLine } from "../source/source-line.ts";
import { looksLikeCommandLine } from "../commands/command-shape.ts";
import { readPrompt } from "../commands/prompts.ts";
import { sectionKind } from "./sections.ts";

/** The name of the runbook, null when nothing names it, and the blocks without it. */
export interface Titled {
  readonly title: string | null;
  readonly blocks: readonly Block[];
}

const NOTION_ID = /\s+[0-9a-f]{32}$/;
const BEGINS_ANEW = /^(?:\p{Lu}|[\p{L} ]{2,20}:|[-*•\d([])/u;
/** The end of a sentence or clause, or the signs of a command. */
const NO_TITLE = /[.!?:;,]$|[`$|<>]/;

/**
 * Names the runbook.
 * @param frontMatter - the title that the front matter gives, or null; it wins over all others
 */
export function takeTitle(blocks: readonly Block[], frontMatter: string | null): Titled {
  const opening = frontMatter === null ? takeOpeningLine(blocks) : null;
  return opening ?? takeHeading(blocks, frontMatter);
}

/** The paragraph on top, or its first line, if that reads like a title. */
function takeOpeningLine([first, ...below]: readonly Block[]): Titled | null {
  if (first?.kind !== "paragraph") return null;
  const text = joinText(first.lines);
  if (isTitleLine(text, below[0])) return { title: titleText(text), blocks: below };
  if (!isHeadLine(first.lines)) return null;
  const [head, ...rest] = first.lines;
  return { title: titleText(head?.text ?? ""), blocks: [{ kind: "paragraph", lines: rest }, ...below] };
}

/** The first heading of the top level, else the first of any. It is taken away only from the head of the text: further down it is a section. */
function takeHeading(blocks: readonly Block[], frontMatter: string | null): Titled {
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
  const [head = "", next] = lines.map((line) => line.text.trim());
  if (next === undefined || !BEGINS_ANEW.test(next)) return false;
  const readsLikeTitle = head.length <= 70 && /^[\p{Lu}\d[(]/u.test(head) && !NO_TITLE.test(head);
  return readsLikeTitle && !namesSection(head) && !isCommand(head);
}

function isCommand(line: string): boolean {
  return looksLikeCommandLine(line) || readPrompt(line) !== null;
}

/** One short line without a full stop, above anything but a heading of its own kind. */
function isTitleLine(text: string, next: Block | undefined): boolean {
  if (next === undefined || next.kind === "heading" || text.includes("\n") || text.length > 100) return false;
  return !/[.!?:;]$/.test(text.trim()) && !text.includes("`") && !namesSection(text);
}

/** "Procedure" names a part of the page, "Runbook: disk full" and "How to restore a lost shard" the page itself. */
function namesSection(line: string): boolean {
  const bare = plainText(line).replace(
    /^(?:(?:runbook|playbook|sop|how-?to|procedure|guide)\s*[:–—-]\s*(?=\S)|how[ -]to\s+(?=(?:\S+\s+){2}))/i,
    "",
  );
  return sectionKind(bare) !== null;
}
