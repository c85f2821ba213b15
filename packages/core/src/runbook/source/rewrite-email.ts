// Takes the letter paper off a pasted e-mail: header lines, reply headers, greetings' counterpart at the end, signatures and disclaimers.
// Lines go in, lines with their physical numbers come out. Quoted replies go when the mail itself says what to do; they are the text when it does not.

import { looksLikeAnyCommand, looksLikeCommandLine, looksLikeUnknownProgram } from "../commands/command-shape.ts";
import { findCommands } from "../commands/find-commands.ts";
import { CONDITIONAL, isInstruction } from "../meaning/instructions.ts";
import { takeStatement } from "../commands/split-statements.ts";
import { dedent, type SourceLine, textAt, withText } from "./source-line.ts";

const FIELD =
  /^[*_>\s]*(?:from|to|cc|bcc|subject|date|sent|reply-to|importance|attachments?|x-[\w-]+|message-id|in-reply-to|references|mime-version|content-type|delivered-to|return-path|received|von|an|kopie|betreff|gesendet|datum|priorität|wichtigkeit|anlagen|de|à|objet|envoyé|date d'envoi|pour|para|asunto|enviado|fecha|assunto|data|oggetto|inviato|da|a|差出人|宛先|件名|日時|送信日時)[*_]*\s*[:：](?:[*_]*\s+|\t|$)/iu;
const SENDER = /^[*_>\s]*(?:from|von|de|da|差出人)[*_]*\s*[:：]/iu;
const WROTE =
  /^[>\s]*(?:on .{6,120}(?:,|\d|>) ?.*\bwrote:|am .{6,160} schrieb(?: .{1,120})?:|le .{6,160} a écrit ?:|el .{6,160} escribió:|em .{6,160} escreveu:|il .{6,160} ha scritto:|.{3,80}(?:wrote|schrieb) (?:on|am) .{4,60}:)\s*$/iu;
const DIVIDER =
  /^[>\s]*(?:-{2,} ?(?:original message|forwarded message|forwarded by .*|ursprüngliche nachricht|weitergeleitete nachricht|message d'origine|message transféré|mensaje original|mensagem original|messaggio originale) ?-{2,}|begin forwarded message:|_{20,})\s*$/iu;
const QUOTED = /^\s{0,3}>/;
const SIGNATURE = /^--\s?$/;
const CLOSING =
  /^(?:(?:best|kind|warm|many|with)\s+(?:kind\s+)?(?:regards|thanks|wishes)|regards|cheers|thanks(?: a lot| again| in advance)?|thank you(?: very much)?|sincerely(?: yours)?|yours(?: sincerely| truly)?|mit freundlichen grüßen|(?:viele|beste|liebe|schöne) grüße|mfg|gruß|cordialement|bien à vous|saludos(?: cordiales)?|un saludo|atenciosamente|abraços?|cordiali saluti|よろしくお願い(?:いた)?します)[,.! ]*$/iu;
const SMALL_PRINT =
  /^(?:(?:this|the (?:information in this|contents of this)) (?:e-?mail|message|communication).*(?:confidential|intended|privileged).*|p? ?please consider the environment.*|sent from my .*|get outlook for .*|von meinem .* gesendet|envoyé de mon .*|caution: ?(?:this e-?mail|external).*|\[?external(?: e-?mail)?\]?:?.*originat.*|diese e-?mail (?:enthält|kann) .*|virus-free.*|unsubscribe.*|you (?:received|are receiving) this (?:e-?mail|message) because.*|disclaimer:.*)$/iu;
/** What letters say instead of goodbye. */
const COURTESY =
  /^(?:(?:please )?(?:let me know|feel free|do not hesitate|don['’]t hesitate|contact me|shout|ping me)\b.*|(?:if|should) (?:you|there|anything)\b.*\b(?:let me know|questions?|feel free|contact me|ping me|shout)\b.*|bei (?:rück)?fragen\b.*|thanks in advance.*|hope (?:this|that) helps.*)$/i;
const ITEM = /^(\s*)(?:[-*+•·]|\d{1,3}[.)])\s+\S/;
const MAX_CLOSING_LINES = 8;

/** How many header fields the text has at its top, blank lines in front of them aside. */
export function mailHeaders(lines: readonly SourceLine[]): number {
  const first = lines.findIndex(({ text }) => text.trim() !== "");
  if (first < 0 || !opensHead(textAt(lines, first))) return 0;
  let count = 0;
  for (const { text } of lines.slice(first)) {
    if (FIELD.test(text)) count++;
    else if (!/^\s+\S/.test(text) && !DIVIDER.test(text)) break;
  }
  return count;
}

function opensHead(text: string): boolean {
  return FIELD.test(text) || DIVIDER.test(text);
}

export function rewriteEmail(lines: readonly SourceLine[]): readonly SourceLine[] {
  const bare = withoutSignatures(withoutHeads(lines));
  const own = bare.filter(({ text }) => !QUOTED.test(text));
  const answered = holdsProcedure(own) ? bare.map(keepWarning) : bare.map(unquoted);
  return markConditions(fenceIndented(answered));
}

/** Blank lines in place of header blocks, "... wrote:" and dividers. */
function withoutHeads(lines: readonly SourceLine[]): readonly SourceLine[] {
  let inHead = mailHeaders(lines.slice(0, 60)) > 0;
  return lines.map((line, index) => {
    const { text } = line;
    const opens = DIVIDER.test(text) || startsHead(lines, index);
    const inside = inHead && isHeadLine(text);
    if (opens) inHead = true;
    else if (inside) inHead = isHeadField(text) || isBlankBefore(lines, index);
    else inHead = false;
    return opens || inside || WROTE.test(text) ? withText(line, "") : line;
  });
}

function isHeadLine(text: string): boolean {
  return isHeadField(text) || text.replace(/[>\s]/g, "") === "";
}

/** A field, or a line that goes on with one. */
function isHeadField(text: string): boolean {
  return FIELD.test(text) || /^\s+\S/.test(text);
}

/** Nothing but blank lines and dividers so far. */
function isBlankBefore(lines: readonly SourceLine[], index: number): boolean {
  return index < 5 && lines.slice(0, index).every(({ text }) => text.trim() === "" || DIVIDER.test(text));
}

/** "Von: ..." with two more fields below it: the head of an older mail. */
function startsHead(lines: readonly SourceLine[], index: number): boolean {
  return SENDER.test(lines[index]?.text ?? "") && [1, 2].every((ahead) => FIELD.test(lines[index + ahead]?.text ?? ""));
}

function withoutSignatures(lines: readonly SourceLine[]): readonly SourceLine[] {
  let signing = 0;
  return lines.map((line, index) => {
    const text = line.text.trim();
    signing = QUOTED.test(line.text) ? 0 : Math.max(signing, signedLines(lines, index));
    const gone = signing > 0 || SMALL_PRINT.test(text) || COURTESY.test(text);
    if (text !== "") signing = Math.max(0, signing - 1);
    return gone ? withText(line, "") : line;
  });
}

/** How many filled lines belong to the signature that begins here. */
function signedLines(lines: readonly SourceLine[], index: number): number {
  const text = textAt(lines, index);
  if (SIGNATURE.test(text)) return Number.POSITIVE_INFINITY;
  return CLOSING.test(text.trim()) && endsHere(lines, index) ? MAX_CLOSING_LINES : 0;
}

/** A name and an address follow, no order and no command. */
function endsHere(lines: readonly SourceLine[], index: number): boolean {
  const rest = lines.slice(index + 1, index + 1 + MAX_CLOSING_LINES * 2).filter(({ text }) => text.trim() !== "");
  const block = rest.slice(0, MAX_CLOSING_LINES);
  return block.every(({ text }) => QUOTED.test(text) || (!ITEM.test(text) && !looksLikeCommandLine(text)));
}

function holdsProcedure(own: readonly SourceLine[]): boolean {
  return (
    own.some(({ text }) => /^\s*\d{1,3}[.)]\s+\S/.test(text) || looksLikeUnknownProgram(text)) ||
    findCommands(own.slice(0, 2000)).commands.length > 0
  );
}

/** A quoted line that advises against a command stays: the warning outlives the thread. */
function keepWarning(line: SourceLine): SourceLine {
  if (!QUOTED.test(line.text)) return line;
  const bare = unquoted(line);
  return /\b(?:never|don['’]?t|do not|avoid|nicht|niemals|nunca|jamais)\b/i.test(bare.text) ? bare : withText(line, "");
}

function unquoted(line: SourceLine): SourceLine {
  return withText(line, line.text.replace(/^(?:\s{0,3}> ?)+/, ""));
}

/** How many lines a command set in is looked through for its end. */
const MAX_BLOCK_LINES = 400;

/** A command set in from the text it belongs to is a block of its own; Markdown would make it part of the sentence. */
function fenceIndented(lines: readonly SourceLine[]): readonly SourceLine[] {
  const result: SourceLine[] = [];
  let item = 0;
  let fenced = false;
  let index = 0;
  for (let line = lines[0]; line !== undefined; line = lines[index]) {
    if (/^\s*(?:```|~~~)/.test(line.text)) fenced = !fenced;
    const marker = fenced ? null : ITEM.exec(line.text);
    item = marker === null ? itemAt(line.text, item) : marker[0].length - 1;
    const isBlock = !fenced && marker === null && isSetIn(line.text, item);
    const own = isBlock ? statementAt(lines, index) : [line];
    const follows = isBlock && textAt(lines, index - 1).trim() !== "";
    result.push(...(follows ? fence(own, " ".repeat(item)) : own));
    index += own.length;
  }
  return result;
}

/** Column of the item that a line without a mark belongs to. */
function itemAt(text: string, item: number): number {
  return /^\S/.test(text) ? 0 : item;
}

function statementAt(lines: readonly SourceLine[], index: number): readonly SourceLine[] {
  return lines.slice(index, index + takeStatement(lines.slice(index, index + MAX_BLOCK_LINES), 0).count);
}

function isSetIn(text: string, item: number): boolean {
  const indent = text.length - text.trimStart().length;
  return indent >= Math.max(2, item) && isCommand(text);
}

/** All lines of a statement in one block: half of a command is another one. */
function fence(lines: readonly SourceLine[], pad: string): readonly SourceLine[] {
  const [first] = lines;
  const last = lines.at(-1);
  if (first === undefined || last === undefined) return [];
  const body = dedent(lines).map((line) => withText(line, pad + line.text.trimEnd()));
  return [withText(first, `${pad}\`\`\``), ...body, withText(last, `${pad}\`\`\``)];
}

function isCommand(text: string): boolean {
  return !text.includes("```") && looksLikeAnyCommand(text.trim());
}

/** "If the queue has not gone down, call ...": an order in a letter, though no heading and no number says so. */
function markConditions(lines: readonly SourceLine[]): readonly SourceLine[] {
  return lines.map((line, index) => {
    const opens = index === 0 || textAt(lines, index - 1).trim() === "";
    return opens && isConditionalOrder(line.text) ? withText(line, `- ${line.text}`) : line;
  });
}

function isConditionalOrder(text: string): boolean {
  if (!/^\p{Lu}/u.test(text) || !CONDITIONAL.test(text) || text.includes("`")) return false;
  return !/^(?:to|for|before|after|depending)\b/i.test(text) && isInstruction(text);
}
