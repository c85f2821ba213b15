// Turns a piece of Markdown into the sentence a person reads: emphasis, link targets and tags gone, code spans kept in their backticks.
// For descriptions and questions only; a command is never taken from its result.

import { remember } from "../remember.ts";
import { findCodeSpans } from "./inline-code.ts";
import { unwrapLines } from "./unwrap-lines.ts";
import { decodeEntities } from "../commands/repair-text.ts";

/** Elements of a page; anything else in angle brackets is a placeholder. */
export const TAG =
  /<\/?(?:a|abbr|aside|b|br|center|code|dd|details|div|dl|dt|em|font|h[1-6]|hr|i|img|kbd|li|mark|ol|p|pre|q|s|small|span|strong|sub|summary|sup|table|tbody|td|th|thead|tr|u|ul|video|iframe)(?:\s[^<>]*)?\/?>/gi;

/** What a reader sees of a piece of Markdown. */
export const plainText = remember((markdown: string): string => {
  const spans = findCodeSpans(markdown);
  let result = "";
  let from = 0;
  for (const span of spans) {
    result += oneLine(plainProse(markdown.slice(from, span.start))) + unwrapLines(markdown.slice(span.start, span.end));
    from = span.end;
  }
  return (result + oneLine(plainProse(markdown.slice(from)))).trim();
});

export function oneLine(text: string): string {
  return /\s\s|[^\S ]/.test(text) ? text.replace(/\s+/g, " ") : text;
}

/** Every character that the replacements below begin with. */
const MARK = /[[<*_~\\&]/;

function plainProse(text: string): string {
  // Most prose has none: what the replacements cost is the larger part of a long page.
  if (!MARK.test(text)) return text;
  return decodeEntities(
    text
      .replace(/!\[([^[\]]*)\]\([^()\s]*(?:\s"[^"]*")?\)/g, "$1")
      .replace(/\[([^[\]]*)\]\((?:[^()\s]|\([^()\s]*\))*(?:\s+"[^"]*")?\)/g, "$1")
      .replace(/\[([^[\]]+)\]\[[^[\]]*\]/g, "$1")
      .replace(/<(https?:\/\/[^<>\s]+)>/g, "$1")
      .replace(TAG, " ")
      .replace(/\*\*|__(?=\S)|(?<=\S)__|~~/g, "")
      .replace(/(^|[\s(])[*_](?=\S)/g, "$1")
      .replace(/(?<=\S)[*_](?=[\s).,:;!?]|$)/g, "")
      .replace(/\\([!-/:-@[-`{-~])/g, "$1"),
  );
}

/** The first link or bare address in a piece of Markdown, or null. */
export function firstUrl(markdown: string): string | null {
  const match = /\]\(\s*<?([^()\s<>]+(?:\([^()\s]*\))?)|(https?:\/\/[^\s<>()[\]"'`]+)/.exec(markdown);
  return match?.[1] ?? match?.[2]?.replace(/[.,;:!?]+$/, "") ?? null;
}
