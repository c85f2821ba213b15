// Agents come and go: connection recorded, lost journals and lost agents turned into what executions make of them, runs taken up again.
import type { DisconnectReason, ConnectedAgent, Refused } from "../agents/gateway-ports.ts";
import { auditDraft, type Deed } from "../app/audit-draft.ts";
import {
  appendEvents,
  dueAgain,
  findAgent,
  listOpenExecutions,
  listStepsInFlight,
  recordConnection,
  type StepInFlight,
} from "../db/index.ts";
import type { Risk } from "@dd0c/scanner";
import { agentAsker } from "./agent-frames.ts";
import { type EngineContext, isOnline } from "./engine-context.ts";
import { engineAsker, runCommand } from "./run-command.ts";

/** How long a closed stream may be away before its executions are paused. */
const absenceMs = 30_000;

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
}

/** The connection in the database and in the audit log. Undefined: no such agent. */
function greet(engine: EngineContext, agent: ConnectedAgent): Promise<Greeted | undefined> {
  const { hello } = agent;
  const nowMs = engine.clock.now();
  const greeting = {
    version: hello.agentVersion,
    patternVersion: hello.patternVersion,
    ceiling: risks.find((risk) => risk === hello.ceiling) ?? null,
    journalId: hello.journalId,
    capabilities: hello.capabilities,
  };
  return engine.db.withTenant(agent.tenantId, async (tx) => {
    const known = await recordConnection(tx, agent.agentId, greeting, new Date(nowMs));
    if (known === undefined) return undefined;
    const replaced = known.previousJournalId !== null && known.previousJournalId !== hello.journalId;
    const forgotten = replaced ? await listStepsInFlight(tx, agent.agentId) : [];
    const facts = {
      agent_id: agent.agentId,
      agent_version: hello.agentVersion,
      pattern_version: hello.patternVersion,
      fencing_epoch: known.fencingEpoch,
    };
    const events = [auditDraft(agentDeed(agent, nowMs), "agent.connected", facts)];
    if (replaced)
      events.push(
        auditDraft(agentDeed(agent, nowMs), "agent.journal_replaced", { agent_id: agent.agentId, steps_in_flight: forgotten.length }),
      );
    await appendEvents(tx, events);
    return { fencingEpoch: known.fencingEpoch, forgotten };
  });
}

export async function onAgentConnected(engine: EngineContext, agent: ConnectedAgent): Promise<Greeted | Refused> {
  const greeted = await greet(engine, agent);
  if (greeted === undefined) return { refused: "AGENT_NOT_FOUND" };
  for (const step of greeted.forgotten) {
    const { stepExecutionId, attempt } = step;
    await runCommand(engine, step.executionId, agentAsker(agent), () => [
      { command: { type: "outcome-unknown", stepExecutionId, attempt, cause: "journal_replaced" } },
    ]);
  }
  return greeted;
}

/** Runs that waited for their agent go on, and what was sent into a stream that broke is sent once more: the agent runs no step twice. */
export async function takeUpExecutions(engine: EngineContext, tenantId: string, agentId: string): Promise<void> {
  const again = await engine.db.withTenant(tenantId, (tx) => dueAgain(tx, agentId, new Date(engine.clock.now())));
  if (again > 0) engine.wakeOutbox();
  const live = await engine.db.withTenant(tenantId, (tx) => listOpenExecutions(tx));
  for (const execution of live.filter((each) => each.agentId === agentId))
    await runCommand(engine, execution.executionId, engineAsker(tenantId), () => []);
}

async function pauseExecutions(engine: EngineContext, agent: ConnectedAgent): Promise<void> {
  const { tenantId, agentId } = agent;
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

/** A lost heartbeat pauses at once; a closed stream gets a moment to come back. `schedule` runs its work unless the engine stops. */
export function onAgentGone(
  engine: EngineContext,
  agent: ConnectedAgent,
  reason: DisconnectReason,
  schedule: (work: () => Promise<void>, delayMs: number) => void,
): void {
  if (reason === "shutting_down") return;
  schedule(
    async () => {
      if (!isOnline(engine, agent.agentId)) await pauseExecutions(engine, agent);
    },
    reason === "heartbeat_lost" ? 0 : absenceMs,
  );
}
