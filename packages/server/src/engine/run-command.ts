// One command to one execution, in one transaction: lock, decide, append to the audit chain, project, write the outbox.
// While the engine can go on by itself it does so in the same transaction. Wake-ups leave after the commit, never before.
import {
  type Actor,
  AppError,
  type AuditDraft,
  decide,
  type DecideContext,
  type Effect,
  effectsOf,
  evolve,
  type ExecutionCommand,
  type ExecutionEvent,
  type ExecutionState,
  invariant,
  type PreparedStep,
  type Refusal,
  type Role,
  type StepState,
  wantsAdvance,
} from "@dd0c/core";
import { unknownSeen } from "@dd0c/scanner";
import {
  appendEvents,
  enqueueEffects,
  lockExecution,
  lowerTrust,
  recordUnknownCommands,
  saveExecution,
  type TenantTx,
  voidEffects,
} from "../db/index.ts";
import { circumstances } from "./decide-context.ts";
import { type ClaimedDispatch, type EngineContext, executionTopic, isOnline, outboxPollMs } from "./engine-context.ts";
import { loadMaterial, type Material, prepareNext } from "./prepare-execution.ts";
import { judgeTrust } from "./suggest-trust.ts";
import { approvalSpan } from "./reasoning-spans.ts";

/** Who asks. */
export interface Asker {
  readonly tenantId: string;
  readonly actor: Actor;
  readonly roles: readonly Role[];
  readonly sourceIp: string | null;
}

export const engineAsker = (tenantId: string): Asker => ({
  tenantId,
  actor: { type: "system", id: "engine", via: "system" },
  roles: [],
  sourceIp: null,
});

/** What a command may look at before it is decided, inside the transaction. */
export interface Locked {
  readonly state: ExecutionState;
  readonly tx: TenantTx;
  readonly material: () => Promise<Material>;
}

export interface Ask {
  readonly command: ExecutionCommand;
  /** Rendering that the command is about (modify). */
  readonly prepared?: PreparedStep;
}

/** Builds the commands once the row is locked; an empty list changes nothing. */
export type BuildAsks = (locked: Locked) => Promise<readonly Ask[]> | readonly Ask[];

export interface Outcome {
  readonly state: ExecutionState;
  readonly events: readonly ExecutionEvent[];
  /** The first refusal; what was decided before it stands. */
  readonly refusal: Refusal | null;
  readonly leaving: Leaving;
}

/** What the outbox got. */
interface Leaving {
  /** Dispatches to send as soon as the transaction is committed. */
  readonly claimed: readonly ClaimedDispatch[];
  /** Something else is due before the outbox looks by itself. */
  readonly wake: boolean;
}

export const nothingLeaves: Leaving = { claimed: [], wake: false };

/** Longest chain of automatic decisions in one transaction: every step is settled or waits long before. */
const maxAdvances = 1_000;

export const auditDraftOf = (
  event: ExecutionEvent,
  state: Pick<ExecutionState, "tenantId" | "runbookId">,
  asker: Asker,
  nowMs: number,
): AuditDraft => ({
  type: event.type,
  schema_version: 1,
  tenant: state.tenantId,
  execution: event.executionId,
  step_execution: event.stepExecutionId,
  runbook: state.runbookId,
  actor: event.actor,
  occurred_at: new Date(event.occurredAtMs).toISOString(),
  recorded_at: new Date(nowMs).toISOString(),
  late: false,
  source_ip: event.actor.type === "user" ? asker.sourceIp : null,
  data: event.data as unknown as AuditDraft["data"],
});

class Session {
  readonly events: ExecutionEvent[] = [];
  readonly effects: Effect[] = [];
  refusal: Refusal | null = null;
  state: ExecutionState;
  private readonly base: Omit<DecideContext, "actor" | "roles" | "prepared">;

  constructor(state: ExecutionState, base: Omit<DecideContext, "actor" | "roles" | "prepared">) {
    this.state = state;
    this.base = base;
  }

  /** False when it was refused. */
  ask(asker: Asker, { command, prepared }: Ask): boolean {
    const context = { ...this.base, actor: asker.actor, roles: asker.roles, prepared: prepared ?? null };
    const decision = decide(this.state, command, context);
    if (!decision.ok) {
      this.refusal = decision;
      return false;
    }
    for (const event of decision.events) this.state = evolve(this.state, event);
    this.events.push(...decision.events);
    this.effects.push(...effectsOf(decision.events, this.state));
    approvalSpan(decision.events, this.state);
    return true;
  }
}

const currentCommandStep = (state: ExecutionState): StepState | undefined => state.steps.find((step) => step.status === "pending");

/** "halted": the scanner failed its own check. What was decided before stands; nothing new is rendered. */
async function prepareUnlessHalted(
  engine: EngineContext,
  state: ExecutionState,
  step: StepState,
  material: Material,
  tx: TenantTx,
): Promise<PreparedStep | undefined | "halted"> {
  try {
    return await prepareNext(engine.scanner, state, step, material, (contexts) => engine.llm.recall(tx, contexts));
  } catch (error) {
    if (error instanceof AppError && error.code === "PARTY_MODE_ACTIVE") return "halted";
    throw error;
  }
}

/** Takes steps until one is in flight, waits for a human, or none is left. A refusal (agent offline) leaves the rest for later. */
async function advance(engine: EngineContext, session: Session, tx: TenantTx, material: () => Promise<Material>): Promise<void> {
  for (let count = 0; wantsAdvance(session.state); count += 1) {
    invariant(count < maxAdvances, "the engine goes on without end");
    const step = currentCommandStep(session.state);
    const prepared = step === undefined ? undefined : await prepareUnlessHalted(engine, session.state, step, await material(), tx);
    if (prepared === "halted") return;
    if (step?.origin === "unlisted" && prepared !== undefined)
      await recordUnknownCommands(tx, unknownSeen(prepared), new Date(engine.clock.now()));
    const kept = session.refusal;
    const went = session.ask(engineAsker(tx.tenantId), { command: { type: "advance" }, ...(prepared === undefined ? {} : { prepared }) });
    if (!went) {
      session.refusal = kept;
      return;
    }
  }
}

const outboxKinds: readonly string[] = ["dispatch", "terminate", "timer"];
const dispatchKinds = ["dispatch"] as const;
const claimLeaseMs = 30_000;

/** A dispatch to an agent whose stream is here is claimed by us at once: it leaves right after the commit. */
const claimOf = (engine: EngineContext, effect: Effect, nowMs: number) =>
  effect.kind === "dispatch" && isOnline(engine, effect.agentId)
    ? { claim: { worker: engine.worker, until: new Date(nowMs + claimLeaseMs) } }
    : {};

async function writeEffects(
  engine: EngineContext,
  tx: TenantTx,
  state: ExecutionState,
  effects: readonly Effect[],
  nowMs: number,
): Promise<Leaving> {
  for (const effect of effects) {
    if (effect.kind === "void-dispatches") await voidEffects(tx, { kinds: dispatchKinds, executionId: state.id }, new Date(nowMs));
    if (effect.kind === "downgrade-trust") await lowerTrust(tx, effect.runbookId, 0, new Date(nowMs));
  }
  const leaving = effects.filter((effect) => outboxKinds.includes(effect.kind));
  const rows = leaving.map((effect) => ({
    kind: effect.kind,
    payload: effect,
    availableAt: new Date(effect.kind === "timer" ? effect.atMs : nowMs),
    executionId: state.id,
    ...("agentId" in effect ? { agentId: effect.agentId } : {}),
    ...claimOf(engine, effect, nowMs),
  }));
  const ids = await enqueueEffects(tx, rows);
  return {
    claimed: leaving.flatMap((effect, at) =>
      effect.kind === "dispatch" && rows[at]?.claim !== undefined ? [{ rowId: ids[at] ?? 0, effect }] : [],
    ),
    wake: rows.some((row) => row.claim === undefined && row.availableAt.getTime() < nowMs + outboxPollMs),
  };
}

/** The part inside an open transaction. */
async function decideLocked(engine: EngineContext, tx: TenantTx, before: ExecutionState, asker: Asker, build: BuildAsks): Promise<Outcome> {
  const nowMs = engine.clock.now();
  let loaded: Promise<Material> | undefined;
  const material = () => (loaded ??= loadMaterial(tx, before.versionId));
  const around = await circumstances(engine, tx, before);
  const session = new Session(before, { nowMs, ...around });
  for (const ask of await build({ state: before, tx, material })) {
    if (!session.ask(asker, ask)) break;
  }
  await advance(engine, session, tx, material);
  const { state, events, effects, refusal } = session;
  if (events.length === 0) return { state, events, refusal, leaving: nothingLeaves };
  await saveExecution(tx, before, state);
  const leaving = await writeEffects(engine, tx, state, effects, nowMs);
  const trust = await judgeTrust(tx, { before, after: state, policy: around.policy, nowMs });
  await appendEvents(tx, [...events.map((event) => auditDraftOf(event, state, asker, nowMs)), ...trust]);
  return { state, events, refusal, leaving };
}

/** After the commit: those who watch look again, and what is to leave leaves. */
export function wakeAfter(engine: EngineContext, outcome: Outcome): void {
  if (outcome.events.length === 0) return;
  engine.sendNow(outcome.state, outcome.leaving.claimed);
  engine.bus.publish(executionTopic(outcome.state.id), "state");
  if (outcome.leaving.wake) engine.wakeOutbox();
}

/** For parts that do more in the same transaction. Call `wakeAfter` when it is committed. @throws AppError EXECUTION_NOT_FOUND */
export async function runCommandIn(
  engine: EngineContext,
  tx: TenantTx,
  executionId: string,
  asker: Asker,
  build: BuildAsks,
): Promise<Outcome> {
  const before = await lockExecution(tx, executionId);
  if (before === undefined) throw new AppError("EXECUTION_NOT_FOUND");
  return decideLocked(engine, tx, before, asker, build);
}

/** Runs commands against one execution. @throws AppError EXECUTION_NOT_FOUND; a refusal is in the outcome */
export async function runCommand(engine: EngineContext, executionId: string, asker: Asker, build: BuildAsks): Promise<Outcome> {
  const outcome = await engine.db.withTenant(asker.tenantId, (tx) => runCommandIn(engine, tx, executionId, asker, build));
  wakeAfter(engine, outcome);
  return outcome;
}

/** As runCommand, for people: a refusal is thrown with its code. */
export async function askExecution(engine: EngineContext, executionId: string, asker: Asker, build: BuildAsks): Promise<Outcome> {
  const outcome = await runCommand(engine, executionId, asker, build);
  if (outcome.refusal !== null) throw new AppError(outcome.refusal.code, outcome.refusal.message);
  return outcome;
}
