// The agent link for programs that speak it: message types with their codecs, the service definition and its client.
// Everything is generated from agent.proto; this file only names what others may use.

export { type ContinuationFile, readContinuationFile, writeContinuationFile } from "./continuation-file.ts";
export { executeStepOf } from "./execute-frame.ts";
export { formatEnrolmentToken, parseEnrolmentToken } from "./enrolment-token.ts";
export type { EnrolmentToken } from "./enrolment-token.ts";
export { folderHash } from "./folder-hash.ts";
export { newRecoveryCode, type RecoveryKey, recoveryKey } from "./recovery-key.ts";
export { reportsOf } from "./report-commands.ts";
export { AgentFrame, AgentLinkClient, AgentLinkService, OutputStream, ServerFrame } from "./generated/agent.ts";
export type {
  Ack,
  AgentHello,
  AgentLinkServer,
  Amend,
  Capsule as CapsuleFrame,
  Announce,
  DuplicateRefused,
  EngineKey,
  EnrollRequest,
  EnrollResponse,
  EnvironmentEntry,
  ExecuteStep,
  Heartbeat,
  HostFacts,
  MemberOutcome,
  OutcomeUnknown,
  Panic,
  PanicAck,
  Probe,
  RotateCertificateRequest,
  RotateCertificateResponse,
  ServerHello,
  SignedDocument,
  StepAccepted,
  StepOutput,
  StepQueued,
  StepRef,
  StepRefused,
  StepResult,
  StepStarted,
  SurvivingStep,
  Terminate,
} from "./generated/agent.ts";
