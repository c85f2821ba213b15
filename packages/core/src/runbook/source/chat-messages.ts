// Cuts a chat paste into messages: each knows its physical lines, when it was written, and whether a person wrote it.
// Lines go in, messages in the order of the paste come out; what the chat program adds around them (reactions, counters) is left to the cleaning.

import { type ChatHeader, type ChatTime, readChatHeader } from "./chat-header.ts";
import { type SourceLine, textAt } from "./source-line.ts";

export interface ChatMessage {
  /** Only to tell one person from another; never shown. Null when the paste does not say. */
  readonly author: string | null;
  /** Minutes on a clock that goes on over midnight; null when no header above has a time. */
  readonly minute: number | null;
  readonly automatic: boolean;
  /** Physical lines, headers included. */
  readonly start: number;
  readonly end: number;
}

/** A header with the lines it takes. */
export interface PlacedHeader {
  /** Index into the lines. */
  readonly at: number;
  readonly count: number;
  readonly header: ChatHeader;
}

export interface Chat {
  readonly messages: readonly ChatMessage[];
  readonly headers: readonly PlacedHeader[];
}

const DAY = 24 * 60;
const NAME_LINE = /^\p{L}[\p{L}\p{N}._'’()-]*(?: [\p{L}\p{N}(][\p{L}\p{N}._'’()-]*){0,3}(?:, \p{Lu}[\p{L}.]*)?$/u;
const BADGE_LINE = /^(?:APP|BOT|App|Bot)$/;

export function readChat(lines: readonly SourceLine[]): Chat {
  const headers = findHeaders(lines);
  return { headers, messages: toMessages(lines, headers) };
}

/** Every header of the paste that counts, in order. */
export function findHeaders(lines: readonly SourceLine[]): readonly PlacedHeader[] {
  const candidates = ofOneKind(lines.map(({ text }) => readChatHeader(text)));
  const paste = { lines, candidates, known: knownNames(lines, candidates) };
  const found: PlacedHeader[] = [];
  let fenced = false;
  for (let at = 0; at < lines.length; at++) {
    const placed = headerAt(paste, at);
    const counts = placed !== null && (!fenced || isKnown(paste.known, placed.header.author));
    if (counts) {
      found.push(placed);
      at += placed.count - 1;
      fenced = false;
    }
    if (togglesFence(counts ? placed.header.text : textAt(lines, at))) fenced = !fenced;
  }
  // A time alone goes on with somebody's messages; without anybody's it is no header.
  const first = found.findIndex(({ header }) => header.author !== null);
  return first < 0 ? [] : found.slice(first);
}

interface Paste {
  readonly lines: readonly SourceLine[];
  /** One entry per line. */
  readonly candidates: readonly (ChatHeader | null)[];
  readonly known: Known;
}

function isKnown({ repeated }: Known, author: string | null): boolean {
  return author !== null && repeated.has(author);
}

/** A paste comes from one program: log lines below a message are no messages, times inside a log are none either. */
function ofOneKind(candidates: readonly (ChatHeader | null)[]): readonly (ChatHeader | null)[] {
  const inline = candidates.filter((header) => header?.shape === "inline" && !header.automatic).length;
  const own = candidates.filter((header) => header !== null && header.shape !== "inline").length;
  const isLog = inline > own;
  return candidates.map((header) => (header !== null && (header.shape === "inline") === isLog ? header : null));
}

function togglesFence(text: string): boolean {
  return text.includes("```") && text.split("```").length % 2 === 0;
}

interface Known {
  /** Names in front of a single blank and a time, or above a bare time, that occur more than once. */
  readonly repeated: ReadonlySet<string>;
  /** Times below a name are indented in this paste; others go on with the message before. */
  readonly indentedTimes: boolean;
}

function knownNames(lines: readonly SourceLine[], candidates: readonly (ChatHeader | null)[]): Known {
  const counts = new Map<string, number>();
  let indentedTimes = false;
  for (const [at, header] of candidates.entries()) {
    if (header === null) continue;
    const name = header.author ?? nameAbove(lines, at)?.name ?? "";
    counts.set(name, (counts.get(name) ?? 0) + 1);
    indentedTimes ||= header.author === null && name !== "" && /^\s/.test(textAt(lines, at));
  }
  counts.delete("");
  return { repeated: new Set([...counts].filter(([, count]) => count > 1).map(([name]) => name)), indentedTimes };
}

/** "Ilse" above "  23:41", with a badge between them for programs. */
function nameAbove(lines: readonly SourceLine[], timeAt: number): { readonly name: string; readonly at: number } | null {
  const badge = BADGE_LINE.test((lines[timeAt - 1]?.text ?? "").trim());
  const at = timeAt - (badge ? 2 : 1);
  const name = lines[at]?.text.trim() ?? "";
  return name.length <= 40 && NAME_LINE.test(name) ? { name, at } : null;
}

function headerAt(paste: Paste, at: number): PlacedHeader | null {
  const own = paste.candidates[at] ?? null;
  if (own === null) return namedAbove(paste, at, 2) ?? namedAbove(paste, at, 3);
  return own.author === null || own.shape !== "weak" || isKnown(paste.known, own.author) ? { at, count: 1, header: own } : null;
}

/** A header of two lines, or of three with a badge. */
function namedAbove({ lines, candidates, known }: Paste, at: number, count: 2 | 3): PlacedHeader | null {
  const time = candidates[at + count - 1] ?? null;
  if (time === null || time.author !== null || nameAbove(lines, at + count - 1)?.at !== at) return null;
  const name = textAt(lines, at).trim();
  const indented = /^\s/.test(textAt(lines, at + count - 1));
  if (!(known.indentedTimes ? indented : standsOut(lines, at, name, known))) return null;
  return { at, count, header: { ...time, author: name, automatic: count === 3 || /bot$/i.test(name), shape: "strong" } };
}

/** A name that comes again, or one with capitals at the start of the paste or behind a blank line. */
function standsOut(lines: readonly SourceLine[], at: number, name: string, known: Known): boolean {
  if (known.repeated.has(name)) return true;
  const opens = at === 0 || (lines[at - 1]?.text ?? "").trim() === "";
  return opens && /^\p{Lu}[\p{L}.'’-]+(?: \p{Lu}[\p{L}.'’-]*){0,2}$/u.test(name);
}

interface Clock {
  readonly days: Map<string, number>;
  day: number;
  minute: number | null;
}

function toMessages(lines: readonly SourceLine[], headers: readonly PlacedHeader[]): readonly ChatMessage[] {
  const messages: ChatMessage[] = [];
  const clock: Clock = { days: new Map(), day: 0, minute: null };
  let { author, automatic }: Pick<ChatMessage, "author" | "automatic"> = { author: null, automatic: false };
  const first = headers[0]?.at ?? lines.length;
  if (first > 0) messages.push({ author, minute: null, automatic, ...span(lines, 0, first) });
  for (const [index, { at, header }] of headers.entries()) {
    if (header.author !== null) ({ author, automatic } = header);
    const minute = header.time === null ? clock.minute : advance(clock, header.time);
    addMessage(messages, header, { author, minute, automatic, ...span(lines, at, headers[index + 1]?.at ?? lines.length) });
  }
  return messages;
}

function addMessage(messages: ChatMessage[], header: ChatHeader, message: ChatMessage): void {
  const before = messages.at(-1);
  if (before !== undefined && isPastedOn(header, before, message)) messages[messages.length - 1] = { ...before, end: message.end };
  else messages.push(message);
}

/** Lines that one person pastes into an IRC channel come as messages of the same minute. */
function isPastedOn(header: ChatHeader, before: ChatMessage, message: ChatMessage): boolean {
  return header.shape === "inline" && !message.automatic && before.author === message.author && before.minute === message.minute;
}

function span(lines: readonly SourceLine[], from: number, until: number): { readonly start: number; readonly end: number } {
  const start = lines[from]?.line ?? 1;
  return { start, end: lines[until - 1]?.line ?? start };
}

/** Without dates a clock that falls by more than half a day has passed midnight; by less, the message was pasted out of order. */
function advance(clock: Clock, time: ChatTime): number {
  const before = clock.minute === null ? null : clock.minute - clock.day * DAY;
  if (typeof time.day === "number") clock.day = time.day;
  else if (typeof time.day === "string") clock.day = namedDay(clock, time.day, before, time.minute);
  else if (before !== null && before - time.minute > DAY / 2) clock.day++;
  clock.minute = clock.day * DAY + time.minute;
  return clock.minute;
}

/** "Yesterday", "May 11": a name that was not there before is the next day, unless it only says which day it is. */
function namedDay(clock: Clock, name: string, before: number | null, minute: number): number {
  const known = clock.days.get(name);
  if (known !== undefined) return known;
  const next = clock.days.size > 0 || (before !== null && before - minute > DAY / 2) ? clock.day + 1 : clock.day;
  clock.days.set(name, next);
  return next;
}
