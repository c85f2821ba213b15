// What a canary is: a command that everybody knows to be destructive, and the least that the scanner may call it. Data lies beside, by topic.
// Lists grow at their end only: a canary's id is its place, and audit records name it.
import type { Risk } from "../types.ts";

export interface Canary {
  /** Topic, list and place, as "kubernetes-dangerous-3". Names the canary in records and logs, where its text has no business. */
  readonly id: string;
  readonly command: string;
  /** The least that the scanner may answer; "caution" says no more than "not safe". */
  readonly atLeast: Risk;
}

/** Canaries of one part of the threat catalogue. */
export interface CanaryTopic {
  readonly topic: string;
  /** Irreversible, privilege-escalating, or hiding what they do. */
  readonly dangerous: readonly string[];
  /** Changes that a rule may call caution or leave unknown. */
  readonly notSafe: readonly string[];
}

export function canariesOf({ topic, dangerous, notSafe }: CanaryTopic): readonly Canary[] {
  return [
    ...dangerous.map((command, at): Canary => ({ id: `${topic}-dangerous-${at + 1}`, command, atLeast: "dangerous" })),
    ...notSafe.map((command, at): Canary => ({ id: `${topic}-not-safe-${at + 1}`, command, atLeast: "caution" })),
  ];
}
