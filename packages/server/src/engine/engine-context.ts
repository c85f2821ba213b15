// What the parts of the engine share: the server's context, the signing key, who is online, the halt that is on. Made once by create-engine.ts.
import type { Effect, ExecutionState } from "@dd0c/core";
import type { Logger } from "pino";
import type { AgentGateway } from "../agents/gateway-ports.ts";
import type { AppContext } from "../app/context.ts";
import type { OpenDatabase } from "../db/index.ts";
import type { Bus } from "../ports.ts";
import type { PanicFlag } from "./panic-flag.ts";
import type { Cause } from "./party-cause.ts";
import type { QueuedSteps } from "./queued-steps.ts";
import type { Suspects } from "./suspects.ts";

export interface EngineContext extends AppContext {
  readonly bus: Bus;
  readonly logger: Logger;
  readonly dataDir: string;
  readonly database: OpenDatabase["kind"];
  /** How many admins must clear party mode. */
  readonly partyModePeople: number;
  readonly panic: PanicFlag;
  readonly queued: QueuedSteps;
  /** The open door; undefined until the engine is started. */
  readonly gateway: () => AgentGateway | undefined;
  /** Says that the outbox has something due. */
  readonly wakeOutbox: () => void;
  /** Tenants that are to be locked and whose record is not written yet: locked for this process, and for the next, all the same. */
  readonly suspects: Suspects;
  /** Locks a tenant where nothing can be awaited: in memory at once, on record as soon as that can be written. */
  readonly lockSoon: (tenantId: string, cause: Cause) => void;
  /** Name under which this process claims effects. */
  readonly worker: string;
  /** The run changed: the agent's host is given it as it stands now, where somebody has a code for it. */
  readonly renewCapsule: (state: ExecutionState) => void;
  /** Sends dispatches that this process wrote and claimed in the transaction that was just committed. */
  readonly sendNow: (state: ExecutionState, claimed: readonly ClaimedDispatch[]) => void;
}

/** An outbox row that is claimed by its writer. */
export interface ClaimedDispatch {
  readonly rowId: number;
  readonly effect: Extract<Effect, { readonly kind: "dispatch" }>;
}

export const isOnline = (engine: EngineContext, agentId: string | null): boolean =>
  agentId !== null && (engine.gateway()?.isOnline(agentId) ?? false);

/** Topic of the wake-ups for readers of one execution. */
export const executionTopic = (executionId: string): string => `execution:${executionId}`;

/** How often the outbox is looked at without being woken, in milliseconds. */
export const outboxPollMs = 1_000;
