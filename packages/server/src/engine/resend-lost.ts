// An agent's stream is new: dispatches that went into the one before and were never answered are put into the outbox again.
// In: an agent that has just connected. Out: whether there are any. What the agent knows it refuses as a duplicate.
// What is late is not sent again, nor what was voided, nor what belongs to a run that waits for a person.
import { dispatchedStatuses, mayGoOn, type ExecutionState, type StepState } from "@dd0c/core";
import { enqueueEffects, hasLeft, listStepsInFlight, readExecution, type StepInFlight, type TenantTx } from "../db/index.ts";
import type { EngineContext } from "./engine-context.ts";
import type { DispatchEffect } from "./send-dispatch.ts";

const unanswered = (state: ExecutionState | undefined, { stepExecutionId, attempt }: StepInFlight): StepState | undefined =>
  state?.steps.find(
    (step) =>
      step.stepExecutionId === stepExecutionId &&
      step.attempt === attempt &&
      dispatchedStatuses.includes(step.status) &&
      mayGoOn(state, step) &&
      step.startedAtMs === null,
  );

async function resend(engine: EngineContext, tx: TenantTx, agentId: string, inFlight: StepInFlight): Promise<boolean> {
  const { executionId, stepExecutionId, attempt } = inFlight;
  const step = unanswered(await readExecution(tx, executionId), inFlight);
  const notAfterMs = step?.notAfterMs ?? 0;
  const nowMs = engine.clock.now();
  if (notAfterMs <= nowMs || !(await hasLeft(tx, executionId, stepExecutionId, attempt))) return false;
  const id = `dispatch:${stepExecutionId}:${attempt}`;
  const payload: DispatchEffect = { kind: "dispatch", id, agentId, stepExecutionId, attempt, notAfterMs };
  await enqueueEffects(tx, [{ kind: "dispatch", payload, availableAt: new Date(nowMs), executionId, agentId }]);
  return true;
}

/** @returns true where the outbox has something to send once this transaction is committed */
export async function resendLost(engine: EngineContext, tx: TenantTx, agentId: string): Promise<boolean> {
  let any = false;
  for (const inFlight of await listStepsInFlight(tx, agentId)) any = (await resend(engine, tx, agentId, inFlight)) || any;
  return any;
}
