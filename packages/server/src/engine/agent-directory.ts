// Which agents have a stream, here or on another replica, and which of them halted. Here: from memory. Elsewhere: from the database, a moment old.
// What it says is for people and for choosing; what an agent is sent is decided by who holds its stream (outbox-store.ts).
import type { Logger } from "pino";
import type { ConnectedAgent } from "../agents/gateway-ports.ts";
import { type LiveStream, listLiveStreams, noteHalted, type OpenDatabase, type StreamClaim } from "../db/index.ts";
import type { Clock, Replicas } from "../ports.ts";

export interface AgentDirectory {
  /** The epoch of the agent's stream on this replica; undefined where it has none here. */
  readonly epochOf: (agentId: string) => number | undefined;
  readonly claimOf: (agentId: string) => StreamClaim | undefined;
  /** Has a stream on another replica. */
  readonly isElsewhere: (agentId: string) => boolean;
  readonly countElsewhere: () => number;
  /** When it acknowledged the panic that is on. */
  readonly haltedSince: (agentId: string) => number | undefined;
  readonly opened: (agentId: string, fencingEpoch: number) => void;
  /** Returns what the stream that ended had claimed. */
  readonly closed: (agentId: string) => StreamClaim | undefined;
  readonly halted: (agent: Pick<ConnectedAgent, "tenantId" | "agentId">, on: boolean) => Promise<void>;
  readonly start: () => void;
  readonly stop: () => Promise<void>;
}

export interface DirectoryOptions {
  readonly db: Pick<OpenDatabase, "withTenant" | "withSystem">;
  readonly clock: Clock;
  readonly replicas: Replicas;
  /** The name of this process among the replicas. */
  readonly worker: string;
  readonly logger: Logger;
}

/** Says that an agent came, went or halted. */
export const agentsTopic = "agents";

export function createAgentDirectory({ db, clock, replicas, worker, logger }: DirectoryOptions): AgentDirectory {
  const { bus } = replicas;
  const here = new Map<string, number>();
  const haltedHere = new Map<string, number>();
  let elsewhere: ReadonlyMap<string, LiveStream> = new Map();
  let running: Promise<void> | undefined;
  let again = false;
  let timer: NodeJS.Timeout | undefined;
  let unsubscribe: () => void = () => undefined;

  const look = async (): Promise<void> => {
    do {
      again = false;
      const streams = await db.withSystem("schedule", listLiveStreams);
      elsewhere = new Map(streams.filter(({ replica }) => replica !== worker).map((stream) => [stream.agentId, stream]));
    } while (again);
  };
  const refresh = (): void => {
    again = true;
    running ??= look()
      .catch((error: unknown) => {
        // What cannot be looked up is not known to be there.
        elsewhere = new Map();
        logger.error({ error: error instanceof Error ? error.name : "unknown" }, "the other replicas' agents could not be looked up");
      })
      .finally(() => (running = undefined));
  };
  const claimOf = (agentId: string): StreamClaim | undefined => {
    const fencingEpoch = here.get(agentId);
    return fencingEpoch === undefined ? undefined : { agentId, fencingEpoch };
  };
  return {
    epochOf: (agentId) => here.get(agentId),
    claimOf,
    isElsewhere: (agentId) => !here.has(agentId) && elsewhere.has(agentId),
    countElsewhere: () => [...elsewhere.keys()].filter((agentId) => !here.has(agentId)).length,
    haltedSince: (agentId) => haltedHere.get(agentId) ?? (here.has(agentId) ? undefined : elsewhere.get(agentId)?.haltedSince?.getTime()),
    opened: (agentId, fencingEpoch) => {
      here.set(agentId, fencingEpoch);
      bus.publish(agentsTopic, agentId);
    },
    closed: (agentId) => {
      const claim = claimOf(agentId);
      here.delete(agentId);
      haltedHere.delete(agentId);
      return claim;
    },
    halted: async ({ tenantId, agentId }, on) => {
      const since = clock.now();
      if (on) haltedHere.set(agentId, since);
      else haltedHere.delete(agentId);
      const claim = claimOf(agentId);
      if (bus.lookAgainMs === undefined || claim === undefined) return;
      await db.withTenant(tenantId, (tx) => noteHalted(tx, claim, on ? new Date(since) : null));
      bus.publish(agentsTopic, agentId);
    },
    start: () => {
      // A server that stands alone has nobody to look for.
      if (bus.lookAgainMs === undefined) return;
      unsubscribe = bus.subscribe(agentsTopic, refresh);
      timer = setInterval(refresh, bus.lookAgainMs);
      refresh();
    },
    stop: async () => {
      clearInterval(timer);
      unsubscribe();
      await running;
    },
  };
}
