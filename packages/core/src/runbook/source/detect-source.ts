// Guesses what was pasted: Confluence storage format, HTML, a Notion export, a chat, an e-mail, Markdown or plain text.
// Lines go in, a source type comes out; it decides only how the text is cleaned, so a wrong guess costs tidiness and nothing else.

import type { SourceType } from "../types.ts";
import { isChatHeader } from "./rewrite-chat.ts";
import type { SourceLine } from "./source-line.ts";

const CONFLUENCE = /<(?:ac|ri):[a-z-]+/;
const HTML_BLOCK = /^\s*<(?:!doctype|html|body|div|h[1-6]|p|ul|ol|table|section|article|main)[\s>]/i;
const NOTION = /^# .+ [0-9a-f]{32}\s*$|\(https:\/\/www\.notion\.so\/|%20[0-9a-f]{32}[/.)]/;
const MARKDOWN = /^(?:#{1,6}\s|\s{0,3}(?:```|~~~)|\s*[-*+]\s+\S|\s*\d{1,3}\.\s+\S.*`|\|.*\|)|\[[^[\]]+\]\([^()]+\)|`[^`]+`|\*\*[^*]+\*\*/;

export function detectSource(lines: readonly SourceLine[]): SourceType {
  const head = lines.slice(0, 400).map((line) => line.text);
  const filled = head.filter((text) => text.trim() !== "");
  if (head.some((text) => CONFLUENCE.test(text))) return "confluence";
  if (isHtml(filled)) return "html";
  if (head.slice(0, 400).some((text) => NOTION.test(text))) return "notion";
  if (isChat(filled)) return "chat";
  if (filled.slice(0, 12).filter((text) => /^(?:From|To|Cc|Subject|Date|Sent|Von|An|Betreff):\s/.test(text)).length >= 3) return "email";
  const fits = filled.filter((text) => MARKDOWN.test(text)).length;
  return fits >= 1 && fits / Math.max(1, filled.length) >= 0.04 ? "markdown" : "text";
}

function isHtml(filled: readonly string[]): boolean {
  if (!HTML_BLOCK.test(filled[0] ?? "")) return false;
  const tagged = filled.filter((text) => /<\/?[a-z][a-z0-9]*[\s>/]/i.test(text)).length;
  return tagged / Math.max(1, filled.length) > 0.4;
}

function isChat(filled: readonly string[]): boolean {
  const headers = filled.filter((text) => isChatHeader(text)).length;
  return headers >= 2 && headers / Math.max(1, filled.length) > 0.08;
}
