// What must be in place before the first step: each one is confirmed by the person. In: the runbook's list. Out: nothing, or the end of the
// walk. Nothing was run yet.
import type { ChecklistItem } from "@dd0c/core";
import { visibleLine } from "@dd0c/executor/paint";
import { type Choice, notUnderstood, readChoice, showChoices } from "@dd0c/executor";
import { RunEnd } from "@dd0c/executor";
import type { Walk } from "@dd0c/executor";
import { sentence } from "@dd0c/executor";

const choices: readonly Choice[] = [
  { key: "y", deed: "yes", says: "it is in place" },
  { key: "n", deed: "no", says: "it is not; stop here" },
];

/** @throws RunEnd when one is not in place, or nobody is there to say so */
export const confirmPrerequisites = async (
  { person, say, view }: Pick<Walk, "person" | "say" | "view">,
  list: readonly ChecklistItem[],
): Promise<void> => {
  if (list.length === 0) return;
  if (person.isPresent) await say(["", view.paint.strong("Before you start")]);
  for (const { description } of list) {
    if (person.isPresent) await say(["", ...sentence(description, view.width), "", ...showChoices(choices, view.width)]);
    await confirm({ person, say, view }, description);
  }
};

const confirm = async ({ person, say, view }: Pick<Walk, "person" | "say" | "view">, description: string): Promise<void> => {
  for (;;) {
    const choice = readChoice(choices, await person.answer("> ", `The prerequisite "${visibleLine(description)}"`));
    if (choice?.deed === "no") throw new RunEnd("left", "Not started: a prerequisite is not in place.");
    if (choice !== null) return;
    await say(notUnderstood(choices, view.width));
  }
};
