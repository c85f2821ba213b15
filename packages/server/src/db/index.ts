// The data layer's one entry for the rest of the server: the database, its two entrances, and the stores. Rows stay inside.
export type { DatabaseConfig, OpenDatabase } from "./open-database.ts";
export { openDatabase } from "./open-database.ts";
export type { SystemReason, SystemTx, TenantTx, WithSystem, WithTenant } from "./tenancy.ts";

export type { AgentGreeting, AgentRecord, AgentStatus, CertificateRecord, NewAgent } from "./stores/agent-store.ts";
export {
  findAgent,
  insertCertificate,
  isCertificateValid,
  listAgents,
  recordConnection,
  recordHeartbeat,
  setAgentStatus,
  upsertAgent,
} from "./stores/agent-store.ts";
export type { EnrolmentTicketRecord, NewEnrolmentToken } from "./stores/enrolment-store.ts";
export { findEnrolmentToken, insertEnrolmentToken, useEnrolmentToken } from "./stores/enrolment-store.ts";
export type { EventQuery, ReadBatch, StoredEvent } from "./stores/audit-store.ts";
export { appendEvents, exportEvents, listEvents, readHead } from "./stores/audit-store.ts";
export type { Checkpoint } from "./stores/checkpoint-store.ts";
export { insertCheckpoint, listCheckpoints } from "./stores/checkpoint-store.ts";
export type { ExecutionListing, ExecutionQuery } from "./stores/execution-list-store.ts";
export { findListing, listExecutions } from "./stores/execution-list-store.ts";
export type { LiveExecution, StepInFlight } from "./stores/execution-store.ts";
export {
  executionOfStep,
  insertExecution,
  listLiveExecutions,
  listStepsInFlight,
  lockExecution,
  pinGovernance,
  readExecution,
  saveExecution,
} from "./stores/execution-store.ts";
export type { BeginResult, RequestKey } from "./stores/idempotency-store.ts";
export { beginRequest, finishRequest, forgetRequest, purgeExpiredKeys } from "./stores/idempotency-store.ts";
export type { ClaimOptions, Effect, NewEffect } from "./stores/outbox-store.ts";
export { claimEffects, completeEffect, enqueueEffects, postponeEffect, voidEffects } from "./stores/outbox-store.ts";
export type { ArrivedOutput, OutputBatch, OutputStream } from "./stores/output-store.ts";
export { advanceSequence, appendOutput, listOutput } from "./stores/output-store.ts";
export type { RunbookOverview, StepClassification } from "./stores/runbook-overview-store.ts";
export { findStepClassification, listRunbookIdsBySource, overviewRunbooks } from "./stores/runbook-overview-store.ts";
export type { NewRunbook, RunbookChanges, RunbookRecord, VersionRecord } from "./stores/runbook-store.ts";
export {
  countRunbooks,
  deleteRunbook,
  findRunbook,
  findVersion,
  findVersionById,
  insertRunbook,
  insertVersion,
  listRunbooks,
  listVersions,
  lockRunbook,
  lowerTrust,
  setTrust,
  updateRunbook,
} from "./stores/runbook-store.ts";
export type { PanicRecord, PartyModeRecord, TenantPolicy } from "./stores/settings-store.ts";
export {
  activePartyModes,
  clearPartyMode,
  enterPartyMode,
  isSetupDone,
  latestPanic,
  markSetupDone,
  readSystemSetting,
  readTenantPolicy,
  recordPanic,
  writeSystemSetting,
  writeTenantPolicy,
} from "./stores/settings-store.ts";
export type { StepRecord } from "./stores/step-store.ts";
export { insertSteps, listSteps } from "./stores/step-store.ts";
export type { MemberRecord, NewMember, TenantRecord } from "./stores/tenant-store.ts";
export { findMember, insertMember, insertTenant, listMembers, listTenantIds, readTenant } from "./stores/tenant-store.ts";
