// Collects the variables of a runbook from the placeholders of its commands: one entry per name, asked once, with where its value comes from.
// Commands in reading order go in; a `$VAR` that an earlier command gave a value is no question, unless that value is itself a placeholder.

import type { CommandLanguage, RunbookVariable, VariableSource } from "../types.ts";
import { type Assignment, findAssignments } from "./assignments.ts";
import { choicesIn, explainedWords, findExplanations } from "./explanations.ts";
import { findPlaceholders, type Placeholder } from "./placeholders.ts";
import { alertField, isReadOff, isSecret } from "./variable-source.ts";
import { variableType } from "./variable-type.ts";

export interface VariableUse {
  readonly text: string;
  readonly language: CommandLanguage;
  readonly line: number;
}

export interface CollectedVariables {
  readonly variables: readonly RunbookVariable[];
  /** Names used by each entry of the input, in the same order. */
  readonly used: readonly (readonly string[])[];
}

type Mutable<T> = { -readonly [Key in keyof T]: T[Key] };

/** @param prose - the whole text, for sentences like "where `<x>` is the leader" */
export function collectVariables(uses: readonly VariableUse[], prose: string): CollectedVariables {
  const byName = new Map<string, Mutable<RunbookVariable>>();
  const assigned = new Set<string>();
  const capitals = explainedWords(prose);
  const used = uses.map((use) => {
    const here = findAssignments(use.text);
    const asked = findPlaceholders(use.text, use.language, capitals).filter((one) => !assigned.has(one.name) || !isVariable(one));
    const names = asked.filter((one) => !isAssigned(one, here)).map((one) => register(byName, one, use));
    for (const { name } of here) assigned.add(name);
    return [...new Set(names)];
  });
  return { variables: describe([...byName.values()], prose), used };
}

/** Written as the shell writes its variables, so that an assignment settles it. */
function isVariable({ style }: Placeholder): boolean {
  return style === "shell";
}

/** In the same command: a variable of the shell from its assignment on; a loop variable in capitals is its own name. */
function isAssigned(placeholder: Placeholder, here: readonly Assignment[]): boolean {
  if (!isVariable(placeholder)) return placeholder.style === "capitals" && here.some(({ name }) => name === placeholder.name);
  return here.some(({ name, from }) => name === placeholder.name && from <= placeholder.start);
}

/** `<pod>` and `<POD>` stay two questions only when their names differ in more than case of the same style. */
function register(byName: Map<string, Mutable<RunbookVariable>>, placeholder: Placeholder, { text, line }: VariableUse): string {
  const { name } = placeholder;
  const before = text.slice(Math.max(0, placeholder.start - 120), placeholder.start);
  const known = byName.get(name);
  if (known === undefined) {
    byName.set(name, makeVariable(placeholder, before, line));
    return name;
  }
  if (!known.placeholders.includes(placeholder.text)) known.placeholders = [...known.placeholders, placeholder.text];
  if (isSecret(name, before)) known.secret = true;
  return name;
}

function makeVariable({ name, text, choices }: Placeholder, before: string, line: number): Mutable<RunbookVariable> {
  const field = alertField(name);
  const source: VariableSource = field !== null ? "alert" : isReadOff(name) ? "runtime" : "manual";
  const type = choices === undefined ? variableType(name, before) : null;
  return {
    name,
    placeholder: text,
    placeholders: [text],
    source,
    ...(field === null ? {} : { field }),
    ...(type === null ? {} : { type }),
    ...(choices === undefined ? {} : { choices }),
    ...(isSecret(name, before) ? { secret: true } : {}),
    line,
  };
}

function describe(variables: readonly RunbookVariable[], prose: string): readonly RunbookVariable[] {
  const explained = findExplanations(prose, new Set(variables.flatMap(({ placeholders, name }) => [...placeholders, name])));
  return variables.map((variable) => {
    const description = [...variable.placeholders, variable.name]
      .map((spelling) => explained.get(spelling))
      .find((text) => text !== undefined);
    if (description === undefined) return variable;
    const choices = variable.choices ?? choicesIn(description);
    return { ...variable, description, ...(choices === null ? {} : { choices }) };
  });
}
