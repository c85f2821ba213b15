// The data layer's one entry for the rest of the server: the database, its two entrances, and the stores. Rows stay inside.
export type { DatabaseConfig, OpenDatabase } from "./open-database.ts";
export { openDatabase } from "./open-database.ts";
export { keepHouse } from "./housekeeping.ts";
export { isUuid } from "./tenancy.ts";
export type { OnTenantBreach, SystemTx, TenantTx } from "./tenancy.ts";
export type { TenantBreach } from "./tenant-breach.ts";

export type { AgentRecord, SurvivingStepRecord } from "./stores/agent-store.ts";
export {
  findAgent,
  listAgents,
  listSurviving,
  lockAgent,
  recordConnection,
  recordHeartbeat,
  retireAgent,
  upsertAgent,
} from "./stores/agent-store.ts";
export type { AgentBinary } from "./stores/binary-store.ts";
export { listBinaries, registerBinary, retireBinary } from "./stores/binary-store.ts";
export type { IssuedCertificate } from "./stores/certificate-store.ts";
export { insertCertificate, isCertificateValid, listCertificates, listFallen, revokeCertificates } from "./stores/certificate-store.ts";
export type { LiveStream, StreamClaim } from "./stores/stream-store.ts";
export {
  holdStream,
  listLiveStreams,
  listOverdueStreams,
  lockStreamHolder,
  noteHalted,
  prolongStream,
  releaseStream,
  takeOverdue,
} from "./stores/stream-store.ts";
export { takeTurn } from "./stores/turn-store.ts";
export type { LockedExecution, StoredCircumstances } from "./stores/circumstances-store.ts";
export { lockForDecision, lockLayer, readCircumstances } from "./stores/circumstances-store.ts";
export { findEnrolmentToken, insertEnrolmentToken, useEnrolmentToken, voidEnrolmentTokens } from "./stores/enrolment-store.ts";
export type { StoredEvent } from "./stores/audit-store.ts";
export { appendEvents, listEvents, readHead } from "./stores/audit-store.ts";
export type { StoredCheckpoint, UncopiedChain } from "./stores/checkpoint-store.ts";
export {
  hashesAt,
  insertCheckpoints,
  latestCheckpoint,
  listChains,
  listCheckpoints,
  listUncopiedChains,
  listUncoveredChains,
  noteCopied,
} from "./stores/checkpoint-store.ts";
export { saveDecision } from "./stores/decision-store.ts";
export type { ExecutionListing } from "./stores/execution-list-store.ts";
export { findListing, listExecutions } from "./stores/execution-list-store.ts";
export type { StepInFlight } from "./stores/execution-store.ts";
export {
  executionOfStep,
  findAlertContext,
  insertExecution,
  listOpenExecutions,
  listStepsInFlight,
  pinGovernance,
  readExecution,
} from "./stores/execution-store.ts";
export type { LiveRun } from "./stores/live-run-store.ts";
export { findRunOfAlert, isRunbookLive, listOtherLiveRuns, takeTurnToStart } from "./stores/live-run-store.ts";
export type { GovernanceNotice, GovernanceReport } from "./stores/governance-store.ts";
export {
  countGovernance,
  insertGovernanceReport,
  insertNotice,
  latestNotice,
  listGovernanceReports,
  lockGovernance,
  settleNotice,
} from "./stores/governance-store.ts";
export { beginRequest, finishRequest, forgetRequest } from "./stores/idempotency-store.ts";
export type { ModelCallRecord, ModelUsage } from "./stores/llm-store.ts";
export {
  findModelAnswers,
  latestModelCalls,
  modelTokensOf,
  modelUsageOf,
  recordDisagreements,
  recordModelCalls,
  storeModelAnswers,
} from "./stores/llm-store.ts";
export type { Effect, NewEffect } from "./stores/outbox-store.ts";
export {
  claimEffects,
  completeDispatch,
  completeEffect,
  discardEffect,
  dueAgain,
  enqueueEffects,
  hasLeft,
  postponeEffect,
  voidEffects,
} from "./stores/outbox-store.ts";
export type {
  DeliveryState,
  NewOutboundDelivery,
  OutboundAttempt,
  OutboundDelivery,
  OutboundKind,
} from "./stores/outbound-store.ts";
export {
  cancelOutbound,
  claimOutbound,
  findOutbound,
  insertOutbound,
  listAttempts,
  listOutbound,
  lockOutbound,
  pauseTarget,
  sendAgain,
  settleOutbound,
} from "./stores/outbound-store.ts";
export type { OutboundCursor } from "./stores/outbound-cursor-store.ts";
export { listenFromNow, lockCursors, moveCursor, stopListening, tenantsToTell } from "./stores/outbound-cursor-store.ts";
export type { DisabledReason, EndpointSecret, WebhookEndpoint } from "./stores/webhook-endpoint-store.ts";
export {
  alertsOfRuns,
  endEndpointSecrets,
  findEndpoint,
  insertEndpoint,
  insertEndpointSecret,
  listEndpoints,
  listEndpointSecrets,
  lockEndpoint,
  removeEndpoint,
  tracesOfAlerts,
  updateEndpoint,
} from "./stores/webhook-endpoint-store.ts";
export type { ArrivedOutput } from "./stores/output-store.ts";
export { advanceSequence, appendOutput, lastOutputBatches, listOutput } from "./stores/output-store.ts";
export type { RunbookOverview } from "./stores/runbook-overview-store.ts";
export { findStepClassification, listRunbookIdsBySource, overviewRunbooks } from "./stores/runbook-overview-store.ts";
export type { RunbookChanges, RunbookRecord, VersionRecord } from "./stores/runbook-store.ts";
export {
  countRunbooks,
  deleteRunbook,
  distrustRunbooks,
  findRunbook,
  findVersion,
  findVersionById,
  insertRunbook,
  insertVersion,
  listRunbooks,
  listRunbookTrust,
  listVersions,
  lockRunbook,
  lowerTrust,
  setTrust,
  suggestTrust,
  updateRunbook,
  withdrawSuggestion,
} from "./stores/runbook-store.ts";
export { listJudgedRuns } from "./stores/trust-record-store.ts";
export type { Share } from "./stores/replay-store.ts";
export { executionEvents, listForReplay, storedDifferences } from "./stores/replay-store.ts";
export type { PanicWebhookRecord } from "./stores/panic-webhook-store.ts";
export {
  findPanicWebhook,
  insertPanicWebhook,
  listPanicWebhooks,
  recordPanicWebhookUse,
  revokePanicWebhook,
} from "./stores/panic-webhook-store.ts";
export type { ReviewRecord } from "./stores/review-store.ts";
export { insertReview, listReviews } from "./stores/review-store.ts";
export type { PartyModeRecord } from "./stores/party-mode-store.ts";
export { activePartyModes, agreeToClear, clearPartyMode, enterPartyMode, listPartyModes } from "./stores/party-mode-store.ts";
export {
  isSetupDone,
  latestPanic,
  markSetupDone,
  readModelChoice,
  readSystemSetting,
  readTenantPolicy,
  recordPanic,
  writeModelChoice,
  writeSystemSetting,
  writeTenantPolicy,
} from "./stores/settings-store.ts";
export type { StepRecord } from "./stores/step-store.ts";
export { insertSteps, listSteps } from "./stores/step-store.ts";
export { listUnknownCommands, recordUnknownCommands } from "./stores/unknown-command-store.ts";
export type { SuggestionDecision } from "./stores/divergence-store.ts";
export {
  findDivergence,
  insertDivergence,
  insertSuggestionDecision,
  listDivergences,
  listSuggestionDecisions,
} from "./stores/divergence-store.ts";
export type { InvitationRecord } from "./stores/invitation-store.ts";
export { findInvitation, insertInvitation, listInvitations, revokeInvitation, takeInvitation } from "./stores/invitation-store.ts";
export type { MemberRecord, MembershipRecord } from "./stores/tenant-store.ts";
export {
  changeRole,
  findMember,
  findMemberBySlackUser,
  insertMember,
  insertTenant,
  listMemberNames,
  listMembers,
  listMemberships,
  listTenantIds,
  lockAdmins,
  readTenant,
  removeMember,
} from "./stores/tenant-store.ts";
export type { DeliveryRecord, DeliverySummary, NewDelivery, UnreadDelivery } from "./stores/delivery-store.ts";
export {
  deliveriesOfAlert,
  markRead,
  purgeDeliveries,
  storeDeliveries,
  summariseDeliveries,
  takeTurnWithAlerts,
  unreadDeliveries,
} from "./stores/delivery-store.ts";
export type { AlertCounts, AlertEventRecord, AlertQuery, AlertRecord, NewAlertEvent } from "./stores/alert-store.ts";
export { endedRunsOf, resolutionStats, type ResolutionStats, type RunOfAlert } from "./stores/resolution-store.ts";
export type { ClosableAlert, ClosingRecord, Resolves, ToldState } from "./stores/closing-store.ts";
export {
  closableAlerts,
  findClosable,
  findClosing,
  findTold,
  listClosings,
  removeClosing,
  saveClosing,
} from "./stores/closing-store.ts";
export {
  alertBeginning,
  countAlerts,
  eventsOfAlert,
  findAlert,
  findEpisodes,
  insertAlertEvents,
  listAlerts,
  lockWaiting,
  saveAlerts,
  waitingAlerts,
} from "./stores/alert-store.ts";
export type { OfferRecord } from "./stores/offer-store.ts";
export {
  decideOffer,
  findOffer,
  findOffers,
  insertOffers,
  lockOffer,
  markPosted,
  openOffersFor,
  postedBefore,
  usedBefore,
} from "./stores/offer-store.ts";
export type { IntegrationDoor, IntegrationRecord, SecretListing } from "./stores/integration-store.ts";
export {
  endSecrets,
  findDoors,
  insertIntegration,
  insertSecret,
  integrationNames,
  listIntegrations,
  listSecrets,
  lockIntegration,
  revokeIntegration,
  updateIntegration,
} from "./stores/integration-store.ts";
export type { MappingRecord } from "./stores/match-library-store.ts";
export { insertMapping, libraryMark, libraryRows, listMappings, readForMatching, removeMapping } from "./stores/match-library-store.ts";
export type { StoredArchive } from "./stores/archive-store.ts";
export {
  dropArchivedMonth,
  findArchive,
  insertArchive,
  lastOfMonth,
  latestArchive,
  listArchives,
  listOldMonths,
} from "./stores/archive-store.ts";
export type { SlackMessageRecord, SlackThread } from "./stores/slack-store.ts";
export {
  changeSlackThread,
  findLinkCode,
  findSlackThread,
  findSlackThreadOfOffer,
  forgetSlackMessage,
  insertLinkCode,
  insertSlackThread,
  listOpenSlackThreads,
  listSlackMessages,
  putSlackMessage,
  setSlackUser,
  takeSlackDelivery,
  useLinkCode,
} from "./stores/slack-store.ts";
