// A gateway with ports in memory and a bare client of the protocol, for tests of the door alone.
import "reflect-metadata";
import { randomBytes, webcrypto } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ErrorCode } from "@dd0c/core";
import { credentials } from "@grpc/grpc-js";
import {
  type AgentFrame,
  type AgentHello,
  AgentLinkClient,
  type EnrollResponse,
  parseEnrolmentToken,
  type ServerFrame,
} from "@dd0c/protocol/agent";
import { Pkcs10CertificateRequestGenerator } from "@peculiar/x509";
import { type CertificateAuthority, openCertificateAuthority } from "../certificate-authority.ts";
import { type EngineKey, openEngineKey } from "../engine-key.ts";
import { enrolmentSecretHash, newEnrolmentToken } from "../enrolment-token.ts";
import { startAgentGateway } from "../gateway.ts";
import type {
  AgentGateway,
  AgentGatewayPorts,
  AgentRegistration,
  ConnectedAgent,
  DisconnectReason,
  InboundFrame,
} from "../gateway-ports.ts";

export interface GatewayFixture {
  readonly gateway: AgentGateway;
  readonly ca: CertificateAuthority;
  readonly engineKey: EngineKey;
  readonly registered: AgentRegistration[];
  readonly frames: InboundFrame[];
  readonly disconnected: DisconnectReason[];
  readonly revoked: Set<string>;
  panic: { on: boolean; panicId: string };
  /** Awaited before a frame counts as stored. */
  beforeStore: (frame: InboundFrame) => Promise<void>;
  refuseConnection: ErrorCode | undefined;
  issueToken(agentId?: string): string;
  close(): Promise<void>;
}

export async function startFixture(
  overrides: { heartbeatIntervalMs?: number; ports?: Partial<AgentGatewayPorts> } = {},
): Promise<GatewayFixture> {
  const folder = mkdtempSync(join(tmpdir(), "dd0c-gateway-"));
  const ca = await openCertificateAuthority(join(folder, "ca.pem"), Date.now());
  const engineKey = await openEngineKey(join(folder, "engine.pem"));
  const tokens = new Map<string, { tenantId: string; agentId: string; agentName: string }>();
  let epoch = 0;
  const state: Omit<GatewayFixture, "gateway" | "close" | "issueToken"> = {
    ca,
    engineKey,
    registered: [],
    frames: [],
    disconnected: [],
    revoked: new Set(),
    panic: { on: false, panicId: "" },
    beforeStore: async () => undefined,
    refuseConnection: undefined,
  };
  const ports: AgentGatewayPorts = {
    verifyEnrolmentToken: async (secret) => tokens.get(enrolmentSecretHash(secret)) ?? { refused: "ENROLMENT_TOKEN_INVALID" },
    registerAgent: async (registration) => {
      if (!tokens.delete(enrolmentSecretHash(registration.secret))) return { refused: "ENROLMENT_TOKEN_INVALID" };
      state.registered.push(registration);
      return { registered: true };
    },
    registerRotation: async () => ({ registered: true }),
    isRevoked: async (peer) => state.revoked.has(peer.serial),
    onConnected: async (_agent: ConnectedAgent) =>
      state.refuseConnection === undefined ? { fencingEpoch: ++epoch } : { refused: state.refuseConnection },
    onDisconnected: async (_agent, reason) => void state.disconnected.push(reason),
    onFrame: async (_agent, frame) => {
      await state.beforeStore(frame);
      state.frames.push(frame);
    },
    currentPanic: () => state.panic,
    now: () => Date.now(),
    ...overrides.ports,
  };
  const gateway = await startAgentGateway({
    ca,
    engineKeys: [engineKey],
    host: "127.0.0.1",
    port: 0,
    serverNames: [],
    ports,
    ...(overrides.heartbeatIntervalMs === undefined ? {} : { heartbeatIntervalMs: overrides.heartbeatIntervalMs }),
  });
  return Object.assign(state, {
    gateway,
    issueToken(agentId = "agent-1") {
      const { token, secretHash } = newEnrolmentToken(ca);
      tokens.set(secretHash, { tenantId: "tenant-1", agentId, agentName: "test" });
      return token;
    },
    async close() {
      await gateway.close();
      rmSync(folder, { recursive: true, force: true });
    },
  });
}

/** What a client has to know of a door. */
export interface Door {
  readonly gateway: Pick<AgentGateway, "port">;
  readonly ca: Pick<CertificateAuthority, "caPem">;
}

export interface ClientIdentity {
  readonly keyPem: string;
  readonly response: EnrollResponse;
}

const algorithm = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" };

export async function newRequest(): Promise<{ keyPem: string; der: Buffer }> {
  const keys = await webcrypto.subtle.generateKey(algorithm, true, ["sign", "verify"]);
  const request = await Pkcs10CertificateRequestGenerator.create({ keys, signingAlgorithm: algorithm });
  const pkcs8 = Buffer.from(await webcrypto.subtle.exportKey("pkcs8", keys.privateKey)).toString("base64");
  return { keyPem: `-----BEGIN PRIVATE KEY-----\n${pkcs8}\n-----END PRIVATE KEY-----\n`, der: Buffer.from(request.rawData) };
}

/** Enrols like an agent; rejects with the gRPC error of a refusal. */
export async function enrol(fixture: Door, token: string): Promise<ClientIdentity> {
  const { keyPem, der } = await newRequest();
  const client = new AgentLinkClient(`127.0.0.1:${fixture.gateway.port}`, credentials.createSsl(Buffer.from(fixture.ca.caPem)));
  const secret = parseEnrolmentToken(token)?.secret ?? token;
  try {
    const response = await new Promise<EnrollResponse>((resolve, reject) => {
      const request = { secret, certificateRequest: der, agentName: "test", agentVersion: "0.1.0" };
      client.enroll(request, (error, answer) => (error === null ? resolve(answer) : reject(error)));
    });
    return { keyPem, response };
  } finally {
    client.close();
  }
}

export function mutualCredentials(fixture: Door, identity: ClientIdentity) {
  return credentials.createSsl(Buffer.from(fixture.ca.caPem), Buffer.from(identity.keyPem), Buffer.from(identity.response.certificatePem));
}

export interface TestStream {
  readonly received: NonNullable<ServerFrame["frame"]>[];
  send(frame: AgentFrame): void;
  /** The status details once the stream has ended. */
  readonly ended: Promise<string>;
  close(): void;
}

const journalId = randomBytes(8).toString("hex");

/** What a bare client says first. @param more fields of the hello that a test is about */
export const helloFrame = (more: Partial<AgentHello> = {}): AgentFrame => ({
  step: undefined,
  sequence: 0,
  frame: {
    $case: "hello",
    value: {
      agentVersion: "0.1.0",
      patternVersion: "1",
      journalId,
      capabilities: [],
      ceiling: "caution",
      policyHash: "",
      agentTimeMs: 0,
      missedCanaries: [],
      continuations: [],
      host: undefined,
      ...more,
    },
  },
});

export const heartbeatFrame: AgentFrame = {
  step: undefined,
  sequence: 0,
  frame: {
    $case: "heartbeat",
    value: {
      agentTimeMs: 0,
      uptimeMs: 0,
      runningSteps: 0,
      queuedSteps: 0,
      agentVersion: "0.1.0",
      patternVersion: "1",
      panicked: false,
      missedCanaries: [],
    },
  },
};

/** A stream of the bare client. With `answerProbes` false it plays dead without closing. */
export function openStream(fixture: Door, identity: ClientIdentity | undefined, options = { hello: true, answerProbes: true }): TestStream {
  const creds = identity === undefined ? credentials.createSsl(Buffer.from(fixture.ca.caPem)) : mutualCredentials(fixture, identity);
  const client = new AgentLinkClient(`127.0.0.1:${fixture.gateway.port}`, creds, { "grpc.use_local_subchannel_pool": 1 });
  const call = client.connect();
  const received: NonNullable<ServerFrame["frame"]>[] = [];
  const ended = new Promise<string>((resolve) => {
    call.on("status", (status) => resolve(status.details));
  });
  call.on("error", () => client.close());
  call.on("data", (frame: ServerFrame) => {
    if (frame.frame?.$case === "probe" && options.answerProbes) call.write(heartbeatFrame);
    if (frame.frame !== undefined) received.push(frame.frame);
  });
  if (options.hello) call.write(helloFrame());
  return {
    received,
    ended,
    send: (frame) => void call.write(frame),
    close: () => {
      call.cancel();
      client.close();
    },
  };
}

export async function until(condition: () => boolean, withinMs = 5_000): Promise<void> {
  const start = performance.now();
  while (!condition()) {
    if (performance.now() - start > withinMs) throw new Error("condition not met in time");
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
