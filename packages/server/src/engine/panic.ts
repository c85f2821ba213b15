// Panic on and off. On: flag, file and every stream first, records after; nothing is asked of the database before the halt.
// Off is a signed-in admin's word; executions stay paused until somebody resumes each of them.
import { type Actor, AppError } from "@dd0c/core";
import type { WirePanicState } from "@dd0c/protocol/http";
import type { ConnectedAgent } from "../agents/gateway-ports.ts";
import { auditDraft, type Deed } from "../app/audit-draft.ts";
import { type MemberNames, memberNames } from "../app/read-runbooks.ts";
import { type AgentRecord, appendEvents, latestPanic, listAgents, recordPanic, writeSystemSetting } from "../db/index.ts";
import { wireActor } from "../http/wire/runbook.ts";
import type { AgentPresence } from "../ports.ts";
import type { EngineContext } from "./engine-context.ts";
import { haltExecutions } from "./halt-executions.ts";
import type { PanicFacts } from "./panic-flag.ts";

/** The record that follows the halt. */
async function record(engine: EngineContext, deed: Deed, panicId: string, on: boolean, reason: string, told: number): Promise<void> {
  await engine.db.withTenant(deed.tenantId, async (tx) => {
    await recordPanic(tx, { id: engine.newId(), panic: on, reason, actor: deed.actor, occurredAt: new Date(deed.atMs) });
    await appendEvents(tx, [auditDraft(deed, on ? "panic.activated" : "panic.cleared", { panic_id: panicId, reason, agents_told: told })]);
  });
}

/** Under which the halt of the installation is on record, for replicas that cannot hear of it. */
export const panicSetting = "panic";

const remember = async (engine: EngineContext): Promise<void> => {
  if (engine.replicas.panic === undefined) return;
  const facts = engine.panic.current();
  await engine.db.withSystem("panic", (tx) => writeSystemSetting(tx, panicSetting, facts, "server", new Date(engine.clock.now())));
};

/** Whether this tenant's log has the panic that is on: the call that began it may have failed after the halt. */
const isRecorded = (engine: EngineContext, tenantId: string, facts: PanicFacts): Promise<boolean> =>
  engine.db.withTenant(tenantId, async (tx) => {
    const latest = await latestPanic(tx);
    return latest?.panic === true && latest.occurredAt.getTime() >= (facts.sinceMs ?? 0);
  });

/** The halt itself. A disk that refuses to note it keeps no agent from being told. Returns the agents whose stream is here. */
function raise(engine: EngineContext, facts: PanicFacts): readonly ConnectedAgent[] {
  let told: readonly ConnectedAgent[] = [];
  try {
    if (!engine.panic.current().on) engine.panic.set(facts);
  } finally {
    told = engine.gateway()?.broadcastPanic(true, facts.panicId) ?? [];
  }
  return told;
}

/** Safe to repeat: every call pushes and pauses again. People's are recorded each; "record-once" is for machines that repeat themselves. */
export async function panicOn(engine: EngineContext, deed: Deed, reason: string, mode: "record" | "record-once" = "record"): Promise<void> {
  const before = engine.panic.current();
  const panicId = before.on ? before.panicId : engine.newId();
  const told = raise(engine, { on: true, panicId, sinceMs: deed.atMs, by: deed.actor, reason });
  await remember(engine);
  const isKnown = mode === "record-once" && before.on && (await isRecorded(engine, deed.tenantId, before));
  if (!isKnown) await record(engine, deed, panicId, true, reason, told.length + engine.agents.countElsewhere());
  await haltExecutions(engine, deed.tenantId, "panic");
}

export async function panicOff(engine: EngineContext, deed: Deed, reason: string): Promise<void> {
  const before = engine.panic.current();
  if (!before.on) throw new AppError("EXECUTION_STATE_CONFLICT", "Panic is not on.");
  if (!engine.panic.isCertain())
    throw new AppError("REPLICAS_UNREACHABLE", "Panic stays on: the other replicas cannot be told that it is over.");
  // The call that began it got no further than the halt itself: nothing is paused yet, and would go on by itself.
  if (!(await isRecorded(engine, deed.tenantId, before))) await haltExecutions(engine, deed.tenantId, "panic");
  await record(
    engine,
    deed,
    before.panicId,
    false,
    reason,
    (engine.gateway()?.onlineAgents().length ?? 0) + engine.agents.countElsewhere(),
  );
  await engine.panic.lift(before);
  await remember(engine);
  engine.gateway()?.broadcastPanic(false, before.panicId);
  engine.wakeOutbox();
}

/** What the ids of panic webhooks begin with where they are who acted. */
export const webhookActor = "panic-webhook:";

const wireBy = (actor: Actor, names: MemberNames) => {
  const by = wireActor(actor, names);
  return actor.id.startsWith(webhookActor) ? { ...by, name: "panic webhook" } : by;
};

/** The halt as it is, per agent and never as a blanket statement. */
export async function panicState(engine: EngineContext, presence: AgentPresence, tenantId: string): Promise<WirePanicState> {
  const facts = engine.panic.current();
  const { agents, names } = await engine.db.readTenant(tenantId, async (tx) => ({
    agents: await listAgents(tx),
    names: await memberNames(tx),
  }));
  const since = ({ id, lastHeartbeat }: AgentRecord): string | null => {
    const halted = presence.haltedSince(id);
    return halted === undefined ? (lastHeartbeat?.toISOString() ?? null) : new Date(halted).toISOString();
  };
  return {
    on: facts.on,
    since: facts.on && facts.sinceMs !== null ? new Date(facts.sinceMs).toISOString() : null,
    by: facts.on && facts.by !== null ? wireBy(facts.by, names) : null,
    reason: facts.on ? facts.reason : null,
    agents: agents
      .filter((agent) => agent.status !== "revoked")
      .map((agent) => ({ id: agent.id, name: agent.name, state: presence.panicStateOf(agent.id), since: since(agent) })),
  };
}
