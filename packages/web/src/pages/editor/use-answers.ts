// The author's answers while a runbook is edited: one per question, kept when its question goes and found again when it comes back.
import type { WireAnswer } from "@dd0c/protocol/http";
import { type Dispatch, type SetStateAction, useMemo, useState } from "react";

export interface Answers {
  /** In the order in which they were given. */
  readonly all: WireAnswer[];
  readonly of: (key: string) => WireAnswer | undefined;
  readonly give: (answer: WireAnswer) => void;
  /** The question is open again. */
  readonly take: (key: string) => void;
}

export const useAnswers = (initial: readonly WireAnswer[]): Answers => {
  const [all, setAll] = useState<WireAnswer[]>([...initial]);
  return useMemo(() => answersIn(all, setAll), [all]);
};

const answersIn = (all: WireAnswer[], setAll: Dispatch<SetStateAction<WireAnswer[]>>): Answers => ({
  all,
  of: (key) => all.find((answer) => answer.key === key),
  give: (answer) =>
    setAll((before) => {
      const at = before.findIndex(({ key }) => key === answer.key);
      return at === -1 ? [...before, answer] : before.with(at, answer);
    }),
  take: (key) => setAll((before) => before.filter((answer) => answer.key !== key)),
});
