// An agent's stream as all replicas agree on it: taken, kept alive by heartbeats (for the time of three of them), given back, and taken away from whoever fell silent.
// In: moments of streams on this replica. Out: rows in the database that fence every older stream. No stream is taken from one that answers.
import type { ConnectedAgent } from "../agents/gateway-ports.ts";
import {
  holdStream,
  listOverdueStreams,
  lockStreamHolder,
  prolongStream,
  releaseStream,
  type StreamClaim,
  takeOverdue,
  type TenantTx,
} from "../db/index.ts";
import { type EngineContext, isHere } from "./engine-context.ts";

const held = "held";
const free = "free";

/** Asks the replica that holds the agent's stream whether it is still alive there. A replica that is gone holds nothing. */
export async function isGivenUp(engine: EngineContext, holder: string, agentId: string): Promise<boolean> {
  const answer = await engine.replicas.ask(holder, agentId);
  return answer === "gone" || (answer !== "silent" && answer.answer === free);
}

/** What this replica says when another one asks for an agent's stream. One that does not prove to be alive is ended here. */
export const answerForStream =
  (engine: EngineContext) =>
  async (agentId: string): Promise<string> =>
    (await engine.gateway()?.vacate(agentId)) === false ? held : free;

/**
 * In the transaction that records the connection, before it does.
 * @param from a replica that gave the stream up
 * @returns another replica that holds it, which has to be asked first; null: it may be taken
 */
export async function holderBefore(engine: EngineContext, tx: TenantTx, agentId: string, from: string | null): Promise<string | null> {
  const holder = await lockStreamHolder(tx, agentId);
  return holder === engine.worker || holder === from ? null : holder;
}

/** In the same transaction, after the connection was recorded. */
export const take = (engine: EngineContext, tx: TenantTx, claim: StreamClaim): Promise<void> =>
  holdStream(tx, claim, engine.worker, engine.absenceMs);

/** In the transaction of a heartbeat. @returns the claim of a stream that was overtaken, see `endOvertaken` */
export async function prolong(engine: EngineContext, tx: TenantTx, agentId: string): Promise<StreamClaim | undefined> {
  const claim = engine.agents.claimOf(agentId);
  if (claim === undefined) return undefined;
  const isOurs = await prolongStream(tx, claim, engine.worker, new Date(engine.clock.now()), engine.absenceMs);
  return isOurs ? undefined : claim;
}

/** After that transaction: the stream ends, unless the agent has a newer one here by now. */
export function endOvertaken(engine: EngineContext, { agentId, fencingEpoch }: StreamClaim): void {
  if (engine.agents.epochOf(agentId) === fencingEpoch) engine.gateway()?.dismiss(agentId, "superseded");
}

/** The stream is over. @param isLost nobody expects the agent back */
export const release = (engine: EngineContext, agent: ConnectedAgent, claim: StreamClaim, isLost: boolean): Promise<void> =>
  engine.db.withTenant(agent.tenantId, (tx) => releaseStream(tx, claim, isLost ? 0 : engine.absenceMs));

/** Deals with every agent whose time is over, once among all replicas. */
export async function sweepLost(engine: EngineContext, onLost: (tenantId: string, agentId: string) => Promise<void>): Promise<void> {
  for (const { tenantId, agentId } of await engine.db.withSystem("schedule", listOverdueStreams)) {
    if (isHere(engine, agentId)) continue;
    if (await engine.db.withTenant(tenantId, (tx) => takeOverdue(tx, agentId))) await onLost(tenantId, agentId);
  }
}
