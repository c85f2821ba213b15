// The door to both distillers: text and what it is said to be go in, a draft or a refusal comes out. Pure and deterministic.

import { maxInputLength } from "../parse-runbook.ts";
import { readerText } from "../source/reader-text.ts";
import { distilChat } from "./distil-chat.ts";
import { distilPostmortem } from "./distil-postmortem.ts";
import type { DistilResult } from "./distilled.ts";
import { readReview } from "./review-sections.ts";
import { refuse } from "./distilled.ts";

/**
 * Makes a draft runbook of a text that tells what was done.
 *
 * @param rawText - as pasted
 * @param kind - `auto` looks whether it is a chat or an incident review
 * @returns the draft; PARSE_FAILED when the text is neither or tells of nothing that helped; INPUT_TOO_LARGE; never throws
 */
export function distil(rawText: string, kind: "auto" | "chat" | "postmortem" = "auto"): DistilResult {
  if (rawText.length > maxInputLength) return { ok: false, error: { code: "INPUT_TOO_LARGE", message: "The text is longer than 5 MB." } };
  if (kind === "chat") return distilChat(rawText);
  if (kind === "postmortem") return distilPostmortem(rawText);
  const { sourceType, lines } = readerText(rawText);
  if (sourceType === "chat") return distilChat(rawText);
  if (readReview(lines) !== null) return distilPostmortem(rawText);
  return refuse("The text is neither a chat with names and times nor an incident review with its sections; say which it is.");
}
