export type {
  WireAlert,
  WireAlertMap,
  WireAlertMapping,
  WireAlertMatch,
  WireAlertOffer,
  WireAlertSummary,
  WireIntegration,
  WireTriedMap,
} from "./alerts.ts";
export type { WireOutboundDelivery, WireWebhookEndpoint } from "./outbound.ts";
export type { WireAnswer, WireQuestion } from "./answers.ts";
export { ApiError, type CallAnswer, type CallInput, type Client, type ClientOptions, createClient, routePath } from "./client.ts";
export {
  classification,
  classifyRequest,
  scannerResult,
  type WireClassification,
  type WireReason,
  type WireExplainedResult,
  type WireScannerResult,
  type WireTarget,
  type WireUnknownCommands,
} from "./classification.ts";
export type { WireDistilled } from "./distil.ts";
export type { WireDivergence, WireSuggestions } from "./divergence.ts";
export {
  execution,
  executionStatus,
  executionSummary,
  outputChunk,
  stepExecution,
  stepStatus,
  type WireExecution,
  type WireExecutionSummary,
  type WireOtherRun,
  type WireOutputChunk,
  type WireStepAction,
  type WireStepExecution,
} from "./execution.ts";
export type { WireInvitation, WireMember } from "./members.ts";
export type { WireGovernance } from "./governance.ts";
export { modelReview, modelSettings, type WireModelReview, type WireModelSettings } from "./model-review.ts";
export {
  type WireAgent,
  type WireAgentBinary,
  type WireAgentCertificate,
  type WireApiKey,
  type WireAuditEvent,
  type WireChainVerification,
  type WirePanicState,
  type WirePanicWebhook,
  type WirePartyModeState,
  type WireSession,
  type WireSettings,
} from "./operations.ts";
export {
  policyLayer,
  type WireEffectivePolicy,
  type WirePolicySource,
  type WirePolicyValues,
  type WireRunbookLock,
} from "./policy.ts";
export { type ErrorBody, errorBody, risk, type WireActor, type WireGateDecision, type WireRisk, type WireRole } from "./primitives.ts";
export { revealAsText, revealInvisible, type RevealMode, type TextRun } from "./reveal-invisible.ts";
export { ROLE_MEANING } from "./role-meaning.ts";
export type { Access, Route } from "./route.ts";
export { type RouteName, type Routes, routes } from "./routes.ts";
export {
  parsedRunbook,
  preview,
  type WireClassifiedCommand,
  type WireParsedRunbook,
  type WireParsedStep,
  type WirePreview,
  type WireRunbook,
  type WireRunbookSummary,
  type WireRunbookVersion,
} from "./runbook.ts";
export type { WireSlackState } from "./slack-routes.ts";
