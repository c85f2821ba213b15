// A step that an earlier walk left in flight: ended by kill -9, a power cut or a lost connection. In: the step. Out: what is known of it in
// the record. It is never started again here; what nobody knows goes to the person.
import type { StepState } from "@dd0c/core";
import { leftRunningChoices } from "./choices.ts";
import { choose, leave, refusal, showHeading, showOutcome, type Walk } from "./walk-context.ts";
import { sentence } from "./wrap.ts";

export const settleAftermath = async (walk: Walk, step: StepState): Promise<void> => {
  const { session, executor } = walk;
  await showHeading(walk, step);
  const found = await executor.aftermath(step);
  if (found.kind === "running") return stillRunning(walk, step, found.pids);
  const command =
    found.kind === "ended" ? found.command : refusal(step, "DISPATCH_LATE", "The walk ended before it was started: nothing ran.");
  await session.mustAsk({ by: "executor", command });
  await showOutcome(walk, step.stepExecutionId);
};

const stillRunning = async (walk: Walk, step: StepState, pids: readonly number[]): Promise<void> => {
  const { say, view, executor } = walk;
  const processes = `${pids.length === 1 ? "process" : "processes"} ${pids.join(", ")}`;
  await say(["", ...sentence(`Step ${step.label} was begun by an earlier walk and still runs (${processes}).`, view.width)]);
  if (step.prepared !== null) await say(["", `  ${"running".padEnd(10)}${step.prepared.command}`]);
  const deed = await choose(walk, leftRunningChoices, `Step ${step.label}, which still runs,`);
  if (deed === "leave") leave();
  if (deed === "stop") await executor.stopLeftOver(step);
};
