// One walk through a run: whatever state the engine is in, the one thing that comes next. The engine decides, the record has it first;
// this file and its neighbours only show, ask, and run what was dispatched.
import {
  type BranchState,
  currentStep,
  type ExecutionState,
  inFlightStep,
  isLookUp,
  isTerminal,
  nextMove,
  type StepState,
} from "@dd0c/core";
import { settleAftermath } from "./aftermath.ts";
import { afterPause } from "./after-pause.ts";
import { yesNo } from "./choices.ts";
import { decideStep } from "./decide-step.ts";
import { RunEnd } from "./exit-codes.ts";
import { takeStep } from "./take-step.ts";
import { choose, runDispatched, type Walk } from "./walk-context.ts";
import { labelled } from "./wrap.ts";

/** To the end of the run. @throws RunEnd where the walk stops before it */
export const walkRun = async (walk: Walk): Promise<ExecutionState> => {
  for (;;) {
    const { state } = walk.session;
    if (walk.asked.exitCode !== null) throw new RunEnd(walk.asked.exitCode, "Left where it stood.");
    if (isTerminal(state)) return state;
    await nextThing(walk, state);
  }
};

const rootOrigin = (state: ExecutionState, step: StepState): StepState["origin"] =>
  (isLookUp(step) ? state.steps.find((each) => each.stepExecutionId === step.parentStepExecutionId) : undefined)?.origin ?? step.origin;

/** A look-up that joined before: the engine sends it, or gives it up. */
const goOnLooking = async (walk: Walk): Promise<void> => {
  await walk.session.mustAsk({ by: "engine", command: { type: "advance" } });
  await runDispatched(walk);
};

/** A condition of the runbook that the run has come to. */
const answerQuestion = async (walk: Walk, { branchId, condition }: BranchState): Promise<void> => {
  await walk.say(["", ...labelled("only if", condition, walk.view.width)]);
  const answer = (await choose(walk, yesNo, "A condition of the runbook")) === "yes" ? "yes" : "no";
  await walk.session.mustAsk({ by: "person", command: { type: "answer-branch", branchId, answer, note: null } });
};

/** A condition stands before the step; undefined where none does. */
const atCondition = (walk: Walk, state: ExecutionState): Promise<void> | undefined => {
  const question = state.branches.find(({ askedBefore, answer }) => askedBefore !== null && answer === null);
  if (question !== undefined) return answerQuestion(walk, question);
  return nextMove(state).kind === "ask" ? walk.session.mustAsk({ by: "engine", command: { type: "advance" } }) : undefined;
};

const stepsTurn = (walk: Walk, step: StepState): Promise<void> =>
  step.status === "pending" ? takeStep(walk, step) : decideStep(walk, step);

const nextThing = async (walk: Walk, state: ExecutionState): Promise<void> => {
  const running = inFlightStep(state);
  if (running !== null) return settleAftermath(walk, running);
  const step = currentStep(state);
  // What undoes a step goes on while the runbook waits, and with it what is looked up for it.
  const isUndoing = step !== null && rootOrigin(state, step) === "rollback";
  if (state.status === "paused" && !isUndoing) return afterPause(walk, state);
  if (state.status !== "running" && !isUndoing) return walk.session.startUp();
  if (step === null) return walk.session.mustAsk({ by: "engine", command: { type: "advance" } });
  if (isLookUp(step)) return goOnLooking(walk);
  return atCondition(walk, state) ?? stepsTurn(walk, step);
};
