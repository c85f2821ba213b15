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
  type ExecutionCommand,
  type ExecutionEvent,
  type ExecutionState,
  invariant,
  type LastOutput,
  localChain,
  maxLookUps,
  type NewExecution,
  type PreparedStep,
  type Refusal,
  type Role,
  type VariableValue,
  type VersionFacts,
} from "@dd0c/core";
import type { AuditFile } from "./audit-file.ts";
import type { RecordedRun } from "./recorded-run.ts";

export const localTenant = localChain;
/** The executor of this machine, in the place of an agent. */
export const localAgent = { id: "local", name: hostname() } as const;

export type Asker = "person" | "engine" | "executor";

const askers: Readonly<Record<Asker, { readonly actor: () => Actor; readonly roles: readonly Role[] }>> = {
  person: { actor: () => ({ type: "user", id: userInfo().username, via: "cli" }), roles: ["approver"] },
  engine: { actor: () => ({ type: "system", id: "engine", via: "system" }), roles: [] },
  executor: { actor: () => ({ type: "agent", id: localAgent.id, via: "agent" }), roles: [] },
};

export interface Ask {
  readonly by: Asker;
  readonly command: ExecutionCommand;
  readonly prepared?: PreparedStep;
  /** What a declared check may judge. */
  readonly lastOutput?: LastOutput;
  /** Values typed for the step that the command takes: kept beside the gate's answer. */
  readonly values?: readonly VariableValue[];
}

export interface SessionOptions {
  readonly file: AuditFile;
  readonly policy: EffectivePolicy;
  readonly now: () => number;
}

/** Trust of a run that its own person walks (the gate's copilot level). */
const copilotLevel = 2;

/** A file of the person's own: nobody else wrote it or could review it. */
const ownFile: VersionFacts = { writtenBy: null, writtenAtMs: 0, reviewed: false };

export class RunSession {
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
