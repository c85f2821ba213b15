// What somebody made of a rendered command -> the same change to the template, so that it can be compared between runs and written into a runbook.
// Words that stayed come from the template; words that are new were typed by a person and may hold no value of the run, whoever gave it: what an
// alert or an output said never gets into a runbook this way. In doubt null: then the edit is reported and nothing is proposed.
import { maskText } from "@dd0c/scanner";
import { renderTemplate } from "../execution/render-template.ts";
import type { VariableValue } from "../execution/types.ts";
import { replaceSpans, type TemplateVariable, variableSpans } from "../execution/variable-spans.ts";
import { type AlertWords, holdsAlert, holdsWhole, namesIn } from "./alert-words.ts";

/** What a run filled in, and how its runbook spells it. */
export interface RunValues {
  readonly variables: readonly TemplateVariable[];
  readonly values: readonly VariableValue[];
  /** What the run's alert said, in its variables or not. */
  readonly alert: AlertWords;
}

/** @param rendered the template as the run rendered it. @param edited what a person made of that. @returns one line, or null */
export function generalizeEdit(template: string, rendered: string, edited: string, run: RunValues): string | null {
  const [before, shown, after] = [wordsOf(template), wordsOf(rendered), wordsOf(edited)];
  // A value with blanks, or another spelling of the whole: no word can be told from its neighbour.
  if (before.length !== shown.length || edited.includes("\n")) return null;
  const kept = keptWords(shown, after);
  const typed = after.filter((_, at) => kept[at] === null).join(" ");
  if (holdsElsewhere(typed, run) || holdsSecret(edited)) return null;
  const spelled = (plain: (at: number, word: string) => string): string =>
    after
      .map((word, at) => {
        const from = kept[at] ?? null;
        return from === null ? word : plain(from, word);
      })
      .join(" ");
  const hasValue = (at: number): boolean => variableSpans(before[at] ?? "", run.variables).length > 0;
  // As the template spells it; else as it was shown, but for the words with a placeholder.
  const candidates = [spelled((at) => before[at] ?? ""), spelled((at, word) => (hasValue(at) ? (before[at] ?? "") : word))];
  return candidates.find((candidate) => becomes(candidate, edited, run)) ?? null;
}

/** A typed command that holds no value of the run is the same in every run; otherwise null. */
export const generalizeTyped = (text: string, run: Pick<RunValues, "values" | "alert">): string | null =>
  text.includes("\n") || holdsElsewhere(text, run) || holdsSecret(text) ? null : text;

const holdsElsewhere = (typed: string, { values, alert }: Pick<RunValues, "values" | "alert">): boolean =>
  holdsValue(typed, values) || holdsAlert(typed, alert);

const holdsSecret = (text: string): boolean => maskText(text).masked > 0;

const wordsOf = (text: string): readonly string[] => text.split(/\s+/).filter((word) => word !== "");

/** An attacker may choose an alert's values and what a command prints: no part of those may occur. What a person gave counts as a whole word. */
function holdsValue(text: string, values: readonly VariableValue[]): boolean {
  return values.some(({ value, source }) => {
    const chosenElsewhere = source === "alert" || source === "runtime";
    return value !== "" && (holdsWhole(text, value) || (chosenElsewhere && (text.includes(value) || sharesWord(text, value))));
  });
}

/** Somebody may have copied a part: "curl" and a host out of a sentence that says what to do. */
function sharesWord(text: string, value: string): boolean {
  const names = new Set(namesIn(value));
  return namesIn(text).some((name) => names.has(name));
}

/** For each word of `after` the place in `before` from which it stayed (longest common subsequence), or null where it is new. */
function keptWords(before: readonly string[], after: readonly string[]): readonly (number | null)[] {
  const width = after.length + 1;
  const lengths = new Array<number>((before.length + 1) * width).fill(0);
  const at = (i: number, j: number): number => lengths[i * width + j] ?? 0;
  for (let i = before.length - 1; i >= 0; i -= 1)
    for (let j = after.length - 1; j >= 0; j -= 1)
      lengths[i * width + j] = before[i] === after[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
  const kept: (number | null)[] = after.map(() => null);
  for (let i = 0, j = 0; i < before.length && j < after.length; ) {
    if (before[i] === after[j]) kept[j++] = i++;
    else if (at(i + 1, j) >= at(i, j + 1)) i += 1;
    else j += 1;
  }
  return kept;
}

/** Rendered with the same values it must be what ran, letter by letter. */
function becomes(candidate: string, edited: string, { variables, values }: RunValues): boolean {
  const rendered = renderTemplate(candidate, variables, values, "reference");
  if (rendered.plan !== null) return rendered.text === edited;
  const words = new Map(values.map(({ name, value }) => [name, value]));
  return replaceSpans(candidate, variableSpans(candidate, variables), ({ name }) => words.get(name) ?? "") === edited;
}
