// A heartbeat, in one transaction: the stream's lease prolonged, what the agent says of itself noted, its standing read.
// Five hundred agents beat fifty times a second on one database session. What is said to survive decides nothing.
import type { Heartbeat } from "@dd0c/protocol/agent";
import { binaryHashOf } from "../agents/binary-hash.ts";
import type { ConnectedAgent } from "../agents/gateway-ports.ts";
import { recordHeartbeat } from "../db/index.ts";
import { applyStanding, readStanding } from "./agent-standing.ts";
import { type EngineContext, executionTopic } from "./engine-context.ts";
import { endOvertaken, prolong } from "./stream-lease.ts";

/** More than one host has of them; a longer list is an agent that lies. */
const maxSurviving = 100;

/** Rejects only where storing failed: the stream then ends, and the agent comes back. */
export async function onHeartbeat(engine: EngineContext, agent: ConnectedAgent, value: Heartbeat): Promise<void> {
  const named = (value.surviving?.steps ?? []).flatMap(({ step, processes }) => (step === undefined ? [] : [{ step, processes }]));
  const steps = named.slice(0, maxSurviving);
  const surviving = steps.map(({ step, processes }) => ({ stepExecutionId: step.stepExecutionId, processes }));
  const said = { binaryHash: binaryHashOf(value.binaryHash), surviving };
  const { overtaken, standing } = await engine.db.withTenant(agent.tenantId, async (tx) => {
    const claim = await prolong(engine, tx, agent.agentId);
    await recordHeartbeat(tx, agent.agentId, new Date(engine.clock.now()), said);
    return { overtaken: claim, standing: await readStanding(engine, tx, agent) };
  });
  if (overtaken !== undefined) endOvertaken(engine, overtaken);
  // Shown to whoever looks at those runs.
  for (const { step } of steps) engine.bus.publish(executionTopic(step.executionId), "state");
  await applyStanding(engine, agent, standing);
}
