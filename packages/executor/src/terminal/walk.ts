// One walk through a run: whatever state the engine is in, the one thing that comes next. The engine decides, the record has it first;
// this file and its neighbours only show, ask, and run what was dispatched.
import { currentStep, type ExecutionState, inFlightStep, isLookUp, isTerminal, openBranch, type StepState } from "@dd0c/core";
import { settleAftermath } from "./aftermath.ts";
import { afterPause } from "./after-pause.ts";
import { decideStep } from "./decide-step.ts";
import { RunEnd } from "./exit-codes.ts";
import { takeCondition } from "./take-condition.ts";
import { takeStep } from "./take-step.ts";
import { runDispatched, type Walk } from "./walk-context.ts";

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

/** A step is taken when nothing that it hangs on is open. */
const takeNext = (walk: Walk, state: ExecutionState, step: StepState): Promise<void> => {
  const branch = openBranch(state, step);
  return branch === null ? takeStep(walk, step) : takeCondition(walk, step, branch);
};

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
  return step.status === "pending" ? takeNext(walk, state, step) : decideStep(walk, step);
};
