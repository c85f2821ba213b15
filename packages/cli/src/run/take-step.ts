// A step whose turn it is: does it apply, which values does it need, then the gate. In: a pending step. Out: the gate's answer in the
// record, and the command's run where the gate said that it runs by itself.
import {
  inFlightStep,
  isLookUp,
  type PreparedStep,
  type RunbookVariable,
  type StepState,
  textToPrepare,
  type VariableValue,
} from "@dd0c/core";
import { visibleLine } from "../terminal.ts";
import { yesNo } from "./choices.ts";
import { prepareLiteral, prepareTemplate } from "./prepare-line.ts";
import { commandCard } from "./step-card.ts";
import { labelled, sentence } from "./wrap.ts";
import { choose, lineOf, rootOf, runDispatched, showHeading, type Walk } from "./walk-context.ts";

export const takeStep = async (walk: Walk, step: StepState): Promise<void> => {
  const { session, say, view } = walk;
  await showHeading(walk, step);
  const missing = await missingCondition(walk, step);
  if (missing !== null) {
    await session.mustAsk({
      by: "person",
      command: { type: "skip", stepExecutionId: step.stepExecutionId, reason: `does not apply: ${missing}` },
    });
    return say(["  skipped: it does not apply"]);
  }
  if (step.command === null) return session.mustAsk({ by: "engine", command: { type: "advance" } });
  const values = await askValues(walk, step, walk.retype.delete(rootOf(session.state, step).label));
  const prepared = await prepareNext(walk, step, values);
  await session.mustAsk({ by: "engine", command: { type: "advance" }, prepared, values });
  const sent = inFlightStep(session.state);
  if (sent === null) return;
  if (isLookUp(sent)) return runDispatched(walk);
  await say([...commandCard(prepared, step, view), "", ...sentence("Proven to only read: it runs by itself.", view.width)]);
  await runDispatched(walk);
};

/** The first condition that does not hold; each is asked for once in a walk. */
const missingCondition = async (walk: Walk, step: StepState): Promise<string | null> => {
  if (step.parentStepExecutionId !== null) return null;
  for (const condition of lineOf(walk, step)?.conditions ?? []) {
    if (!walk.conditions.has(condition)) {
      await walk.say(["", ...labelled("only if", condition, walk.view.width)]);
      walk.conditions.set(condition, (await choose(walk, yesNo, `Whether step ${step.label} applies`)) === "yes");
    }
    if (walk.conditions.get(condition) === false) return condition;
  }
  return null;
};

const isTemplate = (step: StepState): boolean => textToPrepare(step)?.typed === false;

const wantedVariables = (walk: Walk, step: StepState): readonly RunbookVariable[] =>
  isTemplate(step) ? (lineOf(walk, step)?.variables ?? []).filter(({ secret }) => secret !== true) : [];

/**
 * Values for the step: those known, and those that the person types now.
 * @param again - ask for all of them once more
 */
export const askValues = async (walk: Walk, step: StepState, again = false): Promise<readonly VariableValue[]> => {
  const { state, values } = walk.session.recorded;
  const known = new Map([...state.variables.map((value) => [value.name, value] as const), ...walk.given, ...values]);
  const result: VariableValue[] = [];
  for (const variable of wantedVariables(walk, step)) {
    const value = known.get(variable.name);
    result.push(value !== undefined && !again ? value : await askValue(walk, variable, step));
  }
  return result;
};

const askValue = async (walk: Walk, variable: RunbookVariable, step: StepState): Promise<VariableValue> => {
  const { name, placeholder, description, choices, from_step: fromStep } = variable;
  const { say, view, person } = walk;
  const hints = [
    ...(description === undefined ? [] : [description]),
    ...(fromStep === undefined ? [] : [`read it off the output of step ${fromStep}`]),
    ...(choices === undefined ? [] : [`one of ${choices.join(", ")}`]),
  ];
  if (person.isPresent) await say(["", ...labelled("value", [`${placeholder} is needed here`, ...hints].join("; "), view.width)]);
  for (;;) {
    const value = await person.answer(`  ${visibleLine(name)} = `, `The value of ${name} for step ${step.label} (give it with --var)`);
    if (value.trim() === "") await say(sentence("It cannot be empty.", view.width));
    else if (choices !== undefined && !choices.includes(value.trim()))
      await say(sentence(`It is one of ${choices.join(", ")}.`, view.width));
    else return { name, value: value.trim(), source: "manual" };
  }
};

/** The next rendering of a step: the runbook's text with these values, or the one that stands in its place. */
export const prepareNext = async (walk: Walk, step: StepState, values: readonly VariableValue[]): Promise<PreparedStep> => {
  const line = lineOf(walk, step);
  const text = textToPrepare(step);
  if (line !== undefined && isTemplate(step)) {
    const known = new Map(values.map((value) => [value.name, value]));
    return prepareTemplate(step, line, walk.material.runbook.variables, known, walk.cwd);
  }
  return prepareTyped(walk, step, text?.command ?? "", step.templateRisk);
};

/** A text that stands as it is. `atLeast`: a risk that it is never below. */
export const prepareTyped = (walk: Walk, step: StepState, command: string, atLeast: StepState["templateRisk"]): Promise<PreparedStep> => {
  const section = step.origin === "rollback" ? "Rollback" : (lineOf(walk, step)?.step.section ?? null);
  return prepareLiteral(step, command, { description: step.description, section, atLeast }, walk.cwd);
};
