// Reads texts that tell what was done instead of what to do: chats and incident reviews. The parser and the distillers share it.
// What a reader sees goes in; events, verdicts and the walk come out, or null where the text is neither and the ordinary reading applies.

import { findCommands, type Mention } from "../commands/find-commands.ts";
import type { ChatMessage } from "../source/chat-messages.ts";
import type { ReaderText } from "../source/reader-text.ts";
import type { Section } from "../steps/draft-step.ts";
import type { Walk } from "../steps/walk.ts";
import { toWalk } from "./conversation-walk.ts";
import { type Judged, judgeAttempts } from "./judge-attempts.ts";
import { type Conversation, readConversation, toSayings } from "./read-attempts.ts";
import { readReview, type ReviewSection, sayingsOf } from "./review-sections.ts";

export interface Recounted {
  readonly conversation: Conversation;
  /** In the order of the source. */
  readonly judged: readonly Judged[];
  readonly walk: Walk;
  /** Of a review; empty for a chat. */
  readonly sections: readonly ReviewSection[];
}

/** For the parser: null where nobody tells of a command. */
export function recountedSteps(reader: ReaderText): Walk | null {
  const recounted = readChatText(reader) ?? readReviewText(reader);
  return recounted === null || recounted.judged.length === 0 ? null : recounted.walk;
}

export function readChatText({ lines, messages }: ReaderText): Recounted | null {
  if (messages === null) return null;
  const conversation = readConversation(toSayings(lines, messages), "chat");
  const judged = judgeAttempts(conversation.events);
  return { conversation, judged, walk: toWalk(conversation, judged), sections: [] };
}

/** @param told - somebody says that it is a review */
export function readReviewText({ lines, sourceType }: ReaderText, isReview = false): Recounted | null {
  if (sourceType !== "text" && sourceType !== "markdown" && sourceType !== "email") return null;
  const sections = readReview(lines, isReview);
  if (sections === null) return null;
  const placed = new Map<ChatMessage, Section>();
  const sayings = sections.flatMap(({ section, tells, lines: own }) => {
    const said = tells ? sayingsOf(own) : [];
    for (const { message } of said) placed.set(message, section);
    return said;
  });
  const told = readConversation(sayings, "review");
  const conversation = { ...told, mentions: [...told.mentions, ...sections.flatMap(namedIn)] };
  const judged = judgeAttempts(conversation.events);
  return { conversation, judged, walk: toWalk(conversation, judged, (message) => placed.get(message) ?? null), sections };
}

/** Commands that a section names without telling of anybody who ran them; a follow-up names what is still to be done. */
function namedIn({ section, tells, lines }: ReviewSection): readonly Mention[] {
  if (tells || section.kind === "follow_up") return [];
  const { commands, mentions } = findCommands(lines);
  const reason = `It is named under "${section.title ?? ""}", which does not tell what was run.`;
  return [...commands.map((command) => ({ command: { ...command, confidence: 0.2 }, reason })), ...mentions];
}
