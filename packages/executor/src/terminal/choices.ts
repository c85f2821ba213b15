// What a person may answer where, by key. Pure: a step's situation goes in, choices come out; a line that was typed goes in, the choice
// it means comes out, or none. An empty line is never an answer, and no key means the same as another at one question.
import type { PreparedStep } from "@dd0c/core";
import { sentence } from "./wrap.ts";

export type Deed =
  | "run"
  | "look"
  | "edit"
  | "values"
  | "skip"
  | "done"
  | "failed"
  | "again"
  | "rollback"
  | "go_on"
  | "wait"
  | "stop"
  | "leave"
  | "end"
  | "yes"
  | "no";

export interface Choice {
  readonly key: string;
  readonly deed: Deed;
  readonly says: string;
}

const choice = (key: string, deed: Deed, says: string): Choice => ({ key, deed, says });

const skip = choice("s", "skip", "skip this step");
const edit = choice("e", "edit", "change the command");
const values = choice("v", "values", "type its values again");
const leave = choice("q", "leave", "leave; go on later");
const end = choice("x", "end", "end the run here for good");

/** A read is left that told nothing. */
const mayLook = ({ looks, looked }: Pick<PreparedStep, "looks" | "looked">): boolean =>
  (looks ?? []).some(({ digest }) => !(looked ?? []).some((told) => told.digest === digest && told.failure === null));

/** A step that runs when the person says so. */
export const approvalChoices = (prepared: Pick<PreparedStep, "variables" | "looks" | "looked">): readonly Choice[] => [
  choice("y", "run", "run it"),
  ...(mayLook(prepared) ? [choice("l", "look", "look first at what it would touch")] : []),
  edit,
  ...(prepared.variables.length > 0 ? [values] : []),
  skip,
  leave,
  end,
];

/** A step that the person does and reports. */
export const byHandChoices = (hasCommand: boolean, hasVariables: boolean): readonly Choice[] => [
  choice("d", "done", hasCommand ? "I ran it and it worked" : "done"),
  choice("f", "failed", hasCommand ? "I ran it and it failed" : "it failed"),
  ...(hasCommand ? [edit] : []),
  ...(hasVariables ? [values] : []),
  skip,
  leave,
  end,
];

/** A step whose text cannot be made here. */
export const notHereChoices: readonly Choice[] = [skip, leave, end];

/** A step that this machine did not run. */
export const refusedChoices: readonly Choice[] = [choice("t", "again", "try again"), edit, skip, leave, end];

export interface WentWrong {
  readonly mayRetry: boolean;
  /** It was filled with values that the person typed. */
  readonly hasValues: boolean;
  readonly mayRollBack: boolean;
}

/** After a step that did not go well. */
export const wrongChoices = ({ mayRetry, hasValues, mayRollBack }: WentWrong): readonly Choice[] => [
  ...(mayRollBack ? [choice("r", "rollback", "undo it")] : []),
  ...(mayRetry ? [choice("t", "again", "try it again")] : []),
  ...(mayRetry && hasValues ? [choice("v", "values", "try it with other values")] : []),
  choice("g", "go_on", "go on with the next step"),
  leave,
  end,
];

export const unknownChoices: readonly Choice[] = [
  choice("d", "done", "I looked: it did what it should"),
  choice("f", "failed", "I looked: it did not"),
  leave,
  end,
];

export const leftRunningChoices: readonly Choice[] = [
  choice("w", "wait", "look again whether it still runs"),
  choice("k", "stop", "end its processes"),
  leave,
];

export const yesNo: readonly Choice[] = [choice("y", "yes", "yes"), choice("n", "no", "no")];

/** The choice that a typed line means: its key, alone. */
export const readChoice = (choices: readonly Choice[], line: string): Choice | null => {
  const word = line.trim().toLowerCase();
  return choices.find(({ key }) => key === word) ?? null;
};

export const showChoices = (choices: readonly Choice[], width: number): readonly string[] => {
  const words = choices.map(({ key, says }) => `[${key}] ${says}`);
  const lines: string[] = [];
  for (const word of words) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 3 + word.length <= width - 2) lines[lines.length - 1] = `${last}   ${word}`;
    else lines.push(word);
  }
  return lines.map((line) => `  ${line}`);
};

export const notUnderstood = (choices: readonly Choice[], width: number): readonly string[] =>
  sentence(`Please answer with ${choices.map(({ key }) => key).join(", ")} and Enter.`, width);
