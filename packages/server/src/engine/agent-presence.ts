// Agents come and go: connection recorded, lost journals and lost agents turned into what executions make of them, runs taken up again.
import { binaryHashOf } from "../agents/binary-hash.ts";
import type { ConnectedAgent, Refused } from "../agents/gateway-ports.ts";
import { hostFactsOf } from "../agents/host-facts.ts";
import { auditDraft, type Deed } from "../app/audit-draft.ts";
import {
  appendEvents,
  dueAgain,
  findAgent,
  isCertificateValid,
  listOpenExecutions,
  listStepsInFlight,
  recordConnection,
  type StepInFlight,
  type TenantTx,
} from "../db/index.ts";
import type { Risk } from "@dd0c/scanner";
import { agentAsker } from "./agent-frames.ts";
import type { EngineContext } from "./engine-context.ts";
import { resendLost } from "./resend-lost.ts";
import { engineAsker, runCommand } from "./run-command.ts";
import { holderBefore, isGivenUp, take } from "./stream-lease.ts";

const risks: readonly Risk[] = ["safe", "caution", "unknown", "dangerous"];

const agentDeed = (agent: ConnectedAgent, atMs: number): Deed => ({
  tenantId: agent.tenantId,
  actor: { type: "agent", id: agent.agentId, via: "agent" },
  sourceIp: agent.peerAddress,
  atMs,
});

interface Greeted {
  readonly fencingEpoch: number;
  /** Steps whose end nobody can tell any more. */
  readonly forgotten: readonly StepInFlight[];
  /** Somebody registered the program that the agent runs. */
  readonly isBinaryKnown: boolean;
}

/** Another replica holds the agent's stream and was not asked yet. */
interface Held {
  readonly heldBy: string;
}

/**
 * The connection in the database and in the audit log. Refused where the agent is not known, or its certificate was revoked a moment ago.
 * @param from the replica whose stream may be taken over
 */
function greet(engine: EngineContext, agent: ConnectedAgent, from: string | null): Promise<Greeted | Refused | Held> {
  const { hello } = agent;
  const nowMs = engine.clock.now();
  const greeting = {
    version: hello.agentVersion,
    patternVersion: hello.patternVersion,
    ceiling: risks.find((risk) => risk === hello.ceiling) ?? null,
    journalId: hello.journalId,
    capabilities: hello.capabilities,
    hostFacts: hostFactsOf(hello.host),
    binaryHash: binaryHashOf(hello.binaryHash),
  };
  return engine.db.withTenant(agent.tenantId, async (tx): Promise<Greeted | Refused | Held> => {
    const heldBy = await holderBefore(engine, tx, agent.agentId, from);
    if (heldBy !== null) return { heldBy };
    const known = await recordConnection(tx, agent.agentId, greeting, new Date(nowMs));
    if (known === undefined) return { refused: "AGENT_NOT_FOUND" };
    // Asked with the agent's row in hand: a revocation is either seen here or finds the stream.
    if (!(await isCertificateValid(tx, agent.agentId, agent.serial, new Date(nowMs)))) return { refused: "CERTIFICATE_INVALID" };
    const isBinaryKnown = (await findAgent(tx, agent.agentId))?.isBinaryKnown ?? false;
    await take(engine, tx, { agentId: agent.agentId, fencingEpoch: known.fencingEpoch });
    const replaced = known.previousJournalId !== null && known.previousJournalId !== hello.journalId;
    const forgotten = replaced ? await listStepsInFlight(tx, agent.agentId) : [];
    const facts = {
      agent_id: agent.agentId,
      agent_version: hello.agentVersion,
      pattern_version: hello.patternVersion,
      fencing_epoch: known.fencingEpoch,
      certificate_serial: agent.serial,
      binary_hash: greeting.binaryHash,
    };
    const events = [auditDraft(agentDeed(agent, nowMs), "agent.connected", facts)];
    if (replaced)
      events.push(
        auditDraft(agentDeed(agent, nowMs), "agent.journal_replaced", { agent_id: agent.agentId, steps_in_flight: forgotten.length }),
      );
    if (!isBinaryKnown)
      events.push(
        auditDraft(agentDeed(agent, nowMs), "agent.binary_unknown", { agent_id: agent.agentId, binary_hash: greeting.binaryHash }),
      );
    await appendEvents(tx, events);
    return { fencingEpoch: known.fencingEpoch, forgotten, isBinaryKnown };
  });
}

/** Most streams are free: the holder of another one is asked outside the transaction, which is then begun anew. */
async function greetInTurn(engine: EngineContext, agent: ConnectedAgent): Promise<Greeted | Refused> {
  const first = await greet(engine, agent, null);
  if (!("heldBy" in first)) return first;
  if (!(await isGivenUp(engine, first.heldBy, agent.agentId))) return { refused: "STREAM_DUPLICATE" };
  const second = await greet(engine, agent, first.heldBy);
  return "heldBy" in second ? { refused: "STREAM_DUPLICATE" } : second;
}

export async function onAgentConnected(engine: EngineContext, agent: ConnectedAgent): Promise<Greeted | Refused> {
  const greeted = await greetInTurn(engine, agent);
  if ("refused" in greeted) return greeted;
  engine.withheld.set(agent.agentId, !greeted.isBinaryKnown);
  for (const step of greeted.forgotten) {
    const { stepExecutionId, attempt } = step;
    await runCommand(engine, step.executionId, agentAsker(agent), () => [
      { command: { type: "outcome-unknown", stepExecutionId, attempt, cause: "journal_replaced" } },
    ]);
  }
  return greeted;
}

interface Waiting {
  /** The outbox has something to send. */
  readonly wake: boolean;
  readonly executionIds: readonly string[];
}

/** In the caller's transaction: what was sent into a stream that broke is due once more (the agent runs no step twice), and which runs wait. */
export async function waitingFor(engine: EngineContext, tx: TenantTx, agentId: string): Promise<Waiting> {
  const again = await dueAgain(tx, agentId, new Date(engine.clock.now()));
  const resent = await resendLost(engine, tx, agentId);
  const open = (await listOpenExecutions(tx)).filter((each) => each.agentId === agentId);
  return { wake: again > 0 || resent, executionIds: open.map(({ executionId }) => executionId) };
}

/** After that transaction: runs that waited for their agent go on. */
export async function takeUp(engine: EngineContext, tenantId: string, { wake, executionIds }: Waiting): Promise<void> {
  if (wake) engine.wakeOutbox();
  for (const executionId of executionIds) await runCommand(engine, executionId, engineAsker(tenantId), () => []);
}

/** The agent is lost: on record, and its executions pause. */
export async function pauseExecutions(engine: EngineContext, tenantId: string, agentId: string): Promise<void> {
  const nowMs = engine.clock.now();
  const live = await engine.db.withTenant(tenantId, async (tx) => {
    const last = (await findAgent(tx, agentId))?.lastHeartbeat ?? null;
    const deed: Deed = { tenantId, actor: { type: "system", id: "engine", via: "system" }, sourceIp: null, atMs: nowMs };
    const facts = {
      agent_id: agentId,
      last_heartbeat: last?.toISOString() ?? null,
      duration_offline_ms: last === null ? null : nowMs - last.getTime(),
    };
    await appendEvents(tx, [auditDraft(deed, "agent.heartbeat_lost", facts)]);
    return listOpenExecutions(tx);
  });
  for (const execution of live.filter((each) => each.agentId === agentId)) {
    await runCommand(engine, execution.executionId, engineAsker(tenantId), () => [{ command: { type: "agent-lost", agentId } }]);
  }
}
