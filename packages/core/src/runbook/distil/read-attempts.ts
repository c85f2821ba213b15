// Reads a conversation: every command that somebody writes, with the words around it, and what the others say in between.
// Cleaned lines and the messages they belong to go in; attempts and remarks come out in the order of the paste. It judges nothing.

import { readCodeBlock } from "../commands/code-block.ts";
import type { Mention } from "../commands/find-commands.ts";
import { looksLikeSentence } from "../commands/command-shape.ts";
import { looksLikeOutput } from "../commands/output-lines.ts";
import type { FoundStatement, PlacedCommand } from "../commands/statement.ts";
import type { ChatMessage } from "../source/chat-messages.ts";
import { plainText } from "../source/plain-text.ts";
import { joinText, type SourceLine } from "../source/source-line.ts";
import { isFallback } from "./said.ts";
import type { Manner } from "./ran-spans.ts";
import { cutMessage, type MessagePart } from "./message-parts.ts";
import { findToldCommands } from "./told-commands.ts";
import { cut, type Paragraph, toParagraph } from "./text-pieces.ts";

/** Commands that one person wrote together, and the words they came with. */
export interface Attempt {
  readonly kind: "attempt";
  readonly message: ChatMessage;
  readonly manner: Manner;
  readonly commands: FoundStatement[];
  /** From the command before, or the start of the message, up to the first command; lines as written. */
  readonly intro: SourceLine[];
  /** Behind the last command, up to the next one or the end of the message. */
  readonly behind: SourceLine[];
  /** What the commands printed, as far as the message shows it. */
  readonly output: SourceLine[];
  /** From the command to the end of what is said about it; null for commands on lines of their own. */
  readonly sentence: string | null;
}

/** A message, or the part of one, without a command. */
export interface Remark {
  readonly kind: "remark";
  readonly message: ChatMessage;
  readonly lines: readonly SourceLine[];
  readonly text: string;
  /** A code block or lines in columns: something that was printed. */
  readonly printed: boolean;
  readonly manner: Manner;
}

export interface Conversation {
  readonly events: readonly (Attempt | Remark)[];
  readonly mentions: readonly Mention[];
  /** Physical lines of commands that somebody advises against. */
  readonly advisedAgainst: readonly number[];
}

interface Reader {
  readonly events: (Attempt | Remark)[];
  readonly mentions: Mention[];
  readonly advisedAgainst: number[];
}

interface MessageReader extends Reader {
  readonly message: ChatMessage;
  readonly manner: Manner;
  /** It stood in a table. */
  readonly row: boolean;
  /** Words since the last command of the message. */
  intro: SourceLine[];
  /** The last attempt of the message. */
  last: Attempt | null;
}

/** A message with its cleaned lines. */
export interface Saying {
  readonly message: ChatMessage;
  readonly lines: readonly SourceLine[];
  /** Cut out of a row of a table, where a bar is escaped. */
  readonly row?: boolean;
}

export function readConversation(sayings: readonly Saying[], manner: Manner): Conversation {
  const reader: Reader = { events: [], mentions: [], advisedAgainst: [] };
  for (const { message, lines, row = false } of sayings) {
    if (!message.automatic) readMessage({ ...reader, message, manner, row, intro: [], last: null }, cutMessage(lines));
  }
  return reader;
}

/** Hands the lines of a chat out to its messages. */
export function toSayings(lines: readonly SourceLine[], messages: readonly ChatMessage[]): readonly Saying[] {
  let from = 0;
  return messages.map((message) => {
    while (from < lines.length && (lines[from]?.line ?? 0) < message.start) from++;
    let until = from;
    while (until < lines.length && (lines[until]?.line ?? 0) <= message.end) until++;
    const own = lines.slice(from, until);
    from = until;
    return { message, lines: own };
  });
}

function readMessage(reader: MessageReader, parts: readonly MessagePart[]): void {
  for (const part of parts) {
    if (part.kind === "code") readCode(reader, part);
    else readText(reader, part.lines);
  }
  if (reader.last === null) pushRemark(reader, reader.intro, false);
  else reader.last.behind.push(...reader.intro);
  if (reader.manner === "chat") splitFallback(reader);
}

/** A later line of the message, or a message of its own behind what was tried, that says what to do in some case. */
function splitFallback(reader: MessageReader): void {
  const { events, message, manner, last } = reader;
  const event = last ?? events.at(-1);
  if (event?.message !== message || !events.some(({ kind }) => kind === "attempt")) return;
  const lines = event.kind === "attempt" ? event.behind : event.lines;
  const from = fallbackAt(lines, last);
  if (from < 0) return;
  const intro = lines.slice(from);
  if (event.kind === "attempt") event.behind.splice(from);
  else events.splice(-1, 1, ...remarkOf(reader, lines.slice(0, from), false));
  events.push({ kind: "attempt", message, manner, commands: [], intro, behind: [], output: [], sentence: null });
}

function fallbackAt(lines: readonly SourceLine[], last: Attempt | null): number {
  const end = last?.commands.at(-1)?.endLine ?? 0;
  return lines.findIndex(({ text, line }) => line > end && isFallback(plainText(text)));
}

function readCode(reader: MessageReader, part: Extract<MessagePart, { kind: "code" }>): void {
  const { statements, output } = readCodeBlock(part.block, joinText(reader.intro));
  const fresh = statements.filter(({ text }) => reader.last?.commands.every((command) => command.text !== text) ?? true);
  if (fresh.length > 0) {
    pushAttempt(reader, fresh, null);
    reader.last?.output.push(...output);
    return;
  }
  const shown = output.length > 0 ? output : statements.length > 0 ? [] : part.block.lines;
  if (reader.last !== null) {
    reader.last.behind.push(...reader.intro);
    reader.last.output.push(...shown);
    reader.intro = [];
    return;
  }
  pushRemark(reader, reader.intro, false);
  reader.intro = [];
  pushRemark(reader, shown, true);
}

function readText(reader: MessageReader, lines: readonly SourceLine[]): void {
  const wanted = wantedIn(reader, lines);
  if (wanted.length === 0) {
    if (reader.last !== null && isPrinted(lines)) reader.last.output.push(...lines);
    else reader.intro.push(...lines);
    return;
  }
  const paragraph = toParagraph(lines);
  const groups = inGroups(paragraph.text, wanted);
  let from = 0;
  for (const [index, group] of groups.entries()) {
    const [command] = group;
    if (command === undefined) continue;
    const until = groups[index + 1]?.[0]?.start ?? paragraph.text.length;
    if (isOwnLine(paragraph.text, command)) readOwnLine(reader, { ...paragraph, from, until }, command);
    else readInSentence(reader, { ...paragraph, from, until }, group);
    from = until;
  }
}

/** The commands that somebody ran or ordered; the others are noted. */
function wantedIn(reader: MessageReader, lines: readonly SourceLine[]): readonly PlacedCommand[] {
  const { commands, advisedAgainst, mentions } = findToldCommands(lines, reader.manner);
  reader.advisedAgainst.push(...advisedAgainst);
  reader.mentions.push(...mentions);
  const wanted = commands.filter(({ confidence }) => confidence >= 0.5).map(withoutPlace);
  return reader.row ? wanted.map(asEscaped) : wanted;
}

/** "`a` and then `b`": nothing is said between them, so they are one thing that somebody did. */
function inGroups(text: string, commands: readonly PlacedCommand[]): readonly (readonly PlacedCommand[])[] {
  const groups: PlacedCommand[][] = [];
  for (const command of commands) {
    const last = groups.at(-1)?.at(-1);
    const joined = last !== undefined && JOINS.test(text.slice(last.end, command.start)) && !isOwnLine(text, last);
    if (joined) groups.at(-1)?.push(command);
    else groups.push([command]);
  }
  return groups;
}

const JOINS = /^[ \t]*,?[ \t]*(?:(?:and|und|y|et|e)[ \t]+)?(?:then|dann|luego|puis|depois|afterwards|&&|\+)?,?[ \t]*(?:and[ \t]+)?$/i;

/** A bar in a row of a table is escaped as written. */
function asEscaped(command: PlacedCommand): PlacedCommand {
  return { ...command, verbatim: command.verbatim.replaceAll("|", "\\|") };
}

/** "systemctl restart unbound on res-b1": where it was run is no argument. */
function withoutPlace(command: PlacedCommand): PlacedCommand {
  const place = command.confidence < 1 ? /\s+on\s+(?=[\w.-]*[\d.-])[a-z][\w.-]*$/i.exec(command.text) : null;
  if (place === null || !command.verbatim.endsWith(place[0])) return command;
  const shorter = (text: string): string => text.slice(0, -place[0].length);
  return { ...command, text: shorter(command.text), verbatim: shorter(command.verbatim), end: command.end - place[0].length };
}

/** A piece of a paragraph: `from` the end of what was read, `until` the next command. */
interface Piece extends Paragraph {
  readonly from: number;
  readonly until: number;
}

function isOwnLine(text: string, { start, end }: PlacedCommand): boolean {
  return (
    text[start] !== "`" &&
    /(?:^|\n)[ \t]*(?:[^\s\w]{1,3} )?$/.test(text.slice(Math.max(0, start - 60), start)) &&
    /^[ \t]*(?:\n|$)/.test(text.slice(end, end + 60))
  );
}

/** Behind a command on its own line comes what it printed; the last line that tells something leads to the next one. */
function readOwnLine(reader: MessageReader, piece: Piece, command: PlacedCommand): void {
  const { from, until } = piece;
  if (from === 0) reader.intro.push(...cut(piece, 0, command.start));
  pushAttempt(reader, [command], null);
  const following = cut(piece, command.end, until);
  const tail = until < piece.text.length ? leadingTail(following) : 0;
  reader.last?.output.push(...following.slice(0, following.length - tail));
  reader.intro.push(...following.slice(following.length - tail));
}

function leadingTail(lines: readonly SourceLine[]): number {
  const last = lines.at(-1)?.text ?? "";
  const leads = looksLikeSentence(last) || /[:?,]\s*$/.test(last) || /^\W*(?:ok|now|then|and|next|so|but|also|let)\b/i.test(last);
  return leads && !looksLikeOutput(last) ? 1 : 0;
}

/** The words in front, and those behind up to the next command's own sentence. */
function readInSentence(reader: MessageReader, piece: Piece, group: readonly PlacedCommand[]): void {
  const { text, from, until } = piece;
  const [{ start } = { start: from }] = group;
  const end = group.at(-1)?.end ?? start;
  if (from === 0) reader.intro.push(...cut(piece, 0, start));
  const behind = text.slice(end, until);
  const split = until < text.length ? sentenceSplit(behind) : behind.length;
  pushAttempt(reader, group, text.slice(start, end + split));
  reader.last?.behind.push(...cut(piece, end, end + split));
  reader.intro.push(...cut(piece, end + split, until));
}

/** Where the words about one command end and those that lead to the next begin. */
function sentenceSplit(text: string): number {
  const end = [...text.matchAll(/[.!?;\n]\s|,\s+(?=(?:and|then|so|und|y|et)\b)|\s(?=(?:and|then|und)\s)/g)].at(-1);
  return end === undefined ? 0 : end.index + 1;
}

/** Commands right below each other, with nothing said or printed between them, belong together. */
function pushAttempt(reader: MessageReader, commands: readonly FoundStatement[], sentence: string | null): void {
  const { last, message, manner } = reader;
  const nothingBetween = reader.intro.length === 0 && last !== null && last.output.length === 0 && last.behind.length === 0;
  if (nothingBetween && sentence === null && last.sentence === null) {
    last.commands.push(...commands);
    return;
  }
  reader.last = { kind: "attempt", message, manner, commands: [...commands], intro: reader.intro, behind: [], output: [], sentence };
  reader.events.push(reader.last);
  reader.intro = [];
}

function pushRemark(reader: MessageReader, lines: readonly SourceLine[], printed: boolean): void {
  reader.events.push(...remarkOf(reader, lines, printed));
}

/** None where there are no words. */
function remarkOf({ message, manner }: MessageReader, lines: readonly SourceLine[], printed: boolean): readonly Remark[] {
  const filled = lines.filter(({ text }) => text.trim() !== "");
  if (filled.length === 0) return [];
  const text = plainText(joinText(filled));
  return [{ kind: "remark", message, manner, lines: filled, text, printed: printed || isPrinted(filled) }];
}

function isPrinted(lines: readonly SourceLine[]): boolean {
  const [first, ...rest] = lines.filter(({ text }) => text.trim() !== "");
  return first !== undefined && (looksLikeOutput(first.text) || (rest.length > 0 && rest.every(({ text }) => looksLikeOutput(text))));
}
