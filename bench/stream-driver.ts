// Many agents' streams in one process, for bench/streams.ts: each enrols with its own token and is held by the agent's own link.
// In: words of the parent. Out: every stream that opens or ends, and how long heartbeats took until the server had stored them.
import { randomUUID } from "node:crypto";
import { readCheckpoint } from "@dd0c/core";
import { type AgentFrame, type Heartbeat, type SignedDocument, type StepRef } from "@dd0c/protocol/agent";
import { patternVersion } from "@dd0c/scanner";
import { backoff } from "../packages/agent/src/backoff.ts";
import { binaryHash } from "../packages/agent/src/binary-hash.ts";
import { enrol } from "../packages/agent/src/enrol.ts";
import type { AgentIdentity } from "../packages/agent/src/identity.ts";
import { openLink } from "../packages/agent/src/link.ts";
import { agentVersion } from "../packages/agent/src/version.ts";

/** An agent that was asked for and the token that lets it in. */
export interface Newcomer {
  readonly name: string;
  readonly token: string;
}

export type DriverOrder =
  | { readonly type: "enrol"; readonly server: string; readonly agents: readonly Newcomer[] }
  | { readonly type: "open" }
  | { readonly type: "report" };

export type DriverWord =
  | { readonly type: "driving" | "enrolled" }
  | { readonly type: "opened" | "ended"; readonly atMs: number }
  /** Of the heartbeats since the last report. `waiting`: written and not acknowledged so far. */
  | { readonly type: "beats"; readonly ms: readonly number[]; readonly waiting: number };

/** Enrolments under way at once: making keys and certificates is work for both sides. */
const enrolAtOnce = 5;

const say = (word: DriverWord): void => void process.send?.(word);
const emptyHeartbeat = { runningSteps: 0, queuedSteps: 0, agentVersion, patternVersion, panicked: false, missedCanaries: [] } as const;

/** What the agent's witness says in heartbeats; keeping it on disk is the host's work and not measured here. */
function witnessed(document: SignedDocument): Heartbeat["witness"] {
  const { count, head } = readCheckpoint(Buffer.from(document.payload).toString("utf8")) ?? { count: 0, head: "" };
  return { count, head, alarm: "", newest: document };
}

interface Held {
  /** Milliseconds from writing each heartbeat to its acknowledgement. */
  readonly beats: number[];
  readonly waiting: Map<number, number>;
}

/** The agent's link with nothing behind it but heartbeats; these are numbered, so that the server acknowledges what it has stored. */
function holdStream(server: string, identity: AgentIdentity): Held {
  const held: Held = { beats: [], waiting: new Map() };
  const step: StepRef = { executionId: randomUUID(), stepExecutionId: randomUUID(), attempt: 1 };
  const journalId = randomUUID();
  let sequence = 0;
  let timer: NodeJS.Timeout | undefined;
  let witness: Heartbeat["witness"];

  const beat = (send: (frame: AgentFrame) => void): void => {
    const uptimeMs = Math.round(process.uptime() * 1_000);
    const now = { agentTimeMs: Date.now(), uptimeMs, binaryHash: binaryHash(), ...(witness === undefined ? {} : { witness }) };
    sequence += 1;
    held.waiting.set(sequence, performance.now());
    send({ step, sequence, frame: { $case: "heartbeat", value: { ...emptyHeartbeat, missedCanaries: [], ...now } } });
  };
  openLink({
    servers: [server],
    identity: () => identity,
    hello: () => ({
      agentVersion,
      patternVersion,
      journalId,
      capabilities: ["plan", "mask", "freeze"],
      ceiling: "caution",
      policyHash: "",
      agentTimeMs: Date.now(),
      missedCanaries: [],
      continuations: [],
      host: undefined,
      binaryHash: binaryHash(),
    }),
    onOpen: ({ heartbeatIntervalMs }, send) => {
      say({ type: "opened", atMs: Date.now() });
      timer = setInterval(() => beat(send), heartbeatIntervalMs);
    },
    onInstruction: (instruction) => {
      if (instruction.$case === "checkpoint") witness = witnessed(instruction.value);
      const written = instruction.$case === "ack" ? held.waiting.get(instruction.value.sequence) : undefined;
      if (instruction.$case !== "ack" || written === undefined) return;
      held.waiting.delete(instruction.value.sequence);
      held.beats.push(performance.now() - written);
    },
    onClosed: () => {
      clearInterval(timer);
      held.waiting.clear();
      say({ type: "ended", atMs: Date.now() });
    },
    onDisbelieved: (note) => process.stderr.write(`a stream was disbelieved: ${note}\n`),
    backoff: backoff(Math.random),
    log: () => undefined,
  });
  return held;
}

/** Does what the parent says until the parent is gone. */
export function drive(): void {
  let server = "";
  const identities: AgentIdentity[] = [];
  const streams: Held[] = [];
  const follow = async (order: DriverOrder): Promise<void> => {
    if (order.type === "enrol") {
      server = order.server;
      const waiting = [...order.agents];
      while (waiting.length > 0) {
        const batch = waiting.splice(0, enrolAtOnce).map(({ name, token }) => enrol(server, name, token));
        identities.push(...(await Promise.all(batch)));
      }
      say({ type: "enrolled" });
    } else if (order.type === "open") {
      streams.push(...identities.map((identity) => holdStream(server, identity)));
    } else {
      const waiting = streams.reduce((sum, each) => sum + each.waiting.size, 0);
      say({ type: "beats", ms: streams.flatMap(({ beats }) => beats.splice(0)), waiting });
    }
  };
  process.on("message", (order: DriverOrder) => void follow(order));
  process.on("disconnect", () => process.exit(0));
  say({ type: "driving" });
}
