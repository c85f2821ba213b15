// What a reader of the pasted page sees: raw text goes in, cleaned lines with their physical numbers come out, hidden text is gone and reported.
// The parser finds steps in it, a model is shown nothing else, and only what stands in it can ground a proposed command.

import type { RunbookWarning, SourceType } from "../types.ts";
import { cleanMarkdown, hiddenWarning, unclosedWarning } from "./clean-markdown.ts";
import { detectSource } from "./detect-source.ts";
import type { ChatMessage } from "./chat-messages.ts";
import { rewriteAlert } from "./rewrite-alert.ts";
import { fencePrompts, hasRootPrompts } from "./fence-prompts.ts";
import { rewriteChat } from "./rewrite-chat.ts";
import { rewriteEmail } from "./rewrite-email.ts";
import { isMarkedUp, rewritePlain } from "./rewrite-plain.ts";
import { isJira, rewriteJira } from "./rewrite-jira.ts";
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
  /** The messages of a chat, by the physical lines of `lines`; null for every other text. */
  readonly messages: readonly ChatMessage[] | null;
}

/** @param named - skips the detection */
export function readerText(rawText: string, named?: SourceType): ReaderText {
  const source = toSourceLines(rawText);
  const sourceType = named ?? detectSource(source);
  const rewritten = rewrite(source, sourceType);
  const drawn = rewritten.isMarkdown && sourceType !== "chat" ? readHabits(rewritten.lines) : rewritten.lines;
  const { lines, title, warnings } = cleanMarkdown(drawn, !rewritten.isMarkdown);
  const left = [...rewritten.hiddenAt.map(hiddenWarning), ...rewritten.unclosedAt.map(unclosedWarning)];
  const subject = sourceType === "email" || sourceType === "text" ? subjectOf(joinText(source.slice(0, 40))) : null;
  const messages = rewritten.messages ?? null;
  return { lines, source, title: title ?? rewritten.title ?? subject, sourceType, warnings: [...left, ...warnings], messages };
}

/** Where the author drew structure instead of marking it up, and where a terminal was pasted into the text. */
function readHabits(lines: readonly SourceLine[]): readonly SourceLine[] {
  if (isJira(lines)) return rewriteJira(lines);
  const plain = !isMarkedUp(lines);
  return fencePrompts(plain ? rewritePlain(lines) : lines, { plain, root: hasRootPrompts(lines) });
}

function rewrite(lines: readonly SourceLine[], sourceType: SourceType): Rewritten & { readonly messages?: readonly ChatMessage[] } {
  if (sourceType === "chat") {
    const chat = rewriteChat(lines);
    return { ...unchanged(chat.lines), messages: chat.messages };
  }
  if (sourceType === "email") return unchanged(rewriteEmail(lines));
  return rewriteSource(sourceType === "text" || sourceType === "markdown" ? rewriteAlert(lines) : lines, sourceType);
}
