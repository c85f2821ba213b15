// Everything that can happen to an execution, as facts. decide.ts writes them, evolve.ts replays them, the audit chain keeps them.
// Names are the spec's; the added ones are listed in docs/decisions/0300. `data` is snake case: these are the recorded bytes.
// Readers ignore unknown fields; fields are only ever added.
import type { Risk } from "@dd0c/scanner";
import type { Actor, Role } from "../trust/actor.ts";
import type { GateDecision, TrustLevel } from "../trust/gate.ts";
import type { GateInputs } from "../trust/gate-inputs.ts";
import type { Policy } from "../trust/policy.ts";
import type { PolicyRecord, PolicySourceRecord } from "../trust/policy-record.ts";
import type { BranchTemplate } from "./branch/branch-template.ts";
import type { DeclaredCheck } from "./branch/declared-check.ts";
import type { Grant } from "./grant.ts";
import type { Lapse, LookResult } from "./look/look-up.ts";
import type {
  ChecklistItem,
  ExecutionStatus,
  NotRunnableReason,
  PauseReason,
  PreparedStep,
  StepResult,
  StepTemplate,
  TriggerSource,
  VariableValue,
} from "./types.ts";

/** Data of each event type that belongs to one execution. */
export interface ExecutionEventData {
  /** A run exists, before anybody starts it. */
  "execution.created": {
    readonly tenant_id: string;
    readonly runbook_id: string;
    readonly version_id: string;
    readonly trigger_source: TriggerSource;
    readonly triggered_by: string;
    readonly alert_id: string | null;
    readonly steps: readonly StepTemplate[];
    readonly variables: readonly VariableValue[];
    readonly required_variables: readonly string[];
    readonly checklist: readonly ChecklistItem[];
    readonly branches?: readonly BranchTemplate[];
    readonly later_variables?: readonly string[];
    /** When its alert began: by the sender's clock, and when it reached us. */
    readonly alert_began?: { readonly started_at_ms: number | null; readonly received_at_ms: number };
  };
  "execution.started": {
    readonly runbook_version: string;
    readonly trigger_source: TriggerSource;
    readonly alert_context: { readonly alert_id: string | null };
    readonly triggering_user: string;
    readonly trust_level: TrustLevel;
    readonly agent_id: string;
    readonly agent_name: string;
    readonly governance_mode: Policy["governanceMode"];
    /** The runbook's own level; `trust_level` is lower where the policy's maximum is. */
    readonly runbook_trust_level: TrustLevel;
    readonly policy: PolicyRecord;
    readonly policy_layers: PolicySourceRecord;
  };
  "execution.preflight_confirmed": {
    readonly confirmed_by: string;
    readonly variables: readonly VariableValue[];
    readonly checklist: readonly string[];
  };
  /** A variable got its value while the run was under way: every step that was not taken yet is rendered afresh. */
  "execution.variable_set": {
    readonly name: string;
    readonly value: string;
    readonly source: "manual" | "runtime";
    readonly set_by: string;
    /** The output that it was copied from, by hash. */
    readonly copied_from: { readonly step_execution: string; readonly attempt: number; readonly stdout_hash: string | null } | null;
  };
  "execution.paused": { readonly reason: PauseReason; readonly note: string | null };
  "execution.resumed": { readonly resumed_by: string; readonly after: PauseReason | "stalled"; readonly note: string | null };
  /** An approval has been open for 30 minutes. `escalated_to`: the members who may decide, as they were then. */
  "execution.stalled": { readonly waiting_minutes: number; readonly escalated_to: readonly string[] };
  /** Started once more for the same alert: this run goes on, and one more person is in it. */
  "execution.joined": { readonly joined_by: string; readonly alert_id: string | null };
  /** Somebody else is in charge from here on. `taken`: nobody gave it, the new one took it. */
  "execution.handed_over": {
    readonly from: string | null;
    readonly to: string;
    readonly taken: boolean;
    readonly note: string | null;
    /** Where the run stood. */
    readonly status: ExecutionStatus;
    readonly step_execution: string | null;
  };
  "execution.completed": {
    readonly status: "completed" | "failed";
    readonly duration_ms: number;
    /** As `mttrOf` counts it; null where something failed. */
    readonly mttr_seconds: number | null;
    readonly steps_executed: number;
    readonly steps_skipped: number;
    readonly steps_failed: number;
  };
  "execution.aborted": {
    readonly aborted_by: string;
    readonly reason: string | null;
    readonly steps_completed_before_abort: number;
    readonly terminate: boolean;
  };
  /** A person got a recovery code: until it expires the run may go on at the agent's host. `holder_key`: SPKI DER, base64; never the code. */
  "execution.capsule_issued": {
    readonly capsule_id: string;
    readonly issued_to: string;
    readonly role: Role;
    readonly holder_key: string;
    readonly expires_at_ms: number;
  };
  /**
   * The run went on at the agent's host without the server. What was done there follows, marked with `under_capsule`.
   * `was_over`: the run had ended here by then; only what became of its steps follows.
   */
  "execution.continued": {
    readonly capsule_id: string;
    readonly capsule_hash: string;
    readonly continued_by: string;
    readonly from_ms: number;
    readonly to_ms: number;
    readonly records: number;
    readonly was_over: boolean;
  };
  /** Nobody started or confirmed it in time. */
  "execution.timed_out": { readonly in_status: "pending" | "preflight" };

  /** The run came to a condition that a person answers. `why`: what kept its declared check from answering. */
  "execution.branch_asked": {
    readonly branch_id: string;
    readonly condition: string;
    readonly check: DeclaredCheck | null;
    readonly why: string | null;
  };
  /** `by` is "check" where the declared check answered; then `looked_at` names the output that it saw, by hash. */
  "execution.branch_answered": {
    readonly branch_id: string;
    readonly condition: string;
    readonly check: DeclaredCheck | null;
    readonly answer: "yes" | "no";
    readonly by: string;
    readonly note: string | null;
    readonly looked_at: {
      readonly step_execution: string;
      readonly attempt: number;
      readonly stdout_hash: string;
      readonly exit_code: number | null;
    } | null;
  };

  /** The gate said auto: no human was asked. */
  "step.auto_executed": GatedStep & { readonly agent_id: string };
  "step.approval_requested": GatedStep & { readonly requested_from: "operator" | "approver" };
  "step.suggested": GatedStep & { readonly cause: "trust_level" | "not_runnable"; readonly not_runnable: NotRunnableReason | null };
  "step.blocked": GatedStep;
  /** A step without a command: a human does it and reports. */
  "step.manual_requested": { readonly description: string };
  "step.modified": {
    readonly attempt: number;
    readonly command: string;
    readonly original_command: string;
    readonly modified_by: string;
    readonly note: string | null;
  };
  /** A step execution that was not planned joins this run, at this place of its steps: a way back, a typed command, one more try. */
  "step.added": { readonly template: StepTemplate; readonly position: number; readonly requested_by: string };
  /** A human wants a step that did not go well tried once more; step.added follows, and nothing of the old one permits it. */
  "step.retry_requested": {
    readonly attempt: number;
    readonly requested_by: string;
    readonly note: string | null;
    /** The outcome was unknown, and the human said that it may run a second time. */
    readonly outcome_was_unknown: boolean;
  };
  "step.approval_reminded": { readonly attempt: number; readonly waiting_minutes: number };
  /** An open request lapsed without an answer (stalled, panic, party mode); only a fresh rendering can be approved. */
  "step.approval_revoked": {
    readonly attempt: number;
    readonly cause:
      | "stalled"
      | "panic"
      | "party"
      | "paused"
      | "aborted"
      | "superseded"
      /** A human looks first; the step is asked for again with what the look-ups told. */
      | "look"
      /** Rules or grant no longer allow what was approved. */
      | "not_permitted"
      | Lapse["cause"];
    /** What was counted before and after, where that is the cause. */
    readonly lapse?: Lapse;
  };
  /** A human allowed one look-up: by the Look click, or by the approval of the step that it counts once more. */
  "step.look_granted": GatedStep & { readonly granted_by: string; readonly grant: Grant };
  /** What a look-up told about its step, or why it told nothing. */
  "step.looked": { readonly result: LookResult; readonly recheck: boolean };
  "step.approved": {
    readonly command: string;
    readonly risk_level: Risk;
    readonly approved_by: string;
    readonly was_modified: boolean;
    readonly original_command: string | null;
    readonly note: string | null;
    readonly acknowledged_no_rollback: boolean;
    readonly grant: Grant;
  };
  /** A human refused an open approval request; the step counts as skipped. */
  "step.rejected": { readonly rejected_by: string; readonly reason: string | null };
  /** A human passed over a step that was not awaiting approval. */
  "step.skipped": { readonly skipped_by: string; readonly reason: string | null };
  /** The engine handed the attempt to the outbox. The one event that may lead to a running process. */
  "step.dispatched": {
    readonly attempt: number;
    readonly agent_id: string;
    readonly digest: string;
    readonly risk_level: Risk;
    readonly granted: boolean;
    readonly not_after_ms: number;
    readonly timeout_ms: number;
  };
  "step.accepted": { readonly attempt: number; readonly agent_id: string; readonly at_ms: number };
  "step.refused": { readonly attempt: number; readonly agent_id: string; readonly code: string; readonly message: string };
  "step.output_recorded": { readonly attempt: number; readonly stdout_hash: string; readonly stderr_hash: string };
  /** The command ran and ended: the exact text, the exit code, the hashes of its output. */
  "step.executed": {
    readonly attempt: number;
    readonly command: string;
    readonly exit_code: number | null;
    readonly duration_ms: number;
    readonly stdout_hash: string | null;
    readonly stderr_hash: string | null;
    readonly result: StepResult;
    /** Every member ended with 0 or a code that is an answer of its program. */
    readonly succeeded: boolean;
  };
  /** Follows step.executed of a state-changing step that did not succeed. */
  "step.failed": {
    readonly attempt: number;
    readonly exit_code: number | null;
    readonly stderr_hash: string | null;
    readonly error: string;
    readonly rollback_available: boolean;
  };
  "step.timed_out": { readonly attempt: number; readonly timeout_ms: number; readonly reported_by: "agent" | "engine" };
  "step.outcome_unknown": { readonly attempt: number; readonly cause: "agent_reported" | "journal_replaced" };
  /** A human said how a suggested or manual step went, or what became of an unknown outcome. */
  "step.reported": { readonly outcome: "succeeded" | "failed"; readonly reported_by: string; readonly note: string | null };
  /** The way back of this step was gone to its end, well or not. */
  "step.rolled_back": {
    readonly rollback_command: string;
    readonly rollback_exit_code: number | null;
    readonly rollback_step_execution: string;
    readonly succeeded: boolean;
  };
  /** Something ran outside the steps of the runbook. */
  "step.unlisted_action": {
    readonly command: string;
    readonly observed_by: "engine" | "agent" | "declared";
    /** Only of what a person did elsewhere and told: what kind of text it is, who told it, when they say it was done. */
    readonly declared?: {
      readonly kind: "command" | "description";
      readonly by: string;
      readonly done_at_ms: number;
      readonly note: string | null;
    };
  };
  /** A person gave it another deadline: what was open about it lapses, and it is rendered afresh. */
  /** A person asked the agent to end its processes. How it ended is told by the agent, in an event of its own. */
  "step.stop_requested": {
    readonly attempt: number;
    readonly agent_id: string;
    readonly requested_by: string;
    readonly reason: string | null;
  };
  "step.timeout_set": { readonly timeout_ms: number; readonly set_by: string; readonly note: string | null };
  /** The run was bad (ruling 10): the runbook's trust falls to 0 from the next execution on. */
  "runbook.trust_downgraded": { readonly old_level: TrustLevel; readonly new_level: 0; readonly trigger_event: string };
}

/** What every gate decision records: the text, its identity, the inputs of the gate and its answer, which follows from `inputs` alone. */
export interface GatedStep {
  readonly command: string;
  readonly risk_level: Risk;
  readonly gate: GateDecision;
  readonly trust_level: TrustLevel;
  readonly governance_mode: Policy["governanceMode"];
  readonly dangerous_steps: Policy["dangerousSteps"];
  readonly digest: string | null;
  readonly inputs: GateInputs;
  readonly prepared: PreparedStep;
}

export type ExecutionEventType = keyof ExecutionEventData;

/** One event of a given type. */
export interface ExecutionEventOf<T extends ExecutionEventType> {
  readonly type: T;
  readonly executionId: string;
  /** Null for events of the execution as a whole. */
  readonly stepExecutionId: string | null;
  readonly actor: Actor;
  readonly occurredAtMs: number;
  readonly data: ExecutionEventData[T];
}

/** Discriminated by `type`. */
export type ExecutionEvent = { readonly [T in ExecutionEventType]: ExecutionEventOf<T> }[ExecutionEventType];
