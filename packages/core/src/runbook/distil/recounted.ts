// Reads texts that tell what was done instead of what to do: chats and incident reviews. The parser and the distillers share it.
// What a reader sees goes in; events, verdicts and the walk come out, or null where the text is neither and the ordinary reading applies.

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
  const conversation = readConversation(toSayings(lines, messages));
  const judged = judgeAttempts(conversation.events);
  return { conversation, judged, walk: toWalk(conversation, judged), sections: [] };
}

/** @param told - somebody says that it is a review */
export function readReviewText({ lines, sourceType }: ReaderText, told = false): Recounted | null {
  if (sourceType !== "text" && sourceType !== "markdown" && sourceType !== "email") return null;
  const sections = readReview(lines, told);
  if (sections === null) return null;
  const placed = new Map<ChatMessage, Section>();
  const sayings = sections.flatMap(({ section, tells, lines: own }) => {
    const said = tells ? sayingsOf(own) : [];
    for (const { message } of said) placed.set(message, section);
    return said;
  });
  const conversation = readConversation(sayings);
  const judged = judgeAttempts(conversation.events);
  return { conversation, judged, walk: toWalk(conversation, judged, (message) => placed.get(message) ?? null), sections };
}
