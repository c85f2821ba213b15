// Rewrites a chat paste into Markdown: one paragraph per message; names, times, reactions and bot posts go.
// Lines go in, lines with their physical numbers come out. Every message keeps its words and its line.

import { type SourceLine, withText } from "./source-line.ts";

const TIME = String.raw`\[?(?:(?:today|yesterday|\d{1,4}[-/.]\d{1,2}(?:[-/.]\d{1,4})?)[ T,]*(?:at )?)?\d{1,2}:\d{2}(?::\d{2})?(?:\s?[AP]M)?\]?`;
const HEADER = new RegExp(String.raw`^(?:\p{L}[\p{L}\p{N}._ '-]{0,40}?)(?:\s+(?:APP|BOT))?(?:\s{1,4}|\s*[-–|]\s*)${TIME}\s*$`, "iu");
const LEADING = new RegExp(String.raw`^${TIME}\s+@?[\p{L}][\p{L}\p{N}._-]{0,30}:?\s*$`, "iu");
const BARE_TIME = new RegExp(`^${TIME}$`, "i");
const BOT = /\s(?:APP|BOT)\s+/;
const REACTIONS = /^(?:\s*(?::[\w+-]+:|\p{Extended_Pictographic}\uFE0F?)\s*\d*)+$/u;
const CHROME =
  /^(?:replied to a thread:.*|\d+ repl(?:y|ies).*|view thread|last reply.*|new|joined #\S+.*|set the channel topic.*|also sent to the channel|(?:was )?added to .*|pinned a message.*|\(edited\)|thread|reply…?)$/i;

/** "dana  2:25 AM" or "[10:02] dana". */
export function isChatHeader(text: string): boolean {
  return HEADER.test(text.trim()) || LEADING.test(text.trim());
}

export function rewriteChat(lines: readonly SourceLine[]): readonly SourceLine[] {
  const result: SourceLine[] = [];
  let fenced = false;
  let bot = false;
  for (const line of lines) {
    const text = line.text.trim();
    if (/^```/.test(text) && !/^```.*```$/.test(text)) fenced = !fenced;
    else if (!fenced && isChatHeader(line.text)) {
      bot = BOT.test(line.text);
      result.push(withText(line, ""));
      continue;
    }
    result.push(fenced || text.startsWith("```") ? line : withText(line, bot ? "" : messageText(line.text)));
  }
  return result;
}

function messageText(line: string): string {
  const text = line.trim();
  if (BARE_TIME.test(text) || REACTIONS.test(text) || CHROME.test(text)) return "";
  return text.replace(/\s*\(edited\)\s*$/, "").replace(/:(?:[a-z0-9_+-]{2,40}):/g, "");
}
