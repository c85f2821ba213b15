// The engine's shell for one record: core decides, the events are on the disk, only then the caller acts on them.
// In: commands of the person, of the engine itself and of the executor. Out: events, or a refusal. It holds no rule of its own.
import { randomUUID } from "node:crypto";
import { hostname, userInfo } from "node:os";
import {
  type Actor,
  type AuditDraft,
  createExecution,
  decide,
  type DecideContext,
  type EffectivePolicy,
  evolve,
  type ExecutionEvent,
  type ExecutionState,
  invariant,
  localChain,
  maxLookUps,
  type NewExecution,
  type Refusal,
  type Role,
  type VariableValue,
  type VersionFacts,
} from "@dd0c/core";
import type { Ask, Asker, WalkSession } from "@dd0c/executor";
import type { AuditFile } from "./audit-file.ts";
import type { RecordedRun } from "./recorded-run.ts";

export const localTenant = localChain;
/** The executor of this machine, in the place of an agent. */
export const localAgent = { id: "local", name: hostname() } as const;

const askers: Readonly<Record<Asker, { readonly actor: () => Actor; readonly roles: readonly Role[] }>> = {
  person: { actor: () => ({ type: "user", id: userInfo().username, via: "cli" }), roles: ["approver"] },
  engine: { actor: () => ({ type: "system", id: "engine", via: "system" }), roles: [] },
  executor: { actor: () => ({ type: "agent", id: localAgent.id, via: "agent" }), roles: [] },
};

export interface SessionOptions {
  readonly file: AuditFile;
  readonly policy: EffectivePolicy;
  readonly now: () => number;
}

/** Trust of a run that its own person walks (the gate's copilot level). */
const copilotLevel = 2;

/** A file of the person's own: nobody else wrote it or could review it. */
const ownFile: VersionFacts = { writtenBy: null, writtenAtMs: 0, reviewed: false };

export class RunSession implements WalkSession {
  private run: RecordedRun | null;
  private readonly options: SessionOptions;

  constructor(options: SessionOptions, run: RecordedRun | null) {
    this.options = options;
    this.run = run;
  }

  get recorded(): RecordedRun {
    invariant(this.run !== null, "a run was begun");
    return this.run;
  }

  get state(): ExecutionState {
    return this.recorded.state;
  }

  get values(): ReadonlyMap<string, VariableValue> {
    return this.recorded.values;
  }

  /** A run comes into being; `startUp` lets it begin. */
  async create(input: Omit<NewExecution, "tenantId" | "triggerSource" | "alertId">): Promise<void> {
    const context = { actor: askers.person.actor(), nowMs: this.options.now() };
    await this.record([createExecution({ ...input, tenantId: localTenant, triggerSource: "api_call", alertId: null }, context)], []);
  }

  /** Starts the run once the person has confirmed its whole checklist; goes on where a crash left it. */
  async startUp(): Promise<void> {
    if (this.state.status === "pending")
      await this.mustAsk({ by: "person", command: { type: "start", agentId: localAgent.id, agentName: localAgent.name } });
    const checklist = this.state.checklist.map(({ id }) => id);
    if (this.state.status === "preflight")
      await this.mustAsk({ by: "person", command: { type: "confirm-preflight", variables: [], checklist } });
  }

  /** @returns null, or why not; nothing changed then */
  async ask({ by, command, prepared, lastOutput, values }: Ask): Promise<Refusal | null> {
    const { actor, roles } = askers[by];
    const { policy, now } = this.options;
    const context: DecideContext = {
      nowMs: now(),
      actor: actor(),
      roles,
      policy,
      version: ownFile,
      panic: false,
      // A scanner that failed its own check never gets here (sound-scanner.ts).
      party: false,
      trustLevel: copilotLevel,
      agentOnline: true,
      prepared: prepared ?? null,
      ...(lastOutput === undefined ? {} : { lastOutput }),
      lookIds: Array.from({ length: maxLookUps }, () => randomUUID()),
    };
    const decision = decide(this.state, command, context);
    if (!decision.ok) return decision;
    if (decision.events.length > 0) await this.record(decision.events, values ?? []);
    return null;
  }

  /** For what the walk knows to be allowed: a refusal is a defect. */
  async mustAsk(ask: Ask): Promise<void> {
    const refusal = await this.ask(ask);
    invariant(refusal === null, `${ask.command.type}: ${refusal?.code ?? ""} ${refusal?.message ?? ""}`);
  }

  /** On the disk first, then in memory. */
  private async record(events: readonly ExecutionEvent[], values: readonly VariableValue[]): Promise<void> {
    const state = events.reduce<ExecutionState | null>(evolve, this.run?.state ?? null);
    invariant(state !== null, "a run was begun");
    const nowMs = this.options.now();
    await this.options.file.append(events.map((event) => draftOf(event, state.runbookId, nowMs, values)));
    this.run = { state, values: new Map([...(this.run?.values ?? []), ...values.map((value) => [value.name, value] as const)]) };
  }
}

const gated: readonly string[] = ["step.auto_executed", "step.approval_requested", "step.suggested", "step.blocked"];

const draftOf = (event: ExecutionEvent, runbookId: string, nowMs: number, values: readonly VariableValue[]): AuditDraft => ({
  type: event.type,
  schema_version: 1,
  tenant: localTenant,
  execution: event.executionId,
  step_execution: event.stepExecutionId,
  runbook: runbookId,
  actor: event.actor,
  occurred_at: new Date(event.occurredAtMs).toISOString(),
  recorded_at: new Date(nowMs).toISOString(),
  late: false,
  source_ip: null,
  data: { ...event.data, ...(gated.includes(event.type) && values.length > 0 ? { values } : {}) },
});
