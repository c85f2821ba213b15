// Opens a box with a title (panel, expand, details): its title becomes a label, and where that names a section, the section of the box alone.
// Title and line go in, what stands in the box follows; the caller closes the quote that was opened, if one was.

import { sectionKind } from "../meaning/sections.ts";
import type { MarkdownWriter } from "./markdown-writer.ts";

/** @returns whether a quote was opened around what follows */
export function openTitled(writer: MarkdownWriter, title: string, line: number): boolean {
  const named = sectionKind(title) !== null;
  if (named) writer.openQuote();
  else writer.endParagraph();
  writer.text(named ? `**${title.replace(/[*:：\s]+$/, "")}**` : labelOf(title), line);
  writer.endParagraph();
  return named;
}

/** Words that speak of what follows. */
export function labelOf(title: string): string {
  return /[.:：?!…]$/.test(title) ? title : `${title}:`;
}
