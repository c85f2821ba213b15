// Whether a connected agent may stay, and whether it may be given work: its certificate and its program, as the database has them now.
// Asked after a stream was admitted, at every heartbeat, and at once when somebody changed either on any replica.
import { findAgent, isCertificateValid } from "../db/index.ts";
import type { ConnectedAgent } from "../agents/gateway-ports.ts";
import { takeUpExecutions } from "./agent-presence.ts";
import type { EngineContext } from "./engine-context.ts";

/** Topic of the wake-ups after a certificate was revoked or a program registered; the message is an agent's id, or empty for all. */
export const agentStandingTopic = "agent-standing";

/** Ends the stream of an agent whose certificate is not valid any more, and keeps work from one whose program nobody registered. */
export async function checkStanding(engine: EngineContext, agent: ConnectedAgent): Promise<void> {
  const { tenantId, agentId, serial } = agent;
  const standing = await engine.db.withTenant(tenantId, async (tx) => ({
    valid: await isCertificateValid(tx, agentId, serial, new Date(engine.clock.now())),
    known: (await findAgent(tx, agentId))?.isBinaryKnown ?? false,
  }));
  const held = engine
    .gateway()
    ?.onlineAgents()
    .find((each) => each.agentId === agentId);
  // Meanwhile the agent may have come back with another certificate: that stream answers for itself.
  if (!standing.valid && held?.serial === serial) engine.gateway()?.dismiss(agentId);
  const isNews = engine.withheld.set(agentId, !standing.known);
  if (isNews && standing.known) await takeUpExecutions(engine, tenantId, agentId);
}

/** Every agent whose stream is here, or the one that is named. */
export async function checkStandings(engine: EngineContext, named: string): Promise<void> {
  const agents = (engine.gateway()?.onlineAgents() ?? []).filter(({ agentId }) => named === "" || agentId === named);
  for (const agent of agents) await checkStanding(engine, agent);
}
