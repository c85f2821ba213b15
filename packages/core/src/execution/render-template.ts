// Template command + values -> the text that would run, with its plan and the scanner's verdict on exactly that text.
// What cannot be filled without a person stays a person's: the text then keeps its placeholders and has no plan.
import { fillPlaceholders, type Plan, renderPlan, samePlan, scan, type Verdict } from "@dd0c/scanner";
import { replaceSpans, type TemplateVariable, variableSpans } from "./variable-spans.ts";
import { scanTemplate } from "./scan-template.ts";
import type { NotRunnableReason, VariableValue } from "./types.ts";
import { fillsByItself, isPlainWord } from "./variable-value.ts";

export interface Rendered {
  readonly text: string;
  readonly plan: Plan | null;
  readonly notRunnable: NotRunnableReason | null;
  readonly verdict: Verdict;
  /** Names of the variables that were filled in. */
  readonly variables: readonly string[];
}

/** "reference": an agent resolves it. "by_hand": whoever runs this has no store of secrets. */
export type SecretHandling = "reference" | "by_hand";

/** What stands for a secret in text, plan and digest; whatever value somebody gave for it does not count. */
const secretReference = (name: string): VariableValue => ({ name, value: `secret:${name}`, source: "default" });
const referable = /^[A-Za-z_][A-Za-z0-9_]*$/;

/**
 * Renders one command text.
 * @param variables those of the runbook version; none for a text that a human typed
 * @returns the canonical text and its plan, or the template with a reason: the scanner's own, SECRET_VARIABLE, VARIABLE_UNSAFE, or one of
 *   fillPlaceholders (MISSING_VALUE, OPTION_VALUE, CODE_VALUE, ...)
 */
export function renderTemplate(
  template: string,
  variables: readonly TemplateVariable[],
  values: readonly VariableValue[],
  secrets: SecretHandling = "by_hand",
): Rendered {
  const placeholders = variableSpans(template, variables);
  if (placeholders.length === 0) return renderLiteral(template);
  const names = [...new Set(placeholders.map(({ name }) => name))];
  const secretNames = variables.filter((each) => each.secret === true && names.includes(each.name)).map(({ name }) => name);
  const used = [...values.filter(({ name }) => names.includes(name) && !secretNames.includes(name)), ...secretNames.map(secretReference)];
  const obstacle = secretProblem(secretNames, secrets) ?? valueProblem(used);
  if (obstacle !== null) return byHand(template, obstacle, scanTemplate(template, variables));
  const words = new Map(used.map(({ name, value }) => [name, value]));
  const filled = fillPlaceholders(template, placeholders, Object.fromEntries(words));
  if (!filled.ok) return unfilled(template, variables, words, { code: filled.code, message: filled.message, suggestion: null });
  return { text: filled.text, plan: filled.plan, notRunnable: null, verdict: filled.verdict, variables: names };
}

/** No placeholders: the canonical spelling of the plan, which must read back as the same plan. */
function renderLiteral(text: string): Rendered {
  const verdict = scan(text);
  if (verdict.plan === undefined) return byHand(text, { suggestion: null, ...(verdict.notRunnable ?? noPlan) }, verdict);
  const canonical = renderPlan(verdict.plan);
  const again = scan(canonical);
  if (again.plan === undefined || !samePlan(again.plan, verdict.plan)) return byHand(text, noPlan, verdict);
  return { text: canonical, plan: again.plan, notRunnable: null, verdict: again, variables: [] };
}

const noPlan: NotRunnableReason = { code: "NOT_RUNNABLE", message: "The command does not read back as it was written.", suggestion: null };

function byHand(text: string, notRunnable: NotRunnableReason, verdict: Verdict = scan(text)): Rendered {
  return { text, plan: null, notRunnable, verdict, variables: [] };
}

/** No agent runs this; a person who copies it gets the values put in where they are plain words, which cannot change what it is. */
function unfilled(
  template: string,
  variables: readonly TemplateVariable[],
  words: ReadonlyMap<string, string>,
  reason: NotRunnableReason,
): Rendered {
  const placeholders = variableSpans(template, variables);
  const plain = placeholders.every(({ name }) => isPlainWord(words.get(name) ?? ""));
  if (!plain) return byHand(template, reason, scanTemplate(template, variables));
  const text = replaceSpans(template, placeholders, ({ name }) => words.get(name) ?? "");
  return { ...byHand(text, reason), variables: [...words.keys()] };
}

function secretProblem(names: readonly string[], secrets: SecretHandling): NotRunnableReason | null {
  const open = names.find((name) => secrets === "by_hand" || !referable.test(name));
  if (open === undefined) return null;
  return { code: "SECRET_VARIABLE", message: `The value of ${open} is a secret and is never filled in here.`, suggestion: null };
}

function valueProblem(used: readonly VariableValue[]): NotRunnableReason | null {
  const unsafe = used.find((each) => !fillsByItself(each));
  if (unsafe === undefined) return null;
  return { code: "VARIABLE_UNSAFE", message: `A person has to type the value of ${unsafe.name}.`, suggestion: null };
}
