// The server side of an agent test: the real gateway, authority and engine key with ports in memory, and an engine that signs
// whatever a test wants signed, right or wrong.
import { createHash, randomUUID } from "node:crypto";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Amendment, type Announcement, announcementBytes, type Grant, grantBytes, type RunSettings, stepDigest } from "@dd0c/core";
import type { AgentFrame, ExecuteStep, SignedDocument, StepRef } from "@dd0c/protocol/agent";
import { scan } from "@dd0c/scanner";
import type { Risk } from "@dd0c/scanner";
import { removeFolder } from "../../packages/executor/src/remove-folder.ts";
import { openCertificateAuthority } from "../../packages/server/src/agents/certificate-authority.ts";
import { type EngineKey, openEngineKey } from "../../packages/server/src/agents/engine-key.ts";
import { enrolmentSecretHash, newEnrolmentToken } from "../../packages/server/src/agents/enrolment-token.ts";
import { startAgentGateway } from "../../packages/server/src/agents/gateway.ts";
import type { AgentGateway, AgentGatewayPorts, InboundFrame } from "../../packages/server/src/agents/gateway-ports.ts";

const tenantId = "tenant-1";

export interface ControlPlane {
  readonly port: number;
  readonly folder: string;
  readonly engineKey: EngineKey;
  readonly frames: InboundFrame[];
  readonly gateway: () => AgentGateway;
  panic: { on: boolean; panicId: string };
  /** Fencing epoch of the stream that was opened last; set back, this is a server of the past. */
  epoch: number;
  /** While true, frames are neither stored nor acknowledged. */
  hold: boolean;
  /** How far this server's clock is from the true one. */
  skewMs: number;
  newToken(agentId?: string): string;
  online(agentId: string): Promise<void>;
  /** Stops the gateway and starts it again on the same port, as a restarted server. */
  stop(): Promise<void>;
  restart(): Promise<void>;
  /** Frames about one attempt, in the order in which they were stored. */
  about(step: StepRef): readonly NonNullable<AgentFrame["frame"]>[];
  /** Waits for the last frame of an attempt. */
  ending(step: StepRef, withinMs?: number): Promise<NonNullable<AgentFrame["frame"]>>;
  close(): Promise<void>;
}

export async function until(what: string, condition: () => boolean, withinMs = 10_000): Promise<void> {
  const start = performance.now();
  while (!condition()) {
    if (performance.now() - start > withinMs) throw new Error(`not in time: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

export async function startControlPlane(): Promise<ControlPlane> {
  const folder = mkdtempSync(join(tmpdir(), "dd0c-link-"));
  const ca = await openCertificateAuthority(join(folder, "ca.pem"), Date.now());
  const engineKey = await openEngineKey(join(folder, "engine.pem"));
  const tokens = new Map<string, string>();
  const frames: InboundFrame[] = [];
  const state = { panic: { on: false, panicId: "" }, hold: false, epoch: 0, skewMs: 0 };
  const ports: AgentGatewayPorts = {
    verifyEnrolmentToken: async (secret) => {
      const agentId = tokens.get(enrolmentSecretHash(secret));
      return agentId === undefined ? { refused: "ENROLMENT_TOKEN_INVALID" } : { tenantId, agentId, agentName: agentId };
    },
    registerAgent: async ({ secret }) =>
      tokens.delete(enrolmentSecretHash(secret)) ? { registered: true } : { refused: "ENROLMENT_TOKEN_INVALID" },
    registerRotation: async () => ({ registered: true }),
    isRevoked: async () => false,
    onConnected: async () => ({ fencingEpoch: ++state.epoch }),
    onDisconnected: async () => undefined,
    onFrame: async (_agent, frame) => {
      while (state.hold) await new Promise((resolve) => setTimeout(resolve, 5));
      frames.push(frame);
    },
    currentPanic: () => state.panic,
    now: () => Date.now() + state.skewMs,
  };
  const start = (port: number) =>
    startAgentGateway({ ca, engineKeys: [engineKey], host: "127.0.0.1", port, serverNames: [], ports, heartbeatIntervalMs: 1_000 });
  let gateway = await start(0);
  const { port } = gateway;
  const about = (step: StepRef) => frames.filter((frame) => JSON.stringify(frame.step) === JSON.stringify(step)).map(({ frame }) => frame);
  const endings = ["stepRefused", "stepResult", "outcomeUnknown"];
  const plane: Omit<ControlPlane, "panic" | "hold" | "epoch" | "skewMs"> = {
    port,
    folder,
    engineKey,
    frames,
    gateway: () => gateway,
    newToken(agentId = "agent-1") {
      const { token, secretHash } = newEnrolmentToken(ca);
      tokens.set(secretHash, agentId);
      return token;
    },
    online: (agentId) => until(`${agentId} online`, () => gateway.isOnline(agentId)),
    stop: () => gateway.close(),
    async restart() {
      gateway = await start(port);
    },
    about,
    async ending(step, withinMs = 10_000) {
      const last = () => about(step).find(({ $case }) => endings.includes($case));
      await until(`an ending of ${step.stepExecutionId}`, () => last() !== undefined, withinMs);
      return last()!;
    },
    async close() {
      await gateway.close();
      removeFolder(folder);
    },
  };
  return Object.assign(state, plane);
}

const sha256 = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex");

/** One step as an honest engine would send it; tests change single fields. */
export interface Prepared {
  readonly step: StepRef;
  readonly announcement: Announcement;
  readonly grant: Grant | undefined;
  readonly execute: ExecuteStep;
}

export interface PrepareOptions {
  readonly agentId?: string;
  readonly approved?: boolean;
  readonly risk?: Risk;
  readonly timeoutMs?: number;
  readonly workingDirectory?: string;
  readonly runAs?: string;
  readonly environment?: readonly (readonly [string, string])[];
}

export function prepare(command: string, options: PrepareOptions = {}): Prepared {
  const { agentId = "agent-1", approved = false, timeoutMs = 20_000, workingDirectory, runAs, environment = [] } = options;
  const verdict = scan(command);
  const risk = options.risk ?? verdict.risk;
  const settings: RunSettings = {
    agentId,
    workingDirectory: workingDirectory ?? null,
    runAs: runAs ?? null,
    environment,
    stdinHash: null,
    timeoutMs,
  };
  const digest = stepDigest(verdict.plan!, settings, sha256);
  const step: StepRef = { executionId: randomUUID(), stepExecutionId: randomUUID(), attempt: 1 };
  const now = Date.now();
  const bound = { tenant: tenantId, agent: agentId, execution: step.executionId };
  const announcement: Announcement = {
    kind: "dd0c.announcement.v1",
    ...bound,
    runbook: "runbook-1",
    version: "version-1",
    trust_level: 2,
    governance_mode: "audit",
    issued_at: now,
    steps: [{ step_execution: step.stepExecutionId, digest, template_hash: sha256(Buffer.from(command)), max_risk: risk }],
  };
  const grant: Grant = {
    kind: "dd0c.grant.v1",
    ...bound,
    step_execution: step.stepExecutionId,
    attempt: 1,
    digest,
    risk,
    approver: "user-1",
    method: risk === "dangerous" ? "typed" : "click",
    issued_at: now,
    expires_at: now + 600_000,
  };
  const execute: ExecuteStep = {
    step,
    command,
    digest,
    risk,
    automatic: !approved,
    grant: undefined,
    notAfterMs: now + 60_000,
    timeoutMs,
    ...(workingDirectory === undefined ? {} : { workingDirectory }),
    ...(runAs === undefined ? {} : { runAs }),
    environment: environment.map(([name, value]) => ({ name, value })),
    trustLevel: 2,
    patternVersion: verdict.patternVersion,
  };
  return { step, announcement, grant: approved ? grant : undefined, execute };
}

export function signed(plane: ControlPlane, document: Announcement | Amendment | Grant): SignedDocument {
  return plane.engineKey.sign(document.kind === "dd0c.grant.v1" ? grantBytes(document) : announcementBytes(document));
}

/** Announces and dispatches; the caller waits for the ending. */
export function dispatch(plane: ControlPlane, prepared: Prepared, agentId = "agent-1"): StepRef {
  const { step, announcement, grant, execute } = prepared;
  plane.gateway().send(agentId, { $case: "announce", value: { executionId: step.executionId, announcement: signed(plane, announcement) } });
  send(plane, { ...execute, ...(grant === undefined ? {} : { grant: signed(plane, grant) }) }, agentId);
  return step;
}

export function send(plane: ControlPlane, execute: ExecuteStep, agentId = "agent-1"): void {
  plane.gateway().send(agentId, { $case: "executeStep", value: execute });
}
