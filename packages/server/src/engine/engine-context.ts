// What the parts of the engine share: the server's context, the signing key, who is online, the halt that is on. Made once by create-engine.ts.
import type { Effect, ExecutionState } from "@dd0c/core";
import type { Logger } from "pino";
import type { AgentGateway } from "../agents/gateway-ports.ts";
import type { AppContext } from "../app/context.ts";
import type { OpenDatabase } from "../db/index.ts";
import type { Bus, Replicas } from "../ports.ts";
import type { AgentDirectory } from "./agent-directory.ts";
import type { PanicFlag } from "./panic-flag.ts";
import type { Cause } from "./party-cause.ts";
import type { QueuedSteps } from "./queued-steps.ts";
import type { Suspects } from "./suspects.ts";

export interface EngineContext extends AppContext {
  readonly bus: Bus;
  readonly replicas: Replicas;
  readonly agents: AgentDirectory;
  readonly logger: Logger;
  readonly dataDir: string;
  readonly database: OpenDatabase["kind"];
  /** How many admins must clear party mode. */
  readonly partyModePeople: number;
  readonly panic: PanicFlag;
  /** How long an agent may be silent before its executions are paused: three heartbeats. */
  readonly absenceMs: number;
  readonly queued: QueuedSteps;
  /** Agents that are connected and get no work, because nobody registered the program that they run. */
  readonly withheld: Withheld;
  /** The open door; undefined until the engine is started. */
  readonly gateway: () => AgentGateway | undefined;
  /** Says that the outbox has something due, here and on the other replicas: one of them has the agent's stream. */
  readonly wakeOutbox: () => void;
  /** Tenants that are to be locked and whose record is not written yet: locked for this process, and for the next, all the same. */
  readonly suspects: Suspects;
  /** Locks a tenant where nothing can be awaited: in memory at once, on record as soon as that can be written. */
  readonly lockSoon: (tenantId: string, cause: Cause) => void;
  /** Name of this process among the replicas, under which it claims effects and streams. */
  readonly worker: string;
  /** Whether this replica does the work of that name now; a turn lapses unless it is asked for again. A lone server always does. */
  readonly isMyTurn: (name: string, leaseMs: number) => Promise<boolean>;
  /** The run changed: the agent's host is given it as it stands now, where somebody has a code for it. */
  readonly renewCapsule: (state: ExecutionState) => void;
  /** Sends dispatches that this process wrote and claimed in the transaction that was just committed. */
  readonly sendNow: (state: ExecutionState, claimed: readonly ClaimedDispatch[]) => void;
  /** The run waits for people: what its first dispatch needs is made meanwhile. */
  readonly expectDispatch: (state: ExecutionState) => void;
  /** Outbox kinds of the faces that want to hear of offers (webhooks/announce.ts); empty where there is none. */
  readonly announceTo: readonly string[];
}

/** An outbox row that is claimed by its writer. */
export interface ClaimedDispatch {
  readonly rowId: number;
  readonly effect: Extract<Effect, { readonly kind: "dispatch" }>;
}

/** In memory, of the streams that are held here. */
export interface Withheld {
  readonly has: (agentId: string) => boolean;
  /** True: this is news. */
  readonly set: (agentId: string, withheld: boolean) => boolean;
}

/** The agent's stream is on this replica. */
export const isHere = (engine: EngineContext, agentId: string): boolean => engine.gateway()?.isOnline(agentId) ?? false;

/** The agent has a stream on this replica or on another. */
export const isConnected = (engine: EngineContext, agentId: string): boolean =>
  isHere(engine, agentId) || engine.agents.isElsewhere(agentId);

/** The agent can be given work: it is connected, and is not known to run a program that nobody registered. */
export const isOnline = (engine: EngineContext, agentId: string | null): boolean =>
  agentId !== null && isConnected(engine, agentId) && !engine.withheld.has(agentId);

/** Topic of the wake-ups for readers of one execution. */
export const executionTopic = (executionId: string): string => `execution:${executionId}`;

/** Topic of the wake-ups for those who read the audit chain: an execution's part of it grew. */
export const recordTopic = "record";

/** How often the outbox is looked at without being woken, in milliseconds. */
export const outboxPollMs = 1_000;
