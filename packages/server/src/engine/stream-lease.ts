// An agent's stream as all replicas agree on it: taken, kept alive by heartbeats, given back, and taken away from whoever fell silent.
// In: moments of streams on this replica. Out: rows in the database that fence every older stream. No stream is taken from one that answers.
import type { ConnectedAgent } from "../agents/gateway-ports.ts";
import {
  holdStream,
  listOverdueStreams,
  lockStreamHolder,
  prolongStream,
  releaseStream,
  type StreamClaim,
  streamHolder,
  takeOverdue,
  type TenantTx,
} from "../db/index.ts";
import { type EngineContext, isHere } from "./engine-context.ts";

/** Three heartbeats: the time after which a silent agent is lost anyway. */
const leaseMs = 30_000;
/** How long a closed stream may be away before its executions are paused. */
const absenceMs = 30_000;
const held = "held";
const free = "free";

/** Another replica's stream of this agent that may be taken over, or the word that it may not. */
type Passage = { readonly from: string | null } | "held";

/** Asks whoever holds the agent's stream whether it is still alive there. A replica that is gone holds nothing. */
export async function passageFor(engine: EngineContext, agent: ConnectedAgent): Promise<Passage> {
  const from = await engine.db.withTenant(agent.tenantId, (tx) => streamHolder(tx, agent.agentId));
  if (from === null || from === engine.worker) return { from };
  const answer = await engine.replicas.ask(from, agent.agentId);
  return answer === "gone" || (answer !== "silent" && answer.answer === free) ? { from } : "held";
}

/** What this replica says when another one asks for an agent's stream. One that does not prove to be alive is ended here. */
export const answerForStream =
  (engine: EngineContext) =>
  async (agentId: string): Promise<string> =>
    (await engine.gateway()?.vacate(agentId)) === false ? held : free;

/** In the transaction that records the connection, before it does. False: somebody else took the stream meanwhile. */
export async function mayTake(engine: EngineContext, tx: TenantTx, agentId: string, from: string | null): Promise<boolean> {
  const holder = await lockStreamHolder(tx, agentId);
  return holder === null || holder === engine.worker || holder === from;
}

/** In the same transaction, after the connection was recorded. */
export const take = (engine: EngineContext, tx: TenantTx, claim: StreamClaim): Promise<void> =>
  holdStream(tx, claim, engine.worker, leaseMs);

/** A heartbeat. A stream that was overtaken ends here. */
export async function prolong(engine: EngineContext, agent: ConnectedAgent): Promise<void> {
  const claim = engine.agents.claimOf(agent.agentId);
  if (claim === undefined) return;
  const at = new Date(engine.clock.now());
  const isOurs = await engine.db.withTenant(agent.tenantId, (tx) => prolongStream(tx, claim, engine.worker, at, leaseMs));
  if (!isOurs && engine.agents.epochOf(agent.agentId) === claim.fencingEpoch) engine.gateway()?.dismiss(agent.agentId, "superseded");
}

/** The stream is over. @param isLost nobody expects the agent back */
export const release = (engine: EngineContext, agent: ConnectedAgent, claim: StreamClaim, isLost: boolean): Promise<void> =>
  engine.db.withTenant(agent.tenantId, (tx) => releaseStream(tx, claim, isLost ? 0 : absenceMs));

/** Deals with every agent whose time is over, once among all replicas. */
export async function sweepLost(engine: EngineContext, onLost: (tenantId: string, agentId: string) => Promise<void>): Promise<void> {
  for (const { tenantId, agentId } of await engine.db.withSystem("schedule", listOverdueStreams)) {
    if (isHere(engine, agentId)) continue;
    if (await engine.db.withTenant(tenantId, (tx) => takeOverdue(tx, agentId))) await onLost(tenantId, agentId);
  }
}
