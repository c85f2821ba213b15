// A runbook and an agent go in, a started execution comes out: one row per command, values from the alert or the caller, waiting for its preflight.
// A second start for the same alert comes back with the run that is there; the run that a match left waiting is the one that starts.
import { AppError, decide, evolve, type ExecutionState } from "@dd0c/core";
import {
  type AgentRecord,
  appendEvents,
  findRunOfAlert,
  insertExecution,
  isRunbookLive,
  listAgents,
  pinGovernance,
  readCircumstances,
  readExecution,
  takeTurnToStart,
  type TenantTx,
} from "../db/index.ts";
import { lockAlert, settleOffer } from "../webhooks/settle-offer.ts";
import { alertOf, createRun, findCurrent, type RunRequest } from "./create-run.ts";
import { circumstances } from "./decide-context.ts";
import { type EngineContext, isOnline } from "./engine-context.ts";
import { checkTrust } from "./watch-invariants.ts";
import { type Asker, auditDraftOf, nothingLeaves, one, type Outcome, runCommandIn, wakeAfter } from "./run-command.ts";

export interface StartRequest extends RunRequest {
  /** Left out: the tenant's only agent that can be chosen without doubt. */
  readonly agentId?: string | undefined;
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

export interface Started {
  readonly state: ExecutionState;
  /** The run was there already, for the same alert. */
  readonly joined: boolean;
}

const settled = (outcome: Outcome): Outcome => {
  if (outcome.refusal !== null) throw new AppError(outcome.refusal.code, outcome.refusal.message);
  return outcome;
};

/** The run that this alert started already, joined. Undefined: there is none. */
async function joinRunOfAlert(engine: EngineContext, tx: TenantTx, asker: Asker, id: string): Promise<Outcome | undefined> {
  const outcome = await runCommandIn(engine, tx, id, asker, one({ type: "join" }));
  // Over by the time its lock was given: this start is the first again.
  return outcome.refusal?.code === "EXECUTION_STATE_CONFLICT" ? undefined : settled(outcome);
}

/** Starts the run that waits for this alert. Undefined: it is of another version, or the caller has values for it, so that another one starts. */
async function startWaiting(
  engine: EngineContext,
  tx: TenantTx,
  asker: Asker,
  request: StartRequest,
  waiting: ExecutionState,
): Promise<Outcome | undefined> {
  const { version } = await findCurrent(tx, request.runbookId);
  if (waiting.versionId !== version.id || Object.keys(request.overrides ?? {}).length > 0) {
    settled(await runCommandIn(engine, tx, waiting.id, asker, one({ type: "expire" })));
    return undefined;
  }
  const agent = await agentFor(engine, tx, request);
  const outcome = settled(
    await runCommandIn(engine, tx, waiting.id, asker, one({ type: "start", agentId: agent.id, agentName: agent.name })),
  );
  await pinGovernanceOf(engine, tx, outcome.state, agent.id);
  return outcome;
}

async function pinGovernanceOf(engine: EngineContext, tx: TenantTx, state: ExecutionState, agentId: string): Promise<void> {
  const { policy } = circumstances(engine, tx, { agentId }, await readCircumstances(tx, state));
  await pinGovernance(tx, state.id, policy.governanceMode);
}

async function agentFor(engine: EngineContext, tx: TenantTx, request: StartRequest): Promise<AgentRecord> {
  const agent = await chooseAgent(engine, tx, request.agentId);
  if (!request.besideLiveRun && (await isRunbookLive(tx, request.runbookId, agent.id))) throw new AppError("LIVE_RUN_EXISTS");
  return agent;
}

/** The run of this alert, or of those that share its offer: which of them a person opened is chance. */
async function findRun(tx: TenantTx, request: StartRequest, offeredRunId: string | null) {
  const { runbookId } = request;
  const alertId = alertOf(request);
  const own = alertId === null ? undefined : await findRunOfAlert(tx, runbookId, alertId);
  const id = own ?? offeredRunId;
  const state = id === null ? undefined : await readExecution(tx, id);
  return state?.runbookId === runbookId ? state : undefined;
}

/** What this alert has led to already: joined where it was started, started where it waits. */
async function runOfAlert(engine: EngineContext, tx: TenantTx, asker: Asker, request: StartRequest, offeredRunId: string | null) {
  const state = await findRun(tx, request, offeredRunId);
  if (state === undefined) return undefined;
  const isWaiting = state.status === "pending";
  const outcome = await (isWaiting ? startWaiting(engine, tx, asker, request, state) : joinRunOfAlert(engine, tx, asker, state.id));
  return outcome === undefined ? undefined : { outcome, joined: !isWaiting };
}

/**
 * Errors: RUNBOOK_NOT_FOUND, AGENT_NOT_FOUND, VALIDATION_FAILED, LIVE_RUN_EXISTS, FORBIDDEN, PANIC_ACTIVE, PARTY_MODE_ACTIVE, REVIEW_REQUIRED.
 * Starts of one runbook take turns: of two for the same alert, the second joins the first.
 */
export async function startExecution(engine: EngineContext, asker: Asker, asked: StartRequest): Promise<Started> {
  await checkTrust(engine, asker.tenantId, asked.runbookId);
  const { outcome, joined } = await engine.db.withTenant(asker.tenantId, async (tx) => {
    await takeTurnToStart(tx, asked.runbookId);
    // The offer before the run, as everybody locks them; and of an alert that we took in our own record counts, not the caller's word.
    const { offeredRunId = null, ...alert } = (await lockAlert(tx, alertOf(asked))) ?? {};
    const request = { ...asked, ...alert };
    const there = await runOfAlert(engine, tx, asker, request, offeredRunId);
    const started = there ?? { outcome: await startAnother(engine, tx, asker, request), joined: false };
    if (!started.joined) await settleOffer(engine, tx, asker, started.outcome.state);
    return started;
  });
  wakeAfter(engine, outcome);
  return { state: outcome.state, joined };
}

async function startAnother(engine: EngineContext, tx: TenantTx, asker: Asker, request: StartRequest): Promise<Outcome> {
  const nowMs = engine.clock.now();
  const { created, pending } = await createRun(engine.newId, tx, asker, request, nowMs);
  const agent = await agentFor(engine, tx, request);
  const around = circumstances(engine, tx, { agentId: agent.id }, await readCircumstances(tx, pending));
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
