// The words of the engine: what an execution is and in which states it and its steps can be.
// Written by evolve.ts alone; tables and screens are projections of these shapes. All times are epoch milliseconds.
import type { Reason, Risk } from "@dd0c/scanner";
import type { StepKind } from "../runbook/types.ts";
import type { Role } from "../trust/actor.ts";
import type { GateDecision, TrustLevel } from "../trust/gate.ts";
import type { GateInputs } from "../trust/gate-inputs.ts";
import type { BranchTemplate } from "./branch/branch-template.ts";
import type { Grant } from "./grant.ts";
import type { Lapse, LookResult, LookUp } from "./look/look-up.ts";

export type ExecutionStatus = "pending" | "preflight" | "running" | "paused" | "stalled" | "completed" | "failed" | "aborted" | "timed_out";

/**
 * Settled: completed, failed, skipped, timed_out (the agent ended it at its deadline), outcome_unknown, rolled_back.
 * suggested: a human runs it, or does it, and reports. blocked: the gate or the agent said no; a human edits or skips it.
 * manual_intervention: its time is over and the agent said nothing, so it may still be running.
 */
export type StepStatus =
  | "pending"
  | "auto_executing"
  | "awaiting_approval"
  | "executing"
  | "completed"
  | "failed"
  | "skipped"
  | "timed_out"
  | "rolling_back"
  | "rolled_back"
  | "suggested"
  | "blocked"
  | "outcome_unknown"
  | "manual_intervention";

/** Why an execution is paused. Every pause ends by a human's `resume` (or `abort`), never by itself. */
export type PauseReason =
  /** A proven-safe step ended with a code that is no answer of its program: a diagnosis to look at. */
  | "diagnosis"
  | "step_failed"
  | "step_timed_out"
  | "outcome_unknown"
  | "agent_lost"
  | "panic"
  | "party"
  | "human"
  /** A step is being undone: what comes after it waits until a human has looked. */
  | "rollback";

export type TriggerSource = "slack_command" | "alert_webhook" | "api_call" | "scheduled";

/** Where a step comes from: the runbook, or something added to this run and announced by an amendment. */
export type StepOrigin = "runbook" | "unlisted" | "rollback" | "capture";

/** Where a variable's value really came from (the runbook names only where it is expected from). `alert` values are attacker-influenced. */
export type ValueSource = "alert" | "runtime" | "manual" | "default";

export interface VariableValue {
  readonly name: string;
  readonly value: string;
  readonly source: ValueSource;
}

/** A prerequisite of the runbook that a human confirms before the first step. */
export interface ChecklistItem {
  readonly id: string;
  readonly description: string;
}

/** One command line of a runbook step as it stands in the pinned version; one row per command. */
export interface StepTemplate {
  readonly stepExecutionId: string;
  /** Keeps its value across runbook versions. */
  readonly stepId: string;
  /** 1..n over document steps. */
  readonly order: number;
  /** 0..n-1 over the commands of one document step. */
  readonly sub: number;
  /** "4", or "4a", "4b" where the document step has several commands. */
  readonly label: string;
  readonly origin: StepOrigin;
  /** The step that this one captures for, rolls back or tries once more; null for a step of the runbook as it stands in the plan. */
  readonly parentStepExecutionId: string | null;
  readonly kind: StepKind;
  readonly description: string;
  /** Null for manual steps and links. */
  readonly command: string | null;
  readonly expectedOutput: string | null;
  readonly rollbackCommand: string | null;
  /** Merged classification of the template; null where there is no command. */
  readonly templateRisk: Risk | null;
  /** Lower-case hexadecimal SHA-256 of the template command; null where there is no command. */
  readonly templateHash: string | null;
  /** Overrides the 60/120/300 s by risk. */
  readonly timeoutMs: number | null;
  /** What a step of origin "capture" looks up for its parent; absent everywhere else. */
  readonly look?: LookUp;
}

/** What a human has to type, one entry per target; never empty for a typed step. */
export interface TypedTarget {
  readonly kind: string;
  /** The exact text to type. */
  readonly text: string;
}

/** Why the rendered text is run by a human and not by an agent. */
export interface NotRunnableReason {
  readonly code: string;
  readonly message: string;
  readonly suggestion: string | null;
}

/** A rendered, scanned and identified command: exactly what would run, before anybody allowed it. */
export interface PreparedStep {
  readonly stepExecutionId: string;
  /** 1 for the first rendering, one more for every edit, fresh rendering or retry. */
  readonly attempt: number;
  /** The full text shown, approved and sent; produced from the plan by quoting. */
  readonly command: string;
  /** Strictest of template classification and scan of the rendered text. */
  readonly risk: Risk;
  readonly reasons: readonly Reason[];
  /** SHA-256 over everything that can change what runs, hexadecimal; null where there is no plan. */
  readonly digest: string | null;
  readonly notRunnable: NotRunnableReason | null;
  readonly targets: readonly TypedTarget[];
  readonly run: RunSettings;
  /** Names of the variables that were filled in. */
  readonly variables: readonly string[];
  /** Exit codes that are an answer, per pipeline member in order of appearance. */
  readonly answerCodes: readonly (readonly number[])[];
  /** Number of pipelines in each and-or list of the plan; empty where there is no plan. */
  readonly pipelinesPerList: readonly number[];
  readonly sensitive: boolean;
  readonly unbounded: boolean;
  /** The command that would undo it, rendered; null where none is known: the step is irreversible. */
  readonly rollbackCommand: string | null;
  /** What the scan and the gate of ways back say about `rollbackCommand`, before the step itself may run; null exactly where that is null. */
  readonly rollback: PreparedRollback | null;
  /** Reads that may go before it, each proven safe; absent where there are none. */
  readonly looks?: readonly LookUp[];
  /** What they told for exactly this text; absent where nobody looked. */
  readonly looked?: readonly LookResult[];
  readonly patternVersion: string;
}

/** A way back as it was recorded before its step ran. It is scanned and gated once more when somebody asks for it. */
export interface PreparedRollback {
  readonly risk: Risk;
  readonly gate: GateDecision;
  /** Why a human would have to run it; null where an agent can. */
  readonly notRunnable: NotRunnableReason | null;
}

/** What beside the argv decides what a command does. Part of the digest. */
export interface RunSettings {
  readonly agentId: string;
  readonly workingDirectory: string | null;
  readonly runAs: string | null;
  /** Names and values, in order of name. A secret's value is its reference `secret:<name>`, never the secret. */
  readonly environment: readonly (readonly [name: string, value: string])[];
  /** SHA-256 of bytes given on standard input beside the plan's own here-strings; null for none. */
  readonly stdinHash: string | null;
  readonly timeoutMs: number;
}

/** How one process of a plan ended. `exitCode` null with `signal` null: it was never started. */
export interface MemberOutcome {
  /** Position of the pipeline in the plan (counting through all lists), and of the member in the pipeline. */
  readonly pipeline: number;
  readonly member: number;
  readonly exitCode: number | null;
  readonly signal: string | null;
}

/** What an agent, or a human for a manual step, said about the end of an attempt. */
export interface StepResult {
  readonly exitCode: number | null;
  readonly members: readonly MemberOutcome[];
  readonly durationMs: number;
  readonly stdoutHash: string | null;
  readonly stderrHash: string | null;
  readonly stdoutBytes: number;
  readonly stderrBytes: number;
  readonly truncated: boolean;
  /** Why a process could not be started, or which limit of the host it seems to have met, without command text; null otherwise. */
  readonly message: string | null;
}

/** Why an agent did not run what it was sent. */
export interface AgentRefusal {
  readonly code: string;
  readonly message: string;
}

export interface StepState extends StepTemplate {
  readonly status: StepStatus;
  /** Latest attempt that was prepared; 0 before the first. */
  readonly attempt: number;
  readonly prepared: PreparedStep | null;
  readonly gate: GateDecision | null;
  /** What `gate` was decided from; null before the first decision, and for decisions recorded by a release that kept less. */
  readonly gateInputs: GateInputs | null;
  /** The human decision that covers `prepared`; null where none was asked or given. */
  readonly grant: Grant | null;
  readonly approvalNote: string | null;
  readonly wasModified: boolean;
  readonly originalCommand: string | null;
  /** Server time until which the dispatch may be started; null while nothing is dispatched. */
  readonly notAfterMs: number | null;
  readonly requestedAtMs: number | null;
  readonly startedAtMs: number | null;
  readonly completedAtMs: number | null;
  readonly result: StepResult | null;
  readonly refusal: AgentRefusal | null;
  /** Note of a human who reported, skipped or resolved the step. */
  readonly note: string | null;
  /** What look-ups told since the step's turn came; goes into its next rendering. */
  readonly looked?: readonly LookResult[] | undefined;
  /** Why the approval before this one lapsed when the set was counted once more. */
  readonly lapse?: Lapse | undefined;
}

/** What a person did elsewhere and told. Nothing of ours saw it. */
export interface DeclaredAction {
  readonly kind: "command" | "description";
  readonly text: string;
  readonly by: string;
  readonly doneAtMs: number;
  readonly declaredAtMs: number;
  readonly note: string | null;
}

/** A condition of the runbook in one run. */
export interface BranchState extends BranchTemplate {
  /** The step before which it was asked; null while the run has not come to it. */
  readonly askedBefore: string | null;
  /** Why its declared check could not answer; null where it has none or was not asked. */
  readonly why: string | null;
  readonly answer: "yes" | "no" | null;
  /** The member who answered, or "check". */
  readonly answeredBy: string | null;
  readonly note: string | null;
}

/** A recovery code that somebody got for this run. */
export interface IssuedCapsule {
  readonly id: string;
  readonly holderId: string;
  /** The holder's role when it was issued: what they may approve with it. */
  readonly role: Role;
  readonly holderKey: string;
  readonly issuedAtMs: number;
  readonly expiresAtMs: number;
  /** When what was done under it was taken in; null before. */
  readonly usedAtMs: number | null;
}

/** The first news of an alert's episode, epoch milliseconds. */
export interface AlertBeginning {
  /** The sender's own time, by its clock; null where it gave none. */
  readonly startedAtMs: number | null;
  /** When it reached us. */
  readonly receivedAtMs: number;
}

export interface ExecutionState {
  readonly id: string;
  readonly tenantId: string;
  readonly runbookId: string;
  readonly versionId: string;
  readonly agentId: string | null;
  readonly agentName: string | null;
  readonly triggerSource: TriggerSource;
  readonly alertId: string | null;
  /** When that alert began; absent where it is none that we took in, or the run is of an earlier release. */
  readonly alertBegan?: AlertBeginning;
  readonly status: ExecutionStatus;
  readonly pause: { readonly reason: PauseReason; readonly sinceMs: number } | null;
  /** Pinned at start; null while pending. */
  readonly trustLevel: TrustLevel | null;
  readonly triggeredBy: string;
  readonly variables: readonly VariableValue[];
  readonly requiredVariables: readonly string[];
  readonly checklist: readonly ChecklistItem[];
  readonly checklistConfirmed: readonly string[];
  /** The human who last decided something in this run; answers for fresh renderings of steps. */
  readonly lastHumanId: string | null;
  /** The person who answers for the run now; null where a machine started it and nobody took it. */
  readonly inChargeId: string | null;
  /** Who started it once more for the same alert, in order, each once. */
  readonly joinedIds: readonly string[];
  /** While it is stalled: since when, and who was told. */
  readonly stall: { readonly sinceMs: number; readonly escalatedTo: readonly string[] } | null;
  readonly branches: readonly BranchState[];
  /** Variables that may be filled while the run is under way. */
  readonly laterVariables: readonly string[];
  readonly declared: readonly DeclaredAction[];
  /** Recovery codes of this run, in the order in which they were issued; absent until there is one. */
  readonly capsules?: readonly IssuedCapsule[];
  /** In the order they run; (order, sub) ascending for steps of the runbook. */
  readonly steps: readonly StepState[];
  /** A state-changing step failed or an outcome is unknown: the runbook's trust falls to 0. */
  readonly badRun: boolean;
  readonly createdAtMs: number;
  readonly startedAtMs: number | null;
  readonly completedAtMs: number | null;
  /** Number of events so far; the optimistic version of the row. */
  readonly version: number;
}
