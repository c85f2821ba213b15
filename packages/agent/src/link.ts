// The one outbound stream to the server: dials, says hello, hands frames over, dials again for as long as the agent lives.
// It trusts the pinned authority alone and refuses a server whose fencing epoch is behind; it opens no socket that listens.

import { type AgentNote, type ErrorCode, errorTable } from "@dd0c/core";
import { type AgentFrame, type AgentHello, AgentLinkClient, type ServerFrame, type ServerHello } from "@dd0c/protocol/agent";
import { type ClientDuplexStream, status, type StatusObject } from "@grpc/grpc-js";
import type { Backoff } from "./backoff.ts";
import { errorCodeOf, mutualTls, serverName } from "./enrol.ts";
import type { AgentIdentity } from "./identity.ts";
import type { Log } from "./log.ts";
import type { Servers } from "./servers.ts";

/** A frame of the server other than its hello. */
export type Instruction = Exclude<NonNullable<ServerFrame["frame"]>, { readonly $case: "hello" }>;

export interface LinkOptions {
  /** HOST:PORT of servers that are alike; after each end the next one is dialled. */
  readonly servers: Servers;
  /** Read at each dial: a renewed certificate is used from the next stream on. */
  readonly identity: () => AgentIdentity;
  readonly hello: () => AgentHello;
  /** The server said hello; `send` works until onClosed. */
  readonly onOpen: (hello: ServerHello, send: (frame: AgentFrame) => void) => void;
  readonly onInstruction: (instruction: Instruction) => void;
  readonly onClosed: () => void;
  /** A server that says it is another one, is behind one that was heard before, or sends more at once than a frame holds. */
  readonly onDisbelieved: (note: Extract<AgentNote, "foreign_hello" | "stale_hello" | "oversized_frame">) => void;
  readonly backoff: Backoff;
  readonly log: Log;
}

export interface Link {
  isOpen(): boolean;
  /** Ends the stream in an orderly way and dials again, or dials now where there is none. */
  redial(): void;
  /** Ends the stream after what was sent, and dials no more. */
  close(): Promise<void>;
}

/** A server that accepts the connection but never says hello is not one. */
const helloWithinMs = 10_000;
/** Codes after which trying again soon is pointless: a person has to act. */
const slowCodes: ReadonlySet<ErrorCode | undefined> = new Set<ErrorCode>([
  "CERTIFICATE_INVALID",
  "UNSUPPORTED_VERSION",
  "PARTY_MODE_ACTIVE",
]);
const slowRetryMs = 60_000;

const nextOf = (servers: Servers, current: string): string => servers[(servers.indexOf(current) + 1) % servers.length] ?? servers[0];

type Call = ClientDuplexStream<AgentFrame, ServerFrame>;

export function openLink(options: LinkOptions): Link {
  const { log } = options;
  let closed = false;
  let open = false;
  let highestEpoch = 0;
  let call: Call | undefined;
  let redial: NodeJS.Timeout | undefined;
  let [server] = options.servers;

  const received = (current: Call, frame: ServerFrame["frame"]) => {
    if (frame === undefined || current !== call) return;
    if (frame.$case !== "hello") {
      // Nothing counts before the hello, which says whether there is a panic and what time it is.
      if (open) options.onInstruction(frame);
      return;
    }
    const isOurs = isForUs(frame.value, options.identity());
    if (open || !isOurs || frame.value.fencingEpoch <= highestEpoch) {
      log("error", "server_refused", { reason: "hello", epoch: frame.value.fencingEpoch });
      options.onDisbelieved(isOurs ? "stale_hello" : "foreign_hello");
      current.cancel();
      return;
    }
    highestEpoch = frame.value.fencingEpoch;
    open = true;
    options.backoff.reset();
    log("info", "connected", { server, epoch: highestEpoch });
    options.onOpen(frame.value, (outgoing) => void current.write(outgoing));
  };
  const ended = (current: Call, client: AgentLinkClient, end: StatusObject) => {
    client.close();
    if (current !== call) return;
    call = undefined;
    if (open) options.onClosed();
    open = false;
    if (closed) return;
    server = nextOf(options.servers, server);
    if (isOversized(end)) options.onDisbelieved("oversized_frame");
    const code = errorCodeOf(end.details);
    if (code === "CERTIFICATE_INVALID")
      log("error", "certificate_refused", { reason: end.details, remedy: errorTable.CERTIFICATE_INVALID.action });
    const waitMs = slowCodes.has(code) ? slowRetryMs : options.backoff.next(code !== undefined);
    log(code === undefined ? "info" : "warn", "disconnected", { code: code ?? "", reason: end.details, waitMs });
    redial = setTimeout(dial, waitMs);
  };
  const dial = () => {
    const client = new AgentLinkClient(server, mutualTls(options.identity()), {
      ...serverName(server),
      "grpc.keepalive_time_ms": 10_000,
      "grpc.keepalive_timeout_ms": 5_000,
      "grpc.use_local_subchannel_pool": 1,
      "grpc.enable_retries": 0,
    });
    const current = client.connect();
    call = current;
    const overdue = setTimeout(() => current.cancel(), helloWithinMs);
    current.on("data", (frame: ServerFrame) => {
      clearTimeout(overdue);
      received(current, frame.frame);
    });
    // Every end comes as a status too.
    current.on("error", () => undefined);
    current.on("status", (end: StatusObject) => {
      clearTimeout(overdue);
      ended(current, client, end);
    });
    current.write({ step: undefined, sequence: 0, frame: { $case: "hello", value: options.hello() } });
  };
  dial();
  return {
    isOpen: () => open,
    redial() {
      if (closed) return;
      if (call !== undefined) return void call.end();
      clearTimeout(redial);
      dial();
    },
    close() {
      closed = true;
      clearTimeout(redial);
      return endStream(call);
    },
  };
}

/** Said by this side's own library, which ends the stream; a server's words begin with a code. */
const isOversized = ({ code, details }: StatusObject): boolean =>
  code === status.RESOURCE_EXHAUSTED && details.startsWith("Received message larger than max");

function isForUs(hello: ServerHello, identity: AgentIdentity): boolean {
  return hello.tenantId === identity.tenantId && hello.agentId === identity.agentId;
}

/** What was written goes out before the end; a peer that does not answer is given up after a second. */
function endStream(call: Call | undefined): Promise<void> {
  if (call === undefined) return Promise.resolve();
  return new Promise((resolve) => {
    const force = setTimeout(() => call.cancel(), 1_000);
    call.on("status", () => {
      clearTimeout(force);
      resolve();
    });
    call.end();
  });
}
