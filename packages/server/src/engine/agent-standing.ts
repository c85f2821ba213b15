// Whether a connected agent may stay, and whether it may be given work: its certificate and its program, as the database has them now.
// Asked after a stream was admitted, at every heartbeat, and at once when somebody changed either on any replica. While the replicas do not
// hear each other, certificates are looked up again and again.
import { findAgent, isCertificateValid, listFallen, type TenantTx } from "../db/index.ts";
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

/** One question for all streams here, whoever's they are; what looks bad is asked once more, as its tenant. */
async function endFallen(engine: EngineContext): Promise<void> {
  const held = engine.gateway()?.onlineAgents() ?? [];
  const fallen = await engine.db.withSystem("authenticate-agent", (tx) => listFallen(tx, held, new Date(engine.clock.now())));
  for (const agentId of fallen) await checkStandings(engine, agentId);
}

/** Looks while a wake-up could go unheard, and once when all are heard again. @returns the function that ends it */
export function watchStandings(engine: EngineContext): () => void {
  const { bus, replicas, logger } = engine;
  if (bus.lookAgainMs === undefined) return () => undefined;
  let heard = replicas.connection();
  let looking = false;
  const look = async (): Promise<void> => {
    const now = replicas.connection();
    if (looking || (now !== undefined && now === heard)) return;
    looking = true;
    await endFallen(engine)
      .then(() => (heard = now))
      .catch((error: unknown) =>
        logger.error({ error: error instanceof Error ? error.name : "unknown" }, "certificates could not be looked up again"),
      );
    looking = false;
  };
  const timer = setInterval(() => void look(), bus.lookAgainMs);
  return () => clearInterval(timer);
}
