// What wire.ts expects of the execution engine: its handlers, its side of the agents' door, and the moments it is told of.
// The engine lives in engine/; this file is all that the rest of the server knows of it.
import type { Logger } from "pino";
import type { AgentGateway, AgentGatewayPorts } from "../agents/gateway-ports.ts";
import type { Handlers } from "../http/call.ts";
import type { AgentPresence, Replicas } from "../ports.ts";
import type { OnTenantBreach } from "../db/index.ts";
import type { Contradiction } from "./compare-witnesses.ts";
import type { AppContext } from "./context.ts";
import type { Difference } from "./replay-executions.ts";
import type { ChainReport } from "./verify-audit.ts";
import type { Intake } from "../webhooks/intake.ts";

/** What the engine is built from. */
export interface EngineDependencies extends AppContext {
  readonly replicas: Replicas;
  readonly logger: Logger;
}

export type EngineHandlers = Pick<
  Handlers,
  | "startExecution"
  | "listExecutions"
  | "getExecution"
  | "getExecutionSteps"
  | "watchExecution"
  | "getStepOutput"
  | "confirmPreflight"
  | "approveStep"
  | "lookStep"
  | "modifyStep"
  | "skipStep"
  | "reportStep"
  | "rollbackStep"
  | "unwindExecution"
  | "retryStep"
  | "runUnlisted"
  | "continueStep"
  | "abortExecution"
  | "resumeExecution"
  | "answerBranch"
  | "pauseExecution"
  | "stopStep"
  | "setTimeout"
  | "setVariable"
  | "declareAction"
  | "handOver"
  | "takeOver"
  | "issueRecoveryCode"
  | "getPanic"
  | "panicOn"
  | "panicOff"
  | "panicByWebhook"
  | "getPartyMode"
  | "leavePartyMode"
  | "listAlerts"
  | "getAlert"
  | "startAlert"
  | "dismissAlert"
  | "resolveAlert"
  | "listAlertMappings"
  | "createAlertMapping"
  | "removeAlertMapping"
>;

export interface EnginePart {
  readonly handlers: EngineHandlers;
  readonly gatewayPorts: Pick<AgentGatewayPorts, "onConnected" | "onDisconnected" | "onFrame" | "currentPanic">;
  readonly presence: AgentPresence;
  /** Takes in a delivery of a monitoring system: written when it resolves, read and matched afterwards. */
  readonly acceptAlert: Intake["accept"];
  /** A certificate was revoked or a program registered: whoever holds the agent's stream looks again. Empty: every agent's. */
  readonly onStandingChanged: (agentId: string) => void;
  /** Party mode for everybody, if the scanner missed canaries before the engine could be told. */
  readonly lockEveryTenant: () => Promise<void>;
  /** Verifies a tenant's chain; a break that nobody has cleared locks the tenant. */
  readonly checkChain: (tenantId: string) => Promise<ChainReport>;
  /** A chain is not the one that a witness keeps: recorded, and its tenant locked. */
  readonly onContradiction: (chain: string, witness: string, found: Contradiction) => Promise<void>;
  /** An execution is stored otherwise than its events add up to. */
  readonly onReplayDifference: (tenantId: string, difference: Difference) => Promise<void>;
  /** Locks the tenant soon, and tries again until that is on record. */
  readonly onTenantBreach: OnTenantBreach;
  /** Learns what the other replicas know. Nothing may be served before. @throws AppError REPLICAS_UNREACHABLE */
  readonly open: () => Promise<void>;
  /** The door is open: from now on frames can be sent. Starts timers and the dispatcher. */
  readonly start: (gateway: AgentGateway) => Promise<void>;
  /** No new work; what runs on agents goes on. */
  readonly stop: () => Promise<void>;
}
