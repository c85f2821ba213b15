// What can be asked of an execution. A command and its context go into decide.ts, events or a refusal come out.
// Identity, time, policy and prepared text are context, never part of the command.
import type { Role } from "../trust/actor.ts";
import type { Capsule } from "./capsule/capsule.ts";
import type { ContinuationRecord } from "./capsule/continuation.ts";
import type { ExecutionEvent } from "./events.ts";
import type { StepResult, VariableValue } from "./types.ts";

/** A human or a machine with the operator role starts a pending execution. Trust comes with the context. */
export interface StartCommand {
  readonly type: "start";
  readonly agentId: string;
  readonly agentName: string;
}

/** A human fills what is missing and confirms every prerequisite. */
export interface ConfirmPreflightCommand {
  readonly type: "confirm-preflight";
  readonly variables: readonly VariableValue[];
  readonly checklist: readonly string[];
}

/** The engine takes the next step (context.prepared belongs to it), or finishes the run when there is none. */
export interface AdvanceCommand {
  readonly type: "advance";
}

export interface ApproveCommand {
  readonly type: "approve";
  readonly stepExecutionId: string;
  /** The digest that was shown to the human. */
  readonly digest: string;
  /** One text per target, in any order; required for typed steps. */
  readonly confirmation: readonly string[];
  readonly note: string | null;
  /** The human saw that there is no way back. */
  readonly acknowledgedNoRollback: boolean;
  /** The attempt that was on the card; needed once an approval of this text lapsed, because the digest alone is that of the older card too. */
  readonly attempt?: number;
}

/** A human wants the reads that may go before a step to run now: one click on the full text of each. */
export interface LookCommand {
  readonly type: "look";
  readonly stepExecutionId: string;
  /** The digest of the step that was shown. */
  readonly digest: string;
  /** The digests of the reads that were listed. */
  readonly lookDigests: readonly string[];
}

/** A human replaces the command; context.prepared is the rendering of the new text with the next attempt number. */
export interface ModifyCommand {
  readonly type: "modify";
  readonly stepExecutionId: string;
  readonly note: string | null;
}

export interface SkipCommand {
  readonly type: "skip";
  readonly stepExecutionId: string;
  readonly reason: string | null;
}

/** A human says how a manual or suggested step went, or what became of an unknown outcome. */
export interface ReportCommand {
  readonly type: "report";
  readonly stepExecutionId: string;
  readonly outcome: "succeeded" | "failed";
  readonly note: string | null;
}

/** A human wants a finished step undone: its recorded way back becomes a step of its own, with an approval of its own. */
export interface RollbackCommand {
  readonly type: "rollback";
  readonly stepExecutionId: string;
  /** Id of the step that joins the run. */
  readonly newStepExecutionId: string;
}

/** A human wants the whole run undone: the way back of every step that has one, last first, each asked for by itself. */
export interface UnwindCommand {
  readonly type: "unwind";
  /** At least as many as the run has steps. */
  readonly newStepExecutionIds: readonly string[];
}

/** A human wants a step that did not go well tried once more. */
export interface RetryCommand {
  readonly type: "retry";
  readonly stepExecutionId: string;
  /** Id of the step execution that tries it: an id that once started never starts again. */
  readonly newStepExecutionId: string;
  readonly note: string | null;
  /** The human's word that a step whose outcome nobody knows may run a second time. */
  readonly acknowledgedUnknownOutcome: boolean;
}

/** A human types a command that is not in the runbook. */
export interface RunUnlistedCommand {
  readonly type: "run-unlisted";
  readonly command: string;
  readonly reason: string | null;
  readonly newStepExecutionId: string;
}

export interface AbortCommand {
  readonly type: "abort";
  readonly reason: string | null;
  /** Also ask the agent to end the running process. */
  readonly terminate: boolean;
}

/** A human stops the run between steps. */
export interface PauseCommand {
  readonly type: "pause";
  readonly reason: string | null;
}

/**
 * A human goes on after a pause or a stall, also after a failed, timed out or unknown step. An approval request that
 * was open before lapsed: the next `advance` renders and scans the step afresh.
 */
export interface ResumeCommand {
  readonly type: "resume";
  readonly note: string | null;
  /** The step of the runbook to go on with; those in front of it that are still open are passed over. Left out: the next one. */
  readonly from?: string;
}

/** The agent journalled the dispatch and started its first process. */
export interface AgentAcceptedCommand {
  readonly type: "agent-accepted";
  readonly stepExecutionId: string;
  readonly attempt: number;
  readonly atMs: number;
}

/** The agent did not run it. */
export interface AgentRefusedCommand {
  readonly type: "agent-refused";
  readonly stepExecutionId: string;
  readonly attempt: number;
  readonly code: string;
  readonly message: string;
}

/** The stored output of an attempt is complete and has these hashes (over masked bytes). */
export interface AgentOutputCommand {
  readonly type: "agent-output";
  readonly stepExecutionId: string;
  readonly attempt: number;
  readonly stdoutHash: string;
  readonly stderrHash: string;
}

/** The attempt ended. `timedOut`: the agent ended it at its deadline. */
export interface AgentResultCommand {
  readonly type: "agent-result";
  readonly stepExecutionId: string;
  readonly attempt: number;
  readonly result: StepResult;
  readonly timedOut: boolean;
  /** Of a look-up: what it printed, whole and masked. Null or absent where that is not at hand. */
  readonly stdout?: string | null;
}

/** The agent says that it cannot tell what became of the attempt, or came back with another journal. */
export interface OutcomeUnknownCommand {
  readonly type: "outcome-unknown";
  readonly stepExecutionId: string;
  readonly attempt: number;
  readonly cause: "agent_reported" | "journal_replaced";
}

/** Heartbeats stopped. Nothing is concluded about the step in flight. */
export interface AgentLostCommand {
  readonly type: "agent-lost";
  readonly agentId: string;
}

/** The server's timer: the step's deadline and grace are over and the agent said nothing. */
export interface TimeOutCommand {
  readonly type: "time-out";
  readonly stepExecutionId: string;
  readonly attempt: number;
}

/** The server's timer: an approval is open for 5, 15 or 30 minutes; 30 also stalls the run. */
export interface RemindCommand {
  readonly type: "remind";
  readonly stepExecutionId: string;
  readonly attempt: number;
  readonly minutes: 5 | 15 | 30;
  /** Members who are told when this stalls the run: everybody who may decide. */
  readonly escalateTo?: readonly string[];
}

/** The same runbook was started for the same alert: whoever asked joins the run that is there. */
export interface JoinCommand {
  readonly type: "join";
}

/** The person in charge gives the run to another member. Open approvals stay what they are. */
export interface HandOverCommand {
  readonly type: "hand-over";
  readonly to: string;
  /** Roles of that member in this tenant. */
  readonly toRoles: readonly Role[];
  readonly note: string | null;
}

/** A person takes the run over: from who is in charge, or from nobody. */
export interface TakeOverCommand {
  readonly type: "take-over";
  readonly note: string | null;
}

/** A signed-in person gets a code with which the run can go on at the agent's host while no server is there. */
export interface IssueCapsuleCommand {
  readonly type: "issue-capsule";
  readonly capsuleId: string;
  /** Public half of the key that the code stands for: SPKI DER, base64. */
  readonly holderKey: string;
  readonly expiresAtMs: number;
}

/** The agent hands over what a person did at its host under a capsule; both are verified to be what was signed. */
export interface ContinueCommand {
  readonly type: "continue";
  readonly capsule: Capsule;
  /** SHA-256 of its bytes, lower-case hexadecimal. */
  readonly capsuleHash: string;
  readonly records: readonly ContinuationRecord[];
  /** Events of this run that stand on record since the capsule's state. */
  readonly since: readonly ExecutionEvent[];
}

/** Nobody started or confirmed it in time. */
export interface ExpireCommand {
  readonly type: "expire";
}

/** Panic or party mode was switched on: halt here, revoke open approvals. */
export interface PanicCommand {
  readonly type: "panic";
  readonly mode: "panic" | "party";
}

/** A person answers a condition of the runbook that the run has come to. */
export interface AnswerBranchCommand {
  readonly type: "answer-branch";
  readonly branchId: string;
  readonly answer: "yes" | "no";
  readonly note: string | null;
}

/** A person ends what a step runs on the agent, also what an earlier life of the agent left of it. */
export interface StopStepCommand {
  readonly type: "stop-step";
  readonly stepExecutionId: string;
  readonly reason: string | null;
}

/** A person gives a step another deadline before it runs. */
export interface SetTimeoutCommand {
  readonly type: "set-timeout";
  readonly stepExecutionId: string;
  readonly timeoutMs: number;
  readonly note: string | null;
}

/** A person gives a variable its value while the run is under way. */
export interface SetVariableCommand {
  readonly type: "set-variable";
  readonly name: string;
  readonly value: string;
  /** The step whose output it was copied from; null: the person typed it. */
  readonly copiedFrom: string | null;
}

/** A person says what was done elsewhere, where nothing of ours could see it. */
export interface DeclareActionCommand {
  readonly type: "declare-action";
  readonly kind: "command" | "description";
  readonly text: string;
  readonly doneAtMs: number;
  readonly note: string | null;
}

export type ExecutionCommand =
  | StartCommand
  | ConfirmPreflightCommand
  | AdvanceCommand
  | ApproveCommand
  | LookCommand
  | ModifyCommand
  | SkipCommand
  | ReportCommand
  | RollbackCommand
  | UnwindCommand
  | RetryCommand
  | RunUnlistedCommand
  | AbortCommand
  | PauseCommand
  | ResumeCommand
  | AgentAcceptedCommand
  | AgentRefusedCommand
  | AgentOutputCommand
  | AgentResultCommand
  | OutcomeUnknownCommand
  | AgentLostCommand
  | TimeOutCommand
  | RemindCommand
  | JoinCommand
  | HandOverCommand
  | TakeOverCommand
  | AnswerBranchCommand
  | StopStepCommand
  | SetTimeoutCommand
  | SetVariableCommand
  | DeclareActionCommand
  | IssueCapsuleCommand
  | ContinueCommand
  | ExpireCommand
  | PanicCommand;

export type ExecutionCommandType = ExecutionCommand["type"];
