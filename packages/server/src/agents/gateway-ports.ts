// What the gateway asks of the rest of the server, and the words they share. The gateway knows streams and certificates;
// tenants' tables, executions and audit stand behind these ports.

import type { ErrorCode } from "@dd0c/core";
import type { AgentFrame, AgentHello, ServerFrame } from "@dd0c/protocol/agent";
import type { AgentCertificate } from "./certificate-authority.ts";
import type { PeerIdentity } from "./peer-identity.ts";

/** A refusal as a value; the agent is told the code. */
export interface Refused {
  readonly refused: ErrorCode;
}

/** What an enrolment secret stands for: the agent that it may create, or enrol again. */
interface EnrolmentTicket {
  readonly tenantId: string;
  readonly agentId: string;
  readonly agentName: string;
}

/** A new agent, or a known one with a new key, together with the secret that must be used up in the same transaction. */
export interface AgentRegistration extends EnrolmentTicket {
  readonly secret: string;
  readonly agentVersion: string;
  readonly certificate: AgentCertificate;
  /** SHA-256 of the program that enrols, lower-case hex; left out where it said none. */
  readonly binaryHash?: string;
  /** Address that the agent called from. */
  readonly peerAddress: string;
}

/** One live stream. Two streams of one agent in turn are two of these. */
export interface ConnectedAgent extends PeerIdentity {
  readonly hello: AgentHello;
  readonly peerAddress: string;
}

/** A frame about an attempt of a step, or about the agent. `hello` never comes here. */
export type InboundFrame = AgentFrame & { readonly frame: NonNullable<AgentFrame["frame"]> };

export type DisconnectReason =
  | "closed"
  | "heartbeat_lost"
  | "too_slow"
  | "store_failed"
  | "certificate_expired"
  | "clock_jumped"
  | "dismissed"
  | "superseded"
  | "shutting_down";

export interface Welcome {
  readonly fencingEpoch: number;
  /** Continuations of the hello that were taken in, or never will be. */
  readonly settledCapsules?: readonly string[];
}

export interface AgentGatewayPorts {
  /** Looks a secret up without using it. Codes: ENROLMENT_TOKEN_INVALID (unknown, used, expired or of a locked tenant). */
  verifyEnrolmentToken(secret: string): Promise<EnrolmentTicket | Refused>;
  /** Uses the secret and stores agent and certificate, all or nothing. The loser of two uses is refused ENROLMENT_TOKEN_INVALID. */
  registerAgent(registration: AgentRegistration): Promise<{ readonly registered: true } | Refused>;
  /** Stores the successor of a certificate. */
  registerRotation(peer: PeerIdentity, certificate: AgentCertificate): Promise<{ readonly registered: true } | Refused>;
  /** True for a revoked certificate and for one that was never registered. */
  isRevoked(peer: PeerIdentity): Promise<boolean>;
  /**
   * The stream is admitted but silent: nothing is sent before this resolves. Void what a panic or an abort has overtaken here.
   * Refuse to turn the agent away (another replica holds it). `fencingEpoch` must grow with each stream of the agent.
   */
  onConnected(agent: ConnectedAgent): Promise<Welcome | Refused>;
  onDisconnected(agent: ConnectedAgent, reason: DisconnectReason): Promise<void>;
  /**
   * One frame, in order, one at a time per agent. Resolve when it is stored: the gateway then acknowledges it.
   * Reject to make the agent send it again. After a restart a stored frame can come again: store once per (step, sequence).
   */
  onFrame(agent: ConnectedAgent, frame: InboundFrame): Promise<void>;
  /** From memory, at once. */
  currentPanic(): { readonly on: boolean; readonly panicId: string };
  now(): number;
}

export interface AgentGateway {
  /** The port that is listened on. */
  readonly port: number;
  /** Queues a frame. False: the agent has no stream here, or does not read. True is no proof of arrival: only the agent's own frames are. */
  send(agentId: string, frame: NonNullable<ServerFrame["frame"]>): boolean;
  isOnline(agentId: string): boolean;
  /** Of the certificate that the agent's stream was opened with; undefined where it has none here. */
  serialOf(agentId: string): string | undefined;
  onlineAgents(): readonly ConnectedAgent[];
  /** Pushes a panic, or its end, to every stream at once. @returns the agents it was pushed to; each acknowledges with `panicAck`. */
  broadcastPanic(on: boolean, panicId: string): readonly ConnectedAgent[];
  /** Ends an agent's stream: its certificate was revoked, or another replica has a newer stream of the agent. */
  dismiss(agentId: string, reason?: "dismissed" | "superseded"): void;
  /** Another replica wants the agent's place. False: the stream here has proved to be alive. One that has not is ended. */
  vacate(agentId: string): Promise<boolean>;
  close(): Promise<void>;
}
