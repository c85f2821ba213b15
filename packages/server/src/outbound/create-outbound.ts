// Puts together what sends to the outside: the guarded request that every sender is given, and the worker that they are registered with.
import type { Logger } from "pino";
import type { Config } from "../config.ts";
import type { AppContext } from "../app/context.ts";
import { recordTopic } from "../engine/engine-context.ts";
import type { Bus } from "../ports.ts";
import { createOutboundWorker, type OutboundWorker } from "./outbound-worker.ts";
import { createGuardedRequest, type RequestGuarded } from "./request-guarded.ts";
import type { Sender } from "./sender.ts";

export type OutboundPart = OutboundWorker;

export interface OutboundOptions extends Pick<AppContext, "db" | "clock" | "newId"> {
  readonly config: Pick<Config, "outboundAllowHosts" | "outboundRetrySeconds">;
  readonly logger: Pick<Logger, "error">;
  readonly bus: Bus;
  /** Every kind of target there is. */
  readonly senders: (request: RequestGuarded) => readonly Sender[];
}

export function createOutbound({ db, clock, newId, config, logger, bus, senders }: OutboundOptions): OutboundPart {
  const request = createGuardedRequest({ allowed: config.outboundAllowHosts, now: () => clock.now() });
  const worker = createOutboundWorker({
    db,
    clock,
    logger,
    worker: newId(),
    senders: senders(request),
    delays: config.outboundRetrySeconds,
    random: Math.random,
  });
  let unsubscribe: (() => void) | undefined;
  return {
    wake: worker.wake,
    start: () => {
      unsubscribe = bus.subscribe(recordTopic, worker.wake);
      worker.start();
    },
    stop: async () => {
      unsubscribe?.();
      await worker.stop();
    },
  };
}
