// One live stream of one agent: frames come in one at a time and are acknowledged when they are stored; frames go out while the agent reads.
// It judges nothing about what the frames say and never buffers without bound in either direction.

import { status, type ServerDuplexStream } from "@grpc/grpc-js";
import type { AgentFrame, ServerFrame } from "@dd0c/protocol/agent";
import type { ConnectedAgent, DisconnectReason, InboundFrame } from "./gateway-ports.ts";

export type AgentCall = ServerDuplexStream<AgentFrame, ServerFrame>;

/** Frames that may wait for an agent that does not read. */
const maxQueuedFrames = 1000;

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

const statusOf: Record<DisconnectReason, { code: number; details: string }> = {
  closed: { code: status.OK, details: "CLOSED" },
  heartbeat_lost: { code: status.UNAVAILABLE, details: "HEARTBEAT_LOST" },
  too_slow: { code: status.RESOURCE_EXHAUSTED, details: "AGENT_TOO_SLOW" },
  store_failed: { code: status.UNAVAILABLE, details: "FRAME_NOT_STORED" },
  certificate_expired: { code: status.UNAUTHENTICATED, details: "CERTIFICATE_EXPIRED" },
  dismissed: { code: status.PERMISSION_DENIED, details: "CERTIFICATE_REVOKED" },
  shutting_down: { code: status.UNAVAILABLE, details: "SERVER_SHUTTING_DOWN" },
};

/** Ends a call with a status whose details begin with a code. */
export function endCall(call: AgentCall, code: number, details: string): void {
  call.emit("error", { code, details });
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
    const { code, details } = statusOf[reason];
    if (code === status.OK) call.end();
    else endCall(call, code, details);
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
