// The one entry of the pure decision core: every name that an app may use, one by one.
export type { JsonValue } from "./canonical-json.ts";
export { canonicalJson } from "./canonical-json.ts";
export { assertNever, InvariantError, invariant } from "./invariant.ts";
export type { ErrorCode, Refusal } from "./errors.ts";
export { AppError, errorTable, isErrorCode, refuse } from "./errors.ts";
export { exceeds, riskRank, strictest } from "./risk.ts";
export type { Sha256 } from "./utf8.ts";
export { utf8Bytes, utf8Length } from "./utf8.ts";

export type {
  Alternative,
  Ambiguity,
  CommandContext,
  CommandLanguage,
  CommandMention,
  ParsedRunbook,
  ParseError,
  ParseOptions,
  ParseResult,
  Prerequisite,
  PrerequisiteType,
  RollbackCommand,
  RunbookBranch,
  RunbookCommand,
  RunbookStep,
  RunbookVariable,
  RunbookWarning,
  SectionKind,
  SourceType,
  StepKind,
  VariableSource,
  WarningCode,
} from "./runbook/index.ts";
export type { Placeholder, PlaceholderStyle } from "./runbook/index.ts";
export type { Distilled, DistilKind, DistilNote, DistilResult, Rewording } from "./runbook/index.ts";
export { distil, reword, writeMarkdown } from "./runbook/index.ts";
export { findPlaceholders, maxInputLength, parseRunbook, parserVersion } from "./runbook/index.ts";
export type {
  GroundedProposal,
  ModelAnswer,
  ModelFindings,
  ModelPrerequisite,
  ModelQuestion,
  Proposal,
  UngroundedProposal,
  VariableNote,
} from "./runbook/index.ts";
export { groundFindings, noFindings, readerText, shownText, visibleText } from "./runbook/index.ts";
export type {
  Answer,
  AnsweredCommand,
  AnsweredRunbook,
  AnsweredStep,
  Question,
  VariableReading,
} from "./runbook/questions/question.ts";
export { type AppliedAnswers, applyAnswers } from "./runbook/questions/apply-answers.ts";
export { maxKeyLength } from "./runbook/questions/question-key.ts";

export type {
  Advise,
  AdvisorAnswer,
  AdvisorRisk,
  Classification,
  MergeRule,
  Opinion,
  Scan,
  StepContext,
  VerdictSummary,
} from "./classification/index.ts";
export type { ClassifiedCommand, CommandContextEntry, Merged, ModelOpinionAnswer } from "./classification/index.ts";
export {
  adviseIntent,
  classifierVersion,
  classify,
  classifyStep,
  merge,
  modelOpinion,
  scannedTexts,
  stepContexts,
} from "./classification/index.ts";

export type { Actor, ActorType, ActorVia, Role } from "./trust/actor.ts";
export { hasRole, isHuman } from "./trust/actor.ts";
export type { Gate, GateDecision, TrustLevel } from "./trust/gate.ts";
export { gate, maxTrustLevel } from "./trust/gate.ts";
export type { VersionFacts } from "./trust/approval-rules.ts";
export { layerName } from "./trust/approval-rules.ts";
export type { JudgedRun } from "./trust/clean-runs.ts";
export { cleanRunsInARow, cleanRunsNeeded, suggestedLevel } from "./trust/clean-runs.ts";
export type { GovernanceCounts } from "./trust/governance-week.ts";
export { autoSharePercent, minimumSteps, nextGovernanceStep, stepsOf, weekMs, weekStartOf } from "./trust/governance-week.ts";
export type { GateInputs } from "./trust/gate-inputs.ts";
export { explainGate, gateAnswer } from "./trust/gate-inputs.ts";
export type {
  DangerousSteps,
  EffectivePolicy,
  GovernanceMode,
  Policy,
  PolicyFields,
  PolicyLayer,
  PolicyLayers,
  PolicySource,
} from "./trust/policy.ts";
export { effectivePolicy, strictestLayer } from "./trust/policy.ts";
export type { PolicyRecord, PolicySourceRecord } from "./trust/policy-record.ts";
export { layerOfRecord, layerRecord, policyNames, policyRecord, policySourceRecord } from "./trust/policy-record.ts";

export type {
  AbortCommand,
  AdvanceCommand,
  AgentAcceptedCommand,
  AgentLostCommand,
  AgentOutputCommand,
  AgentRefusedCommand,
  AgentResultCommand,
  ApproveCommand,
  ConfirmPreflightCommand,
  ExecutionCommand,
  ExecutionCommandType,
  ExpireCommand,
  ModifyCommand,
  OutcomeUnknownCommand,
  PanicCommand,
  PauseCommand,
  RemindCommand,
  ReportCommand,
  ResumeCommand,
  RetryCommand,
  RunUnlistedCommand,
  SkipCommand,
  StartCommand,
  TimeOutCommand,
  UnwindCommand,
} from "./execution/commands.ts";
export { decide, engineRules } from "./execution/decide.ts";
export { refuseUnlessFree } from "./execution/decide/add-step.ts";
export { refuseUnlessRetryable } from "./execution/decide/retry.ts";
export { refuseUnlessUndoable, rollbacksOf } from "./execution/decide/roll-back.ts";
export { unlistedDescription } from "./execution/decide/run-unlisted.ts";
export type { NewExecution } from "./execution/decide/start.ts";
export { createExecution } from "./execution/decide/start.ts";
export { countSteps } from "./execution/count-steps.ts";
export { countFailedSteps } from "./execution/failed-steps.ts";
export type { DecideContext, Decision, EngineRules, NextMove } from "./execution/decision.ts";
export {
  currentStep,
  dispatchedStatuses,
  inFlightStep,
  isAdded,
  isLookUp,
  isSettled,
  isTerminal,
  maxLookUps,
  mayGoOn,
  nextMove,
} from "./execution/decision.ts";
export type { BranchTemplate } from "./execution/branch/branch-template.ts";
export { branchTemplates } from "./execution/branch/branch-template.ts";
export { governs, openBranch } from "./execution/branch/open-branch.ts";
export { judgedOutput, judgedStep } from "./execution/branch/judged-output.ts";
export type { BranchState, IssuedCapsule } from "./execution/types.ts";
export type { LastOutput } from "./execution/branch/declared-check.ts";
export { isPlanned } from "./execution/is-planned.ts";
export { type Capsule, capsuleBytes, capsuleOf, parseCapsule, vouchedRendering } from "./execution/capsule/capsule.ts";
export {
  type ContinuationBy,
  type ContinuationRecord,
  continuationBytes,
  decideContinued,
  isOneChain,
  parseContinuation,
} from "./execution/capsule/continuation.ts";
export { isContinued } from "./execution/capsule/continued-event.ts";
export type { StepDispatch } from "./execution/documents.ts";
export { amendmentOf, announcementOf, dispatchOf } from "./execution/documents.ts";
export type { Effect, TimerCommand } from "./execution/effects.ts";
export { effectsOf, wantsAdvance } from "./execution/effects.ts";
export { lapses } from "./execution/blast-radius/lapses.ts";
export type { Lapse, LookFailure, LookResult, LookUp } from "./execution/look/look-up.ts";
export { knownRadius } from "./execution/look/look-up.ts";
export { describeRadius } from "./execution/look/describe-radius.ts";
export type { ExecutionEvent, ExecutionEventData, ExecutionEventOf, ExecutionEventType, GatedStep } from "./execution/events.ts";
export { evolve, replay } from "./execution/evolve.ts";
export type { Admission, AdmissionFacts, AdmissionRules, Dispatch, LocalPolicy, OwnReading } from "./execution/admit.ts";
export { admit, planCommands } from "./execution/admit.ts";
export type { AllowLine } from "./execution/allow-line.ts";
export { coversCommand } from "./execution/allow-line.ts";
export type { Amendment, AmendmentReason, AnnouncedDispatch, AnnouncedStep, Announcement } from "./execution/announcement.ts";
export { announcementBytes, checkAnnounced, parseAmendment, parseAnnouncement } from "./execution/announcement.ts";
export { digestBytes, stepDigest } from "./execution/digest.ts";
export type { CheckGrant, Grant, GrantExpectation, GrantMethod } from "./execution/grant.ts";
export { checkGrant, grantBytes, grantLifetimeMs, parseGrant } from "./execution/grant.ts";
export type { TemplateVariable } from "./execution/variable-spans.ts";
export { commandLabel } from "./execution/command-label.ts";
export { placeByHand } from "./execution/place-by-hand.ts";
export type { Preparation, PrepareInput } from "./execution/prepare-step.ts";
export { prepareStep, textToPrepare } from "./execution/prepare-step.ts";
export { scanTemplate } from "./execution/scan-template.ts";
export { fillsByItself } from "./execution/variable-value.ts";
export type { AlertClockDoubt, Mttr, MttrSince } from "./execution/mttr.ts";
export { mttrOf, timeToEnd } from "./execution/mttr.ts";
export type {
  AgentRefusal,
  AlertBeginning,
  ChecklistItem,
  ExecutionState,
  ExecutionStatus,
  MemberOutcome,
  NotRunnableReason,
  PauseReason,
  PreparedRollback,
  PreparedStep,
  RunSettings,
  StepOrigin,
  StepResult,
  StepState,
  StepStatus,
  StepTemplate,
  TriggerSource,
  TypedTarget,
  ValueSource,
  VariableValue,
} from "./execution/types.ts";

export type { AgentNote, AgentRecord, AttemptEnd, WitnessedAttempt, WitnessedNote } from "./audit/agent-record.ts";
export type { AgentComparer, AgentComparison, AgentContradiction, AgentFault } from "./audit/compare-agent-record.ts";
export { compareAgentRecord } from "./audit/compare-agent-record.ts";
export type { ArchiveRow, ArchiveState, ArchiveStatement, ArchiveStep } from "./audit/archive.ts";
export { archiveLine, archiveRow, archiveText, emptyArchive, verifyArchiveEnd, verifyArchiveLine } from "./audit/archive.ts";
export type { Checkpoint, ExportKey, ExportStatement } from "./audit/checkpoint.ts";
export {
  checkpointEvery,
  keyLine,
  readCheckpoint,
  readCheckpointLine,
  readStatementLine,
  signedLine,
  signedText,
} from "./audit/checkpoint.ts";
export type { AuditDraft, AuditEvent, ChainHead } from "./audit/envelope.ts";
export { emptyHead, hashEvent, sealEvent } from "./audit/envelope.ts";
export type { AuditEventType } from "./audit/event-types.ts";
export { isStoppable } from "./execution/decide/stop-step.ts";
export { auditEventTypes, isExecutionEventType } from "./audit/event-types.ts";
export { executionEventOf } from "./audit/execution-event.ts";
export type { ChainFault, ChainStep } from "./audit/verify-chain.ts";
export { exportLine, readExportLine, verifyLine, verifyNext } from "./audit/verify-chain.ts";
export type { ExportFault, ExportState, ExportStep, ExportTools } from "./audit/verify-export.ts";
export { emptyExport, localChain, verifyExportEnd, verifyExportLine } from "./audit/verify-export.ts";

export { textsIn } from "./divergence/alert-words.ts";
export { divergenceReport, isReportable } from "./divergence/divergence-report.ts";
export type { DivergenceReport } from "./divergence/report.ts";
export type { SuggestedChange, Suggestion, VersionStep } from "./divergence/suggestion.ts";
export { suggestUpdates } from "./divergence/suggest-updates.ts";
export type {
  AlertFacts,
  AlertLink,
  AlertMapping,
  KnownBefore,
  MappingCriteria,
  Match,
  MatchLibrary,
  MatchReason,
  MatchRunbook,
  MatchSignal,
  UsedBefore,
} from "./matching/index.ts";
export {
  alertFromRecord,
  alertKey,
  createMatchLibrary,
  matchAlert,
  maxMatches,
  offerThreshold,
  readFiringText,
  runbookTitle,
} from "./matching/index.ts";
export type {
  AlertChange,
  AlertMap,
  AlertSource,
  AlertStatus,
  AlertValue,
  DeliveryKey,
  Episode,
  EpisodeStep,
  InboundAlert,
  MappedField,
  Normalised,
} from "./matching/index.ts";
export {
  alertFields,
  alertSources,
  deliveryKey,
  isAlertSource,
  mappedFields,
  mapProblems,
  normaliseDelivery,
  stepEpisode,
  valueFor,
} from "./matching/index.ts";
