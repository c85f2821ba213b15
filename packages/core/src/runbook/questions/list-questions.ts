// Lists what a runbook leaves to its author: vague instructions, commands that are only mentioned, variables.
// A runbook (answered or not) and answers go in; questions with their keys and answers come out, in source order. Changes nothing.

import type { RunbookVariable } from "../types.ts";
import type { AmbiguityQuestion, AnsweredRunbook, MentionQuestion, VariableQuestion, VariableReading } from "./question.ts";
import { ambiguityText, maxKeyLength, questionKeys } from "./question-key.ts";

/** Questions of a runbook as far as it knows them, before answers from elsewhere: `answer` is what it was given earlier. */
export interface Asked {
  readonly ambiguities: readonly AmbiguityQuestion[];
  readonly mentions: readonly MentionQuestion[];
  readonly variables: readonly VariableQuestion[];
}

/** Same length and order as the runbook's own lists. */
export function listQuestions(runbook: AnsweredRunbook): Asked {
  return { ambiguities: askAmbiguities(runbook), mentions: askMentions(runbook), variables: askVariables(runbook.variables) };
}

function askAmbiguities({ ambiguities, steps }: AnsweredRunbook): readonly AmbiguityQuestion[] {
  const stepOf = (order: number) => steps[order - 1];
  const keys = questionKeys(
    "ambiguity",
    ambiguities.map(({ issue, step_order }) => ambiguityText(issue, stepOf(step_order)?.description ?? "")),
  );
  return ambiguities.map(({ step_order, issue, suggestion, clarification }, index) => ({
    kind: "ambiguity",
    key: keys[index] ?? "",
    step_order,
    line: stepOf(step_order)?.source_lines[0] ?? 1,
    issue,
    ...(suggestion === undefined ? {} : { suggestion }),
    answer: clarification ?? null,
  }));
}

function askMentions({ mentions }: AnsweredRunbook): readonly MentionQuestion[] {
  const keys = questionKeys(
    "mention",
    mentions.map(({ text }) => text),
  );
  return mentions.map(({ step_order, line, end_line, text, confidence, reason, accepted }, index) => ({
    kind: "mention",
    key: keys[index] ?? "",
    step_order,
    line,
    ...(end_line === undefined ? {} : { end_line }),
    text,
    confidence,
    reason,
    answer: accepted ?? null,
  }));
}

function askVariables(variables: readonly RunbookVariable[]): readonly VariableQuestion[] {
  const keys = questionKeys(
    "variable",
    variables.map(({ name }) => name),
  );
  return variables.map((variable, index) => ({
    kind: "variable",
    key: keys[index] ?? "",
    line: variable.line,
    name: variable.name,
    placeholder: variable.placeholder,
    read: readingOf(variable),
    optional: saysEnough(variable),
    answer: null,
  }));
}

const readingOf = ({ source, field, description }: RunbookVariable): VariableReading => ({
  source,
  ...(field === undefined ? {} : { field }),
  ...(description === undefined ? {} : { description }),
});

/** Only a value that a person must type, and of which nothing is said, needs words. */
const saysEnough = ({ source, description, choices, secret }: RunbookVariable): boolean =>
  source !== "manual" || description !== undefined || choices !== undefined || secret === true;

/** A key that would be longer than any answer may carry is not asked. */
export const isAskable = ({ key }: { readonly key: string }): boolean => key.length <= maxKeyLength;
