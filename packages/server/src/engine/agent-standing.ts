// Whether a connected agent may stay, and whether it may be given work: its certificate and its program, as the database has them now.
// Asked after a stream was admitted, at every heartbeat, and at once when somebody changed either on any replica.
import { findAgent, isCertificateValid, type TenantTx } from "../db/index.ts";
import type { ConnectedAgent } from "../agents/gateway-ports.ts";
import { takeUp, waitingFor } from "./agent-presence.ts";
import type { EngineContext } from "./engine-context.ts";

/** Topic of the wake-ups after a certificate was revoked or a program registered; the message is an agent's id, or empty for all. */
export const agentStandingTopic = "agent-standing";

interface Standing {
  readonly valid: boolean;
  /** Somebody registered the program that the agent runs. */
  readonly known: boolean;
}

/** In the caller's transaction. */
export const readStanding = async (engine: EngineContext, tx: TenantTx, { agentId, serial }: ConnectedAgent): Promise<Standing> => ({
  valid: await isCertificateValid(tx, agentId, serial, new Date(engine.clock.now())),
  known: (await findAgent(tx, agentId))?.isBinaryKnown ?? false,
});

/** Ends the stream of an agent whose certificate is not valid any more, and keeps work from one whose program nobody registered. */
export async function applyStanding(engine: EngineContext, agent: ConnectedAgent, { valid, known }: Standing): Promise<void> {
  const { tenantId, agentId, serial } = agent;
  // Meanwhile the agent may have come back with another certificate: that stream answers for itself.
  if (!valid && engine.gateway()?.serialOf(agentId) === serial) engine.gateway()?.dismiss(agentId);
  const isNews = engine.withheld.set(agentId, !known);
  if (isNews && known) await takeUp(engine, tenantId, await engine.db.withTenant(tenantId, (tx) => waitingFor(engine, tx, agentId)));
}

/** The agent's stream is open and can be ended: somebody may have revoked its certificate meanwhile. Its runs are taken up. */
export async function settleIn(engine: EngineContext, agent: ConnectedAgent): Promise<void> {
  const [standing, waiting] = await engine.db.withTenant(agent.tenantId, async (tx) => [
    await readStanding(engine, tx, agent),
    await waitingFor(engine, tx, agent.agentId),
  ]);
  await applyStanding(engine, agent, standing);
  await takeUp(engine, agent.tenantId, waiting);
}

/** Every agent whose stream is here, or the one that is named. */
export async function checkStandings(engine: EngineContext, named: string): Promise<void> {
  const agents = (engine.gateway()?.onlineAgents() ?? []).filter(({ agentId }) => named === "" || agentId === named);
  for (const agent of agents)
    await applyStanding(engine, agent, await engine.db.withTenant(agent.tenantId, (tx) => readStanding(engine, tx, agent)));
}
