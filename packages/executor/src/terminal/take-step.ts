// A step whose turn it is: does it apply, which values does it need, then the gate. In: a pending step. Out: the gate's answer in the
// record, and the command's run where the gate said that it runs by itself.
import { inFlightStep, isLookUp, type RunbookVariable, type StepState, textToPrepare, type VariableValue } from "@dd0c/core";
import { visibleLine } from "./paint.ts";
import { notHereChoices, yesNo } from "./choices.ts";
import { commandCard } from "./step-card.ts";
import { labelled, sentence } from "./wrap.ts";
import { askNote, choose, endRun, leave, lineOf, rootOf, runDispatched, showHeading, type Walk } from "./walk-context.ts";

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
  const prepared = await walk.renderings.next(walk, step, values);
  if (prepared === null) return notHere(walk, step);
  await session.mustAsk({ by: "engine", command: { type: "advance" }, prepared, values });
  const sent = inFlightStep(session.state);
  if (sent === null) return;
  if (isLookUp(sent)) return runDispatched(walk);
  await say([...commandCard(prepared, step, view), "", ...sentence("Proven to only read: it runs by itself.", view.width)]);
  await runDispatched(walk);
};

/** A step whose text cannot be made here: it waits for the place where it can, or is passed over. */
const notHere = async (walk: Walk, step: StepState): Promise<void> => {
  const words = `Step ${step.label} cannot be run here: its text is not among what was settled beforehand.`;
  await walk.say(["", ...sentence(words, walk.view.width)]);
  const deed = await choose(walk, notHereChoices, `Step ${step.label}, which cannot be run here,`);
  if (deed === "leave") leave();
  if (deed === "end") return endRun(walk);
  const reason = await askNote(walk, "Why is it skipped?");
  await walk.session.mustAsk({ by: "person", command: { type: "skip", stepExecutionId: step.stepExecutionId, reason } });
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
  const { state, values } = walk.session;
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
