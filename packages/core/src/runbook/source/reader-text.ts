// What a reader of the pasted page sees: raw text goes in, cleaned lines with their physical numbers come out, hidden text is gone and reported.
// The parser finds steps in it, a model is shown nothing else, and only what stands in it can ground a proposed command.

import type { RunbookWarning, SourceType } from "../types.ts";
import { cleanMarkdown, hiddenWarning, unclosedWarning } from "./clean-markdown.ts";
import { detectSource } from "./detect-source.ts";
import { rewriteChat } from "./rewrite-chat.ts";
import { type Rewritten, rewriteSource, unchanged } from "./rewrite-source.ts";
import { joinText, type SourceLine, toSourceLines } from "./source-line.ts";
import { subjectOf } from "./subject-line.ts";

export interface ReaderText {
  readonly lines: readonly SourceLine[];
  /** The physical lines as pasted. */
  readonly source: readonly SourceLine[];
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
  const { lines, title, warnings } = cleanMarkdown(rewritten.lines, !rewritten.isMarkdown);
  const left = [...rewritten.hiddenAt.map(hiddenWarning), ...rewritten.unclosedAt.map(unclosedWarning)];
  const subject = sourceType === "email" ? subjectOf(joinText(source.slice(0, 40))) : null;
  return { lines, source, title: title ?? rewritten.title ?? subject, sourceType, warnings: [...left, ...warnings] };
}

function rewrite(lines: readonly SourceLine[], sourceType: SourceType): Rewritten {
  return sourceType === "chat" ? unchanged(rewriteChat(lines)) : rewriteSource(lines, sourceType);
}
