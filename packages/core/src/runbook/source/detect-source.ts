// Guesses what was pasted: Confluence storage format, HTML, a Notion export, a chat, an e-mail, Markdown or plain text.
// Lines go in, a source type comes out; it decides only how the text is cleaned, so a wrong guess costs tidiness and nothing else.

import type { SourceType } from "../types.ts";
import { findHeaders } from "./chat-messages.ts";
import { isConfluence, isHtml } from "./detect-tagged.ts";
import { mailHeaders } from "./rewrite-email.ts";
import type { SourceLine } from "./source-line.ts";

const NOTION = /^# .+ [0-9a-f]{32}\s*$|\(https:\/\/www\.notion\.so\/|%20[0-9a-f]{32}[/.)]/;
const MARKDOWN = /^(?:#{1,6}\s|\s{0,3}(?:```|~~~)|\s*[-*+]\s+\S|\s*\d{1,3}\.\s+\S.*`|\|.*\|)|\[[^[\]]+\]\([^()]+\)|`[^`]+`|\*\*[^*]+\*\*/;

export function detectSource(lines: readonly SourceLine[]): SourceType {
  const head = lines.slice(0, 400).map((line) => line.text);
  const filled = head.filter((text) => text.trim() !== "");
  if (isConfluence(head)) return "confluence";
  if (isHtml(head)) return "html";
  if (head.slice(0, 400).some((text) => NOTION.test(text))) return "notion";
  if (mailHeaders(lines.slice(0, 60)) >= 3) return "email";
  if (isChat(lines.slice(0, 400))) return "chat";
  const fits = filled.filter((text) => MARKDOWN.test(text)).length;
  return fits >= 1 && fits / Math.max(1, filled.length) >= 0.04 ? "markdown" : "text";
}

const HEADING = /^#{1,6}\s+\p{Lu}/u;
const NUMBERED = /^\s*\d{1,2}[.)]\s+\S/;

/**
 * At least two messages of people that stand for a good part of the text. A page with headings that lists times ("Night shift  22:00") is none,
 * nor is a log, whose lines never name the same person twice.
 */
function isChat(lines: readonly SourceLine[]): boolean {
  const filled = countOf(lines, /\S/);
  const headers = findHeaders(lines);
  const named = headers.filter(({ header }) => !header.automatic && (header.author ?? "") !== "");
  const share = headers.length / Math.max(1, filled);
  if (named.length < 2 || share <= 0.08) return false;
  const repeats = new Set(named.map(({ header }) => header.author)).size < named.length;
  if (named.every(({ header }) => header.shape === "inline")) return share > 0.5 && repeats;
  const opens = countOf(lines.slice(0, headers[0]?.at ?? 0), /\S/) <= 3;
  return fitsAmongHeaders(lines, { share, repeats, opens });
}

interface Fit {
  /** Headers among filled lines. */
  readonly share: number;
  /** Somebody writes twice. */
  readonly repeats: boolean;
  /** The paste begins with a header, or nearly. */
  readonly opens: boolean;
}

function fitsAmongHeaders(lines: readonly SourceLine[], { share, repeats, opens }: Fit): boolean {
  if (countOf(lines, HEADING) > 0) return opens && repeats && share > 0.2;
  return (repeats || countOf(lines, NUMBERED) < 3) && (opens || share > 0.2);
}

function countOf(lines: readonly SourceLine[], pattern: RegExp): number {
  return lines.filter(({ text }) => pattern.test(text)).length;
}
