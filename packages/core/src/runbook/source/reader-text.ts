// What a reader of the pasted page sees: raw text goes in, cleaned lines with their physical numbers come out, hidden text is gone and reported.
// The parser finds steps in it, a model is shown nothing else, and only what stands in it can ground a proposed command.

import type { RunbookWarning, SourceType } from "../types.ts";
import { cleanMarkdown, hiddenWarning } from "./clean-markdown.ts";
import { detectSource } from "./detect-source.ts";
import { rewriteChat } from "./rewrite-chat.ts";
import { rewriteHtml } from "./rewrite-html.ts";
import { isRenderedPage, rewritePage } from "./rewrite-page.ts";
import { joinText, type SourceLine, toSourceLines } from "./source-line.ts";
import { subjectOf } from "./subject-line.ts";

export interface ReaderText {
  readonly lines: readonly SourceLine[];
  /** From the front matter; null when it has none. */
  readonly title: string | null;
  readonly sourceType: SourceType;
  readonly warnings: readonly RunbookWarning[];
}

/** @param named - skips the detection */
export function readerText(rawText: string, named?: SourceType): ReaderText {
  const source = toSourceLines(rawText);
  const sourceType = named ?? detectSource(source);
  const rewritten = rewrite(source, sourceType);
  const { lines, title, warnings } = cleanMarkdown(rewritten.lines);
  const subject = sourceType === "email" ? subjectOf(joinText(source.slice(0, 40))) : null;
  return { lines, title: title ?? subject, sourceType, warnings: [...rewritten.hiddenAt.map(hiddenWarning), ...warnings] };
}

interface Rewritten {
  readonly lines: readonly SourceLine[];
  readonly hiddenAt: readonly number[];
}

function rewrite(lines: readonly SourceLine[], sourceType: SourceType): Rewritten {
  if (sourceType === "html" || sourceType === "confluence") return rewriteHtml(lines);
  if (sourceType === "chat") return { lines: rewriteChat(lines), hiddenAt: [] };
  return { lines: isRenderedPage(lines) ? rewritePage(lines) : lines, hiddenAt: [] };
}
