// Something did not go well, and the engine waits for the person: what became of an unknown outcome, then undo, again, on, or end.
// In: the paused run. Out: the person's word in the record. A retry is a new attempt and an undo a step of its own: both are asked about
// like any other, and nothing is repeated by itself.
import { type ExecutionState, invariant, isLookUp, type StepState } from "@dd0c/core";
import { type Deed, unknownChoices, wrongChoices } from "./choices.ts";
import { askNote, choose, endRun, leave, newId, rootOf, showHeading, type Walk } from "./walk-context.ts";
import { labelledCommand, sentence } from "./wrap.ts";

export const afterPause = async (walk: Walk, state: ExecutionState): Promise<void> => {
  const step = state.steps.findLast((each) => each.completedAtMs !== null && !isLookUp(each));
  invariant(step !== undefined, "a pause follows a step");
  await showHeading(walk, step);
  if (step.status === "outcome_unknown") return resolveUnknown(walk, step);
  // What undid a step leads back to that step.
  const subject =
    (step.origin === "rollback" ? state.steps.find((each) => each.stepExecutionId === step.parentStepExecutionId) : null) ?? step;
  await walk.say(["", ...sentence(sayWhat(state, step), walk.view.width)]);
  const hasValues = !subject.wasModified && (subject.prepared?.variables.length ?? 0) > 0;
  const choices = wrongChoices({ mayRetry: subject.prepared?.digest != null, hasValues, mayRollBack: mayUndo(state, subject) });
  const deed = await choose(walk, choices, `What comes after step ${rootOf(state, step).label}, which did not go well,`);
  await deeds[deed]?.(walk, subject);
};

/** A way back is known, and was not gone yet. */
const mayUndo = (state: ExecutionState, subject: StepState): boolean => {
  const { prepared, status, stepExecutionId } = subject;
  if (prepared === null || prepared.risk === "safe" || prepared.rollbackCommand === null || status === "rolled_back") return false;
  return !state.steps.some(
    (each) => each.origin === "rollback" && each.parentStepExecutionId === stepExecutionId && each.status === "outcome_unknown",
  );
};

const sayWhat = (state: ExecutionState, step: StepState): string => {
  const { label } = rootOf(state, step);
  if (step.origin === "rollback") return step.status === "completed" ? `Step ${label} was undone.` : `Step ${label} was not undone.`;
  if (state.pause?.reason === "diagnosis")
    return `Step ${label} only reads and ended with exit ${step.result?.exitCode ?? "?"}: look at what it says before you go on.`;
  const how = step.status === "timed_out" ? "was ended because its time was over" : "failed";
  return `Step ${label} ${how}. What it had done by then stays done.`;
};

const resolveUnknown = async (walk: Walk, step: StepState): Promise<void> => {
  const { session, say, view } = walk;
  const words = `Nobody knows how step ${rootOf(walk.session.state, step).label} ended. It is not run again by itself: look, and say what you found.`;
  await say(["", ...sentence(words, view.width)]);
  if (step.prepared !== null) await say(["", ...labelledCommand("was run", step.prepared.command)]);
  const deed = await choose(walk, unknownChoices, `What became of step ${rootOf(session.state, step).label}`);
  if (deed === "leave") leave();
  if (deed === "end") return endRun(walk);
  const outcome = deed === "done" ? "succeeded" : "failed";
  const note = await askNote(walk, "What did you see?");
  await session.mustAsk({ by: "person", command: { type: "report", stepExecutionId: step.stepExecutionId, outcome, note } });
  const goesOn = outcome === "succeeded" && step.origin === "runbook";
  if (goesOn) await session.mustAsk({ by: "person", command: { type: "resume", note } });
};

type Act = (walk: Walk, subject: StepState) => Promise<void>;

const again: Act = ({ session }, { stepExecutionId }) =>
  session.mustAsk({
    by: "person",
    command: { type: "retry", stepExecutionId, newStepExecutionId: newId(), note: null, acknowledgedUnknownOutcome: false },
  });

const deeds: Readonly<Partial<Record<Deed, Act>>> = {
  again,
  values: async (walk, subject) => {
    walk.retype.add(rootOf(walk.session.state, subject).label);
    await again(walk, subject);
  },
  rollback: ({ session }, { stepExecutionId }) =>
    session.mustAsk({ by: "person", command: { type: "rollback", stepExecutionId, newStepExecutionId: newId() } }),
  go_on: ({ session }) => session.mustAsk({ by: "person", command: { type: "resume", note: null } }),
  leave: async () => leave(),
  end: (walk) => endRun(walk),
};
