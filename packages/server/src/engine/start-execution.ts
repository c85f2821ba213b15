// A runbook and an agent go in, a started execution comes out: one row per command, values from the alert or the caller, waiting for its preflight.
// A second start for the same alert comes back with the run that is there.
import {
  AppError,
  branchTemplates,
  createExecution,
  decide,
  evolve,
  type ExecutionState,
  type TriggerSource,
  type VariableValue,
} from "@dd0c/core";
import {
  type AgentRecord,
  appendEvents,
  findRunbook,
  findRunOfAlert,
  findVersion,
  insertExecution,
  isRunbookLive,
  listAgents,
  listSteps,
  pinGovernance,
  readCircumstances,
  type RunbookRecord,
  takeTurnToStart,
  type TenantTx,
  type VersionRecord,
} from "../db/index.ts";
import { circumstances } from "./decide-context.ts";
import { type EngineContext, isOnline } from "./engine-context.ts";
import { checkTrust } from "./watch-invariants.ts";
import { stepTemplate } from "./step-template.ts";
import { type Asker, auditDraftOf, nothingLeaves, type Outcome, runCommandIn, wakeAfter } from "./run-command.ts";

export interface StartRequest {
  readonly runbookId: string;
  /** Left out: the tenant's only agent that can be chosen without doubt. */
  readonly agentId?: string | undefined;
  readonly triggerSource: TriggerSource;
  readonly alertContext?: Readonly<Record<string, unknown>> | undefined;
  readonly overrides?: Readonly<Record<string, string>> | undefined;
  /** False: refused where a run of this runbook is live on this agent. */
  readonly besideLiveRun: boolean;
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

export interface Started {
  readonly state: ExecutionState;
  /** The run was there already, for the same alert. */
  readonly joined: boolean;
}

/** The run that this alert started already, joined. Undefined: there is none. */
async function joinRunOfAlert(engine: EngineContext, tx: TenantTx, asker: Asker, request: StartRequest): Promise<Outcome | undefined> {
  const alertId = alertOf(request);
  const id = alertId === null ? undefined : await findRunOfAlert(tx, request.runbookId, alertId);
  if (id === undefined) return undefined;
  const outcome = await runCommandIn(engine, tx, id, asker, () => [{ command: { type: "join" } }]);
  // Over by the time its lock was given: this start is the first again.
  if (outcome.refusal?.code === "EXECUTION_STATE_CONFLICT") return undefined;
  if (outcome.refusal !== null) throw new AppError(outcome.refusal.code, outcome.refusal.message);
  return outcome;
}

const alertOf = (request: StartRequest): string | null => asText(request.alertContext?.["alert_id"]) ?? null;

/**
 * Errors: RUNBOOK_NOT_FOUND, AGENT_NOT_FOUND, VALIDATION_FAILED, LIVE_RUN_EXISTS, FORBIDDEN, PANIC_ACTIVE, PARTY_MODE_ACTIVE, REVIEW_REQUIRED.
 * Starts of one runbook take turns: of two for the same alert, the second joins the first.
 */
export async function startExecution(engine: EngineContext, asker: Asker, request: StartRequest): Promise<Started> {
  await checkTrust(engine, asker.tenantId, request.runbookId);
  const { outcome, joined } = await engine.db.withTenant(asker.tenantId, async (tx) => {
    await takeTurnToStart(tx, request.runbookId);
    const there = await joinRunOfAlert(engine, tx, asker, request);
    return there === undefined
      ? { outcome: await startAnother(engine, tx, asker, request), joined: false }
      : { outcome: there, joined: true };
  });
  wakeAfter(engine, outcome);
  return { state: outcome.state, joined };
}

async function startAnother(engine: EngineContext, tx: TenantTx, asker: Asker, request: StartRequest): Promise<Outcome> {
  const nowMs = engine.clock.now();
  const { runbook, version } = await findCurrent(tx, request.runbookId);
  const agent = await chooseAgent(engine, tx, request.agentId);
  if (!request.besideLiveRun && (await isRunbookLive(tx, runbook.id, agent.id))) throw new AppError("LIVE_RUN_EXISTS");
  const steps = await listSteps(tx, version.id);
  const open = version.parsed.variables.filter(({ secret }) => secret !== true);
  const created = createExecution(
    {
      id: engine.newId(),
      tenantId: asker.tenantId,
      runbookId: runbook.id,
      versionId: version.id,
      triggerSource: request.triggerSource,
      alertId: alertOf(request),
      checklist: version.parsed.prerequisites.map(({ description }, at) => ({ id: `p${at + 1}`, description })),
      requiredVariables: open.filter(({ source }) => source !== "runtime").map(({ name }) => name),
      laterVariables: open.filter(({ source }) => source === "runtime").map(({ name }) => name),
      variables: knownValues(version, request),
      branches: branchTemplates(version.parsed.branches),
      steps: steps.map((step) => stepTemplate(step, version, engine.newId())),
    },
    { actor: asker.actor, nowMs },
  );
  const pending = evolve(null, created);
  const around = circumstances(
    engine,
    tx,
    { agentId: agent.id },
    await readCircumstances(tx, { runbookId: runbook.id, versionId: version.id }),
  );
  const context = { ...around, nowMs, actor: asker.actor, roles: asker.roles, prepared: null, lookIds: [] };
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
}
