// Incident chat in, draft runbook out: what was run and worked, in the order of time, with what it showed and the decisions in between.
// What did not help, was taken back, refused or only proposed is left out with a note. Who said it is not kept.

import { readerText, type ReaderText } from "../source/reader-text.ts";
import { findCodeSpans } from "../source/inline-code.ts";
import { plainText } from "../source/plain-text.ts";
import { joinText, withText } from "../source/source-line.ts";
import { toWalk } from "./conversation-walk.ts";
import { type DistilNote, type DistilResult, notesOf, refuse, toDistilled } from "./distilled.ts";
import type { Judged } from "./judge-attempts.ts";
import { readChatText, type Recounted } from "./recounted.ts";

const MOVED = "It was pasted below later messages and stands where it was written.";

/** @returns PARSE_FAILED where nobody writes a command that helped; the caller limits the length */
export function distilChat(rawText: string): DistilResult {
  const reader = readerText(rawText, "chat");
  const recounted = readChatText(reader);
  if (recounted === null || reader.messages === null || reader.messages.length < 2)
    return refuse("No messages were found: a chat is pasted with its names and times.");
  const anonymous = withoutNames(reader);
  const judged = inOrderOfTime(recounted.judged).map((one) => ({
    ...one,
    shown: one.shown.map((line) => withText(line, anonymous(line.text))),
  }));
  const kept = judged.filter(({ verdict }) => verdict.is === "kept");
  return toDistilled({
    kind: "chat",
    reader,
    walk: toWalk(recounted.conversation, judged),
    title: chatTitle(reader, recounted),
    notes: [...notesOf(judged), ...movedNotes(kept)],
    anonymous,
  });
}

/** Stable: messages of the same minute, and those without a time, stay where they are. */
function inOrderOfTime(judged: readonly Judged[]): readonly Judged[] {
  let minute = 0;
  const timed = judged.map((one) => {
    minute = one.attempt.message.minute ?? minute;
    return { one, minute };
  });
  return timed.sort((a, b) => a.minute - b.minute).map(({ one }) => one);
}

function movedNotes(kept: readonly Judged[]): readonly DistilNote[] {
  let later = Number.POSITIVE_INFINITY;
  const notes: DistilNote[] = [];
  for (const { attempt } of [...kept].reverse()) {
    const [first] = attempt.commands;
    if (first === undefined) continue;
    if (first.line > later) notes.push({ line: first.line, text: first.text, reason: MOVED });
    later = Math.min(later, first.line);
  }
  return notes;
}

const ALERT =
  /^\s*(?:\[(?:FIRING|ALERT|TRIGGERED)[^\]]*\]|(?:triggered|firing|alert|alarm|new incident|incident)\b\s*#?\d*\s*[:–—-])\s*(.{6,140})$/i;

/** What a program announced, else the first words of a person that say something. */
function chatTitle(reader: ReaderText, { conversation }: Recounted): string | null {
  for (const { automatic, start, end } of reader.messages ?? []) {
    const lines = automatic ? reader.source.slice(start - 1, Math.min(end, start + 8)) : [];
    const announced = lines.map(({ text }) => ALERT.exec(text)?.[1]).find((found) => found !== undefined);
    if (announced !== undefined) return plainText(announced);
  }
  const said = conversation.events.find((event) => event.kind === "remark" && event.text.split(/\s+/).length >= 3);
  if (said?.kind !== "remark") return null;
  const [first = ""] = plainText(joinText(said.lines.slice(0, 1))).split(/(?<=[.!?])\s/, 1);
  return withoutNames(reader)(first).slice(0, 140) || null;
}

/** Authors and people who are addressed; code keeps its bytes. */
function withoutNames({ messages }: ReaderText): (text: string) => string {
  const names = [...new Set((messages ?? []).flatMap(({ author }) => (author === null || author.length < 3 ? [] : [author])))];
  const known = names.slice(0, 200).map((name) => name.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  const addressed = String.raw`(?<![\w.@])@[\p{L}][\p{L}\p{N}._-]*[,:]?`;
  const named = known.map((name) => `(?<![\\p{L}\\p{N}./-])@?${name}(?![\\p{L}\\p{N}/-])[,:]?`);
  const pattern = new RegExp([...named, addressed].join("|"), "giu");
  return (text) => {
    let result = "";
    let from = 0;
    for (const { start, end } of findCodeSpans(text)) {
      result += text.slice(from, start).replace(pattern, "") + text.slice(start, end);
      from = end;
    }
    return (result + text.slice(from).replace(pattern, "")).replace(/[ \t]{2,}/g, " ").trim();
  };
}
