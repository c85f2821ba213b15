// A runbook and an agent go in, a started execution comes out: one row per command, values from the alert or the caller, waiting for its preflight.
import { AppError, createExecution, decide, evolve, type ExecutionState, type TriggerSource, type VariableValue } from "@dd0c/core";
import {
  type AgentRecord,
  appendEvents,
  findRunbook,
  findVersion,
  insertExecution,
  listAgents,
  listSteps,
  pinGovernance,
  type RunbookRecord,
  type TenantTx,
  type VersionRecord,
} from "../db/index.ts";
import { circumstances } from "./decide-context.ts";
import { type EngineContext, isOnline } from "./engine-context.ts";
import { checkTrust } from "./watch-invariants.ts";
import { stepTemplate } from "./step-template.ts";
import { type Asker, auditDraftOf, nothingLeaves, wakeAfter } from "./run-command.ts";

export interface StartRequest {
  readonly runbookId: string;
  /** Left out: the tenant's only agent that can be chosen without doubt. */
  readonly agentId?: string | undefined;
  readonly triggerSource: TriggerSource;
  readonly alertContext?: Readonly<Record<string, unknown>> | undefined;
  readonly overrides?: Readonly<Record<string, string>> | undefined;
}

async function chooseAgent(engine: EngineContext, tx: TenantTx, wanted: string | undefined): Promise<AgentRecord> {
  const agents = (await listAgents(tx)).filter((agent) => agent.status === "active");
  if (wanted !== undefined) {
    const agent = agents.find((each) => each.id === wanted);
    if (agent === undefined) throw new AppError("AGENT_NOT_FOUND");
    return agent;
  }
  const online = agents.filter((agent) => isOnline(engine, agent.id));
  const [only, second] = online.length > 0 ? online : agents;
  if (only === undefined) throw new AppError("AGENT_NOT_FOUND", "No agent is enrolled yet.");
  if (second !== undefined) throw new AppError("VALIDATION_FAILED", "There are several agents: name the one that this runs on.");
  return only;
}

const asText = (value: unknown): string | undefined => (typeof value === "string" || typeof value === "number" ? String(value) : undefined);

/** Values that are known before anybody is asked: what the caller gave, else the alert's field. */
function knownValues(version: VersionRecord, request: StartRequest): readonly VariableValue[] {
  return version.parsed.variables.flatMap(({ name, source, field, secret }): VariableValue[] => {
    if (secret === true) return [];
    const given = request.overrides?.[name];
    if (given !== undefined) return [{ name, value: given, source: "manual" }];
    const value = source === "alert" && field !== undefined ? asText(request.alertContext?.[field]) : undefined;
    return value === undefined ? [] : [{ name, value, source: "alert" }];
  });
}

interface Found {
  readonly runbook: RunbookRecord;
  readonly version: VersionRecord;
}

async function findCurrent(tx: TenantTx, runbookId: string): Promise<Found> {
  const runbook = await findRunbook(tx, runbookId);
  const version = runbook === undefined ? undefined : await findVersion(tx, runbook.id, runbook.activeVersion);
  if (runbook === undefined || version === undefined) throw new AppError("RUNBOOK_NOT_FOUND");
  return { runbook, version };
}

/** Errors: RUNBOOK_NOT_FOUND, AGENT_NOT_FOUND, VALIDATION_FAILED, FORBIDDEN, PANIC_ACTIVE, PARTY_MODE_ACTIVE, REVIEW_REQUIRED. */
export async function startExecution(engine: EngineContext, asker: Asker, request: StartRequest): Promise<ExecutionState> {
  await checkTrust(engine, asker.tenantId, request.runbookId);
  const nowMs = engine.clock.now();
  const started = await engine.db.withTenant(asker.tenantId, async (tx) => {
    const { runbook, version } = await findCurrent(tx, request.runbookId);
    const agent = await chooseAgent(engine, tx, request.agentId);
    const steps = await listSteps(tx, version.id);
    const created = createExecution(
      {
        id: engine.newId(),
        tenantId: asker.tenantId,
        runbookId: runbook.id,
        versionId: version.id,
        triggerSource: request.triggerSource,
        alertId: asText(request.alertContext?.["alert_id"]) ?? null,
        checklist: version.parsed.prerequisites.map(({ description }, at) => ({ id: `p${at + 1}`, description })),
        requiredVariables: version.parsed.variables.filter(({ secret }) => secret !== true).map(({ name }) => name),
        variables: knownValues(version, request),
        steps: steps.map((step) => stepTemplate(step, version, engine.newId())),
      },
      { actor: asker.actor, nowMs },
    );
    const pending = evolve(null, created);
    const around = await circumstances(engine, tx, { runbookId: runbook.id, versionId: version.id, agentId: agent.id });
    const context = { ...around, nowMs, actor: asker.actor, roles: asker.roles, prepared: null };
    const decision = decide(pending, { type: "start", agentId: agent.id, agentName: agent.name }, context);
    if (!decision.ok) throw new AppError(decision.code, decision.message);
    const state = decision.events.reduce<ExecutionState>(evolve, pending);
    await insertExecution(tx, state, request.alertContext ?? null);
    await pinGovernance(tx, state.id, around.policy.governanceMode);
    const events = [created, ...decision.events];
    await appendEvents(
      tx,
      events.map((event) => auditDraftOf(event, state, asker, nowMs)),
    );
    return { state, events, refusal: null, leaving: nothingLeaves };
  });
  wakeAfter(engine, started);
  return started.state;
}
