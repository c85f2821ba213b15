// Rewrites a chat paste into Markdown: one paragraph per message; names, times, reactions and what programs post go.
// Lines go in; lines with their physical numbers come out, with the messages that they belong to. Every message keeps its words and its line.

import { type Chat, type ChatMessage, type PlacedHeader, readChat } from "./chat-messages.ts";
import { type SourceLine, withText } from "./source-line.ts";

const REACTIONS = /^(?:\s*(?::[\w+-]+:|\p{Extended_Pictographic}\uFE0F?[\u{1F3FB}-\u{1F3FF}]?)\s*\d*)+$/u;
const COUNT = /^\s*\d{1,3}\s*$/;
/** What the chat program writes by itself. */
const CHROME = new RegExp(
  [
    String.raw`replied to (?:a thread|[^:]{1,40}):?.*`,
    String.raw`\d+ (?:more )?(?:repl(?:y|ies)|antwort(?:en)?|new messages?).*`,
    String.raw`(?:view|show) (?:thread|(?:\d+ )?more.*|newer replies|message)|thread|threads|last reply.*|reply…?|new`,
    String.raw`(?:has |have )?(?:joined|left) (?:#\S+|the (?:channel|chat|call|conversation|meeting|space|room)).*`,
    String.raw`(?:has |have )?(?:set|changed|renamed|cleared) the (?:channel|topic|group|chat|conversation).*`,
    String.raw`also sent to the channel|sent to the channel|(?:was )?added to .*|pinned (?:a message|by).*|saved for later.*`,
    String.raw`\(?edited\)?|bearbeitet|editado|modifié|(?:this |the )?message (?:was|has been) deleted\.?|message deleted|only visible to you`,
    String.raw`(?:like|heart|love|laugh|surprised|sad|angry)[: ]+\d{1,3}(?: .{1,30})?|seen by \d+.*|read by .*|delivered`,
    String.raw`meeting (?:".*"|“.*”|started|ended).*|(?:call|meeting) (?:started|ended).*|missed call.*`,
    String.raw`\d+ (?:files?|images?|reactions?|attachments?)|(?:download|open in .*|image\.(?:png|jpe?g)|screenshot[\w .-]*\.(?:png|jpe?g))`,
    String.raw`[-—–_=\s]*(?:today|yesterday|(?:mon|tues|wednes|thurs|fri|satur|sun)day)(?:,? .{0,24})?[-—–_=\s]*`,
    String.raw`[-—–_=\s]*(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]* \d{1,2}(?:st|nd|rd|th)?(?:,? \d{4})?[-—–_=\s]*`,
    String.raw`[-—–]{2,}\s*\d{1,2}\.? \p{L}{3,9}(?: \d{4})?\s*[-—–]{2,}`,
  ]
    .map((part) => `(?:${part})`)
    .join("|")
    .replace(/^/, "^(?:")
    .replace(/$/, ")$"),
  "iu",
);
const LIKES = /\s{2,40}(?:Like|Heart|Love|Laugh|Surprised|Sad|Angry)\s+\d{1,3}\s*$/;
const EDITED = /\s{0,40}\((?:edited|bearbeitet|editado|modifié)\)\s*$/i;
const BACKTICKS = /(?<!`)```(?!`)/;

export interface RewrittenChat {
  readonly lines: readonly SourceLine[];
  readonly messages: readonly ChatMessage[];
}

export function rewriteChat(source: readonly SourceLine[]): RewrittenChat {
  const chat = readChat(source);
  const automatic = automaticLines(chat);
  const headers = new Map(chat.headers.flatMap((placed) => linesOf(placed).map((at) => [at, placed] as const)));
  const writer: Writer = { chat, lines: [], fenced: false, reacted: false };
  for (const [at, line] of source.entries()) {
    const placed = headers.get(at);
    if (placed !== undefined) startMessage(writer, line, placed);
    const text = placed === undefined ? line.text : at === placed.at ? placed.header.text : "";
    writeLine(writer, line, automatic.has(line.line) ? "" : text);
  }
  return { lines: writer.lines, messages: chat.messages };
}

interface Writer {
  readonly chat: Chat;
  readonly lines: SourceLine[];
  fenced: boolean;
  /** The line before was a reaction: a number alone counts it. */
  reacted: boolean;
}

/** A message of its own paragraph; a code block that was never closed ends before it. */
function startMessage(writer: Writer, line: SourceLine, { header }: PlacedHeader): void {
  if (header.shape === "inline") {
    if (startsMessage(writer.chat, line.line)) writer.lines.push(withText(line, ""));
    return;
  }
  if (writer.fenced) writer.lines.push({ text: "```", line: writer.lines.at(-1)?.line ?? line.line });
  writer.fenced = false;
}

function writeLine(writer: Writer, line: SourceLine, text: string): void {
  for (const piece of splitFences(text, writer.fenced)) {
    const mark = piece.startsWith("```");
    const code = writer.fenced || mark;
    writer.lines.push(withText(line, code ? piece : messageText(piece, writer.reacted)));
    writer.reacted = !code && (REACTIONS.test(piece.trim()) || (writer.reacted && COUNT.test(piece)));
    if (mark) writer.fenced = !writer.fenced;
  }
}

function linesOf({ at, count }: PlacedHeader): readonly number[] {
  return Array.from({ length: count }, (_, index) => at + index);
}

function automaticLines({ messages }: Chat): ReadonlySet<number> {
  const lines = new Set<number>();
  for (const { automatic, start, end } of messages) {
    for (let line = start; automatic && line <= end; line++) lines.add(line);
  }
  return lines;
}

/** Lines pasted on to a message stay in its paragraph. */
function startsMessage({ messages }: Chat, line: number): boolean {
  let low = 0;
  let high = messages.length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((messages[middle]?.start ?? 0) <= line) low = middle;
    else high = middle - 1;
  }
  return messages[low]?.start === line;
}

/** Slack closes a block on the last line of its content, and opens it on the first: the marks get lines of their own. */
function splitFences(text: string, fenced: boolean): readonly string[] {
  if (!text.includes("```")) return [text];
  if (/^\s*```[\w+-]*\s*$/.test(text)) return [text.trim()];
  const pieces: string[] = [];
  let inside = fenced;
  for (const [index, piece] of text.split(BACKTICKS).entries()) {
    if (index > 0) {
      pieces.push("```");
      inside = !inside;
    }
    if (piece.trim() !== "") pieces.push(inside ? piece : piece.trim());
  }
  return pieces;
}

const CODE_OR_EMOJI = /`[^`]*`|:[a-z][a-z0-9_+-]{1,40}:(?![\w/])/g;

function messageText(line: string, reacted: boolean): string {
  const text = line.trim();
  if (REACTIONS.test(text) || CHROME.test(text) || (reacted && COUNT.test(text))) return "";
  const bare = line.replace(EDITED, "").replace(LIKES, "");
  return bare.replace(CODE_OR_EMOJI, (part) => (part.startsWith("`") ? part : "")).trim();
}
