// What a background job is: a name, when it is due, and work that is given the time and may be done twice without harm.
// Jobs are listed in registry.ts and run by create-job-runner.ts, one replica at a time.
import type { Logger } from "pino";
import type { Contradiction } from "../app/compare-witnesses.ts";
import type { AppContext } from "../app/context.ts";
import type { Difference } from "../app/replay-executions.ts";

/** What the work of every job may use. */
export interface JobContext extends Pick<AppContext, "db" | "clock" | "engineKey" | "newId" | "objects"> {
  readonly logger: Pick<Logger, "info" | "warn" | "error">;
  /** How long messages of monitoring systems are kept. */
  readonly alertDeliveriesDays: number;
  /** Locks the tenant of an execution that is stored otherwise than its events add up to. */
  readonly onReplayDifference: (tenantId: string, difference: Difference) => Promise<void>;
  /** Verifies a tenant's whole chain; a break that nobody has cleared locks the tenant. */
  readonly checkChain: (tenantId: string) => Promise<unknown>;
  /** Records that a chain is not the one that a witness keeps, and locks its tenant. */
  readonly onContradiction: (chain: string, witness: string, found: Contradiction) => Promise<void>;
}

export interface Job {
  /** Also the name of its queue. */
  readonly name: string;
  /** Five fields, in UTC. */
  readonly cron: string;
  /** A server that starts when the last finished run is older than this runs it at once; 0 = at every start. */
  readonly lateAfterMs: number;
  /**
   * Ends early, by any means, once `stopping` is aborted: it comes again. What it throws is logged by name, and it is tried again with growing pauses.
   * @param nowMs the time that it works by; it never asks a clock of its own
   */
  readonly work: (context: JobContext, nowMs: number, stopping: AbortSignal) => Promise<void>;
}
