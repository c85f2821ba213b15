// Dispatches that went into a stream that broke, and were never answered, are put into the outbox again.
// In: an agent that has just connected, or a run that goes on. Out: whether there are any. What the agent knows it refuses as a duplicate.
// What is late is not sent again, nor what was voided, nor what belongs to a run that waits for a person.
import { dispatchedStatuses, type Effect, mayGoOn, type ExecutionState, type StepState } from "@dd0c/core";
import { enqueueEffects, findAgent, hasLeft, listStepsInFlight, readExecution, type StepInFlight, type TenantTx } from "../db/index.ts";
import { type EngineContext, isConnected } from "./engine-context.ts";

type DispatchEffect = Extract<Effect, { readonly kind: "dispatch" }>;

const unanswered = (state: ExecutionState | undefined, { stepExecutionId, attempt }: StepInFlight): StepState | undefined =>
  state?.steps.find(
    (step) =>
      step.stepExecutionId === stepExecutionId &&
      step.attempt === attempt &&
      dispatchedStatuses.includes(step.status) &&
      mayGoOn(state, step) &&
      step.startedAtMs === null,
  );

/** @param before dispatches that left later went into the stream that the agent has now */
async function resend(engine: EngineContext, tx: TenantTx, agentId: string, inFlight: StepInFlight, before?: Date): Promise<boolean> {
  const { executionId, stepExecutionId, attempt } = inFlight;
  const step = unanswered(await readExecution(tx, executionId), inFlight);
  const notAfterMs = step?.notAfterMs ?? 0;
  const nowMs = engine.clock.now();
  if (notAfterMs <= nowMs || !(await hasLeft(tx, executionId, stepExecutionId, attempt, before))) return false;
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

/**
 * In the transaction that resumed the run, after its new state was stored: the agent may have come back while the run was paused.
 * One that is away gets everything when it connects.
 */
export async function resendResumed(engine: EngineContext, tx: TenantTx, { id, agentId }: ExecutionState): Promise<boolean> {
  if (agentId === null || !isConnected(engine, agentId)) return false;
  const since = (await findAgent(tx, agentId))?.connectedAt;
  const inFlight = (await listStepsInFlight(tx, agentId)).find(({ executionId }) => executionId === id);
  return since != null && inFlight !== undefined && resend(engine, tx, agentId, inFlight, since);
}
