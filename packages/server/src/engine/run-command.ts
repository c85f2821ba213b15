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
  isContinued,
  isLookUp,
  maxLookUps,
  type LastOutput,
  nextMove,
  type PreparedStep,
  type Refusal,
  type Role,
  type StepState,
  wantsAdvance,
} from "@dd0c/core";
import { unknownSeen } from "@dd0c/scanner";
import {
  appendEvents,
  lockForDecision,
  type LockedExecution,
  lowerTrust,
  recordUnknownCommands,
  type NewEffect,
  saveDecision,
  type TenantTx,
  voidEffects,
} from "../db/index.ts";
import { circumstances } from "./decide-context.ts";
import { type ClaimedDispatch, type EngineContext, executionTopic, isHere, outboxPollMs, recordTopic } from "./engine-context.ts";
import { lastOutput } from "./last-output.ts";
import { loadMaterial, type Material, prepareNext } from "./prepare-execution.ts";
import { reportDue } from "./report-divergence.ts";
import { judgeTrust } from "./suggest-trust.ts";
import { approvalSpan } from "./reasoning-spans.ts";
import { resendResumed } from "./resend-lost.ts";

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
  /** What the condition's declared check looks at (advance). */
  readonly lastOutput?: LastOutput;
}

/** Builds the commands once the row is locked; an empty list changes nothing. */
export type BuildAsks = (locked: Locked) => Promise<readonly Ask[]> | readonly Ask[];

/** One command that needs nothing looked up. */
export const one =
  (command: ExecutionCommand): BuildAsks =>
  () => [{ command }];

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
  late: isContinued(event),
  source_ip: event.actor.type === "user" ? asker.sourceIp : null,
  data: event.data as unknown as AuditDraft["data"],
});

type SessionContext = Omit<DecideContext, "actor" | "roles" | "prepared" | "lookIds">;

class Session {
  readonly events: ExecutionEvent[] = [];
  readonly effects: Effect[] = [];
  refusal: Refusal | null = null;
  state: ExecutionState;
  private readonly base: SessionContext;
  private readonly newId: () => string;

  constructor(state: ExecutionState, base: SessionContext, newId: () => string) {
    this.state = state;
    this.base = base;
    this.newId = newId;
  }

  /** False when it was refused. */
  ask(asker: Asker, { command, prepared, lastOutput: output }: Ask): boolean {
    const seen = output === undefined ? {} : { lastOutput: output };
    const lookIds = Array.from({ length: maxLookUps }, this.newId);
    const context = { ...this.base, actor: asker.actor, roles: asker.roles, prepared: prepared ?? null, lookIds, ...seen };
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

/** The command that takes the engine one move further: with the rendering of the step to take, or what the condition's check looks at. */
async function nextAsk(
  engine: EngineContext,
  state: ExecutionState,
  tx: TenantTx,
  material: () => Promise<Material>,
): Promise<Ask | "halted"> {
  const command = { type: "advance" } as const;
  const move = nextMove(state);
  if (move.kind === "ask")
    return move.branch.check === null ? { command } : { command, lastOutput: await lastOutput(tx, state, move.step) };
  // A look-up was rendered with the step that it looks for.
  if (move.kind !== "take" || isLookUp(move.step)) return { command };
  const prepared = await prepareUnlessHalted(engine, state, move.step, await material(), tx);
  if (prepared === undefined) return { command };
  if (prepared === "halted") return prepared;
  if (move.step.origin === "unlisted") await recordUnknownCommands(tx, unknownSeen(prepared), new Date(engine.clock.now()));
  return { command, prepared };
}

/** Takes steps until one is in flight, waits for a human, or none is left. A refusal (agent offline) leaves the rest for later. */
async function advance(engine: EngineContext, session: Session, tx: TenantTx, material: () => Promise<Material>): Promise<void> {
  for (let count = 0; wantsAdvance(session.state); count += 1) {
    invariant(count < maxAdvances, "the engine goes on without end");
    const ask = await nextAsk(engine, session.state, tx, material);
    if (ask === "halted") return;
    const kept = session.refusal;
    if (!session.ask(engineAsker(tx.tenantId), ask)) {
      session.refusal = kept;
      return;
    }
  }
}

const outboxKinds: readonly string[] = ["dispatch", "terminate", "timer"];
/** Rows of the outbox that make something run. */
export const dispatchKinds = ["dispatch"] as const;
const claimLeaseMs = 30_000;

/** A dispatch to an agent whose stream is here is claimed by us at once: it leaves right after the commit. */
const claimOf = (engine: EngineContext, effect: Effect, nowMs: number) =>
  effect.kind === "dispatch" && isHere(engine, effect.agentId)
    ? { claim: { worker: engine.worker, until: new Date(nowMs + claimLeaseMs) } }
    : {};

/** What other rows need first: dispatches that are not to leave, trust that sinks. */
async function settleOthers(tx: TenantTx, state: ExecutionState, effects: readonly Effect[], nowMs: number): Promise<void> {
  for (const effect of effects) {
    if (effect.kind === "void-dispatches") await voidEffects(tx, { kinds: dispatchKinds, executionId: state.id }, new Date(nowMs));
    if (effect.kind === "downgrade-trust") await lowerTrust(tx, effect.runbookId, 0, new Date(nowMs));
  }
}

interface OutboxRow {
  readonly effect: Effect;
  readonly row: NewEffect;
}

function outboxRows(engine: EngineContext, state: ExecutionState, effects: readonly Effect[], nowMs: number): readonly OutboxRow[] {
  const leaving = effects.filter((effect) => outboxKinds.includes(effect.kind));
  return leaving.map((effect) => ({
    effect,
    row: {
      kind: effect.kind,
      payload: effect,
      availableAt: new Date(effect.kind === "timer" ? effect.atMs : nowMs),
      executionId: state.id,
      ...("agentId" in effect ? { agentId: effect.agentId } : {}),
      ...claimOf(engine, effect, nowMs),
    },
  }));
}

const leavingOf = (rows: readonly OutboxRow[], ids: readonly number[], nowMs: number): Leaving => ({
  claimed: rows.flatMap(({ effect, row }, at) =>
    effect.kind === "dispatch" && row.claim !== undefined ? [{ rowId: ids[at] ?? 0, effect }] : [],
  ),
  wake: rows.some(({ row }) => row.claim === undefined && row.availableAt.getTime() < nowMs + outboxPollMs),
});

/** The part inside an open transaction. */
async function decideLocked(
  engine: EngineContext,
  tx: TenantTx,
  locked: LockedExecution,
  asker: Asker,
  build: BuildAsks,
): Promise<Outcome> {
  const before = locked.state;
  const nowMs = engine.clock.now();
  let loaded: Promise<Material> | undefined;
  const material = () => (loaded ??= loadMaterial(tx, before.versionId));
  const around = circumstances(engine, tx, before, locked.circumstances);
  const session = new Session(before, { nowMs, ...around }, engine.newId);
  for (const ask of await build({ state: before, tx, material })) {
    if (!session.ask(asker, ask)) break;
  }
  await advance(engine, session, tx, material);
  const { state, events, effects, refusal } = session;
  if (events.length === 0) return { state, events, refusal, leaving: nothingLeaves };
  await settleOthers(tx, state, effects, nowMs);
  const rows = outboxRows(engine, state, effects, nowMs);
  const report = reportDue(before, state, nowMs);
  const { effectIds, head } = await saveDecision(tx, before, state, [...rows.map(({ row }) => row), ...report]);
  const trust = await judgeTrust(tx, { before, after: state, policy: around.policy, nowMs });
  await appendEvents(tx, [...events.map((event) => auditDraftOf(event, state, asker, nowMs)), ...trust], head);
  const isResent = events.some(({ type }) => type === "execution.resumed") && (await resendResumed(engine, tx, state));
  const leaving = leavingOf(rows, effectIds, nowMs);
  return { state, events, refusal, leaving: { ...leaving, wake: leaving.wake || isResent || report.length > 0 } };
}

/** After the commit: those who watch look again, and what is to leave leaves. */
export function wakeAfter(engine: EngineContext, outcome: Outcome): void {
  if (outcome.events.length === 0) return;
  engine.sendNow(outcome.state, outcome.leaving.claimed);
  if (outcome.leaving.claimed.length === 0 && outcome.state.completedAtMs === null) engine.expectDispatch(outcome.state);
  engine.renewCapsule(outcome.state);
  engine.bus.publish(executionTopic(outcome.state.id), "state");
  engine.bus.publish(recordTopic, "");
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
  const locked = await lockForDecision(tx, executionId);
  if (locked === undefined) throw new AppError("EXECUTION_NOT_FOUND");
  return decideLocked(engine, tx, locked, asker, build);
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
