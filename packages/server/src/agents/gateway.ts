// The agents' door: gRPC over mutual TLS on one port. Verified streams go in, ordered and acknowledged frames come out through ports.
// It admits a stream only for a certificate of ours that is not revoked, one live stream per agent, panic state first.
// It must never send a frame to an agent before the server has said what that stream may carry (onConnected).

import { AppError } from "@dd0c/core";
import { type Server as GrpcServer, Server, status } from "@grpc/grpc-js";
import { type AgentFrame, AgentLinkService, type AgentHello } from "@dd0c/protocol/agent";
import { type AgentCall, type AgentStream, endCall, type StreamEnd, openAgentStream } from "./agent-stream.ts";
import type { CertificateAuthority } from "./certificate-authority.ts";
import type { EngineKey } from "./engine-key.ts";
import { clockWatch } from "./clock-watch.ts";
import { enrolmentHandlers } from "./enrolment.ts";
import type { AgentGateway, AgentGatewayPorts, ConnectedAgent, InboundFrame } from "./gateway-ports.ts";
import { peerIdentity } from "./peer-identity.ts";
import { renewingCredentials } from "./server-credentials.ts";
import { type StoredSequences, storedSequences } from "./stored-sequences.ts";

export interface AgentGatewayOptions {
  readonly ca: CertificateAuthority;
  /** The first key signs; all are given to agents at enrolment. */
  readonly engineKeys: readonly [EngineKey, ...EngineKey[]];
  /** Address to listen on and port, 0 for any. */
  readonly host: string;
  readonly port: number;
  /** Names and addresses that agents dial, beside localhost, 127.0.0.1 and ::1. */
  readonly serverNames: readonly string[];
  readonly ports: AgentGatewayPorts;
  /** Default 10,000 ms; three missed heartbeats are a lost agent. */
  readonly heartbeatIntervalMs?: number;
}

/** An agent id with a stream, or with one that is being admitted. */
type Slot = { readonly stream: AgentStream | undefined };

interface Gateway {
  readonly options: AgentGatewayOptions;
  readonly heartbeatIntervalMs: number;
  readonly slots: Map<string, Slot>;
  readonly stored: StoredSequences;
}

const ends = {
  noCertificate: { status: status.UNAUTHENTICATED, code: "CERTIFICATE_INVALID", why: "none of this authority" },
  revoked: { status: status.PERMISSION_DENIED, code: "CERTIFICATE_INVALID", why: "revoked" },
  noHello: { status: status.INVALID_ARGUMENT, code: "VALIDATION_FAILED", why: "the first frame is no hello" },
  secondStream: { status: status.ALREADY_EXISTS, code: "STREAM_DUPLICATE", why: "another stream of this agent is alive" },
  failed: { status: status.INTERNAL, code: "INTERNAL_ERROR", why: "the stream could not be admitted" },
} as const satisfies Record<string, StreamEnd>;

const clockEveryMs = 1_000;
const helloWithinMs = 5_000;
/** How long a stream that claims to be alive may take to prove it when another one wants its place. */
const probeWithinMs = 3_000;

/**
 * Starts listening.
 * @throws AppError CONFIG_INVALID when the port cannot be listened on
 */
export async function startAgentGateway(options: AgentGatewayOptions): Promise<AgentGateway> {
  const heartbeatIntervalMs = options.heartbeatIntervalMs ?? 10_000;
  const gateway: Gateway = { options, heartbeatIntervalMs, slots: new Map(), stored: storedSequences() };
  const names = [...new Set(["localhost", "127.0.0.1", "::1", ...options.serverNames])];
  const tls = await renewingCredentials(options.ca, names, options.ports.now);
  const server = new Server({
    "grpc.max_receive_message_length": 1 << 20,
    "grpc.keepalive_time_ms": heartbeatIntervalMs,
    "grpc.keepalive_timeout_ms": heartbeatIntervalMs / 2,
    "grpc.max_concurrent_streams": 8,
  });
  server.addService(AgentLinkService, {
    ...enrolmentHandlers(options),
    connect: (call: AgentCall) => void serve(gateway, call).catch(() => endCall(call, ends.failed)),
  });
  const port = await listen(server, `${options.host}:${options.port}`, tls.credentials);
  const monitor = setInterval(() => endDeadStreams(gateway), heartbeatIntervalMs / 2).unref();
  const live = () => [...gateway.slots.values()].flatMap(({ stream }) => stream ?? []);
  const clock = clockWatch(options.ports.now, () => performance.now());
  // With the next stream each agent hears what time it is now.
  const watch = setInterval(() => {
    if (clock.jumped()) for (const stream of live()) stream.end("clock_jumped");
  }, clockEveryMs).unref();
  return {
    port,
    send: (agentId, frame) => gateway.slots.get(agentId)?.stream?.send(frame) ?? false,
    isOnline: (agentId) => gateway.slots.get(agentId)?.stream !== undefined,
    serialOf: (agentId) => gateway.slots.get(agentId)?.stream?.agent.serial,
    onlineAgents: () => live().map(({ agent }) => agent),
    broadcastPanic: (on, panicId) =>
      live()
        .filter((stream) => stream.send({ $case: "panic", value: { on, panicId } }))
        .map(({ agent }) => agent),
    dismiss: (agentId, reason = "dismissed") => gateway.slots.get(agentId)?.stream?.end(reason),
    vacate: async (agentId) => {
      const holder = gateway.slots.get(agentId);
      if (holder === undefined) return true;
      if (holder.stream === undefined || (await answersProbe(holder.stream))) return false;
      holder.stream.end("superseded");
      return true;
    },
    async close() {
      clearInterval(monitor);
      clearInterval(watch);
      tls.stop();
      for (const stream of live()) stream.end("shutting_down");
      await shutDown(server);
    },
  };
}

/** Checks who calls, gives the agent its slot, and says hello; everything after that is the stream's. */
async function serve(gateway: Gateway, call: AgentCall): Promise<void> {
  const { ports } = gateway.options;
  const peer = peerIdentity(call.getAuthContext()?.sslPeerCertificate);
  if (peer === undefined) return endCall(call, ends.noCertificate);
  const hello = await firstHello(call);
  if (hello === undefined) return endCall(call, ends.noHello);
  if (await ports.isRevoked(peer)) return endCall(call, ends.revoked);
  // Whoever gave up while it waited has dialled again: in a storm its next stream must not wait behind the work for this one.
  if (call.cancelled) return;
  if (!(await claimSlot(gateway, peer.agentId))) return endCall(call, ends.secondStream);
  const agent: ConnectedAgent = { ...peer, hello, peerAddress: call.getPeer() };
  try {
    await admit(gateway, agent, call);
  } catch (error) {
    gateway.slots.delete(agent.agentId);
    throw error;
  }
}

async function admit(gateway: Gateway, agent: ConnectedAgent, call: AgentCall): Promise<void> {
  const { ports, engineKeys } = gateway.options;
  const answer = await ports.onConnected(agent);
  if ("refused" in answer) {
    gateway.slots.delete(agent.agentId);
    return endCall(call, { status: status.FAILED_PRECONDITION, code: answer.refused, why: "refused by the server" });
  }
  const stream = openAgentStream({
    agent,
    call,
    clock: () => performance.now(),
    store: (frame) => storeOnce(gateway, agent, frame),
    onEnd: (reason) => {
      gateway.slots.delete(agent.agentId);
      void ports.onDisconnected(agent, reason);
    },
  });
  // No await between reading the panic state, saying it and becoming reachable by a broadcast: no panic falls in between.
  const panic = ports.currentPanic();
  stream.send({
    $case: "hello",
    value: {
      panic: panic.on,
      panicId: panic.panicId,
      serverTimeMs: ports.now(),
      fencingEpoch: answer.fencingEpoch,
      engineKeyId: engineKeys[0].id,
      tenantId: agent.tenantId,
      agentId: agent.agentId,
      heartbeatIntervalMs: gateway.heartbeatIntervalMs,
      settledCapsules: [...(answer.settledCapsules ?? [])],
    },
  });
  if (call.cancelled) stream.end("closed");
  else gateway.slots.set(agent.agentId, { stream });
  call.resume();
}

async function storeOnce(gateway: Gateway, agent: ConnectedAgent, frame: InboundFrame): Promise<void> {
  const { step, sequence } = frame;
  if (step === undefined || sequence === 0) return gateway.options.ports.onFrame(agent, frame);
  if (gateway.stored.has(step, sequence)) return;
  await gateway.options.ports.onFrame(agent, frame);
  gateway.stored.add(step, sequence);
}

/** Reserves the agent's place. A holder that does not answer a probe has lost it: its network broke before ours noticed. */
async function claimSlot(gateway: Gateway, agentId: string): Promise<boolean> {
  const holder = gateway.slots.get(agentId);
  if (holder !== undefined && (holder.stream === undefined || (await answersProbe(holder.stream)))) return false;
  if (holder?.stream !== undefined) holder.stream.end("heartbeat_lost");
  if (gateway.slots.has(agentId)) return false;
  gateway.slots.set(agentId, { stream: undefined });
  return true;
}

async function answersProbe(stream: AgentStream): Promise<boolean> {
  const asked = performance.now();
  if (!stream.send({ $case: "probe", value: {} })) return false;
  while (performance.now() - asked < probeWithinMs) {
    await new Promise((resolve) => setTimeout(resolve, 50));
    if (stream.lastSeen() > asked) return true;
  }
  return false;
}

function firstHello(call: AgentCall): Promise<AgentHello | undefined> {
  return new Promise((resolve) => {
    const done = (hello: AgentHello | undefined) => {
      clearTimeout(timer);
      call.pause();
      call.off("data", onData);
      call.off("end", onEnd);
      resolve(hello);
    };
    const timer = setTimeout(() => done(undefined), helloWithinMs);
    const onData = (frame: AgentFrame) => done(frame.frame?.$case === "hello" ? frame.frame.value : undefined);
    const onEnd = () => done(undefined);
    call.on("data", onData);
    call.on("end", onEnd);
  });
}

function endDeadStreams(gateway: Gateway): void {
  const lostBefore = performance.now() - 3 * gateway.heartbeatIntervalMs;
  const now = gateway.options.ports.now();
  for (const { stream } of gateway.slots.values()) {
    if (stream === undefined) continue;
    if (stream.lastSeen() < lostBefore) stream.end("heartbeat_lost");
    else if (stream.agent.notAfterMs <= now) stream.end("certificate_expired");
  }
}

function listen(server: GrpcServer, address: string, credentials: Parameters<GrpcServer["bindAsync"]>[1]): Promise<number> {
  return new Promise((resolve, reject) => {
    server.bindAsync(address, credentials, (error, port) => {
      if (error === null) resolve(port);
      else reject(new AppError("CONFIG_INVALID", `AGENT_PORT: ${address} cannot be listened on (${error.message}).`));
    });
  });
}

/** Calls get a second to end by themselves. A peer that hangs can keep a forced end from being reported; it is not waited for. */
function shutDown(server: GrpcServer): Promise<void> {
  return new Promise((resolve) => {
    const force = setTimeout(() => {
      server.forceShutdown();
      resolve();
    }, 1_000);
    server.tryShutdown(() => {
      clearTimeout(force);
      resolve();
    });
  });
}
