// One live stream of one agent: frames come in one at a time and are acknowledged when they are stored; frames go out while the agent reads.
// It judges nothing about what the frames say and never buffers without bound in either direction.

import type { ErrorCode } from "@dd0c/core";
import { status, type ServerDuplexStream } from "@grpc/grpc-js";
import type { AgentFrame, ServerFrame } from "@dd0c/protocol/agent";
import type { ConnectedAgent, DisconnectReason, InboundFrame } from "./gateway-ports.ts";

export type AgentCall = ServerDuplexStream<AgentFrame, ServerFrame>;

/** Frames that may wait for an agent that does not read. */
const maxQueuedFrames = 1000;

/** A gRPC status, a code of the error table, and a few words. */
export interface StreamEnd {
  readonly status: number;
  readonly code: ErrorCode;
  readonly why: string;
}

export interface AgentStreamOptions {
  readonly agent: ConnectedAgent;
  readonly call: AgentCall;
  /** Monotonic milliseconds. */
  readonly clock: () => number;
  readonly store: (frame: InboundFrame) => Promise<void>;
  /** Called once, after which the stream is silent. */
  readonly onEnd: (reason: DisconnectReason) => void;
}

export interface AgentStream {
  readonly agent: ConnectedAgent;
  send(frame: NonNullable<ServerFrame["frame"]>): boolean;
  /** Monotonic time of the last sign of life; while a frame of ours is being stored the agent is not to blame for silence. */
  lastSeen(): number;
  end(reason: DisconnectReason): void;
}

/** How a stream ends on the wire; `undefined` is the quiet end after which an agent simply dials again. */
const endings: Record<DisconnectReason, StreamEnd | undefined> = {
  closed: undefined,
  shutting_down: undefined,
  clock_jumped: undefined,
  heartbeat_lost: { status: status.UNAVAILABLE, code: "AGENT_OFFLINE", why: "heartbeats stopped" },
  too_slow: { status: status.RESOURCE_EXHAUSTED, code: "RATE_LIMITED", why: "the agent does not read" },
  store_failed: { status: status.UNAVAILABLE, code: "INTERNAL_ERROR", why: "a frame could not be stored" },
  certificate_expired: { status: status.UNAUTHENTICATED, code: "CERTIFICATE_INVALID", why: "expired" },
  superseded: { status: status.ALREADY_EXISTS, code: "STREAM_DUPLICATE", why: "another stream of this agent took its place" },
  dismissed: { status: status.PERMISSION_DENIED, code: "CERTIFICATE_INVALID", why: "revoked" },
};

/** Ends a call with a gRPC status whose details are `CODE: why`. */
export function endCall(call: AgentCall, end: StreamEnd): void {
  call.emit("error", { code: end.status, details: `${end.code}: ${end.why}` });
}

/** Starts reading. The caller has checked the peer, read its hello and sent ours. */
export function openAgentStream(options: AgentStreamOptions): AgentStream {
  const { call, agent } = options;
  let ended = false;
  let storing = false;
  let lastSeen = options.clock();

  const end = (reason: DisconnectReason) => {
    if (ended) return;
    ended = true;
    call.pause();
    const ending = endings[reason];
    if (ending === undefined) call.end();
    else endCall(call, ending);
    options.onEnd(reason);
  };
  const send = (frame: NonNullable<ServerFrame["frame"]>) => {
    if (ended) return false;
    if (call.writableLength >= maxQueuedFrames) {
      end("too_slow");
      return false;
    }
    call.write({ frame });
    return true;
  };
  const receive = async (frame: AgentFrame) => {
    lastSeen = options.clock();
    if (!isKnown(frame)) return;
    storing = true;
    try {
      await options.store(frame);
      if (frame.step !== undefined && frame.sequence > 0) send({ $case: "ack", value: { step: frame.step, sequence: frame.sequence } });
    } catch {
      // The cause is the store's to report; the agent keeps what was not acknowledged and comes back with it.
      end("store_failed");
    } finally {
      storing = false;
      lastSeen = options.clock();
    }
  };
  call.on("data", (frame: AgentFrame) => {
    if (ended) return;
    call.pause();
    void receive(frame).then(() => {
      if (!ended) call.resume();
    });
  });
  call.on("end", () => end("closed"));
  call.on("cancelled", () => end("closed"));
  call.on("close", () => end("closed"));
  return { agent, send, end, lastSeen: () => (storing ? options.clock() : lastSeen) };
}

/** A frame of a newer agent has no known content; a second hello has no meaning. */
function isKnown(frame: AgentFrame): frame is InboundFrame {
  return frame.frame !== undefined && frame.frame.$case !== "hello";
}
