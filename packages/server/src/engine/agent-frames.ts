// What agents say, stored: each frame about a step once, in the transaction that decides what follows from it.
// A refusal of the engine (an old attempt, a finished run) is noted and acknowledged: sending it again would not change it.
import { AppError, type Actor } from "@dd0c/core";
import { type AgentFrame, reportsOf } from "@dd0c/protocol/agent";
import type { ConnectedAgent, InboundFrame } from "../agents/gateway-ports.ts";
import { advanceSequence, appendOutput, executionOfStep, type TenantTx } from "../db/index.ts";
import { foreignStep, suspicion } from "./agent-watch.ts";
import { type EngineContext, executionTopic } from "./engine-context.ts";
import type { Cause } from "./party-cause.ts";
import { readLookOutput } from "./read-look-output.ts";
import { type Ask, type Asker, type Outcome, runCommandIn, wakeAfter } from "./run-command.ts";

type FrameBody = NonNullable<AgentFrame["frame"]>;
type StepRef = NonNullable<AgentFrame["step"]>;

export const agentAsker = (agent: Pick<ConnectedAgent, "tenantId" | "agentId" | "peerAddress">): Asker => ({
  tenantId: agent.tenantId,
  actor: { type: "agent", id: agent.agentId, via: "agent" } satisfies Actor,
  roles: [],
  sourceIp: agent.peerAddress,
});

async function storeOutput(tx: TenantTx, ref: StepRef, frame: FrameBody): Promise<void> {
  if (frame.$case !== "stepOutput") return;
  const { stream, offset, data, omittedBytes } = frame.value;
  const bytes = omittedBytes > 0 ? Buffer.from(`\n[${omittedBytes} bytes left out]\n`) : data;
  await appendOutput(tx, [
    { stepExecutionId: ref.stepExecutionId, attempt: ref.attempt, stream: stream === 2 ? "stderr" : "stdout", firstByte: offset, bytes },
  ]);
}

interface Stored {
  readonly outcome?: Outcome;
  readonly cause?: Cause | undefined;
}

/** Stores a frame and what follows from it. Returns the reason to lock the tenant, if there is one. */
async function storeStepFrame(
  engine: EngineContext,
  agent: ConnectedAgent,
  ref: StepRef,
  inbound: InboundFrame,
): Promise<Cause | undefined> {
  const { frame, sequence } = inbound;
  const { outcome, cause } = await engine.db.withTenant(agent.tenantId, async (tx): Promise<Stored> => {
    // The agent's word about where the step belongs is not believed.
    const executionId = await executionOfStep(tx, ref.stepExecutionId);
    if (executionId === undefined || executionId !== ref.executionId) throw new AppError("STEP_NOT_FOUND");
    if (!(await advanceSequence(tx, ref, sequence))) return {};
    await storeOutput(tx, ref, frame);
    const stdout = frame.$case === "stepResult" ? await readLookOutput(tx, ref, frame.value) : null;
    const asks = reportsOf(ref, frame, engine.clock.now(), stdout).map((command): Ask => ({ command }));
    // Looked at before the report changes the step that it is about.
    const answered = await suspicion(engine, tx, agent, ref, frame, false);
    if (asks.length === 0) return { cause: answered };
    const taken = await runCommandIn(engine, tx, executionId, agentAsker(agent), () => asks);
    if (taken.refusal === null) return { outcome: taken, cause: answered };
    return { outcome: taken, cause: answered ?? (await suspicion(engine, tx, agent, ref, frame, true)) };
  });
  if (outcome?.refusal != null)
    engine.logger.warn({ agent: agent.agentId, frame: frame.$case, code: outcome.refusal.code }, "a report changes nothing");
  if (outcome !== undefined) wakeAfter(engine, outcome);
  return cause;
}

const isForeign = (error: unknown): boolean => error instanceof AppError && error.code === "STEP_NOT_FOUND";

function noteQueued(engine: EngineContext, ref: StepRef, startsInMs: number): void {
  engine.queued.put(ref.stepExecutionId, engine.clock.now() + startsInMs);
  engine.bus.publish(executionTopic(ref.executionId), "state");
}

async function onStepFrame(engine: EngineContext, agent: ConnectedAgent, ref: StepRef, inbound: InboundFrame): Promise<void> {
  const { frame } = inbound;
  if (frame.$case === "stepQueued") return noteQueued(engine, ref, frame.value.startsInMs);
  if (frame.$case === "duplicateRefused") return;
  if (frame.$case === "stepStarted") engine.queued.drop(ref.stepExecutionId);
  const cause = await storeStepFrame(engine, agent, ref, inbound).catch((error: unknown): Cause | undefined => {
    if (!isForeign(error)) throw error;
    engine.logger.warn({ agent: agent.agentId, frame: frame.$case }, "a report about a step that is not this tenant's was dropped");
    return foreignStep(agent, ref, frame);
  });
  if (cause !== undefined) engine.lockSoon(agent.tenantId, cause);
  if (frame.$case === "stepOutput") engine.bus.publish(executionTopic(ref.executionId), `output ${ref.stepExecutionId}`);
}

/** Rejects only where storing failed: the agent then sends the frame again. */
export async function onAgentFrame(engine: EngineContext, agent: ConnectedAgent, inbound: InboundFrame): Promise<void> {
  if (inbound.step !== undefined) await onStepFrame(engine, agent, inbound.step, inbound);
}
